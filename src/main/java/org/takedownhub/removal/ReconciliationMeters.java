package org.takedownhub.removal;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.util.function.ToDoubleFunction;
import org.springframework.stereotype.Component;

/** The newest round of reconciliation for {@code /actuator/prometheus}: is it recent, and is anything left to do. */
@Component
class ReconciliationMeters implements MeterBinder {

    private final Reconciliations rounds;
    private final Clock clock;

    ReconciliationMeters(Reconciliations rounds, Clock clock) {
        this.rounds = rounds;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        gauge(registry, "checked", "Running clocks that were checked", round -> round.checked());
        gauge(registry, "repaired", "Timers of the engine that were put right", round -> round.repaired());
        gauge(registry, "unrepaired", "Timers that a person has to look at", round -> round.unrepaired());
        gauge(registry, "age.seconds", "Time since the round ended", this::age);
    }

    private void gauge(
            MeterRegistry registry, String name, String description, ToDoubleFunction<Reconciliations.Round> value) {
        Gauge.builder(
                        "takedown.clock.reconciliation." + name,
                        () -> rounds.lastFinished().map(value::applyAsDouble).orElse(Double.NaN))
                .description(description + ", in the newest round; no number before the first one")
                .register(registry);
    }

    private double age(Reconciliations.Round round) {
        return Duration.between(round.finishedAt().orElseThrow(), clock.instant())
                .toSeconds();
    }
}
