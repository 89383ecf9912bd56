package org.takedownhub.process;

import java.util.Map;
import java.util.Set;

/**
 * What the form of one user task shows and takes. The engine's door calls it for every way a task can be read or
 * completed, so that the server checks what the form promised.
 */
public interface TaskForm {

    String taskDefinitionKey();

    /** Keys of the fields it takes. A form that asks for another makes the task impossible to complete. */
    Set<String> fields();

    /**
     * Whether this person may take the task, asked when it is claimed: whoever could not complete it must not keep it
     * from those who can.
     *
     * @throws NotAllowed the message says who may
     */
    default void mayBeTaken(TaskInHand task) {}

    /** Values joined in when the form is read, and never stored in the engine. Keys are the form's field keys. */
    Map<String, Object> shown(TaskInHand task);

    /**
     * Checks the submitted values, stores free text in the case tables, and answers with what the engine may keep.
     * Runs in the transaction that completes the task.
     *
     * @throws InvalidInput a value is missing, impossible, or no field of this form
     * @throws NotAllowed   this person may not decide this task
     */
    Map<String, Object> accept(TaskInHand task, Map<String, Object> submitted);
}
