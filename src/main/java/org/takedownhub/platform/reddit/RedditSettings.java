package org.takedownhub.platform.reddit;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.takedownhub.casefile.Category;
import org.takedownhub.platform.PlatformSettings;
import org.takedownhub.platform.Secret;
import org.takedownhub.platform.SettingDescription;

/**
 * What Reddit needs, below {@code takedown.platforms.<instance>}. Since November 2025 it admits only clients that it has
 * approved (Responsible Builder Policy): option {@code approval} must say {@code granted}, else the hub does not start
 * with this instance enabled. {@code identifier} is the client's id, {@code secret} a refresh token of our account with
 * the scopes {@code read} and {@code report}.
 *
 * @param baseUrl      {@code base-url}: {@code https://oauth.reddit.com/} unless set
 * @param tokenUrl     option {@code token-url}: {@code https://www.reddit.com/api/v1/access_token} unless set
 * @param clientId     {@code identifier}
 * @param refreshToken {@code secret}
 * @param clientSecret option {@code client-secret}, {@code env:NAME} or {@code file:PATH}
 * @param account      option {@code account}: our user name, which the API wants in the user agent
 * @param controlPost  option {@code control-post}: id of a post that stays up, without {@code t3_}; a miss counts only
 *                     beside it
 * @param reasons      options {@code reason-<category>}: a reason as Reddit words it ({@code reasonText}), chosen by a
 *                     person
 */
record RedditSettings(
        URI baseUrl,
        URI tokenUrl,
        String clientId,
        Secret refreshToken,
        Secret clientSecret,
        String account,
        String controlPost,
        Map<Category, String> reasons) {

    /** For whoever sets an instance up. */
    static final List<SettingDescription> DESCRIPTIONS = List.of(
            SettingDescription.mandatory(
                    "options.approval", "granted, once Reddit has approved the client; not before", "granted"),
            SettingDescription.mandatory("identifier", "The client's id", "AbCdEf12345"),
            SettingDescription.secret("secret", "A refresh token of our account, scopes read and report", true),
            SettingDescription.secret("options.client-secret", "The client's secret", true),
            SettingDescription.mandatory("options.account", "Our user name", "hub_account"),
            SettingDescription.mandatory(
                    "options.control-post",
                    "Id of a post that stays up, without t3_, to tell a missing post from an interface that is ill",
                    "1abcde"),
            SettingDescription.optional(
                    "options.reason-threat",
                    "Reddit's reason for a category, word by word, among those on offer that the list of platforms shows"
                            + " once the instance is set up; also reason-incitement, reason-weapons-sale and so on."
                            + " Without it, a person reports",
                    "It threatens violence or physical harm at someone else"),
            SettingDescription.optional("base-url", "Another address of the API", "https://oauth.reddit.com/"),
            SettingDescription.optional(
                    "options.token-url",
                    "Another address of Reddit's sign-in",
                    "https://www.reddit.com/api/v1/access_token"),
            SettingDescription.optional("options.requests-per-minute", "How many calls we make in a minute", "50"));

    /** Longest reason that a report takes, in characters. */
    static final int LONGEST_REASON = 100;

    private static final URI API = URI.create("https://oauth.reddit.com/");
    private static final String TOKENS = "https://www.reddit.com/api/v1/access_token";
    private static final Pattern ACCOUNT = Pattern.compile("[A-Za-z0-9_-]{3,20}");
    private static final Pattern BASE_36 = Pattern.compile("[0-9a-z]{1,13}");
    private static final Pattern CLIENT = Pattern.compile("[\\x21-\\x39\\x3b-\\x7e]{1,100}");
    private static final Set<String> OPTIONS = options();

    private static Set<String> options() {
        Set<String> options = new HashSet<>(
                Set.of("requests-per-minute", "approval", "token-url", "client-secret", "account", "control-post"));
        Arrays.stream(Category.values()).map(RedditSettings::option).forEach(options::add);
        return Set.copyOf(options);
    }

    /** @throws IllegalStateException a setting is missing or impossible; the message names it in full */
    static RedditSettings of(String instance, PlatformSettings settings) {
        String prefix = "takedown.platforms." + instance + ".";
        Map<String, String> options = settings.options();
        options.keySet().stream()
                .filter(option -> !OPTIONS.contains(option))
                .findFirst()
                .ifPresent(option -> {
                    throw impossible(prefix + "options." + option, "is unknown to kind reddit");
                });
        if (!"granted".equals(options.get("approval"))) {
            throw impossible(
                    prefix + "options.approval",
                    "must be granted: Reddit admits only clients that it has approved. Until it has, set " + prefix
                            + "enabled to false, and people hand the notices in");
        }
        return new RedditSettings(
                address(prefix + "base-url", settings.baseUrl() == null ? API : settings.baseUrl()),
                address(prefix + "options.token-url", uri(prefix, options.getOrDefault("token-url", TOKENS))),
                matching(prefix + "identifier", settings.identifier(), CLIENT, "must be the client's id"),
                secret(prefix + "secret", settings.secret()),
                secret(prefix + "options.client-secret", options.get("client-secret")),
                matching(prefix + "options.account", options.get("account"), ACCOUNT, "must be our user name"),
                matching(
                        prefix + "options.control-post",
                        options.get("control-post"),
                        BASE_36,
                        "must be the id of a post, without t3_"),
                reasons(prefix, options));
    }

    /** The option that maps a category, without {@code takedown.platforms.<instance>.options.}. */
    static String option(Category category) {
        return "reason-" + category.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Map<Category, String> reasons(String prefix, Map<String, String> options) {
        return Arrays.stream(Category.values())
                .filter(category -> options.containsKey(option(category)))
                .collect(Collectors.toUnmodifiableMap(category -> category, category -> {
                    String reason = options.get(option(category)).trim();
                    if (reason.isEmpty() || reason.length() > LONGEST_REASON) {
                        throw impossible(
                                prefix + "options." + option(category),
                                "must have 1 to " + LONGEST_REASON + " characters");
                    }
                    return reason;
                }));
    }

    private static URI uri(String prefix, String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("The setting " + prefix + "options.token-url must be an address", e);
        }
    }

    private static URI address(String key, URI address) {
        boolean usable = address.getHost() != null
                && List.of("http", "https").contains(String.valueOf(address.getScheme()))
                && address.getRawUserInfo() == null
                && address.getRawQuery() == null
                && address.getRawFragment() == null;
        if (!usable) {
            throw impossible(key, "must be an http or https address without a query");
        }
        return address;
    }

    private static Secret secret(String key, @Nullable String reference) {
        return Secret.of(
                key,
                Optional.ofNullable(reference).orElseThrow(() -> impossible(key, "is missing: env:NAME or file:PATH")));
    }

    private static String matching(String key, @Nullable String text, Pattern pattern, String why) {
        if (text == null || !pattern.matcher(text).matches()) {
            throw impossible(key, why);
        }
        return text;
    }

    private static IllegalStateException impossible(String key, String why) {
        return new IllegalStateException("The setting " + key + " " + why);
    }
}
