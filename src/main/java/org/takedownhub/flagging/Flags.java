package org.takedownhub.flagging;

import java.util.List;
import java.util.function.Supplier;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.takedownhub.cases.Cases;
import org.takedownhub.flagging.FlagRecords.Stored;
import org.takedownhub.process.Takedowns;
import org.takedownhub.process.Transactions;

/**
 * Takes flags. Flag, case and process instance are stored in one transaction: what was
 * acknowledged is there, and every case has its process.
 */
@Component
public class Flags {

    private static final int TRIES = 4;

    private final FlagRecords records;
    private final Cases cases;
    private final Takedowns takedowns;
    private final Transactions transactions;

    Flags(FlagRecords records, Cases cases, Takedowns takedowns, Transactions transactions) {
        this.records = records;
        this.cases = cases;
        this.takedowns = takedowns;
        this.transactions = transactions;
    }

    /**
     * Takes a flag: it joins the open case of its content, or opens one.
     *
     * @param flaggedBy user id
     */
    public Flagged flag(NewFlag flag, String flaggedBy) {
        return retried(() -> take(flag, flaggedBy));
    }

    /** Takes several flags at once, all or none. */
    List<Flagged> flagAll(List<NewFlag> flags, String flaggedBy) {
        return transactions.run(
                () -> flags.stream().map(flag -> take(flag, flaggedBy)).toList());
    }

    private Flagged take(NewFlag flag, String flaggedBy) {
        Stored stored = records.store(flag, flaggedBy);
        Flagged flagged = stored.flagged();
        if (!flagged.duplicate()) {
            cases.runsOn(flagged.caseReference(), takedowns.start(flagged.caseReference(), stored.variables()));
            stored.removedBefore().ifPresent(takedowns::contentReturned);
        }
        return flagged;
    }

    /** Of two who flag new content at once, the slower one starts again and finds the case of the faster one. */
    private Flagged retried(Supplier<Flagged> work) {
        for (int left = TRIES - 1; ; left--) {
            try {
                return transactions.run(work);
            } catch (DuplicateKeyException faster) {
                if (left == 0) {
                    throw faster;
                }
            }
        }
    }
}
