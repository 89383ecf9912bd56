package org.takedownhub.platform.cloudflare;

import java.net.URI;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.takedownhub.casefile.Category;
import org.takedownhub.platform.PlatformSettings;
import org.takedownhub.platform.Secret;
import org.takedownhub.platform.SettingDescription;

/**
 * What Cloudflare needs, below {@code takedown.platforms.<instance>}: {@code hosts}, the sites it is asked about;
 * {@code identifier}, our account's id; {@code secret}, a token with the permissions <em>Account, Abuse Reports,
 * Edit</em> and <em>Trust and Safety Read</em>; an account that is entitled to abuse reports. Cloudflare may hand name,
 * mail address and addresses on to others, such as the Lumen database: name a role, never a person.
 *
 * @param baseUrl           {@code base-url}: {@code https://api.cloudflare.com/client/v4/} unless set
 * @param accountId         {@code identifier}: 32 hex digits
 * @param token             {@code secret}
 * @param name              option {@code name}: who reports, at most 255 characters
 * @param email             option {@code email}: a role's mailbox
 * @param company           option {@code company}: at most 100 characters
 * @param country           option {@code country}: ISO 3166-1 alpha-2
 * @param hostNotification  option {@code host-notification}: {@code send-anon} (the default: the host hears of the
 *                          report, not of us) or {@code send}
 * @param ownerNotification option {@code owner-notification}: the same for the site's owner
 * @param types             options {@code type-<category>}: {@code threat} or {@code general}, where our own choice
 *                          ({@link ReportType#of}) does not fit
 */
record CloudflareSettings(
        URI baseUrl,
        String accountId,
        Secret token,
        String name,
        String email,
        Optional<String> company,
        Optional<String> country,
        String hostNotification,
        String ownerNotification,
        Map<Category, ReportType> types) {

    /** For whoever sets an instance up. */
    static final List<SettingDescription> DESCRIPTIONS = List.of(
            SettingDescription.mandatory("hosts", "The sites it is asked about, separated by commas", "gang.example"),
            SettingDescription.mandatory(
                    "identifier", "Our account's id, 32 hex digits", "0123456789abcdef0123456789abcdef"),
            SettingDescription.secret(
                    "secret", "A token with the permissions Abuse Reports Edit and Trust and Safety Read", true),
            SettingDescription.mandatory(
                    "options.name", "Who reports. A role: Cloudflare may pass it on", "Social-media hub"),
            SettingDescription.mandatory(
                    "options.email", "A role's mailbox: Cloudflare may pass it on", "hub@police.example"),
            SettingDescription.optional("options.company", "Our organisation", "Police"),
            SettingDescription.optional("options.country", "Our country, two letters", "GB"),
            SettingDescription.optional(
                    "options.host-notification",
                    "What the site's host hears: send-anon (not of us) or send",
                    "send-anon"),
            SettingDescription.optional("options.owner-notification", "The same for the site's owner", "send-anon"),
            SettingDescription.optional(
                    "options.type-terrorism",
                    "threat or general, where our own choice for a category does not fit; also type-threat,"
                            + " type-weapons-sale and so on",
                    "general"),
            SettingDescription.optional(
                    "base-url", "Another address of the API", "https://api.cloudflare.com/client/v4/"),
            SettingDescription.optional("options.requests-per-minute", "How many calls we make in a minute", "50"));

    private static final URI CLOUDFLARE = URI.create("https://api.cloudflare.com/client/v4/");
    private static final Pattern ACCOUNT = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern EMAIL = Pattern.compile("[^\\s@]{1,64}@[^\\s@]{1,190}\\.[^\\s@.]{2,63}");
    private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");
    private static final Pattern NOTIFICATION = Pattern.compile("send|send-anon");
    private static final Set<String> OPTIONS = options();

    private static Set<String> options() {
        Set<String> options = new HashSet<>(Set.of(
                "requests-per-minute",
                "name",
                "email",
                "company",
                "country",
                "host-notification",
                "owner-notification"));
        Arrays.stream(Category.values()).map(CloudflareSettings::option).forEach(options::add);
        return Set.copyOf(options);
    }

    /** @throws IllegalStateException a setting is missing or impossible; the message names it in full */
    static CloudflareSettings of(String instance, PlatformSettings settings) {
        String prefix = "takedown.platforms." + instance + ".";
        Map<String, String> options = settings.options();
        options.keySet().stream()
                .filter(option -> !OPTIONS.contains(option))
                .findFirst()
                .ifPresent(option -> {
                    throw impossible(prefix + "options." + option, "is unknown to kind cloudflare");
                });
        return new CloudflareSettings(
                baseUrl(prefix, settings.baseUrl()),
                matching(
                        prefix + "identifier",
                        settings.identifier(),
                        ACCOUNT,
                        "must be the account's id, 32 hex digits"),
                Secret.of(
                        prefix + "secret",
                        matching(prefix + "secret", settings.secret(), Pattern.compile(".+"), "is missing")),
                text(prefix, "name", options, 255).orElseThrow(() -> missing(prefix + "options.name")),
                matching(prefix + "options.email", options.get("email"), EMAIL, "must be a role's mail address"),
                text(prefix, "company", options, 100),
                Optional.ofNullable(options.get("country"))
                        .map(text ->
                                matching(prefix + "options.country", text, COUNTRY, "must be a country's two letters")),
                notification(prefix, "host-notification", options),
                notification(prefix, "owner-notification", options),
                types(prefix, options));
    }

    ReportType type(Category category) {
        return types.getOrDefault(category, ReportType.of(category));
    }

    private static String option(Category category) {
        return "type-" + category.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Map<Category, ReportType> types(String prefix, Map<String, String> options) {
        Map<Category, ReportType> types = new EnumMap<>(Category.class);
        for (Category category : Category.values()) {
            String text = options.get(option(category));
            if (text != null) {
                types.put(
                        category,
                        switch (text) {
                            case "threat" -> ReportType.THREAT;
                            case "general" -> ReportType.GENERAL;
                            default -> throw impossible(
                                    prefix + "options." + option(category), "must be threat or general");
                        });
            }
        }
        return Map.copyOf(types);
    }

    private static URI baseUrl(String prefix, @Nullable URI address) {
        URI base = address == null ? CLOUDFLARE : address;
        boolean usable = base.getHost() != null
                && List.of("http", "https").contains(String.valueOf(base.getScheme()))
                && base.getRawUserInfo() == null
                && base.getRawQuery() == null
                && base.getRawFragment() == null
                && base.getRawPath().endsWith("/");
        if (!usable) {
            throw impossible(prefix + "base-url", "must be an address that ends with /, such as " + CLOUDFLARE);
        }
        return base;
    }

    private static String notification(String prefix, String option, Map<String, String> options) {
        return matching(
                prefix + "options." + option,
                options.getOrDefault(option, "send-anon"),
                NOTIFICATION,
                "must be send or send-anon");
    }

    private static Optional<String> text(String prefix, String option, Map<String, String> options, int longest) {
        return Optional.ofNullable(options.get(option)).map(String::trim).map(text -> {
            if (text.isEmpty() || text.length() > longest) {
                throw impossible(prefix + "options." + option, "must have 1 to " + longest + " characters");
            }
            return text;
        });
    }

    private static String matching(String key, @Nullable String text, Pattern pattern, String why) {
        if (text == null || !pattern.matcher(text).matches()) {
            throw impossible(key, why);
        }
        return text;
    }

    private static IllegalStateException missing(String key) {
        return impossible(key, "is missing");
    }

    private static IllegalStateException impossible(String key, String why) {
        return new IllegalStateException("The setting " + key + " " + why);
    }
}
