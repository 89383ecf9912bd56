package org.takedownhub.deconfliction;

import org.takedownhub.casefile.CaseReference;

/** Somebody has answered this question, or it needs no answer any more. The message says so. */
public final class AnsweredAlready extends RuntimeException {

    private static final long serialVersionUID = 1L;

    AnsweredAlready(CaseReference reference) {
        super("The question about " + reference + " is answered, or needs no answer any more; call the hub if your"
                + " answer would be another one");
    }
}
