package org.takedownhub.process;

import java.util.OptionalInt;
import org.takedownhub.casefile.CaseReference;

/** A user task somebody reads or completes. */
public record TaskInHand(
        String taskId,
        String taskDefinitionKey,
        CaseReference caseReference,
        OptionalInt recipientNumber,
        Person person) {

    /** The recipient this task is about; only tasks inside the follow-up of a recipient have one. */
    public int recipient() {
        return recipientNumber.orElseThrow(() ->
                new IllegalStateException("Task " + taskDefinitionKey + " of " + caseReference + " has no recipient"));
    }
}
