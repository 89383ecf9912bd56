package org.takedownhub.platform.atproto;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.takedownhub.platform.PlatformSettings;
import org.takedownhub.platform.Secret;

/**
 * What an instance of kind {@code atproto} needs below {@code takedown.platforms.<instance>}.
 *
 * @param pds        {@code base-url}: the PDS of the account we report with, such as {@code https://bsky.social}
 * @param identifier {@code identifier}: that account's handle or DID
 * @param secret     {@code secret}: its app password
 * @param labeler    {@code labeler}: DID of the moderation service that gets our reports and whose labels count
 * @param labelerUrl {@code labeler-url}: where that service answers; without it a takedown could not be seen
 * @param plc        {@code options.plc-url}: the directory that says where an account's repository is,
 *                   {@code https://plc.directory} unless set
 * @param appView    {@code options.appview-url}: an app view such as {@code https://public.api.bsky.app}, which shows 25
 *                   posts in one request; without it each post is asked for at its author's PDS
 */
record AtprotoSettings(
        String instance,
        URI pds,
        String identifier,
        Secret secret,
        String labeler,
        URI labelerUrl,
        URI plc,
        Optional<URI> appView) {

    private static final URI PUBLIC_DIRECTORY = URI.create("https://plc.directory");
    private static final Pattern DID = Pattern.compile("did:(?:plc:[a-z2-7]{24}|web:[A-Za-z0-9.-]{3,253})");

    static AtprotoSettings of(String instance, PlatformSettings settings) {
        Names names = new Names(instance);
        String labeler = names.required("labeler", settings.labeler());
        if (!isDid(labeler)) {
            throw names.impossible("labeler", "a DID such as did:plc:… or did:web:…");
        }
        String plc = settings.options().get("plc-url");
        String appView = settings.options().get("appview-url");
        return new AtprotoSettings(
                instance,
                names.address("base-url", settings.baseUrl()),
                names.required("identifier", settings.identifier()),
                Secret.of(names.of("secret"), names.required("secret", settings.secret())),
                labeler,
                names.address("labeler-url", settings.labelerUrl()),
                plc == null ? PUBLIC_DIRECTORY : names.address("options.plc-url", names.uri("options.plc-url", plc)),
                Optional.ofNullable(appView)
                        .map(url -> names.address("options.appview-url", names.uri("options.appview-url", url))));
    }

    /** Addresses from the operator's settings beside base-url and labeler-url. */
    URI[] origins() {
        return Stream.concat(Stream.of(plc), appView.stream()).toArray(URI[]::new);
    }

    /** The two methods the protocol allows (atproto.com/specs/did). */
    static boolean isDid(String text) {
        return DID.matcher(text).matches();
    }

    String nameOf(String setting) {
        return new Names(instance).of(setting);
    }

    private record Names(String instance) {

        String of(String setting) {
            return "takedown.platforms." + instance + "." + setting;
        }

        String required(String setting, @Nullable String value) {
            if (value == null || value.isBlank()) {
                throw new IllegalStateException("The setting " + of(setting) + " is missing");
            }
            return value.trim();
        }

        URI address(String setting, @Nullable URI value) {
            if (value == null) {
                throw new IllegalStateException("The setting " + of(setting) + " is missing");
            }
            boolean web = "https".equalsIgnoreCase(value.getScheme()) || "http".equalsIgnoreCase(value.getScheme());
            boolean originOnly = value.getRawQuery() == null
                    && value.getRawFragment() == null
                    && value.getRawUserInfo() == null
                    && (value.getRawPath().isEmpty() || value.getRawPath().equals("/"));
            if (!web || value.getHost() == null || !originOnly) {
                throw impossible(setting, "an address such as https://host.example, without a path");
            }
            return value;
        }

        URI uri(String setting, String value) {
            try {
                return URI.create(value);
            } catch (IllegalArgumentException e) {
                throw impossible(setting, "an address such as https://host.example, without a path");
            }
        }

        IllegalStateException impossible(String setting, String expected) {
            return new IllegalStateException("The setting " + of(setting) + " must be " + expected);
        }
    }
}
