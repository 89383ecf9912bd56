package org.takedownhub.platform;

import jakarta.validation.Valid;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.ConstructorBinding;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The platforms this hub talks to.
 *
 * @param platforms  by the instance's name, in the order of the settings
 * @param contactUrl where the owner of a site finds out who calls there; part of the user agent of every call
 */
@Validated
@ConfigurationProperties("takedown")
public record PlatformsSettings(
        @DefaultValue Map<String, @Valid PlatformSettings> platforms, @Nullable URI contactUrl) {

    @ConstructorBinding
    public PlatformsSettings {
        Map<String, PlatformSettings> complete = new LinkedHashMap<>();
        platforms.forEach((instance, entry) -> complete.put(instance, entry.calledFrom(contactUrl)));
        platforms = Collections.unmodifiableMap(complete);
    }

    public PlatformsSettings(Map<String, PlatformSettings> platforms) {
        this(platforms, null);
    }
}
