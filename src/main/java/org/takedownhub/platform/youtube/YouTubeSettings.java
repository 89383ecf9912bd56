package org.takedownhub.platform.youtube;

import java.net.URI;
import java.net.URISyntaxException;
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
import org.jspecify.annotations.Nullable;
import org.takedownhub.casefile.Category;
import org.takedownhub.platform.PlatformSettings;
import org.takedownhub.platform.Secret;
import org.takedownhub.platform.SettingDescription;

/**
 * What YouTube needs, below {@code takedown.platforms.<instance>}. Reports need a person's channel: an OAuth client
 * ({@code identifier} is its id) and a refresh token of that channel ({@code secret}, scope {@code youtube.force-ssl});
 * API keys and service accounts cannot report. One instance per Google project, since the project has the quota.
 *
 * @param baseUrl       {@code base-url}: {@code https://www.googleapis.com/} unless set
 * @param tokenUrl      option {@code token-url}: Google's own unless set
 * @param clientId      {@code identifier}
 * @param refreshToken  {@code secret}
 * @param clientSecret  option {@code client-secret}, {@code env:NAME} or {@code file:PATH}
 * @param apiKey        option {@code api-key}, the same: looks with it see what the public sees; without it, our
 *                      channel looks
 * @param controlVideo  option {@code control-video}: id of a public video that stays up; a miss counts only beside it
 * @param country       option {@code country}: where the hub looks from, ISO 3166-1 alpha-2; {@code GB} unless set
 * @param language      option {@code language}: of our explanations, BCP 47; {@code en} unless set
 * @param unitsPerDay   option {@code units-per-day}: the project's quota; 10,000 unless set
 * @param unitsForLooks option {@code units-for-looks}: the last units of the day, which no report takes; 500 unless set
 * @param reasons       options {@code reason-<category>} such as {@code reason-threat}: {@code reasonId} or
 *                      {@code reasonId/secondaryReasonId}, chosen by a person among those that YouTube offers
 */
