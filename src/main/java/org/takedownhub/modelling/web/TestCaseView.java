package org.takedownhub.modelling.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.takedownhub.modelling.table.Cell;
import org.takedownhub.modelling.table.CellWords;
import org.takedownhub.modelling.table.Column;
import org.takedownhub.modelling.table.TableSheet;
import org.takedownhub.modelling.table.TestCase;
import org.takedownhub.modelling.table.TestCases;

/** Test cases as people read them. */
final class TestCaseView {

    private TestCaseView() {}

    /** @param problem why the cases cannot be run; otherwise empty */
    public record Summary(int all, int failed, int untried, String problem) {

        static Summary of(TestCases.Report report) {
            return new Summary(
                    report.results().size(),
                    (int) report.results().stream()
                            .filter(result -> !result.passed())
                            .count(),
                    report.untried().size(),
                    "");
        }

        static Summary unreadable(String why) {
            return new Summary(0, 0, 0, why);
        }

        public boolean passed() {
            return all > 0 && failed == 0 && problem.isEmpty();
        }
    }

    public record Part(String label, String words) {}

    public record Difference(String label, String expected, String actual) {}

    /**
     * @param adoptable whether the table's answer could be what is expected
     */
    public record Line(
            int number,
            String name,
            List<Part> inputs,
            List<Part> expected,
            boolean passed,
            List<Difference> differences,
            boolean adoptable) {}

    static List<Line> lines(TableSheet sheet, List<TestCases.Result> results) {
        List<Line> lines = new ArrayList<>();
        for (TestCases.Result result : results) {
            TestCase one = result.testCase();
            lines.add(new Line(
                    lines.size() + 1,
                    one.name(),
                    inputs(sheet, one.inputs()),
                    one.noRule() ? List.of(new Part("No row", "must fit")) : outputs(sheet, one.expected()),
                    result.passed(),
                    result.differences().stream()
                            .map(difference -> difference(sheet, difference))
                            .toList(),
                    !result.passed() && result.answer().problem().isEmpty()));
        }
        return lines;
    }

    static List<Part> inputs(TableSheet sheet, Map<String, String> inputs) {
        return sheet.inputs().stream()
                .map(column -> new Part(
                        column.label(),
                        inputs.getOrDefault(column.name(), "").isEmpty()
                                ? "not known"
                                : words(column, inputs.get(column.name()))))
                .toList();
    }

    static List<Part> outputs(TableSheet sheet, Map<String, String> outputs) {
        return sheet.outputs().stream()
                .filter(column -> outputs.containsKey(column.name()))
                .map(column -> new Part(column.label(), words(column, outputs.get(column.name()))))
                .toList();
    }

    private static Difference difference(TableSheet sheet, TestCases.Difference difference) {
        return sheet.column("out." + difference.output())
                .map(column -> new Difference(
                        column.label(), words(column, difference.expected()), words(column, difference.actual())))
                .orElseGet(() -> new Difference("", difference.expected(), difference.actual()));
    }

    private static String words(Column column, String value) {
        return value.isEmpty() ? "nothing" : CellWords.words(column, Cell.of(value));
    }
}
