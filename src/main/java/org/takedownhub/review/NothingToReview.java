package org.takedownhub.review;

/** There is no notice that could be looked at again: none was given, or it is withdrawn already. */
public final class NothingToReview extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NothingToReview(String message) {
        super(message);
    }
}
