package org.takedownhub.process;

/** Is told of every task that a person has completed, in the transaction that completes it. */
public interface TaskDone {

    void done(TaskInHand task);
}
