package org.takedownhub.platform;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Remembers that a platform answered in a way its documents do not know, until it answers as documented again. A
 * connector lets its check of the connection fail meanwhile, so that an operator sees it among the platforms' health.
 */
public final class ContractAlarm {

    private final AtomicReference<Optional<String>> alarm = new AtomicReference<>(Optional.empty());

    /** @param what what was not as documented, without secrets or content */
    public void broken(String what, Instant at) {
        alarm.set(Optional.of("It no longer answers as documented (" + at + "): " + what
                + ". Compare its API's documents before more is sent"));
    }

    /** The call that had gone wrong was answered as documented. */
    public void kept() {
        alarm.set(Optional.empty());
    }

    /** @throws PlatformUnavailable the last answer was not as documented */
    public void check() {
        alarm.get().ifPresent(what -> {
            throw new PlatformUnavailable(what, Optional.empty());
        });
    }
}
