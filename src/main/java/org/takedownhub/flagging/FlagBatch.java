package org.takedownhub.flagging;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a batch: every row is counted in exactly one of the first three.
 *
 * @param accepted   rows that opened a case
 * @param duplicates rows that joined an open case, or that of an earlier row
 * @param rejected   rows that were not taken, in their order
 * @param cases      the references of the cases, each once; in a dry run only of those that exist already
 */
public record FlagBatch(int accepted, int duplicates, List<Rejected> rejected, List<String> cases) {

    /**
     * @param row    as a spreadsheet shows it for CSV (the header is 1); the item's place, from 1, for JSON
     * @param column the first column that is wrong; null when none is
     */
    public record Rejected(long row, @Nullable String column, String detail) {}
}
