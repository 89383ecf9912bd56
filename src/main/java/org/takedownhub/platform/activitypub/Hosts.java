package org.takedownhub.platform.activitypub;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.takedownhub.platform.UnknownReason;

/**
 * What we remember of single hosts: when to ask again, and which signatures they took. One slow or busy host must not
 * cost the others their turn. In memory, bounded; what is forgotten is found out anew.
 */
final class Hosts {

    private static final int REMEMBERED = 2000;
    private static final Duration AFTER_SILENCE = Duration.ofSeconds(30);
    private static final Duration AFTER_429 = Duration.ofMinutes(1);

    private final Clock clock;
    private final Map<String, Pause> pauses = new Recent<>();
    private final Map<String, SignatureKind> taken = new Recent<>();

    Hosts(Clock clock) {
        this.clock = clock;
    }

    private record Pause(Instant until, UnknownReason reason) {}

    /** @throws NothingRead the host is left alone for the moment */
    synchronized void check(String host) {
        Pause pause = pauses.get(host);
        if (pause != null && clock.instant().isBefore(pause.until())) {
            throw new NothingRead(
                    pause.reason(),
                    host
                            + (pause.reason() == UnknownReason.RATE_LIMITED
                                    ? " asked us to wait"
                                    : " did not answer just now"),
                    Optional.of(pause.until()));
        }
    }

    synchronized void busy(String host, Optional<Instant> until) {
        pauses.put(host, new Pause(until.orElse(clock.instant().plus(AFTER_429)), UnknownReason.RATE_LIMITED));
    }

    synchronized void silent(String host, UnknownReason reason) {
        pauses.put(host, new Pause(clock.instant().plus(AFTER_SILENCE), reason));
    }

    synchronized void answered(String host) {
        pauses.remove(host);
    }

    synchronized void took(String host, SignatureKind kind) {
        taken.put(host, kind);
    }

    synchronized SignatureKind first(String host, SignatureKind otherwise) {
        @Nullable SignatureKind known = taken.get(host);
        return known == null ? otherwise : known;
    }

    private static final class Recent<T> extends LinkedHashMap<String, T> {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
            return size() > REMEMBERED;
        }
    }
}
