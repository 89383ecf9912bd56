package org.takedownhub.platform;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Further places to look from, {@code takedown.vantages.<name>}.
 *
 * @param vantages by name; one that is named like {@code takedown.removal.vantage} describes the usual place
 */
@ConfigurationProperties("takedown")
public record VantageSettings(@DefaultValue Map<String, Place> vantages) {

    public VantageSettings {
        vantages = Collections.unmodifiableMap(new LinkedHashMap<>(vantages));
    }

    /**
     * One place.
     *
     * @param country ISO 3166-1 alpha-2, where platforms see us when we look from there
     * @param proxy   the HTTP proxy there, {@code http://host:port} without credentials; none: our own line
     */
    public record Place(String country, @Nullable URI proxy) {}
}
