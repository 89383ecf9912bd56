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
import org.takedownhub.platform.Vantages;

/**
 * When looks add up to "gone". The platform's typed answer is enough by itself. A miss needs others that confirm it,
 * some minutes apart and each with a live control item on the same host; where the hub has other places to look from, it
 * needs a miss from one of them, too. Time-outs, log-in walls and the like never count, and content that was seen alive
 * makes earlier misses void. What is missed or blocked at home and up elsewhere is blocked in our country, not removed.
 *
 * @param gap           shortest time between two looks that confirm each other, as the clock runs
 * @param confirmations how many it takes
 * @param outOf         among how many of the last looks; looks closer to the next one than the gap are no looks of
 *                      their own here
 * @param home          the usual place to look from
 * @param elsewhere     whether a miss has to be seen from another place, too
 */
record RemovalRule(Duration gap, int confirmations, int outOf, String home, boolean elsewhere) {

    /** What the rule needs to know of a look. */
    record Seen(Availability availability, boolean controlAlive, Instant at, String vantage) {}

    /**
     * The looks prove something.
     *
     * @param at when it was first seen so, UTC
     */
    record Finding(Outcome outcome, OutcomeScope scope, RemovedBy by, Instant at) {}

    /** @param looks the newest first; at least the newest one */
    Optional<Finding> decide(List<Seen> looks) {
        Seen newest = looks.get(0);
        Optional<Finding> typed =
                switch (newest.availability()) {
                    case REMOVED_BY_PLATFORM, ACCOUNT_SUSPENDED -> Optional.of(
                            new Finding(Outcome.REMOVED, OutcomeScope.GLOBAL, RemovedBy.PLATFORM, newest.at()));
                    case DELETED_BY_AUTHOR -> Optional.of(
                            new Finding(Outcome.REMOVED, OutcomeScope.GLOBAL, RemovedBy.AUTHOR, newest.at()));
                    default -> Optional.empty();
                };
        return typed.isPresent() ? typed : atHome(looks).isEmpty() ? Optional.empty() : confirmed(looks);
    }

    private Optional<Finding> confirmed(List<Seen> looks) {
        List<Seen> home = atHome(looks);
        return switch (home.get(0).availability()) {
            case GONE_UNATTRIBUTED, ACCOUNT_DEACTIVATED -> confirmed(home, RemovalRule::isControlledMiss)
                    .flatMap(since -> missed(since, looks));
            case GEO_BLOCKED -> confirmed(home, look -> look.availability() == Availability.GEO_BLOCKED)
                    .map(since -> new Finding(Outcome.RESTRICTED, OutcomeScope.COUNTRY, RemovedBy.PLATFORM, since));
            default -> Optional.empty();
        };
    }

    private Optional<Finding> missed(Instant since, List<Seen> looks) {
        Finding gone = new Finding(Outcome.REMOVED, OutcomeScope.UNKNOWN, RemovedBy.UNKNOWN, since);
        if (!elsewhere) {
            return Optional.of(gone);
        }
        List<Seen> others = newestElsewhere(since, looks);
        if (others.stream().anyMatch(look -> look.availability() == Availability.AVAILABLE)) {
            return Optional.of(new Finding(Outcome.RESTRICTED, OutcomeScope.COUNTRY, RemovedBy.UNKNOWN, since));
        }
        return others.stream().anyMatch(RemovalRule::isControlledMiss) ? Optional.of(gone) : Optional.empty();
    }

    /** What each other place showed last, since the first miss at home. */
    private List<Seen> newestElsewhere(Instant since, List<Seen> looks) {
        List<Seen> newest = new ArrayList<>();
        for (Seen look : looks) {
            boolean counts = !isAtHome(look)
                    && !look.at().isBefore(since)
                    && newest.stream().noneMatch(newer -> newer.vantage().equals(look.vantage()));
            if (counts) {
                newest.add(look);
            }
        }
        return newest;
    }

    private List<Seen> atHome(List<Seen> looks) {
        return looks.stream().filter(this::isAtHome).toList();
    }

    /** A person looks from where the hub is at home. Without other places all looks are, whatever home is called now. */
    private boolean isAtHome(Seen look) {
        return !elsewhere || look.vantage().equals(home) || look.vantage().equals(Vantages.PERSON);
    }

    /** Whether the newest look points to something that another look could confirm. */
    boolean wantsConfirmation(List<Seen> looks) {
        return atHome(looks).stream()
                .findFirst()
                .filter(look -> isControlledMiss(look) || look.availability() == Availability.GEO_BLOCKED)
                .isPresent();
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
