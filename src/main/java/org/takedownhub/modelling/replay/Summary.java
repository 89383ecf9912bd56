package org.takedownhub.modelling.replay;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of a replay, in numbers. Figures are of the cases that both sets could be tried on.
 *
 * @param cases       looked at
 * @param replayed    tried on both sets to their end
 * @param notReplayed where one of the sets takes a way of which nothing is on record
 * @param reasons     why, and how often, the most frequent first
 * @param changed     cases about which the draft changes anything
 * @param aspects     how many cases change in each respect
 * @param assumed     cases in which the usual time was taken for what nobody had to do then
 * @param before      with the live set
 * @param after       with the draft
 * @param fidelity    how well a replay of the live set meets what really happened
 */
public record Summary(
        int cases,
        int replayed,
        int notReplayed,
        List<Reason> reasons,
        int changed,
        Map<Aspect, Integer> aspects,
        int assumed,
        Figures before,
        Figures after,
        Fidelity fidelity) {

    /** Fewer than this are too few to go by. */
    public static final int SMALL = 10;

    /** @param cases how many were not replayed for this reason */
    public record Reason(String why, int cases) {}

    /**
     * @param timed        cases in which a clock ran
     * @param overdue      those of them that were, or would have been, overdue
     * @param timeToGive   from the flag to the first notice given
     * @param timeToRemove from the first notice given to the removal
     */
    public record Figures(int timed, int overdue, Median timeToGive, Median timeToRemove) {

        /** Of the cases in which a clock ran, in per cent, to the next whole one; empty without any. */
        public @Nullable Integer onTimePercent() {
            return timed == 0 ? null : Math.round(100f * (timed - overdue) / timed);
        }

        public boolean small() {
            return timed < SMALL;
        }
    }

    /**
     * @param of      how many cases have a value
     * @param seconds the middle one; null without any
     */
    public record Median(int of, @Nullable Long seconds) {

        public boolean small() {
            return of < SMALL;
        }
    }

    /**
     * @param compared     cases that the live set was tried on to their end
     * @param sameOutcome  those that came out as they really did
     * @param sameDeadline those whose first due date is, to the minute, the one they really had
     */
    public record Fidelity(int compared, int sameOutcome, int sameDeadline) {}
}
