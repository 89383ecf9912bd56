package org.takedownhub.modelling.lint;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Period;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.takedownhub.engine.ModelXml.Element;
import org.takedownhub.modelling.lint.Cells.Interval;
import org.takedownhub.modelling.lint.Cells.NotRead;
import org.takedownhub.modelling.lint.Cells.Test;
import org.takedownhub.modelling.lint.Cells.Value;
import org.takedownhub.modelling.lint.TableFile.Input;
import org.takedownhub.modelling.lint.TableFile.Output;
import org.takedownhub.modelling.lint.TableFile.Row;

/** A table answers every question it is asked, with one answer, and says on whose word. */
final class TableRules {

    private static final int MOST_GAPS = 3;
    /** What the decision engine knows; of any other type it takes no notice. */
    private static final Set<String> TYPES = Set.of("string", "boolean", "integer", "long", "double", "date");

    private static final Set<String> ONE_ANSWER = Set.of("UNIQUE", "FIRST", "ANY");

    private TableRules() {}

    /** Without these, nothing else can be told of a table. */
    static void identity(TableFile file, Report report) {
        Set<String> ids = new HashSet<>();
        file.root()
                .withDescendants()
                .filter(element -> !element.attribute("id").isEmpty())
                .filter(element -> !ids.add(element.attribute("id")))
                .forEach(element -> report.error(
                        "duplicate-id",
                        element,
                        "The id " + element.attribute("id") + " is used twice",
                        "Give every element an id of its own"));
        file.root()
                .withDescendants()
                .filter(element -> element.attribute("href").startsWith("#"))
                .filter(element -> !ids.contains(element.attribute("href").substring(1)))
                .forEach(element -> report.error(
                        "unknown-reference",
                        element,
                        "The decision refers to " + element.attribute("href") + ", which is not in this file",
                        "Remove the reference"));
        if (file.decisions().size() != 1 || file.table().isEmpty()) {
            report.error(
                    "one-table",
                    file.root(),
                    "The file holds " + file.decisions().size() + " decisions"
                            + (file.table().isEmpty() ? " and no table" : ""),
                    "Keep one decision table a file");
        }
        file.decisions().forEach(decision -> {
            if (!decision.attribute("id").equals(file.id())) {
                report.error(
                        "file-id",
                        decision,
                        "The table is called " + decision.attribute("id") + ", its file " + file.file(),
                        "Name the file " + decision.attribute("id") + ".dmn, or the table " + file.id());
            }
            ReferenceRules.published(
                    decision,
                    decision.attribute(Words.CAMUNDA_DMN + "historyTimeToLive"),
                    decision.attribute(Words.CAMUNDA_DMN + "versionTag"),
                    report);
        });
    }

    static void check(TableFile file, SetUnderLint set, Report report) {
        Element table = file.table().orElseThrow();
        policy(file, table, report);
        columns(file, table, set, report);
        for (Row row : file.rows()) {
            if (row.source().isEmpty()) {
                report.error(
                        "rule-without-source",
                        row.element(),
                        "Rule " + row.number() + " does not say where it comes from",
                        "Name the law, the code or the policy in its description");
            }
        }
        if (file.rows().isEmpty()) {
            report.error("table-empty", table, "The table has no rules", "Add at least one");
        } else {
            answers(file, set, report);
            questions(file, table, set, report);
        }
    }

    private static void policy(TableFile file, Element table, Report report) {
        if (!ONE_ANSWER.contains(file.hitPolicy())) {
            report.error(
                    "hit-policy",
                    table,
                    "The hit policy " + file.hitPolicy() + " gives several answers, and the program takes one",
                    "Use Unique");
        } else if (file.hitPolicy().equals("FIRST") && !argued(file, table)) {
            report.error(
                    "first-without-reason",
                    table,
                    "With the hit policy First, the order of the rules decides, and nothing says why",
                    "Use Unique, or give the reason in the description of the table");
        }
    }

    private static boolean argued(TableFile file, Element table) {
        return Stream.concat(Stream.of(table), file.decisions().stream())
                .flatMap(element -> element.children("description"))
                .anyMatch(description -> !description.text().isBlank());
    }

