package org.takedownhub.modelling.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.takedownhub.casefile.Outcome;

/**
 * What a set of models makes of a case.
 *
 * @param instrument   of the first notice; empty where none went out
 * @param channel      of the first recipient
 * @param dueAt        the first due date of any recipient, UTC
 * @param owners       the groups that a task of the case waited for, in the order of their first time
 * @param rung         the highest one climbed, 0 for none
 * @param outcome      empty where the case stands still at the end of what is on record
 * @param overdue      at least one recipient had not complied when its time was over
 * @param timeToGive   from the flag to the first notice given
 * @param timeToRemove from the first notice given to the removal
 * @param assumed      somebody had to decide who never did in this case; the usual time was taken
 */
record Replayed(
        String reference,
        Optional<String> instrument,
        Optional<String> channel,
        Optional<Instant> dueAt,
        List<String> owners,
        int rung,
        Optional<Outcome> outcome,
        boolean overdue,
        Optional<Duration> timeToGive,
        Optional<Duration> timeToRemove,
        boolean assumed) {}
