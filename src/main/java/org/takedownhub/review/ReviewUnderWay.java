package org.takedownhub.review;

/** The same recipient's earlier request, or an earlier complaint about the case, is not decided yet. */
public final class ReviewUnderWay extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ReviewUnderWay(String message) {
        super(message);
    }
}
