package org.takedownhub.modelling.replay;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.takedownhub.casefile.Outcome;
import org.takedownhub.clock.ClockFace;
import org.takedownhub.modelling.replay.Summary.Fidelity;
import org.takedownhub.modelling.replay.Summary.Figures;
import org.takedownhub.modelling.replay.Summary.Median;
import org.takedownhub.modelling.replay.Summary.Reason;

/** Collects what two sets make of the same cases. Any number of threads may add to it. */
final class Comparison {

    /** So many cases are listed; all are counted. */
    static final int LISTED = 1_000;

    private static final int REASONS = 20;
    private static final String NOTHING = "none";

    private final Map<String, Integer> reasons = new LinkedHashMap<>();
    private final SortedMap<String, List<Difference>> changed = new TreeMap<>(Comparator.reverseOrder());
    private final Map<Aspect, Integer> aspects = new EnumMap<>(Aspect.class);
    private final Side before = new Side();
    private final Side after = new Side();
    private int cases;
    private int changedCases;
    private int replayed;
    private int assumed;
    private int compared;
    private int sameOutcome;
    private int sameDeadline;

    /** One of the two sets. */
    private static final class Side {

        private final List<Duration> timesToGive = new ArrayList<>();
        private final List<Duration> timesToRemove = new ArrayList<>();
        private int timed;
        private int overdue;

        void add(Replayed one) {
            one.timeToGive().ifPresent(timesToGive::add);
            one.timeToRemove().ifPresent(timesToRemove::add);
            // What the hub itself took back, or could not hand in, says nothing about time.
            if (one.dueAt().isPresent() && !one.outcome().equals(Optional.of(Outcome.WITHDRAWN))) {
                timed++;
                overdue += one.overdue() ? 1 : 0;
            }
        }

        Figures figures() {
            return new Figures(timed, overdue, median(timesToGive), median(timesToRemove));
        }

        private static Median median(List<Duration> durations) {
            return new Median(
                    durations.size(),
                    Habits.median(durations).map(Duration::toSeconds).orElse(null));
        }
    }

    /** A case that one of the sets could not be tried on. */
    synchronized void notReplayed(String why) {
        cases++;
        reasons.merge(why, 1, Integer::sum);
    }

    /** How a replay of the live set meets what really happened. */
    synchronized void really(PastCase facts, Replayed live) {
        compared++;
        sameOutcome += live.outcome().equals(facts.happened().outcome()) ? 1 : 0;
        sameDeadline += sameMinute(live.dueAt(), facts.happened().firstDueAt()) ? 1 : 0;
    }

    private static boolean sameMinute(Optional<Instant> one, Optional<Instant> other) {
        return one.isPresent() && other.isPresent()
                ? Duration.between(one.get(), other.get()).abs().compareTo(Duration.ofMinutes(1)) <= 0
                : one.isEmpty() && other.isEmpty();
    }

    synchronized void replayed(Replayed live, Replayed draft) {
        cases++;
        replayed++;
        assumed += draft.assumed() || live.assumed() ? 1 : 0;
        before.add(live);
        after.add(draft);
        List<Difference> differences = differences(live, draft);
        if (differences.isEmpty()) {
            return;
        }
        changedCases++;
        differences.forEach(difference -> aspects.merge(difference.aspect(), 1, Integer::sum));
        changed.put(live.reference(), differences);
        if (changed.size() > LISTED) {
            changed.remove(changed.lastKey());
        }
    }

    static List<Difference> differences(Replayed live, Replayed draft) {
        List<Difference> found = new ArrayList<>();
        String reference = live.reference();
        compare(
                found,
                reference,
                Aspect.ROUTE,
                live.instrument().orElse(NOTHING),
                draft.instrument().orElse(NOTHING));
        compare(
                found,
                reference,
                Aspect.CHANNEL,
                live.channel().orElse(NOTHING),
                draft.channel().orElse(NOTHING));
        compare(found, reference, Aspect.DEADLINE, due(live), due(draft));
        compare(found, reference, Aspect.OWNER, owners(live), owners(draft));
        compare(found, reference, Aspect.RUNG, Integer.toString(live.rung()), Integer.toString(draft.rung()));
        compare(found, reference, Aspect.OVERDUE, yes(live.overdue()), yes(draft.overdue()));
        compare(found, reference, Aspect.OUTCOME, outcome(live), outcome(draft));
        return found;
    }

    private static void compare(List<Difference> found, String reference, Aspect aspect, String before, String after) {
        if (!before.equals(after)) {
            found.add(new Difference(reference, aspect, before, after));
        }
    }

    private static String due(Replayed one) {
        return one.dueAt()
                .map(at -> ClockFace.words(at.truncatedTo(ChronoUnit.SECONDS)))
                .orElse(NOTHING);
    }

    private static String owners(Replayed one) {
        return one.owners().isEmpty()
                ? NOTHING
                : String.join(", ", one.owners().stream().sorted().toList());
    }

    private static String yes(boolean overdue) {
        return overdue ? "yes" : "no";
    }

    private static String outcome(Replayed one) {
        return one.outcome().map(Enum::name).orElse("still open");
    }

    synchronized Summary summary() {
        return new Summary(
                cases,
                replayed,
                cases - replayed,
                reasons.entrySet().stream()
                        .sorted(Map.Entry.<String, Integer>comparingByValue()
                                .reversed()
                                .thenComparing(Map.Entry.comparingByKey()))
                        .limit(REASONS)
                        .map(entry -> new Reason(entry.getKey(), entry.getValue()))
                        .toList(),
                changedCases,
                new EnumMap<>(aspects),
                assumed,
                before.figures(),
                after.figures(),
                new Fidelity(compared, sameOutcome, sameDeadline));
    }

    /** The newest cases first. */
    synchronized List<Difference> listed() {
        return changed.values().stream().flatMap(List::stream).toList();
    }
}
