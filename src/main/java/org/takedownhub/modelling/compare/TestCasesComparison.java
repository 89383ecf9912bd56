package org.takedownhub.modelling.compare;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.takedownhub.modelling.ModelFile;
import org.takedownhub.modelling.compare.Change.Kind;
import org.takedownhub.modelling.compare.Comparison.Unreadable;

/** Two versions of a table's test cases; the first column is their name. */
final class TestCasesComparison {

    private final String file;
    private final Map<String, String> before;
    private final Map<String, String> after;

    TestCasesComparison(ModelFile before, ModelFile after) throws Unreadable {
        this.file = after.name();
        this.before = lines(before);
        this.after = lines(after);
    }

    List<Change> changes() {
        return new Parts<>(before, after)
                .compare(
                        (kind, name, line) -> new Change(
                                kind,
                                file,
                                "",
                                name,
                                (kind == Kind.ADDED ? "Added: test case " : "Removed: test case ")
                                        + InWords.quoted(name),
                                "",
                                ""),
                        (name, was, is) -> was.equals(is)
                                ? List.of()
                                : List.of(new Change(
                                        Kind.CHANGED,
                                        file,
                                        "",
                                        name,
                                        "Test case " + InWords.quoted(name) + ": " + InWords.quoted(was) + " → "
                                                + InWords.quoted(is),
                                        was,
                                        is)));
    }

    private static Map<String, String> lines(ModelFile file) throws Unreadable {
        Map<String, String> lines = new LinkedHashMap<>();
        try {
            for (CsvRecord line : CsvReader.builder().ofCsvRecord(file.text())) {
                List<String> fields = line.getFields();
                lines.put(fields.get(0), String.join(" | ", fields.subList(1, fields.size())));
            }
        } catch (CsvParseException broken) {
            throw new Unreadable("it is not CSV");
        }
        return lines;
    }
}
