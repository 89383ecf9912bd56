package org.takedownhub.modelling.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.Channel;
import org.takedownhub.casefile.Instrument;
import org.takedownhub.casefile.Outcome;
import org.takedownhub.casefile.Source;
import org.takedownhub.casefile.Verdict;

/**
 * What is on record of a case that came out. What people, forces and platforms did is kept as how long it took them; the
 * rest follows from the models and is computed anew.
 *
 * @param flaggedAt         UTC
 * @param category          as it was flagged
 * @param threatToLife      as it was flagged
 * @param returned          the content had been removed before and was back
 * @param ways              the channels that the settings have something to go with at this platform
 * @param recipientKnown    the platform is set up, or had been written to before
 * @param groundCarriedOver an earlier case had found the ground already, so that nobody verified this one
 * @param verdicts          in their order; one where the ground was carried over
 * @param questions         to forces, by their number
 * @param approvals         in their order
 * @param completedAfter    how long it took to supply what the notice lacked; empty where it lacked nothing
 * @param recipients        by their number
 * @param happened          what really came of it
 */
record PastCase(
        String reference,
        Instant flaggedAt,
        Category category,
        boolean threatToLife,
        Source source,
        String platform,
        boolean returned,
        Set<Channel> ways,
        boolean recipientKnown,
        boolean groundCarriedOver,
        List<Verdicted> verdicts,
        List<Asked> questions,
        List<Decided> approvals,
        Optional<Duration> completedAfter,
        Map<Integer, Addressed> recipients,
        Happened happened) {

    PastCase {
        ways = Set.copyOf(ways);
        verdicts = List.copyOf(verdicts);
        questions = List.copyOf(questions);
        approvals = List.copyOf(approvals);
        recipients = Map.copyOf(recipients);
    }

    /** @param after since the task came up, or since the opinion before */
    record Verdicted(
            Duration after,
            Verdict verdict,
            Category category,
            boolean threatToLife,
            boolean childVisible,
            String artisticContext,
            String offence) {

        boolean referable() {
            return verdict == Verdict.UNLAWFUL || verdict == Verdict.BREACHES_TERMS;
        }
    }

    /** @param after since somebody was asked */
    record Decided(Duration after, boolean yes) {}

    /**
     * A question to a force.
     *
     * @param preservedAfter how long after the answer the evidence was kept, where the force had asked for that
     */
    record Asked(String force, Optional<Answered> answer, Optional<Held> hold, Optional<Duration> preservedAfter) {}

    /**
     * @param after  since the force was asked, or where the duty officer answered for it, since it was known to be silent
     * @param byDuty the duty officer answered in the force's place
     */
    record Answered(Duration after, boolean byDuty, boolean takesOver) {}

    /**
     * A hold, its renewals included.
     *
     * @param lasts      from when it was placed to when it would have expired
     * @param endedAfter how long after it was placed somebody ended it; empty where it expired
     * @param overridden it was the senior officer who ended it
     */
    record Held(Duration lasts, Optional<Duration> endedAfter, boolean overridden) {}

    /**
     * A recipient.
     *
     * @param fellThroughAfter  how long after the notice it turned out that a person had to hand it in
     * @param preNotice         how long it was told of procedures ahead of its first order
     * @param givenAfter        since the notice was made out; empty where it was never given
     * @param receivedAfter     since it was given
     * @param acknowledgedAfter since it was given
     * @param said              what the platform said, and how its time was moved
     * @param outcome           how its part came out; empty also where nothing but the end of the ladder ended it
     * @param settledAfter      since it was given, or where it never was, since the notice was made out
     * @param reviews           by rung, how long after climbing it somebody reviewed the escalation
     * @param formal            what an officer said to a statutory notice in its place
     * @param supersededBy      the recipient that the statutory notice went to
     */
    record Addressed(
            Instrument instrument,
            Channel channel,
            Optional<Duration> fellThroughAfter,
            Optional<Duration> preNotice,
            Optional<Duration> givenAfter,
            Optional<Duration> receivedAfter,
            Optional<Duration> acknowledgedAfter,
            List<Said> said,
            Optional<Outcome> outcome,
            Optional<Duration> settledAfter,
            Map<Integer, Duration> reviews,
            Optional<Decided> formal,
            OptionalInt supersededBy) {

        Addressed {
            said = List.copyOf(said);
            reviews = Map.copyOf(reviews);
        }
    }

    /**
     * @param after since the notice was given
     * @param until what for a question is how long the answer took, and for a moved due date how long after giving it
     *              lies; empty where nothing is on record
     */
    record Said(Duration after, What what, Optional<Duration> until) {

        enum What {
            ASKED_BACK,
            IMPOSSIBLE,
            REFUSED,
            EXTENDED,
            REVIEWED
        }
    }

    /** @param firstDueAt the first due date that any recipient had, UTC */
    record Happened(Optional<Outcome> outcome, Optional<Instant> firstDueAt, int rung) {}
}
