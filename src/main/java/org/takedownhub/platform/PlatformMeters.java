package org.takedownhub.platform;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;

/** Health and load of every instance that there is a connection to, for {@code /actuator/prometheus}. */
@Component
class PlatformMeters implements MeterBinder {

    private static final String PLATFORM = "platform";

    private final Platforms platforms;
    private final PlatformHealth health;
    private final Bulkheads bulkheads;
    private final Submissions submissions;
    private final ConnectionChecks checks;

    PlatformMeters(
            Platforms platforms,
            PlatformHealth health,
            Bulkheads bulkheads,
            Submissions submissions,
            ConnectionChecks checks) {
        this.platforms = platforms;
        this.health = health;
        this.bulkheads = bulkheads;
        this.submissions = submissions;
        this.checks = checks;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (Platform platform :
                platforms.all().stream().filter(checks::isAsked).toList()) {
            String instance = platform.instance();
            Gauge.builder("takedown.platform.healthy", () -> healthy(instance))
                    .description("1 when it answered as it should when last called, 0 when not, no number before that")
                    .tag(PLATFORM, instance)
                    .register(registry);
            Gauge.builder("takedown.platform.load", () -> bulkheads.load(instance))
                    .description("Calls under way or waiting for a thread on this node")
                    .tag(PLATFORM, instance)
                    .register(registry);
            Gauge.builder("takedown.platform.waiting", () -> submissions.waiting(instance))
                    .description("Notices that wait to be sent, on all nodes together")
                    .tag(PLATFORM, instance)
                    .register(registry);
        }
    }

    private double healthy(String instance) {
        return health.of(instance).map(known -> known.healthy() ? 1.0 : 0.0).orElse(Double.NaN);
    }
}
