package org.takedownhub.review;

import java.time.Duration;
import java.util.Optional;

/**
 * What the table {@code review-deadline} says about one kind of request.
 *
 * @param requestWindow     how long it can be asked for; empty where nothing sets an end
 * @param fromReceipt       whether that time runs from the proof of receipt; else from when the notice was given
 * @param reminderShare     the part of the time to decide after which reviewers are reminded, between 0 and 1
 * @param afterReviewPeriod the time to comply after the decision notice; empty leaves the due date alone
 * @param legalVerified     whether somebody has checked the rule against its source
 * @param version           of the table
 */
record ReviewPolicy(
        String code,
        Optional<Duration> requestWindow,
        boolean fromReceipt,
        Duration decisionPeriod,
        double reminderShare,
        Optional<Duration> afterReviewPeriod,
        boolean legalVerified,
        String legalReference,
        int version) {}