    private static void columns(TableFile file, Element table, SetUnderLint set, Report report) {
        for (Input input : file.inputs()) {
            type(input.element(), input.title(), input.type(), report);
        }
        for (Output output : file.outputs()) {
            type(output.element(), output.title(), output.type(), report);
        }
        TableFile live = set.liveTables().get(file.file());
        if (live == null) {
            return;
        }
        Set<String> given = live.inputs().stream().map(Input::variable).collect(Collectors.toSet());
        file.inputs().stream()
                .filter(input -> !given.contains(input.variable())
                        && !set.words().variables().containsKey(input.variable()))
                .forEach(input -> report.error(
                        "column-unknown",
                        input.element(),
                        "The program does not tell the table " + input.variable(),
                        "Ask one of "
                                + String.join(", ", given.stream().sorted().toList())));
        Set<String> outputs = file.outputs().stream().map(Output::name).collect(Collectors.toSet());
        live.outputs().stream()
                .filter(output -> !outputs.contains(output.name()))
                .forEach(output -> report.error(
                        "column-gone",
                        table,
                        "The column " + output.title() + " (" + output.name() + ") is gone, which the program reads",
                        "Keep the column and its name"));
    }

    private static void type(Element column, String title, String type, Report report) {
        if (!TYPES.contains(type)) {
            report.error(
                    "column-type",
                    column,
                    "The column " + title + (type.isEmpty() ? " has no type" : " is of the unknown type " + type),
                    "Choose text, yes or no, number or date");
        }
    }

    private static void answers(TableFile file, SetUnderLint set, Report report) {
        TableFile live = set.liveTables().get(file.file());
        for (int at = 0; at < file.outputs().size(); at++) {
            Output output = file.outputs().get(at);
            Optional<List<String>> allowed = KnownTables.outputs(file.id(), output, set);
            Set<String> before =
                    live == null ? Set.of() : live.values(output.name()).collect(Collectors.toSet());
            boolean periods = before.stream().anyMatch(TableRules::isPeriod)
                    && before.stream().allMatch(text -> isPeriod(text) || text.isEmpty() || text.equals("NONE"));
            for (Row row : file.rows()) {
                if (at < row.outputs().size()) {
                    answer(file, row, output, row.outputs().get(at), allowed, periods ? before : Set.of(), report);
                }
            }
        }
    }

    private static void answer(
            TableFile file,
            Row row,
            Output output,
            Element cell,
            Optional<List<String>> allowed,
            Set<String> periods,
            Report report) {
        String text = TableFile.text(cell);
        String where = "Rule " + row.number() + ", " + output.title() + ": ";
        if (text.isEmpty() || text.equals("-")) {
            report.error("answer-missing", cell, where + "there is no answer", "Enter one, or \"\" for none");
            return;
        }
        Value value;
        try {
            value = Cells.value(text, output.type());
        } catch (NotRead not) {
            if (not.isWrong()) {
                report.error("cell-type", cell, where + not.getMessage(), "Enter a " + Cells.kind(output.type()));
            } else {
                report.advice(
                        "cell-not-checked",
                        cell,
                        where + "the answer is worked out, and nothing here can check it",
                        "Enter a plain value where you can");
            }
            return;
        }
        if (!(value.value() instanceof String answer)) {
            return;
        }
        if (allowed.isPresent() && !allowed.get().contains(answer)) {
            report.error(
                    "value-not-allowed",
                    cell,
                    where + value.inWords() + " is none of the answers there are",
                    "Choose one of " + String.join(", ", allowed.get()));
        } else if (!periods.isEmpty() && !isPeriod(answer) && !periods.contains(answer)) {
            report.error(
                    "not-a-period",
                    cell,
                    where + value.inWords() + " is no period",
                    "Write it as ISO 8601 has it: PT24H for 24 hours, P2D for two days");
        }
    }

    /** More than nothing, in days, hours, minutes and seconds, or in years, months, weeks and days. */
    private static boolean isPeriod(String text) {
        if (!text.startsWith("P")) {
            return false;
        }
        try {
            Duration duration = Duration.parse(text);
            return !duration.isNegative() && !duration.isZero();
        } catch (DateTimeException none) {
            try {
                Period period = Period.parse(text);
                return !period.isNegative() && !period.isZero();
            } catch (DateTimeException neither) {
                return false;
            }
        }
    }

