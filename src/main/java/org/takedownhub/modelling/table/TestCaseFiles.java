package org.takedownhub.modelling.table;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.takedownhub.modelling.ModelFile;

/**
 * Test cases as a file. The header names {@code name}, the inputs by their names, and the outputs by theirs with
 * {@code expect:} in front. One case a line. An empty input is not known; an empty output is not looked at, {@code ""}
 * expects an empty one, and {@code (no rule)} under any output expects that no row fits.
 */
public final class TestCaseFiles {

    static final String NAME = "name";
    static final String EXPECT = "expect:";
    static final String NO_RULE = "(no rule)";
    static final String EMPTY = "\"\"";
    private static final int MOST_CASES = 2_000;
    private static final int LONGEST_NAME = 200;

    /** What a spreadsheet would take for a formula, with as many quotes in front as an earlier download has put there. */
    private static final Pattern FORMULA = Pattern.compile("'*[=+\\-@\\t\\r].*", Pattern.DOTALL);

    private TestCaseFiles() {}

    /** A file that cannot be read as test cases of its table. */
    public static final class Unreadable extends Exception {

        private static final long serialVersionUID = 1L;

        private final int line;

        Unreadable(int line, String why) {
            super(why);
            this.line = line;
        }

        /** From 1. */
        public int line() {
            return line;
        }
    }

    /** The name of the file that holds a table's cases. */
    public static String nameFor(String table) {
        return table + "." + ModelFile.Kind.TEST_CASES.ending();
    }

    public static List<TestCase> read(TableSheet sheet, String csv) throws Unreadable {
        List<CsvRecord> records = records(csv);
        if (records.isEmpty()) {
            throw new Unreadable(1, "The file is empty; its first line names the columns");
        }
        List<String> header =
                records.get(0).getFields().stream().map(String::strip).toList();
        header(sheet, header);
        List<TestCase> cases = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (CsvRecord record : records.subList(1, records.size())) {
            if (record.getFields().stream().allMatch(String::isBlank)) {
                continue;
            }
            int line = (int) record.getStartingLineNumber();
            TestCase one = one(header, record, line);
            if (!names.add(one.name())) {
                throw new Unreadable(line, "Two cases are called “" + one.name() + "”");
            }
            cases.add(one);
        }
        if (cases.size() > MOST_CASES) {
            throw new Unreadable(1, "A table has at most " + MOST_CASES + " test cases");
        }
        return cases;
    }

    private static List<CsvRecord> records(String csv) throws Unreadable {
        String text = csv.startsWith("\uFEFF") ? csv.substring(1) : csv;
        try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(text)) {
            return reader.stream().toList();
        } catch (CsvParseException broken) {
            throw new Unreadable(1, "It is no CSV: " + broken.getMessage());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static void header(TableSheet sheet, List<String> header) throws Unreadable {
        Set<String> known = new HashSet<>(Set.of(NAME));
        sheet.inputs().forEach(input -> known.add(input.name()));
        sheet.outputs().forEach(output -> known.add(EXPECT + output.name()));
        Set<String> seen = new HashSet<>();
        for (String column : header) {
            if (!known.contains(column)) {
                throw new Unreadable(
                        1, "The table has no column “" + column + "”; there are " + String.join(", ", header(sheet)));
            }
            if (!seen.add(column)) {
                throw new Unreadable(1, "The column “" + column + "” is there twice");
            }
        }
        for (String needed : header(sheet)) {
            if (!needed.startsWith(EXPECT) && !seen.contains(needed)) {
                throw new Unreadable(1, "The column “" + needed + "” is missing");
            }
        }
        if (header.stream().noneMatch(column -> column.startsWith(EXPECT))) {
            throw new Unreadable(
                    1,
                    "No column says what to expect, such as “" + EXPECT
                            + sheet.outputs().get(0).name() + "”");
        }
    }

    private static List<String> header(TableSheet sheet) {
        List<String> header = new ArrayList<>(List.of(NAME));
        sheet.inputs().forEach(input -> header.add(input.name()));
        sheet.outputs().forEach(output -> header.add(EXPECT + output.name()));
        return header;
    }

    private static TestCase one(List<String> header, CsvRecord record, int line) throws Unreadable {
        if (record.getFieldCount() != header.size()) {
            throw new Unreadable(
                    line, "The line has " + record.getFieldCount() + " cells where the header has " + header.size());
        }
        String name = "";
        boolean noRule = false;
        Map<String, String> inputs = new LinkedHashMap<>();
        Map<String, String> expected = new LinkedHashMap<>();
        for (int place = 0; place < header.size(); place++) {
            String column = header.get(place);
            String value = record.getField(place);
            if (column.equals(NAME)) {
                name = value.strip();
            } else if (!column.startsWith(EXPECT)) {
                inputs.put(column, value);
            } else if (value.equals(NO_RULE)) {
                noRule = true;
            } else if (!value.isEmpty()) {
                expected.put(column.substring(EXPECT.length()), value.equals(EMPTY) ? "" : value);
            }
        }
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            throw new Unreadable(line, "A case needs a name of at most " + LONGEST_NAME + " characters");
        }
        if (!noRule && expected.isEmpty()) {
            throw new Unreadable(line, "The case “" + name + "” expects nothing");
        }
        if (noRule && !expected.isEmpty()) {
            throw new Unreadable(line, "The case “" + name + "” expects both a row and none");
        }
        return new TestCase(name, inputs, expected, noRule);
    }

    /** The file of these cases, with all columns of the table. */
    public static ModelFile write(TableSheet sheet, List<TestCase> cases) {
        StringWriter text = new StringWriter();
        try (CsvWriter writer =
                CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
            writer.writeRecord(header(sheet));
            for (TestCase one : cases) {
                List<String> line = new ArrayList<>(List.of(one.name()));
                sheet.inputs().forEach(input -> line.add(one.inputs().getOrDefault(input.name(), "")));
                boolean first = true;
                for (Column output : sheet.outputs()) {
                    String expected = one.expected().get(output.name());
                    line.add(
                            one.noRule() && first
                                    ? NO_RULE
                                    : expected == null ? "" : expected.isEmpty() ? EMPTY : expected);
                    first = false;
                }
                writer.writeRecord(line);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return new ModelFile(nameFor(sheet.table()), text.toString());
    }

    /** The text for a download: no cell of it is a formula in a spreadsheet. {@link #fromSpreadsheet} undoes it. */
    public static String forSpreadsheet(String csv) throws Unreadable {
        return eachCell(csv, cell -> FORMULA.matcher(cell).matches() ? "'" + cell : cell);
    }

    /** What {@link #forSpreadsheet} was given; a text that never was a download is left alone. */
    public static String fromSpreadsheet(String csv) throws Unreadable {
        return eachCell(
                csv, cell -> cell.startsWith("'") && FORMULA.matcher(cell).matches() ? cell.substring(1) : cell);
    }

    private static String eachCell(String csv, UnaryOperator<String> change) throws Unreadable {
        StringWriter text = new StringWriter();
        try (CsvWriter writer =
                CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
            records(csv)
                    .forEach(record -> writer.writeRecord(
                            record.getFields().stream().map(change).toList()));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }
}
