package org.takedownhub.platform.web;

import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.takedownhub.casefile.Channel;
import org.takedownhub.platform.Platform;
import org.takedownhub.platform.PlatformSettings;
import org.takedownhub.platform.Platforms;

/** What the hub is set up to talk to, and how it goes. */
@RestController
class PlatformsController {

    private final Platforms platforms;
    private final JdbcClient jdbc;

    PlatformsController(Platforms platforms, JdbcClient jdbc) {
        this.platforms = platforms;
        this.jdbc = jdbc;
    }

    @Operation(summary = "List the platforms of the settings")
    @GetMapping("/api/v1/platforms")
    List<Entry> platforms() {
        Map<String, Checked> checks = jdbc
                .sql("select platform, healthy, last_error from platform_health")
                .query((row, number) -> new Checked(
                        row.getString("platform"),
                        row.getBoolean("healthy"),
                        Optional.ofNullable(row.getString("last_error"))))
                .list()
                .stream()
                .collect(Collectors.toMap(Checked::platform, Function.identity()));
        Map<String, List<String>> alarms = jdbc
                .sql("select platform, text from platform_alarm order by raised_at, topic")
                .query((row, number) -> Map.entry(row.getString("platform"), row.getString("text")))
                .list()
                .stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
        return platforms.all().stream()
                .map(platform -> entry(
                        platform,
                        Optional.ofNullable(checks.get(platform.instance())),
                        alarms.getOrDefault(platform.instance(), List.of())))
                .toList();
    }

    private Entry entry(Platform platform, Optional<Checked> check, List<String> alarms) {
        PlatformSettings settings = platforms.settings(platform.instance());
        return new Entry(
                platform.instance(),
                settings.kind(),
                settings.hosts(),
                platform.channel(),
                settings.enabled(),
                check.map(known -> known.healthy() ? Health.UP : Health.DOWN).orElse(Health.UNKNOWN),
                check.flatMap(Checked::lastError).orElse(null),
                alarms,
                platform.capabilities());
    }

    /** How the last check of address and credentials came out. */
    enum Health {
        UP,
        DOWN,
        /** Not checked yet, or there is nothing to check because people serve it by hand. */
        UNKNOWN
    }

    private record Checked(String platform, boolean healthy, Optional<String> lastError) {}

    /**
     * @param lastError of the last check that failed, also when a later one did not; null when none ever did
     * @param alarms    what an operator has to mend, until it is mended; the oldest first
     */
    record Entry(
            String instance,
            String kind,
            List<String> hosts,
            Channel channel,
            boolean enabled,
            Health health,
            @Nullable String lastError,
            List<String> alarms,
            List<String> capabilities) {}
}