    private static void questions(TableFile file, Element table, SetUnderLint set, Report report) {
        Space space = new Space(file.rows().size());
        boolean understood = true;
        for (int at = 0; at < file.inputs().size(); at++) {
            Input input = file.inputs().get(at);
            Optional<List<String>> values = Cells.kind(input.type()).equals("string")
                    ? KnownTables.values(file.id(), input, set)
                    : Optional.empty();
            Optional<List<Test>> tests = tests(file, at, input, values, report);
            if (tests.isEmpty()) {
                understood = false;
            } else {
                space.column(input.title() + " is", tests.get(), domain(input, values), Cells.isWhole(input.type()));
            }
        }
        if (!understood) {
            if (!report.hasErrors()) {
                report.advice(
                        "table-not-proven",
                        table,
                        "Nothing here can tell whether a rule applies to every case, and only one",
                        "Compare with plain values where you can, and keep test cases");
            }
            return;
        }
        try {
            gaps(file, table, space, report);
            meetings(file, space, report);
        } catch (Space.TooLarge large) {
            report.advice(
                    "table-not-proven",
                    table,
                    "The table is too large to tell whether a rule applies to every case",
                    "Split it, and keep test cases");
        }
    }

    private static Optional<List<Value>> domain(Input input, Optional<List<String>> values) {
        if (Cells.kind(input.type()).equals("boolean")) {
            return Optional.of(List.of(new Value(true), new Value(false)));
        }
        return values.map(texts -> texts.stream().map(Value::new).toList());
    }

    /** What the cells of a column let through; empty when one of them is not understood. */
    private static Optional<List<Test>> tests(
            TableFile file, int at, Input input, Optional<List<String>> values, Report report) {
        List<Test> tests = new ArrayList<>();
        boolean understood = true;
        for (Row row : file.rows()) {
            if (at >= row.inputs().size()) {
                return Optional.empty();
            }
            Element cell = row.inputs().get(at);
            String where = "Rule " + row.number() + ", " + input.title() + ": ";
            try {
                Test test = Cells.test(TableFile.text(cell), input.type());
                tests.add(test);
                for (String value : strangers(test, values)) {
                    understood = false;
                    report.error(
                            "value-not-allowed",
                            cell,
                            where + "“" + value + "” never comes",
                            "Choose from " + String.join(", ", values.orElse(List.of())));
                }
            } catch (NotRead not) {
                understood = false;
                if (not.isWrong()) {
                    report.error(
                            "cell-type", cell, where + not.getMessage(), "Compare with a " + Cells.kind(input.type()));
                } else {
                    report.advice(
                            "cell-not-checked",
                            cell,
                            where + "nothing here can check " + TableFile.text(cell),
                            "Compare with plain values where you can");
                }
            }
        }
        return understood ? Optional.of(tests) : Optional.empty();
    }

    /** Single values that a cell names, and that never come. */
    private static List<String> strangers(Test test, Optional<List<String>> values) {
        return values.isEmpty()
                ? List.of()
                : test.intervals().stream()
                        .map(Interval::low)
                        .filter(low -> low != null)
                        .map(low -> String.valueOf(low.value()))
                        .filter(value -> !values.get().contains(value))
                        .toList();
    }

    private static void gaps(TableFile file, Element table, Space space, Report report) throws Space.TooLarge {
        if (KnownTables.mayAnswerNothing(file.id())) {
            return;
        }
        for (String gap : space.gaps(MOST_GAPS)) {
            report.error(
                    "table-gap", table, "No rule applies when " + gap, "Add a rule for it, or widen one that is there");
        }
    }

    private static void meetings(TableFile file, Space space, Report report) throws Space.TooLarge {
        List<Row> rows = file.rows();
        for (int at = 0; at < rows.size(); at++) {
            Row row = rows.get(at);
            if (space.isImpossible(at)) {
                report.error(
                        "rule-never-applies",
                        row.element(),
                        "Rule " + row.number() + " can never apply",
                        "Correct its cells, or remove it");
                continue;
            }
            if (file.hitPolicy().equals("FIRST")) {
                if (at > 0 && space.isCoveredByEarlier(at)) {
                    report.error(
                            "rule-never-applies",
                            row.element(),
                            "Rule " + row.number() + " can never apply: the rules before it come first",
                            "Move it up, or remove it");
                }
                continue;
            }
            for (int earlier = 0; earlier < at; earlier++) {
                if (space.meet(earlier, at)
                        && !(file.hitPolicy().equals("ANY") && sameAnswers(rows.get(earlier), row))) {
                    report.error(
                            "table-overlap",
                            row.element(),
                            "Rules " + rows.get(earlier).number() + " and " + row.number() + " apply to the same case",
                            "Narrow one of them, so that one answer is left");
                }
            }
        }
    }

    private static boolean sameAnswers(Row one, Row other) {
        return one.outputs().stream()
                .map(TableFile::text)
                .toList()
                .equals(other.outputs().stream().map(TableFile::text).toList());
    }
}
