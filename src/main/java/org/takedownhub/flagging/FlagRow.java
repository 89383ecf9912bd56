package org.takedownhub.flagging;

import java.util.Map;
import java.util.Optional;
import org.takedownhub.flagging.InvalidFlag.Problem;

/**
 * One row of a batch, not checked yet.
 *
 * @param number as a spreadsheet shows it for CSV (the header is 1); the item's place, from 1, for JSON
 * @param fault  what is wrong with the row's shape, in which case there are no fields
 */
record FlagRow(long number, Map<String, String> fields, Optional<Problem> fault) {

    static FlagRow of(long number, Map<String, String> fields) {
        return new FlagRow(number, fields, Optional.empty());
    }

    static FlagRow faulty(long number, String column, String detail) {
        return new FlagRow(number, Map.of(), Optional.of(new Problem(column, detail)));
    }
}
