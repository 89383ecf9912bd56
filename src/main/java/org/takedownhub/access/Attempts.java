package org.takedownhub.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts wrong passwords per source address, and per source address and user name. An account as such is never locked:
 * that would let any outsider lock anybody out. What is remembered is bounded; the oldest is forgotten first.
 */
class Attempts {

    private static final int REMEMBERED = 10_000;

    private final Clock clock;
    private final AccessSettings settings;
    private final Map<Tried, Window> perUser = new Recent();
    private final Map<Tried, Window> perSource = new Recent();

    Attempts(Clock clock, AccessSettings settings) {
        this.clock = clock;
        this.settings = settings;
    }

    /** @throws TooManyAttempts this source has to wait, whether or not the next password is right */
    synchronized void check(String source, String user) {
        Instant now = clock.instant();
        refuseWhenFull(perUser.get(new Tried(source, user)), settings.attemptsPerUser(), now);
        refuseWhenFull(perSource.get(new Tried(source, "")), settings.attemptsPerSource(), now);
    }

    synchronized void failed(String source, String user) {
        Instant now = clock.instant();
        perUser.merge(new Tried(source, user), new Window(now, 1), (window, one) -> next(window, now));
        perSource.merge(new Tried(source, ""), new Window(now, 1), (window, one) -> next(window, now));
    }

    private Window next(Window window, Instant now) {
        return window.isOver(now, settings.attemptWindow())
                ? new Window(now, 1)
                : new Window(window.begin(), window.failures() + 1);
    }

    private void refuseWhenFull(@Nullable Window window, int limit, Instant now) {
        if (window != null && window.failures() >= limit && !window.isOver(now, settings.attemptWindow())) {
            throw new TooManyAttempts(Duration.between(now, window.begin().plus(settings.attemptWindow())));
        }
    }

    private record Tried(String source, String user) {}

    private record Window(Instant begin, int failures) {
        boolean isOver(Instant now, Duration length) {
            return !now.isBefore(begin.plus(length));
        }
    }

    private static final class Recent extends LinkedHashMap<Tried, Window> {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Tried, Window> eldest) {
            return size() > REMEMBERED;
        }
    }
}
