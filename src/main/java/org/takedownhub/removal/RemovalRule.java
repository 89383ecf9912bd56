package org.takedownhub.removal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.takedownhub.casefile.Outcome;
import org.takedownhub.casefile.OutcomeScope;
import org.takedownhub.casefile.RemovedBy;
import org.takedownhub.platform.Availability;

/**
 * When looks add up to "gone". The platform's typed answer is enough by itself. A miss needs others that confirm it,
 * some minutes apart and each with a live control item on the same host. Time-outs, log-in walls and the like never
 * count, and content that was seen alive makes earlier misses void.
 *
 * @param gap           shortest time between two looks that confirm each other, as the clock runs
 * @param confirmations how many it takes
 * @param outOf         among how many of the last looks; looks closer to the next one than the gap are no looks of
 *                      their own here
 */
record RemovalRule(Duration gap, int confirmations, int outOf) {

    /** What the rule needs to know of a look. */
    record Seen(Availability availability, boolean controlAlive, Instant at) {}

    /**
     * The looks prove something.
     *
     * @param at when it was first seen so, UTC
     */
    record Finding(Outcome outcome, OutcomeScope scope, RemovedBy by, Instant at) {}

    /** @param looks the newest first; at least the newest one */
    Optional<Finding> decide(List<Seen> looks) {
        Seen newest = looks.get(0);
        return switch (newest.availability()) {
            case REMOVED_BY_PLATFORM, ACCOUNT_SUSPENDED -> Optional.of(
                    new Finding(Outcome.REMOVED, OutcomeScope.GLOBAL, RemovedBy.PLATFORM, newest.at()));
            case DELETED_BY_AUTHOR -> Optional.of(
                    new Finding(Outcome.REMOVED, OutcomeScope.GLOBAL, RemovedBy.AUTHOR, newest.at()));
            case GONE_UNATTRIBUTED, ACCOUNT_DEACTIVATED -> confirmed(looks, RemovalRule::isControlledMiss)
                    .map(since -> new Finding(Outcome.REMOVED, OutcomeScope.UNKNOWN, RemovedBy.UNKNOWN, since));
            case GEO_BLOCKED -> confirmed(looks, look -> look.availability() == Availability.GEO_BLOCKED)
                    .map(since -> new Finding(Outcome.RESTRICTED, OutcomeScope.COUNTRY, RemovedBy.PLATFORM, since));
            case AVAILABLE, RESTRICTED, UNKNOWN -> Optional.empty();
        };
    }

    /** Whether the newest look points to something that another look could confirm. */
    boolean wantsConfirmation(Seen newest) {
        return isControlledMiss(newest) || newest.availability() == Availability.GEO_BLOCKED;
    }

    private Optional<Instant> confirmed(List<Seen> looks, Predicate<Seen> confirms) {
        List<Seen> counted = apart(looks).stream().filter(confirms).toList();
        boolean newestCounts = !counted.isEmpty() && counted.get(0).equals(looks.get(0));
        return newestCounts && counted.size() >= confirmations
                ? Optional.of(counted.get(counted.size() - 1).at())
                : Optional.empty();
    }

    /** The last looks at least a gap apart, back to the last time it was seen alive. */
    private List<Seen> apart(List<Seen> looks) {
        List<Seen> apart = new ArrayList<>();
        for (Seen look : looks) {
            if (look.availability() == Availability.AVAILABLE || apart.size() == outOf) {
                break;
            }
            if (apart.isEmpty()
                    || !look.at().plus(gap).isAfter(apart.get(apart.size() - 1).at())) {
                apart.add(look);
            }
        }
        return apart;
    }

    private static boolean isControlledMiss(Seen look) {
        return look.availability().isMiss() && look.controlAlive();
    }
}