record YouTubeSettings(
        URI baseUrl,
        URI tokenUrl,
        String clientId,
        Secret refreshToken,
        Secret clientSecret,
        Optional<Secret> apiKey,
        String controlVideo,
        String country,
        String language,
        long unitsPerDay,
        long unitsForLooks,
        Map<Category, Reason> reasons) {

    /** For whoever sets an instance up. */
    static final List<SettingDescription> DESCRIPTIONS = List.of(
            SettingDescription.mandatory(
                    "identifier", "The id of the OAuth client", "1234-hub.apps.googleusercontent.com"),
            SettingDescription.secret("secret", "A refresh token of our channel, scope youtube.force-ssl", true),
            SettingDescription.secret("options.client-secret", "The secret of the OAuth client", true),
            SettingDescription.mandatory(
                    "options.control-video",
                    "Id of a public video that stays up, to tell a missing video from an interface that is ill",
                    "dQw4w9WgXcQ"),
            SettingDescription.optional(
                    "options.reason-threat",
                    "YouTube's reason for a category: reasonId or reasonId/secondaryReasonId, among those on offer that"
                            + " the list of platforms shows once the instance is set up; also reason-incitement,"
                            + " reason-weapons-sale and so on. Without it, a person reports",
                    "V/36"),
            SettingDescription.secret(
                    "options.api-key", "An API key of the same project: looks with it see what the public sees", false),
            SettingDescription.optional("options.country", "Where the hub looks from, two letters", "GB"),
            SettingDescription.optional("options.language", "The language of our explanations", "en"),
            SettingDescription.optional("options.units-per-day", "The project's quota", "10000"),
            SettingDescription.optional(
                    "options.units-for-looks", "The last units of a day, which no report takes", "500"),
            SettingDescription.optional("base-url", "Another address of the API", "https://www.googleapis.com/"),
            SettingDescription.optional(
                    "options.token-url", "Another address of Google's sign-in", "https://oauth2.googleapis.com/token"),
            SettingDescription.optional("options.requests-per-minute", "How many calls we make in a minute", "50"));

    static final Pattern VIDEO_ID = Pattern.compile("[A-Za-z0-9_-]{11}");

    private static final URI GOOGLE = URI.create("https://www.googleapis.com/");
    private static final URI TOKENS = URI.create("https://oauth2.googleapis.com/token");
    private static final Pattern REASON = Pattern.compile("([A-Za-z0-9_.-]{1,100})(?:/([A-Za-z0-9_.-]{1,100}))?");
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,8}");
    private static final Set<String> OPTIONS = options();

    /** What a report gives as its reason; ids as {@code videoAbuseReportReasons.list} tells them. */
    record Reason(String reasonId, Optional<String> secondaryReasonId) {

        @Override
        public String toString() {
            return reasonId + secondaryReasonId.map(id -> "/" + id).orElse("");
        }
    }

    private static Set<String> options() {
        Set<String> options = new HashSet<>(Set.of(
                "requests-per-minute",
                "token-url",
                "client-secret",
                "api-key",
                "control-video",
                "country",
                "language",
                "units-per-day",
                "units-for-looks"));
        Arrays.stream(Category.values()).map(YouTubeSettings::option).forEach(options::add);
        return Set.copyOf(options);
    }

    /** @throws IllegalStateException a setting is missing or impossible; the message names it in full */
    static YouTubeSettings of(String instance, PlatformSettings settings) {
        String prefix = "takedown.platforms." + instance + ".";
        Map<String, String> options = settings.options();
        options.keySet().stream()
                .filter(option -> !OPTIONS.contains(option))
                .findFirst()
                .ifPresent(option -> {
                    throw impossible(prefix + "options." + option, "is unknown to kind youtube");
                });
        long unitsPerDay = number(prefix + "options.units-per-day", options.getOrDefault("units-per-day", "10000"));
        long unitsForLooks = number(prefix + "options.units-for-looks", options.getOrDefault("units-for-looks", "500"));
        if (unitsForLooks >= unitsPerDay) {
            throw impossible(
                    prefix + "options.units-for-looks", "must be less than the units of a day, " + unitsPerDay);
        }
        return new YouTubeSettings(
                address(prefix + "base-url", settings.baseUrl() == null ? GOOGLE : settings.baseUrl()),
                address(prefix + "options.token-url", uri(prefix, options.get("token-url"))),
                required(prefix + "identifier", settings.identifier(), "the id of the OAuth client"),
                secret(prefix + "secret", settings.secret()),
                secret(prefix + "options.client-secret", options.get("client-secret")),
                Optional.ofNullable(options.get("api-key"))
                        .map(reference -> Secret.of(prefix + "options.api-key", reference)),
                matching(
                        prefix + "options.control-video",
                        required(
                                prefix + "options.control-video",
                                options.get("control-video"),
                                "the id of a public video that stays up"),
                        VIDEO_ID,
                        "must be the id of a video, 11 characters"),
                matching(
                        prefix + "options.country",
                        options.getOrDefault("country", "GB"),
                        Pattern.compile("[A-Z]{2}"),
                        "must be a country's two letters, such as GB"),
                matching(
                        prefix + "options.language",
                        options.getOrDefault("language", "en"),
                        Pattern.compile("[a-z]{2,3}(?:[-_][A-Za-z]{2,4})?"),
                        "must be a language such as en"),
                unitsPerDay,
                unitsForLooks,
                reasons(prefix, options));
    }

    /** The option that maps a category, without {@code takedown.platforms.<instance>.options.}. */
    static String option(Category category) {
        return "reason-" + category.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Map<Category, Reason> reasons(String prefix, Map<String, String> options) {
        return Arrays.stream(Category.values())
                .filter(category -> options.containsKey(option(category)))
                .collect(Collectors.toUnmodifiableMap(category -> category, category -> {
                    Matcher reason = REASON.matcher(options.get(option(category)));
                    if (!reason.matches()) {
                        throw impossible(
                                prefix + "options." + option(category),
                                "must be a reason's id, or two ids with a / between them");
                    }
                    return new Reason(reason.group(1), Optional.ofNullable(reason.group(2)));
                }));
    }

    private static @Nullable URI uri(String prefix, @Nullable String text) {
        try {
            return text == null ? TOKENS : new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("The setting " + prefix + "options.token-url must be an address", e);
        }
    }

    private static URI address(String key, @Nullable URI address) {
        boolean usable = address != null
                && address.getHost() != null
                && List.of("http", "https").contains(String.valueOf(address.getScheme()))
                && address.getRawUserInfo() == null
                && address.getRawQuery() == null
                && address.getRawFragment() == null;
        if (!usable) {
            throw impossible(key, "must be an http or https address without a query");
        }
        return address;
    }

    private static String matching(String key, String text, Pattern pattern, String why) {
        if (!pattern.matcher(text).matches()) {
            throw impossible(key, why);
        }
        return text;
    }

    private static long number(String key, String text) {
        return Long.parseLong(matching(key, text, NUMBER, "must be a number from 0 to 999999999"));
    }

    private static Secret secret(String key, @Nullable String reference) {
        return Secret.of(key, required(key, reference, "env:NAME or file:PATH"));
    }

    private static String required(String key, @Nullable String value, String what) {
        if (value == null || value.isBlank()) {
            throw impossible(key, "is missing: " + what);
        }
        return value.trim();
    }

    private static IllegalStateException impossible(String key, String why) {
        return new IllegalStateException("The setting " + key + " " + why);
    }
}
