package org.takedownhub.platform;

import jakarta.validation.Valid;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The platforms this hub talks to.
 *
 * @param platforms by the instance's name, in the order of the settings
 */
@Validated
@ConfigurationProperties("takedown")
public record PlatformsSettings(@DefaultValue Map<String, @Valid PlatformSettings> platforms) {

    public PlatformsSettings {
        platforms = Collections.unmodifiableMap(new LinkedHashMap<>(platforms));
    }
}
