package org.takedownhub.returning;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Outcome;
import org.takedownhub.cases.Cases;
import org.takedownhub.cases.Returned;
import org.takedownhub.evidence.MediaSeenAgain;

/**
 * Media of removed content that turn up in a new case: posted again, elsewhere or under another name. It counts as a
 * return, so that the case has less time and the account one strike more; what it is stays for a person to verify.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class Reuploads implements MediaSeenAgain {

    private final Cases cases;
    private final Returned returned;

    Reuploads(Cases cases, Returned returned) {
        this.cases = cases;
        this.returned = returned;
    }

    @Override
    public void seenAgain(CaseReference newCase, CaseReference earlier, boolean exact, int distance) {
        boolean removed = cases.require(earlier)
                .outcome()
                .filter(outcome -> outcome == Outcome.REMOVED)
                .isPresent();
        if (removed) {
            returned.link(newCase, earlier, exact ? "the same file" : "a picture " + distance + " of 256 bits away");
        }
    }
}
