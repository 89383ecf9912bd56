package org.takedownhub.clock;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.Instrument;

/**
 * One dated example of {@code clock/removal-deadlines.csv}, the table for readers of the law.
 *
 * @param rule   id of the rule of the decision table that decides it
 * @param what   what makes it worth looking at
 * @param starts when the clock starts, UTC
 * @param ends   the first instant that is overdue, or the hub's own target, UTC
 * @param target whether it is only the hub's target
 */
public record DeadlineCase(
        String rule,
        String what,
        DeadlineQuestion question,
        Instant starts,
        String startsInWords,
        boolean target,
        Instant ends,
        String endsInWords) {

    private static final String FILE = "/clock/removal-deadlines.csv";

    /** Names the day of the week, which must be that of the date: a slip in the table fails the tests. */
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("EEE uuuu-MM-dd HH:mm", Locale.ENGLISH);

    /** All examples, in the order of the file. */
    public static List<DeadlineCase> all() {
        try (Reader file = new InputStreamReader(DeadlineCase.class.getResourceAsStream(FILE), StandardCharsets.UTF_8);
                CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(file);
                Stream<NamedCsvRecord> all = rows.stream()) {
            return all.map(DeadlineCase::of).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DeadlineCase of(NamedCsvRecord row) {
        Instant ends = Instant.parse(row.getField("ends (UTC)"));
        String endsLocally = row.getField("ends (UK time)");
        if (!ends.equals(local(endsLocally))) {
            throw new IllegalArgumentException(endsLocally + " is not " + ends);
        }
        return new DeadlineCase(
                row.getField("rule"),
                row.getField("case"),
                new DeadlineQuestion(
                        Instrument.valueOf(row.getField("instrument")),
                        Category.valueOf(row.getField("category")),
                        row.getField("threat to life").equals("yes"),
                        row.getField("returned").equals("yes")),
                local(row.getField("clock starts (UK time)")),
                row.getField("clock starts (UK time)"),
                row.getField("what ends").equals("hub looks again at"),
                ends,
                endsLocally);
    }

    private static Instant local(String text) {
        return LocalDateTime.parse(text, LOCAL).atZone(Deadlines.UNITED_KINGDOM).toInstant();
    }

    /** A notice whose clock starts at that instant: it was sent then, or for an order that counts from there, arrived. */
    public NoticeInstants instants(StartEvent event) {
        return event == StartEvent.RECEIVED
                ? new NoticeInstants(starts.minusSeconds(600), starts.minusSeconds(300), starts, null)
                : new NoticeInstants(starts.minusSeconds(600), starts, null, null);
    }

    public Optional<Instant> dueAt() {
        return target ? Optional.empty() : Optional.of(ends);
    }

    @Override
    public String toString() {
        return rule.replace("Rule_", "") + ", " + startsInWords + ": " + what;
    }
}
