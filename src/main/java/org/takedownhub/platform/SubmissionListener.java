package org.takedownhub.platform;

/** Told what became of a submission, in the transaction that settles it. If it throws, the submission is not settled. */
public interface SubmissionListener {

    void settled(Submission submission, ReferralAnswer answer);
}
