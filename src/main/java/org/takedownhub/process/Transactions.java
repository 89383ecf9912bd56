package org.takedownhub.process;

import java.util.function.Supplier;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * One unit of work on a case. A timer, a platform's answer and a person can touch the same case at the same moment; the
 * one who comes second starts again and sees what the first has done.
 */
@Component
public class Transactions {

    private static final int TRIES = 4;

    private final TransactionTemplate transaction;

    Transactions(PlatformTransactionManager manager) {
        this.transaction = new TransactionTemplate(manager);
    }

    /** Runs the work in a transaction, from its start again when somebody else was faster. */
    public <T> T run(Supplier<T> work) {
        for (int left = TRIES - 1; ; left--) {
            try {
                return transaction.execute(status -> work.get());
            } catch (OptimisticLockingException | TransientDataAccessException e) {
                if (left == 0) {
                    throw e;
                }
            }
        }
    }
}
