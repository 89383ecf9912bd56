package org.takedownhub.modelling.web;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.takedownhub.modelling.replay.Aspect;
import org.takedownhub.modelling.replay.Replay;
import org.takedownhub.modelling.replay.Summary;
import org.takedownhub.pages.Moments;

/**
 * A replay as a manager reads it.
 *
 * @param open    it waits or runs
 * @param older   the draft has changed since
 * @param lead    the result in one sentence
 * @param figures what, before, after
 * @param aspects what changes, in how many cases
 * @param notes   what to bear in mind
 * @param reasons why cases were left out
 */
public record ReplayWords(
        long id,
        String state,
        boolean open,
        boolean done,
        boolean older,
        String who,
        String when,
        String cases,
        String lead,
        List<Row> figures,
        List<Counted> aspects,
        List<String> notes,
        List<Counted> reasons) {

    /** One line of the table of figures. */
    public record Row(String what, String before, String after) {}

    /** Something, and how often. */
    public record Counted(String what, int cases) {}

    static ReplayWords of(Replay replay, String draftHash) {
        List<Row> figures = new ArrayList<>();
        List<Counted> aspects = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        List<Counted> reasons = new ArrayList<>();
        replay.summary().ifPresent(summary -> {
            figures(figures, summary);
            for (Aspect aspect : Aspect.values()) {
                int cases = summary.aspects().getOrDefault(aspect, 0);
                if (cases > 0) {
                    aspects.add(new Counted(aspect.words(), cases));
                }
            }
            notes(notes, summary);
            summary.reasons().forEach(reason -> reasons.add(new Counted(reason.why(), reason.cases())));
        });
        return new ReplayWords(
                replay.id(),
                state(replay),
                !replay.state().over(),
                replay.state() == Replay.State.DONE,
                !replay.draftHash().equals(draftHash),
                replay.startedBy(),
                Moments.words(replay.startedAt()),
                "flagged from " + Moments.words(replay.from()) + " to " + Moments.words(replay.until()) + ", at most "
                        + replay.limit(),
                lead(replay),
                figures,
                aspects,
                notes,
                reasons);
    }

    private static String state(Replay replay) {
        return switch (replay.state()) {
            case QUEUED -> "Waiting for other replays";
            case RUNNING -> replay.cases() == 0
                    ? "Reading past cases"
                    : "%d of %d cases tried".formatted(replay.done(), replay.cases());
            case DONE -> "Done in " + length(replay.took().orElse(Duration.ZERO).toSeconds());
            case CANCELLED -> "Called off";
            case FAILED -> "Failed";
        };
    }

    private static String lead(Replay replay) {
        return replay.summary()
                .map(summary -> summary.cases() == 0
                        ? "There are no past cases in this time."
                        : "The draft changes %s of %s. With the live models %d were overdue, with the draft %d would have been."
                                .formatted(
                                        summary.changed(),
                                        count(summary.replayed(), "case"),
                                        summary.before().overdue(),
                                        summary.after().overdue()))
                .or(replay::failure)
                .orElse("");
    }

    private static void figures(List<Row> rows, Summary summary) {
        rows.add(new Row(
                "Cases with a deadline",
                number(summary.before().timed()),
                number(summary.after().timed())));
        rows.add(new Row(
                "Overdue",
                number(summary.before().overdue()),
                number(summary.after().overdue())));
        rows.add(new Row("On time", share(summary.before()), share(summary.after())));
        rows.add(new Row(
                "From the flag to the notice, the case in the middle",
                median(summary.before().timeToGive()),
                median(summary.after().timeToGive())));
        rows.add(new Row(
                "From the notice to removal, the case in the middle",
                median(summary.before().timeToRemove()),
                median(summary.after().timeToRemove())));
    }

    private static void notes(List<String> notes, Summary summary) {
        if (summary.notReplayed() > 0) {
            notes.add(count(summary.notReplayed(), "case") + " could not be replayed and "
                    + (summary.notReplayed() == 1 ? "is" : "are") + " not counted; the reasons are below.");
        }
        if (summary.assumed() > 0) {
            notes.add("In " + count(summary.assumed(), "case")
                    + " somebody has to decide who did not then. The usual time was taken, and consent.");
        }
        if (summary.before().small() || summary.after().small()) {
            notes.add("Fewer than " + Summary.SMALL + " cases had a deadline: too few to go by.");
        }
        Summary.Fidelity fidelity = summary.fidelity();
        if (fidelity.compared() > 0) {
            notes.add(
                    ("How far to trust it: replayed on the live models, %d of %d cases come out as they really did, and"
                                    + " %d have the deadline they really had.")
                            .formatted(fidelity.sameOutcome(), fidelity.compared(), fidelity.sameDeadline()));
        }
        notes.add("What people, forces and platforms did, they do again after the same length of time. Reviews and"
                + " safeguarding run beside a case and are not replayed. Covert cases are left out.");
    }

    private static String number(int number) {
        return Integer.toString(number);
    }

    private static String share(Summary.Figures figures) {
        Integer percent = figures.onTimePercent();
        return percent == null ? "no cases" : percent + "%" + (figures.small() ? " (few cases)" : "");
    }

    private static String median(Summary.Median median) {
        Long seconds = median.seconds();
        return seconds == null ? "no cases" : length(seconds) + (median.small() ? " (few cases)" : "");
    }

    private static String length(long seconds) {
        Duration length = Duration.ofSeconds(seconds);
        if (length.toDays() > 0) {
            return count(length.toDays(), "day") + " " + count(length.toHoursPart(), "hour");
        }
        if (length.toHours() > 0) {
            return count(length.toHours(), "hour") + " " + count(length.toMinutesPart(), "minute");
        }
        return length.toMinutes() > 0 ? count(length.toMinutes(), "minute") : count(seconds, "second");
    }

    private static String count(long number, String unit) {
        return number + " " + unit + (number == 1 ? "" : "s");
    }
}
