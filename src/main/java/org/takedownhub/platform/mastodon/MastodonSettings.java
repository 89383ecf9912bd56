package org.takedownhub.platform.mastodon;

import java.net.URI;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.takedownhub.casefile.Category;
import org.takedownhub.platform.PlatformSettings;
import org.takedownhub.platform.Secret;
import org.takedownhub.platform.SettingDescription;

/**
 * What a Mastodon server needs, below {@code takedown.platforms.<instance>}: {@code base-url}, {@code hosts} and
 * {@code secret} (an access token with the scopes {@code write:reports} and {@code read:search}); {@code webhook-secret}
 * where the server grants a webhook; and these options.
 *
 * @param previousWebhookSecret {@code previous-webhook-secret}: still accepted while the key is rotated
 * @param forward               {@code forward}: {@code true} also tells the server a remote account lives on
 * @param rules                 {@code rule-<category>} such as {@code rule-weapons-sale}, or {@code rule} for all: the id
 *                              of the server's rule that content of this category breaks, chosen by a person
 * @param controlStatus         {@code control-status}: id of a public post that stays up; unless set, one is taken from
 *                              the public timeline
 * @param dialect               {@code dialect}: {@code mastodon}, {@code gotosocial}, {@code pleroma} (Akkoma, too) or
 *                              {@code pixelfed}; unless set, what the server says it is
 * @param reportsPerDay         {@code reports-per-day}: 400 unless set, which is Mastodon's own limit
 */
