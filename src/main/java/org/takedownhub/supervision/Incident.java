package org.takedownhub.supervision;

import java.time.Instant;
import java.util.Optional;

/**
 * A step that the hub has given up until somebody looks at it.
 *
 * @param caseReference the case it belongs to; empty where it belongs to none
 * @param process       the name of the process
 * @param stepId        of the node in the model
 * @param step          its label
 * @param since         UTC
 * @param message       what the program said, without secrets; empty where it said nothing
 * @param canTryAgain   whether trying again is possible here
 * @param byHand        how people can do it instead
 * @param withoutHand   why there is no such way, for people; empty where there is one
 */
public record Incident(
        String incidentId,
        Optional<String> caseReference,
        String process,
        String stepId,
        String step,
        Instant since,
        Trouble trouble,
        String message,
        boolean canTryAgain,
        Optional<ByHand> byHand,
        String withoutHand) {

    /**
     * @param taskId  of the task's node in the model
     * @param task    the label of the task that people get
     * @param promise what happens then
     */
    public record ByHand(String taskId, String task, String promise) {}
}
