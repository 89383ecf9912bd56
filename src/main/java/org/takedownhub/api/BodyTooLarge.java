package org.takedownhub.api;

import org.springframework.util.unit.DataSize;

/** A body went past its limit while it was being read. Answered with 413. */
final class BodyTooLarge extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BodyTooLarge(DataSize limit) {
        super("The body may have at most " + limit.toKilobytes() + " KiB. Send less at a time.");
    }
}
