package org.takedownhub.cases;

import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** Of the configured platforms, only what reading an address needs: the hosts each one serves. */
@ConfigurationProperties("takedown")
record PlatformHosts(@DefaultValue Map<String, Instance> platforms) {

    record Instance(@DefaultValue List<String> hosts) {}

    List<String> all() {
        return platforms.values().stream()
                .flatMap(instance -> instance.hosts().stream())
                .toList();
    }
}
