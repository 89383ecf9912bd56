package org.takedownhub.modelling.migration;

/** The engine cannot read a draft, so nothing can be said of what it would mean. The message is for people. */
public final class UnreadableDraft extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnreadableDraft(Throwable cause) {
        super("The engine cannot read these models as they stand; see the findings. " + cause.getMessage(), cause);
    }
}
