package org.takedownhub.process;

import java.util.Map;
import java.util.Set;
import org.takedownhub.casefile.CaseReference;

/** What the start form of a process takes. The engine's door calls it for every way a person can start that process. */
public interface StartForm {

    String processDefinitionKey();

    /** Keys of the fields it takes. */
    Set<String> fields();

    /**
     * Checks and stores what was submitted, in the transaction that starts the process.
     *
     * @throws InvalidInput a value is missing, impossible, or no field of this form
     * @throws NotAllowed   this person may not start this process
     */
    Start accept(Person person, Map<String, Object> submitted);

    /**
     * The case that a start belongs to.
     *
     * @param duplicate the case was open already: no further process must be started
     * @param variables what the engine may keep
     */
    record Start(CaseReference caseReference, boolean duplicate, Map<String, Object> variables) {}
}
