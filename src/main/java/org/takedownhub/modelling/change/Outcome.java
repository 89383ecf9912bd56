package org.takedownhub.modelling.change;

import java.util.List;
import org.takedownhub.modelling.Finding;

/** What came of a wish to change a change request. */
public sealed interface Outcome {

    /** Done; this is how it stands now. */
    record Done(ChangeRequest request) implements Outcome {}

    /** Nothing was kept, because of these findings; at least one of them is an error. */
    record Refused(List<Finding> findings) implements Outcome {

        public Refused {
            findings = List.copyOf(findings);
        }
    }

    /** Somebody else was faster; this is how it stands now. Nothing was kept. */
    record Overtaken(ChangeRequest request) implements Outcome {}

    /** It is not in a state, or this is not a person, for that. Nothing was kept. */
    record NotPossible(String why) implements Outcome {}
}
