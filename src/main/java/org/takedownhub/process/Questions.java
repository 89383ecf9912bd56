package org.takedownhub.process;

import org.takedownhub.casefile.CaseReference;

/** The questions that the deconfliction process puts to forces, each with a number of its own. */
public interface Questions {

    /**
     * The number of the question that a task is about.
     *
     * @throws IllegalStateException the task is about none
     */
    int number(String taskId);

    /**
     * Completes the force's task of a question that was answered elsewhere, in the caller's transaction.
     *
     * @return false when no such task is open
     */
    boolean answered(CaseReference reference, int number);
}
