package org.takedownhub.process;

import org.springframework.stereotype.Component;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.cases.Involvement;

/** Who may approve what another person has verified: one rule for every approval there is. */
@Component
public class SecondPerson {

    private static final String OFFICERS = "authorised-officers";

    private final Involvement involvement;

    SecondPerson(Involvement involvement) {
        this.involvement = involvement;
    }

    /**
     * Asked when a task is claimed, and again when it is completed: whoever hands out tasks in the engine may give one to
     * anybody.
     *
     * @throws NotAllowed this person verified the content, or is no authorised officer
     */
    public void mayApprove(CaseReference reference, Person person) {
        if (!person.groups().contains(OFFICERS)) {
            throw new NotAllowed("Only a member of " + OFFICERS + " approves " + reference);
        }
        if (involvement.verified(reference, person.id())) {
            throw new NotAllowed("You verified " + reference + "; another authorised officer approves it");
        }
    }
}
