package org.takedownhub.platform;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.takedownhub.clock.ClockSpeed;

/**
 * Which platforms this node leaves alone for the moment. A whole platform pauses, not a single notice: otherwise every
 * waiting notice would have to be refused once before all of them hold still. Kept in memory; after a restart the first
 * call finds out anew.
 */
final class Pauses {

    private final ClockSpeed speed;
    private final Map<String, Pause> pauses = new ConcurrentHashMap<>();

    Pauses(ClockSpeed speed) {
        this.speed = speed;
    }

    /**
     * @param failures     in a row, without any answer between them
     * @param failingSince when the first of them happened
     */
    private record Pause(int failures, Optional<Instant> failingSince, Instant until) {}

    boolean paused(String instance, Instant now) {
        Pause pause = pauses.get(instance);
        return pause != null && now.isBefore(pause.until());
    }

    /** True while the last thing heard of the platform was a failure: then one try at a time is enough. */
    boolean failing(String instance) {
        Pause pause = pauses.get(instance);
        return pause != null && pause.failingSince().isPresent();
    }

    /** Since when it has been failing, after at least that many failures in a row. */
    Optional<Instant> failingSince(String instance, int leastFailures) {
        return Optional.ofNullable(pauses.get(instance))
                .filter(pause -> pause.failures() >= leastFailures)
                .flatMap(Pause::failingSince);
    }

    Set<String> instances() {
        return Set.copyOf(pauses.keySet());
    }

    void answered(String instance) {
        pauses.remove(instance);
    }

    /** The platform named the time to come back: it is busy, not ill. */
    void busyUntil(String instance, Instant until) {
        pauses.merge(
                instance,
                new Pause(0, Optional.empty(), until),
                (known, busy) -> new Pause(known.failures(), known.failingSince(), later(known.until(), until)));
    }

    void failed(String instance, Instant now) {
        pauses.merge(
                instance,
                new Pause(1, Optional.of(now), now.plus(speed.scaled(BackOff.after(1)))),
                // Calls under way at the same time fail together and count once.
                (known, failed) -> now.isBefore(known.until())
                        ? new Pause(
                                Math.max(1, known.failures()),
                                known.failingSince().or(() -> Optional.of(now)),
                                known.until())
                        : new Pause(
                                known.failures() + 1,
                                known.failingSince().or(() -> Optional.of(now)),
                                now.plus(speed.scaled(BackOff.after(known.failures() + 1)))));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
