package org.takedownhub.clock;

/** Where deadline policies come from. */
public interface DeadlinePolicies {

    /**
     * The policy in force now.
     *
     * @throws IllegalStateException when the table has no single answer; the message names table, version and question
     */
    DeadlinePolicy policyFor(DeadlineQuestion question);
}
