package org.takedownhub.platform.peertube;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.takedownhub.platform.PlatformSettings;
import org.takedownhub.platform.Secret;

/**
 * What a PeerTube server needs below {@code takedown.platforms.<instance>}: besides {@code hosts}, the hosts of its
 * videos, these.
 *
 * @param baseUrl      {@code base-url}: the server's address, under the very name it knows itself by
 * @param username     {@code identifier}: the account we report with, without a second factor
 * @param password     {@code secret}: its password
 * @param controlVideo {@code options.control-video}: UUID of a public video that stays up; unless set, one is taken from
 *                     the server's list
 */
record PeerTubeSettings(String instance, URI baseUrl, String username, Secret password, Optional<String> controlVideo) {

    private static final Set<String> OPTIONS = Set.of("requests-per-minute", "control-video");

    /** @throws IllegalStateException a setting is missing or impossible; the message names it in full */
    static PeerTubeSettings of(String instance, PlatformSettings settings) {
        String prefix = "takedown.platforms." + instance + ".";
        settings.options().keySet().stream()
                .filter(option -> !OPTIONS.contains(option))
                .findFirst()
                .ifPresent(option -> {
                    throw new IllegalStateException(
                            "The setting " + prefix + "options." + option + " is unknown to kind peertube");
                });
        if (settings.hosts().isEmpty()) {
            throw new IllegalStateException("The setting " + prefix + "hosts is missing: the hosts of its videos");
        }
        return new PeerTubeSettings(
                instance,
                baseUrl(prefix, settings.baseUrl()),
                required(prefix + "identifier", settings.identifier()),
                Secret.of(prefix + "secret", required(prefix + "secret", settings.secret())),
                Optional.ofNullable(settings.options().get("control-video"))
                        .map(id -> video(prefix + "options.control-video", id)));
    }

    /** The full key of one of its settings, for messages. */
    String nameOf(String setting) {
        return "takedown.platforms." + instance + "." + setting;
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
                    + "base-url must be the address of the server, such as https://video.example");
        }
        return baseUrl.resolve("/");
    }

    private static String video(String key, String id) {
        if (!Wire.isUuid(id)) {
            throw new IllegalStateException("The setting " + key + " must be the UUID of a video");
        }
        return id;
    }

    private static String required(String key, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalStateException("The setting " + key + " is missing");
        }
        return value.trim();
    }
}
