package org.takedownhub.escalation;

import java.time.Instant;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.cases.CaseFile;
import org.takedownhub.notice.Recipient;

/**
 * A rung that is being climbed.
 *
 * @param dueAt when the next rung follows, UTC
 */
record RungInHand(CaseFile file, Recipient recipient, Rung rung, Instant dueAt) {

    CaseReference reference() {
        return file.reference();
    }

    /** Names what this rung sends or files for good, so that nothing goes out twice. */
    String key() {
        return "rung/" + reference() + "/" + recipient.number() + "/" + rung.number();
    }
}
