package org.takedownhub.platform.activitypub;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.takedownhub.platform.PlatformSettings;
import org.takedownhub.platform.Secret;
import org.takedownhub.platform.SettingDescription;

/**
 * What reporting into the fediverse needs, below {@code takedown.platforms.<instance>}: {@code secret}, our actor's RSA
 * key in PEM (PKCS #8, at least 2048 bits), and these options. {@code hosts} may be empty: every host that looks like a
 * fediverse server, and that no other instance names, is served.
 *
 * @param publicUrl {@code public-url}: the address under which the whole internet reaches this hub, without a path. Our
 *                  actor's id begins with it, so it cannot change without becoming another sender
 * @param trusted   {@code base-url}: the one server that may lie inside our network and may speak plain HTTP; none
 *                  unless set
 * @param name      {@code identifier}: our actor's name, {@code referrals} unless set; a role, never a person's name
 * @param first     {@code signature}: {@code cavage} (unless set) or {@code rfc9421}, which a host that we do not know
 *                  yet gets first; it gets the other one when it refuses the first
 * @param title     {@code actor-title}: what moderators read as the sender's name
 * @param summary   {@code actor-summary}: who that is, and how to reach the office behind it
 */
record ActivityPubSettings(
        URI publicUrl,
        Set<URI> trusted,
        String name,
        Secret secret,
        SignatureKind first,
        String title,
        String summary) {

    private static final String TITLE = "Takedown referrals";
    private static final String SUMMARY =
            "Automated account of a public authority. It reports content to moderators and reads no messages.";

    /** What an operator reads who sets one up. */
    static final List<SettingDescription> DESCRIPTIONS = List.of(
            SettingDescription.secret("secret", "Our actor's RSA key of at least 2048 bits, PEM in PKCS #8", true),
            SettingDescription.mandatory(
                    "options.public-url",
                    "Where the whole internet reaches this hub: servers fetch our actor there",
                    "https://hub.example"),
            SettingDescription.optional("identifier", "Our actor's name: a role, never a person's", "referrals"),
            SettingDescription.optional("options.actor-title", "What moderators read as the sender", TITLE),
            SettingDescription.optional("options.actor-summary", "Who that is, and how to reach the office", SUMMARY),
            SettingDescription.optional(
                    "options.signature",
                    "cavage, which all servers read, or rfc9421; who refuses one gets the other",
                    "cavage"),
            SettingDescription.optional(
                    "hosts", "Content hosts beyond those that look like the fediverse, separated by commas", ""),
            SettingDescription.optional(
                    "base-url", "One server that may lie inside our network", "https://social.internal.example"),
            SettingDescription.optional(
                    "options.requests-per-minute", "How many calls we make in a minute, to all hosts", "50"));

    private static final Set<String> OPTIONS =
            Set.of("public-url", "signature", "actor-title", "actor-summary", "requests-per-minute");
    private static final Pattern NAME = Pattern.compile("[a-z0-9_]{1,30}");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1");
    private static final int LONGEST_URI = 2000;
    private static final int LONGEST_TEXT = 500;

    /** @throws IllegalStateException a setting is missing or impossible; the message names it in full */
    static ActivityPubSettings of(String instance, PlatformSettings settings) {
        String prefix = "takedown.platforms." + instance + ".";
        Map<String, String> options = settings.options();
        options.keySet().stream()
                .filter(option -> !OPTIONS.contains(option))
                .findFirst()
                .ifPresent(option -> {
                    throw impossible(prefix + "options." + option, "is unknown to kind activitypub");
                });
        String secret = settings.secret();
        if (secret == null || secret.isBlank()) {
            throw impossible(prefix + "secret", "is missing: env:NAME or file:PATH of our actor's private key");
        }
        return new ActivityPubSettings(
                publicUrl(prefix + "options.public-url", options.get("public-url")),
                settings.baseUrl() == null ? Set.of() : Set.of(origin(prefix + "base-url", settings.baseUrl())),
                name(prefix + "identifier", settings.identifier()),
                Secret.of(prefix + "secret", secret),
                first(prefix + "options.signature", options.getOrDefault("signature", "cavage")),
                text(prefix + "options.actor-title", options.getOrDefault("actor-title", TITLE)),
                text(prefix + "options.actor-summary", options.getOrDefault("actor-summary", SUMMARY)));
    }

    /**
     * An address of the fediverse in the one spelling in which it is called: https, without fragment and default port.
     *
     * @return empty when it cannot be called, or is our own
     */
    Optional<URI> callable(URI uri) {
        boolean possible = uri.toString().length() <= LONGEST_URI
                && uri.getHost() != null
                && uri.getRawUserInfo() == null
                && Set.of("http", "https")
                        .contains(String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT));
        if (!possible) {
            return Optional.empty();
        }
        URI plain = spelled(uri.getScheme().toLowerCase(Locale.ROOT), uri);
        if (trusted.contains(plain.resolve("/"))) {
            return Optional.of(plain);
        }
        // nobody sends us round in circles
        return Optional.of(spelled("https", uri))
                .filter(address -> !address.getRawAuthority().equals(publicUrl.getRawAuthority()));
    }

    private static URI spelled(String scheme, URI uri) {
        boolean ownPort = uri.getPort() < 0
                || uri.getPort() == 443
                || uri.getPort() == 80 && uri.getScheme().equalsIgnoreCase("http");
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return URI.create(scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + (ownPort ? "" : ":" + uri.getPort())
                + path + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()));
    }

    private static URI publicUrl(String key, @Nullable String text) {
        if (text == null || text.isBlank()) {
            throw impossible(key, "is missing: the address under which the internet reaches this hub");
        }
        URI url;
        try {
            url = origin(key, URI.create(text.trim()));
        } catch (IllegalArgumentException e) {
            throw impossible(key, "is no address");
        }
        if (!"https".equals(url.getScheme()) && !LOOPBACK.contains(url.getHost())) {
            throw impossible(key, "must begin with https://");
        }
        return url;
    }

    private static URI origin(String key, URI url) {
        boolean usable = url.getHost() != null
                && List.of("http", "https").contains(String.valueOf(url.getScheme()))
                && url.getRawUserInfo() == null
                && List.of("", "/").contains(String.valueOf(url.getRawPath()))
                && url.getRawQuery() == null
                && url.getRawFragment() == null;
        if (!usable) {
            throw impossible(key, "must be an address without a path, such as https://hub.example");
        }
        return spelled(url.getScheme(), url);
    }

    private static String name(String key, @Nullable String name) {
        String known = name == null || name.isBlank() ? "referrals" : name;
        if (!NAME.matcher(known).matches()) {
            throw impossible(key, "must be 1 to 30 small letters, digits or _");
        }
        return known;
    }

    private static SignatureKind first(String key, String text) {
        return switch (text) {
            case "cavage" -> SignatureKind.CAVAGE;
            case "rfc9421" -> SignatureKind.RFC9421;
            default -> throw impossible(key, "must be cavage or rfc9421");
        };
    }

    private static String text(String key, String text) {
        if (text.isBlank() || text.length() > LONGEST_TEXT) {
            throw impossible(key, "must be 1 to " + LONGEST_TEXT + " characters");
        }
        return text.strip();
    }

    private static IllegalStateException impossible(String key, String why) {
        return new IllegalStateException("The setting " + key + " " + why);
    }
}
