package org.takedownhub.modelling.replay;

/** A case takes a way in the draft of which the record of what happened says nothing. The message says why. */
final class NotReplayable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotReplayable(String why) {
        super(why);
    }
}
