package org.takedownhub.clock;

import java.util.OptionalInt;

/** Where deadline policies come from. */
public interface DeadlinePolicies {

    /**
     * A policy.
     *
     * @param version of the table that a clock began under; empty for the one in force now
     * @throws IllegalStateException when the table has no single answer; the message names table, version and question
     */
    DeadlinePolicy policyFor(DeadlineQuestion question, OptionalInt version);

    /** The policy in force now, as {@link #policyFor(DeadlineQuestion, OptionalInt)}. */
    default DeadlinePolicy policyFor(DeadlineQuestion question) {
        return policyFor(question, OptionalInt.empty());
    }
}
