package org.takedownhub.notice;

import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whom the hub writes to. Without an address a letter is filed, for a person to hand over.
 *
 * @param platforms mail addresses of platforms' trust and safety contacts, by platform instance
 * @param rungs     mail addresses by the ladder's action, such as {@code REGULATOR}
 * @param forces    mail addresses of reporting forces, who are told how their flag came out
 */
@ConfigurationProperties("takedown.contacts")
public record ContactBook(
        @DefaultValue Map<String, String> platforms,
        @DefaultValue Map<String, String> rungs,
        @DefaultValue Map<String, String> forces) {

    public Optional<String> platform(String instance) {
        return Optional.ofNullable(platforms.get(instance));
    }

    public Optional<String> rung(String action) {
        return Optional.ofNullable(rungs.get(action));
    }

    public Optional<String> force(String name) {
        return Optional.ofNullable(forces.get(name));
    }
}
