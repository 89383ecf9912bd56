package org.takedownhub.modelling.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import org.springframework.stereotype.Component;
import org.takedownhub.modelling.Finding;
import org.takedownhub.modelling.Finding.Severity;
import org.takedownhub.modelling.ModelFile;
import org.takedownhub.modelling.ModelFile.Kind;
import org.takedownhub.modelling.ModelSet;
import org.takedownhub.modelling.PublicationCheck;

/** A table that was changed is published only when its saved test cases come out as written. */
@Component
class TestedTables implements PublicationCheck {

    private final TestCases runner;

    TestedTables(TestCases runner) {
        this.runner = runner;
    }

    @Override
    public List<Finding> findings(ModelSet draft, ModelSet live) {
        SortedSet<String> changed = draft.changedFrom(live);
        List<Finding> findings = new ArrayList<>();
        draft.all(Kind.DECISION)
                .filter(table -> changed.contains(table.name()) || changed.contains(TestCaseFiles.nameFor(table.id())))
                .forEach(table -> findings.addAll(findings(table, draft.file(TestCaseFiles.nameFor(table.id())))));
        draft.all(Kind.TEST_CASES)
                .filter(cases -> draft.file(cases.id() + ".dmn").isEmpty())
                .forEach(cases -> findings.add(Finding.ofFile(
                        "test-cases-without-table",
                        cases.name(),
                        "There is no table " + cases.id() + " that these cases could try",
                        "Take the file out, or name it like its table")));
        return findings;
    }

    private List<Finding> findings(ModelFile table, Optional<ModelFile> cases) {
        if (cases.isEmpty()) {
            return List.of(none(table));
        }
        try {
            TestCases.Report report = runner.run(table, cases.get());
            List<Finding> findings = new ArrayList<>();
            if (report.results().isEmpty()) {
                findings.add(none(table));
            }
            report.results().stream().filter(result -> !result.passed()).forEach(result -> result.differences()
                    .forEach(difference -> findings.add(failed(table, result, difference))));
            report.untried()
                    .forEach(row -> findings.add(new Finding(
                            Severity.ADVICE,
                            "row-without-test-case",
                            table.name(),
                            row.id(),
                            "",
                            "No test case comes to this row",
                            "Try an input that fits it and keep it as a test case",
                            0,
                            0)));
            return findings;
        } catch (UnreadableTable unreadable) {
            return List.of(Finding.ofFile(
                    "table-unreadable", table.name(), unreadable.getMessage(), "Correct it in a modeler"));
        } catch (TestCaseFiles.Unreadable unreadable) {
            return List.of(new Finding(
                    Severity.ERROR,
                    "test-cases-unreadable",
                    cases.get().name(),
                    "",
                    "",
                    unreadable.getMessage(),
                    "Correct that line, or upload the cases anew",
                    unreadable.line(),
                    0));
        }
    }

    private static Finding none(ModelFile table) {
        return Finding.ofFile(
                "no-test-cases",
                table.name(),
                "The table was changed and has no test cases",
                "Try an input and keep it as a test case");
    }

    private static Finding failed(ModelFile table, TestCases.Result result, TestCases.Difference difference) {
        String where = difference.output().isEmpty() ? "" : difference.output() + " ";
        return new Finding(
                Severity.ERROR,
                "test-case-failed",
                table.name(),
                result.answer().rule().contains(",") ? "" : result.answer().rule(),
                "",
                "Test case “" + result.testCase().name() + "”: expected " + where + shown(difference.expected())
                        + ", the table gives " + shown(difference.actual()),
                "Correct the table, or the test case if it is out of date",
                0,
                0);
    }

    private static String shown(String value) {
        return value.isEmpty() ? "nothing" : value;
    }
}