record MastodonSettings(
        URI baseUrl,
        List<String> hosts,
        Secret secret,
        Optional<Secret> webhookSecret,
        Optional<Secret> previousWebhookSecret,
        boolean forward,
        Map<String, String> rules,
        Optional<String> controlStatus,
        Optional<Dialect> dialect,
        int reportsPerDay) {

    /** For whoever sets an instance up. */
    static final List<SettingDescription> DESCRIPTIONS = List.of(
            SettingDescription.mandatory("base-url", "The address of the server's API", "https://social.example"),
            SettingDescription.mandatory("hosts", "The hosts of its posts, separated by commas", "social.example"),
            SettingDescription.secret("secret", "An access token with the scopes write:reports and read:search", true),
            SettingDescription.secret(
                    "webhook-secret", "The key of the server's webhook, where its administrator grants one", false),
            SettingDescription.secret(
                    "options.previous-webhook-secret", "The key before, still accepted while it is rotated", false),
            SettingDescription.optional(
                    "options.forward", "true also tells the server on which a remote account lives", "false"),
            SettingDescription.optional(
                    "options.rule", "Id of the server's rule that reported content breaks, for every category", "4"),
            SettingDescription.optional(
                    "options.rule-threat",
                    "The same for one category: rule-threat, rule-incitement, rule-weapons-sale and so on",
                    "2"),
            SettingDescription.optional(
                    "options.control-status",
                    "Id of a public post that stays up, to tell a missing post from a server that is ill; unless set,"
                            + " one is taken from the public timeline",
                    "113002"),
            SettingDescription.optional(
                    "options.dialect",
                    "mastodon, gotosocial, pleroma (Akkoma, too) or pixelfed; unless set, what the server says it is",
                    "mastodon"),
            SettingDescription.optional("options.reports-per-day", "How many reports the server takes in a day", "400"),
            SettingDescription.optional("options.requests-per-minute", "How many calls we make in a minute", "50"));

    private static final String RULE = "rule";
    private static final int REPORTS_PER_DAY = 400;
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,5}");
    private static final Set<String> OPTIONS = options();

    private static Set<String> options() {
        Set<String> options = new HashSet<>(Set.of(
                "requests-per-minute",
                "reports-per-day",
                "forward",
                "control-status",
                "dialect",
                "previous-webhook-secret",
                RULE));
        Arrays.stream(Category.values()).map(MastodonSettings::option).forEach(options::add);
        return Set.copyOf(options);
    }

    /** @throws IllegalStateException a setting is missing or impossible; the message names it in full */
    static MastodonSettings of(String instance, PlatformSettings settings) {
        String prefix = "takedown.platforms." + instance + ".";
        Map<String, String> options = settings.options();
        options.keySet().stream()
                .filter(option -> !OPTIONS.contains(option))
                .findFirst()
                .ifPresent(option -> {
                    throw new IllegalStateException(
                            "The setting " + prefix + "options." + option + " is unknown to kind mastodon");
                });
        if (settings.hosts().isEmpty()) {
            throw new IllegalStateException("The setting " + prefix + "hosts is missing: the hosts of its posts");
        }
        return new MastodonSettings(
                baseUrl(prefix, settings.baseUrl()),
                settings.hosts().stream()
                        .map(host -> host.toLowerCase(Locale.ROOT))
                        .toList(),
                Secret.of(prefix + "secret", required(prefix + "secret", settings.secret())),
                secret(prefix + "webhook-secret", settings.webhookSecret()),
                secret(prefix + "options.previous-webhook-secret", options.get("previous-webhook-secret")),
                bool(prefix + "options.forward", options.getOrDefault("forward", "false")),
                rules(prefix, options),
                Optional.ofNullable(options.get("control-status")).map(id -> id(prefix + "options.control-status", id)),
                Optional.ofNullable(options.get("dialect")).map(name -> dialect(prefix + "options.dialect", name)),
                number(prefix + "options.reports-per-day", options.get("reports-per-day")));
    }

    /** The rule that a person chose for a category. */
    Optional<String> rule(Category category) {
        return Optional.ofNullable(rules.getOrDefault(option(category), rules.get(RULE)));
    }

    /** All keys a webhook may be signed with. */
    List<Secret> webhookSecrets() {
        return Stream.of(webhookSecret, previousWebhookSecret)
                .flatMap(Optional::stream)
                .toList();
    }

    private static String option(Category category) {
        return RULE + "-" + category.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static URI baseUrl(String prefix, @Nullable URI baseUrl) {
        boolean usable = baseUrl != null
                && baseUrl.getHost() != null
                && List.of("http", "https").contains(String.valueOf(baseUrl.getScheme()))
                && baseUrl.getRawUserInfo() == null
                && List.of("", "/").contains(String.valueOf(baseUrl.getRawPath()))
                && baseUrl.getRawQuery() == null
                && baseUrl.getRawFragment() == null;
        if (!usable) {
            throw new IllegalStateException("The setting " + prefix
                    + "base-url must be the address of the server's API, such as https://social.example");
        }
        return baseUrl.resolve("/");
    }

    private static Map<String, String> rules(String prefix, Map<String, String> options) {
        return options.entrySet().stream()
                .filter(option ->
                        option.getKey().equals(RULE) || option.getKey().startsWith(RULE + "-"))
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, option -> id(prefix + "options." + option.getKey(), option.getValue())));
    }

    private static Dialect dialect(String key, String name) {
        return Dialect.named(name)
                .orElseThrow(() -> new IllegalStateException("The setting " + key + " must be one of "
                        + Arrays.stream(Dialect.values()).map(Dialect::option).collect(Collectors.joining(", "))));
    }

    private static String id(String key, String id) {
        if (!Entities.isId(id)) {
            throw new IllegalStateException("The setting " + key + " must be an id of letters and digits");
        }
        return id;
    }

    private static int number(String key, @Nullable String text) {
        if (text == null) {
            return REPORTS_PER_DAY;
        }
        Matcher number = NUMBER.matcher(text);
        if (!number.matches()) {
            throw new IllegalStateException("The setting " + key + " must be a number from 1 to 999999");
        }
        return Integer.parseInt(text);
    }

    private static boolean bool(String key, String text) {
        if (!List.of("true", "false").contains(text)) {
            throw new IllegalStateException("The setting " + key + " must be true or false");
        }
        return Boolean.parseBoolean(text);
    }

    private static Optional<Secret> secret(String key, @Nullable String reference) {
        return Optional.ofNullable(reference).map(text -> Secret.of(key, text));
    }

    private static String required(String key, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalStateException("The setting " + key + " is missing: env:NAME or file:PATH");
        }
        return value;
    }
}
