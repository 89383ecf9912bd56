package org.takedownhub.platform.web;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.takedownhub.casefile.Channel;
import org.takedownhub.platform.Bulkheads;
import org.takedownhub.platform.ConnectionChecks;
import org.takedownhub.platform.Platform;
import org.takedownhub.platform.PlatformAlarms;
import org.takedownhub.platform.PlatformHealth;
import org.takedownhub.platform.PlatformSettings;
import org.takedownhub.platform.Platforms;
import org.takedownhub.platform.Quota;
import org.takedownhub.platform.Submissions;

/** What an operator sees of every platform of the settings. */
@Component
class PlatformOverview {

    private static final Logger LOG = LoggerFactory.getLogger(PlatformOverview.class);

    private final Platforms platforms;
    private final PlatformHealth health;
    private final Bulkheads bulkheads;
    private final Submissions submissions;
    private final ConnectionChecks checks;
    private final PlatformAlarms alarms;

    PlatformOverview(
            Platforms platforms,
            PlatformHealth health,
            PlatformAlarms alarms,
            Bulkheads bulkheads,
            Submissions submissions,
            ConnectionChecks checks) {
        this.platforms = platforms;
        this.health = health;
        this.bulkheads = bulkheads;
        this.submissions = submissions;
        this.checks = checks;
        this.alarms = alarms;
    }

    /** How the last call came out. */
    enum Health {
        UP,
        DOWN,
        /** Not called yet, or there is nothing to call because people serve it by hand. */
        UNKNOWN
    }

    /**
     * @param lastError of the last call that failed, also when a later one did not; null when none ever did
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
            List<String> capabilities,
            @Schema(description = "When lastError happened") @Nullable Instant lastErrorAt,
            @Schema(description = "When the platform was last called, or its connection checked") @Nullable
                    Instant checkedAt,
            @Schema(description = "What is left of its allowance, where it has one") @Nullable QuotaEntry quota,
            @Schema(description = "Name and version of what reads whether content is still up") String recogniser,
            @Schema(description = "Notices that wait to be sent") int waiting,
            @Schema(description = "Calls under way or waiting on the node that answers") int load,
            @Schema(description = "Whether there is a connection that could be checked") boolean checkable) {}

    record QuotaEntry(String unit, long limit, long used, Instant resetsAt) {

        static QuotaEntry of(Quota quota) {
            return new QuotaEntry(quota.unit(), quota.limit(), quota.used(), quota.resetsAt());
        }
    }

    List<Entry> all() {
        Map<String, PlatformHealth.Health> known =
                health.all().stream().collect(Collectors.toMap(PlatformHealth.Health::instance, Function.identity()));
        return platforms.all().stream()
                .map(platform -> entry(platform, Optional.ofNullable(known.get(platform.instance()))))
                .toList();
    }

    private Entry entry(Platform platform, Optional<PlatformHealth.Health> known) {
        PlatformSettings settings = platforms.settings(platform.instance());
        return new Entry(
                platform.instance(),
                settings.kind(),
                settings.hosts(),
                platform.channel(),
                settings.enabled(),
                known.map(last -> last.healthy() ? Health.UP : Health.DOWN).orElse(Health.UNKNOWN),
                known.flatMap(PlatformHealth.Health::lastError).orElse(null),
                alarms.of(platform.instance()),
                platform.capabilities(),
                known.flatMap(PlatformHealth.Health::lastErrorAt).orElse(null),
                known.map(PlatformHealth.Health::checkedAt).orElse(null),
                quota(platform).map(QuotaEntry::of).orElse(null),
                platform.recogniser(),
                submissions.waiting(platform.instance()),
                bulkheads.load(platform.instance()),
                checks.isAsked(platform));
    }

    /** One connector that cannot count must not hide all others. */
    private static Optional<Quota> quota(Platform platform) {
        try {
            return platform.quota();
        } catch (RuntimeException e) {
            LOG.error("The quota of {} cannot be told", platform.instance(), e);
            return Optional.empty();
        }
    }
}
