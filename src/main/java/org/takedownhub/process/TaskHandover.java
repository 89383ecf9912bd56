package org.takedownhub.process;

import java.util.Optional;
import org.takedownhub.casefile.CaseReference;

/**
 * Hands an open task to another person, or back to its queue, on a manager's word. Whoever gets a task must be somebody
 * who could have taken it: the rules are those of the door. Nothing but the assignee changes, above all no due date.
 * Every call joins the caller's transaction.
 */
public interface TaskHandover {

    /** An open task, whoever asks; empty when it is done or never was. */
    Optional<Held> find(String taskId);

    /**
     * @throws NotAllowed this person could not take the task; the message says why, as to that person
     */
    void give(Held task, Person to);

    /** Gives a task back to those who may pick it up. */
    void giveBack(Held task);

    /** @param covert whether only members of the covert group may know of it */
    record Held(
            String taskId,
            String taskDefinitionKey,
            String name,
            CaseReference caseReference,
            Optional<String> assignee,
            boolean covert) {}
}
