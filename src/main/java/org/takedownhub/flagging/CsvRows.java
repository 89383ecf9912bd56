package org.takedownhub.flagging;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.takedownhub.api.InvalidRequest;
import org.takedownhub.api.InvalidRequest.FieldError;

/**
 * Reads a batch from CSV (RFC 4180): UTF-8 with or without byte order mark, commas, a header row. What a cell says is
 * text, also when a spreadsheet would calculate it.
 */
final class CsvRows implements FlagRows {

    /** Added as a last row: if it does not come out as one, a quote before it was never closed and has eaten rows. */
    private static final String END = "\u0003end of batch\u0003";

    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final Set<String> MANDATORY = Set.of(FlagRules.URL, FlagRules.REASON);

    private final CsvReader<CsvRecord> reader;
    private final Iterator<CsvRecord> records;
    private final List<String> header;
    private long row = 1;

    private CsvRows(CsvReader<CsvRecord> reader) {
        this.reader = reader;
        this.records = reader.iterator();
        this.header = header();
    }

    static CsvRows open(InputStream body) throws IOException {
        InputStream ended =
                new SequenceInputStream(body, new ByteArrayInputStream(("\n" + END).getBytes(StandardCharsets.UTF_8)));
        Reader text = new BufferedReader(new InputStreamReader(
                ended,
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)));
        try {
            skipByteOrderMark(text);
        } catch (CharacterCodingException notUtf8) {
            throw notUtf8();
        }
        return new CsvRows(CsvReader.builder()
                .skipEmptyLines(false)
                .ignoreDifferentFieldCount(true)
                .ofCsvRecord(text));
    }

    @Override
    public Optional<FlagRow> next() {
        while (true) {
            CsvRecord record = read();
            if (isEnd(record)) {
                return Optional.empty();
            }
            row++;
            if (!record.getFields().stream().allMatch(String::isBlank)) {
                return Optional.of(row(record));
            }
        }
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    private FlagRow row(CsvRecord record) {
        int cells = record.getFieldCount();
        if (cells < header.size()) {
            return FlagRow.faulty(
                    row,
                    header.get(cells),
                    "The row has %d cells where the header has %d: %s is the first that is missing."
                            .formatted(cells, header.size(), header.get(cells)));
        }
        if (cells > header.size()) {
            return FlagRow.faulty(
                    row,
                    header.get(header.size() - 1),
                    "The row has %d cells where the header has %d. Put quotes around cells with commas in them."
                            .formatted(cells, header.size()));
        }
        Map<String, String> fields = new HashMap<>();
        for (int column = 0; column < cells; column++) {
            fields.put(header.get(column), record.getField(column));
        }
        return FlagRow.of(row, fields);
    }

    private List<String> header() {
        CsvRecord first = read();
        if (isEnd(first) || first.getFields().stream().allMatch(String::isBlank)) {
            throw new InvalidRequest(400, "", "The batch has no header row. " + columns());
        }
        List<String> names = first.getFields().stream().map(String::strip).toList();
        List<FieldError> errors = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!FlagRules.FIELDS.contains(name)) {
                errors.add(new FieldError(pointer(name), "There is no column " + shown(name) + ". " + columns()));
            } else if (!seen.add(name)) {
                errors.add(new FieldError(pointer(name), "The column " + name + " is there twice. Remove one."));
            }
        }
        FlagRules.FIELDS.stream()
                .filter(name -> MANDATORY.contains(name) && !seen.contains(name))
                .forEach(name ->
                        errors.add(new FieldError(pointer(name), "The column " + name + " is missing. " + columns())));
        if (!errors.isEmpty()) {
            throw new InvalidRequest(400, errors);
        }
        return names;
    }

    private CsvRecord read() {
        try {
            if (records.hasNext()) {
                return records.next();
            }
        } catch (CsvParseException | UncheckedIOException unreadable) {
            if (unreadable.getCause() instanceof CharacterCodingException) {
                throw notUtf8();
            }
            throw new InvalidRequest(
                    400,
                    "/" + (row + 1),
                    "Row " + (row + 1) + " cannot be read: a cell in it is too long or has no end.");
        }
        throw new InvalidRequest(
                400,
                "/" + row,
                "Row " + row + " opens a quote that is never closed. Close it, or double it within text.");
    }

    private boolean isEnd(CsvRecord record) {
        return record.getFieldCount() == 1 && record.getField(0).equals(END) && !records.hasNext();
    }

    private static void skipByteOrderMark(Reader text) throws IOException {
        text.mark(1);
        if (text.read() != BYTE_ORDER_MARK) {
            text.reset();
        }
    }

    private static String pointer(String column) {
        return "/1/" + shown(column).replace("~", "~0").replace("/", "~1");
    }

    /** A header may be anything, such as a whole file without line ends. */
    private static String shown(String name) {
        String clean = name.replaceAll("\\p{Cntrl}", " ");
        return clean.length() > 60 ? clean.substring(0, 60) + "…" : clean;
    }

    private static String columns() {
        return "The first row must name the columns, separated by commas: " + String.join(", ", FlagRules.FIELDS)
                + "; url and reason must be there.";
    }

    private static InvalidRequest notUtf8() {
        return new InvalidRequest(
                400, "#Content-Type", "The batch is not in UTF-8. Save it as \"CSV UTF-8\" and send it again.");
    }
}
