package org.takedownhub.flagging;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.takedownhub.api.ApiSettings;
import org.takedownhub.api.InvalidRequest;
import org.takedownhub.api.SpooledBody;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.ContentKey;
import org.takedownhub.cases.Cases;
import org.takedownhub.flagging.InvalidFlag.Problem;

/**
 * Takes many flags in one call. A batch that cannot be read to its end is refused as a whole before anything is stored;
 * of one that can, good rows are kept and bad rows are named.
 */
@Component
public class FlagBatches {

    private static final Logger LOG = LoggerFactory.getLogger(FlagBatches.class);

    /** Rows that share a transaction: few enough that others hardly wait for their locks. */
    private static final int CHUNK = 100;

    private final FlagRules rules;
    private final Flags flags;
    private final Cases cases;
    private final ApiSettings settings;

    FlagBatches(FlagRules rules, Flags flags, Cases cases, ApiSettings settings) {
        this.rules = rules;
        this.flags = flags;
        this.cases = cases;
        this.settings = settings;
    }

    /** @throws InvalidRequest the batch cannot be read */
    public FlagBatch takeCsv(SpooledBody body, boolean dryRun, String flaggedBy) throws IOException {
        return take(body, CsvRows::open, dryRun, flaggedBy);
    }

    /** @throws InvalidRequest the batch cannot be read */
    public FlagBatch takeJson(SpooledBody body, boolean dryRun, String flaggedBy) throws IOException {
        return take(body, JsonRows::open, dryRun, flaggedBy);
    }

    private FlagBatch take(SpooledBody body, FlagRows.Format format, boolean dryRun, String flaggedBy)
            throws IOException {
        refuseUnreadable(body, format);
        Sink sink = dryRun ? new Rehearsal() : new Storing(flaggedBy);
        try (FlagRows rows = format.open(body.open())) {
            for (Optional<FlagRow> row = rows.next(); row.isPresent(); row = rows.next()) {
                sink.add(row.get());
            }
        }
        return sink.finish();
    }

    private void refuseUnreadable(SpooledBody body, FlagRows.Format format) throws IOException {
        int count = 0;
        try (FlagRows rows = format.open(body.open())) {
            while (rows.next().isPresent()) {
                count++;
                if (count > settings.batchRows()) {
                    throw new InvalidRequest(
                            413,
                            "",
                            "A batch may have at most %d rows. Split it and send the parts one after the other."
                                    .formatted(settings.batchRows()));
                }
            }
        }
    }

    /** Where checked rows go, and what is counted. */
    private abstract class Sink {

        private final List<FlagBatch.Rejected> rejected = new ArrayList<>();
        private final Set<String> references = new LinkedHashSet<>();
        private int accepted;
        private int duplicates;

        final void add(FlagRow row) {
            Optional<Problem> fault = row.fault();
            if (fault.isPresent()) {
                reject(row.number(), fault.get().field(), fault.get().detail());
                return;
            }
            try {
                good(row.number(), rules.check(row.fields()));
            } catch (InvalidFlag refused) {
                reject(
                        row.number(),
                        refused.problems().get(0).field(),
                        refused.problems().stream().map(Problem::detail).collect(Collectors.joining(" ")));
            }
        }

        FlagBatch finish() {
            rejected.sort((one, other) -> Long.compare(one.row(), other.row()));
            return new FlagBatch(accepted, duplicates, List.copyOf(rejected), List.copyOf(references));
        }

        abstract void good(long row, NewFlag flag);

        final void count(boolean duplicate, Optional<CaseReference> reference) {
            if (duplicate) {
                duplicates++;
            } else {
                accepted++;
            }
            reference.ifPresent(known -> references.add(known.value()));
        }

        final void reject(long row, @Nullable String column, String detail) {
            rejected.add(new FlagBatch.Rejected(row, column, detail));
        }
    }

    private final class Storing extends Sink {

        private final String flaggedBy;
        private final List<Long> numbers = new ArrayList<>(CHUNK);
        private final List<NewFlag> chunk = new ArrayList<>(CHUNK);

        Storing(String flaggedBy) {
            this.flaggedBy = flaggedBy;
        }

        @Override
        void good(long row, NewFlag flag) {
            numbers.add(row);
            chunk.add(flag);
            if (chunk.size() == CHUNK) {
                store();
            }
        }

        @Override
        FlagBatch finish() {
            store();
            return super.finish();
        }

        private void store() {
            if (chunk.isEmpty()) {
                return;
            }
            try {
                flags.flagAll(chunk, flaggedBy).forEach(this::count);
            } catch (DataAccessException refused) {
                LOG.info(
                        "Rows {} to {} of a batch do not go together; storing them one by one",
                        numbers.get(0),
                        numbers.get(numbers.size() - 1),
                        refused);
                storeOneByOne();
            }
            numbers.clear();
            chunk.clear();
        }

        private void storeOneByOne() {
            for (int i = 0; i < chunk.size(); i++) {
                try {
                    count(flags.flag(chunk.get(i), flaggedBy));
                } catch (DataAccessException refused) {
                    LOG.error("Row {} of a batch could not be stored", numbers.get(i), refused);
                    reject(numbers.get(i), null, "The row could not be stored just now. Send it again.");
                }
            }
        }

        private void count(Flagged flagged) {
            count(flagged.duplicate(), Optional.of(flagged.caseReference()));
        }
    }

    /** A dry run: nothing is stored, so rows of the same batch are compared with each other here. */
    private final class Rehearsal extends Sink {

        private final Set<ContentKey> seenOpenly = new HashSet<>();
        private final Set<ContentKey> seenCovertly = new HashSet<>();

        @Override
        void good(long row, NewFlag flag) {
            ContentKey key = flag.identity().key();
            Set<ContentKey> seen = flag.source().isCovert() ? seenCovertly : seenOpenly;
            Optional<CaseReference> open = cases.findOpen(key, flag.source().isCovert());
            count(!seen.add(key) || open.isPresent(), open);
        }
    }
}
