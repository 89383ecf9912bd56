package org.takedownhub.modelling.table;

import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnDecisionTableResult;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;
import org.camunda.bpm.dmn.engine.DmnEngineException;
import org.camunda.bpm.dmn.engine.delegate.DmnDecisionTableEvaluationEvent;
import org.camunda.bpm.dmn.engine.delegate.DmnDecisionTableEvaluationListener;
import org.camunda.bpm.dmn.engine.delegate.DmnEvaluatedDecisionRule;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.takedownhub.modelling.ModelFile;

/**
 * Asks tables, published or not, with the program's own decision engine: what an input comes to, and whether saved cases
 * come out as written. Only for tables that the linter has found no error in.
 */
@Component
public class TestCases {

    /** The rows that fitted in the evaluation that this thread is in. */
    private final ThreadLocal<List<String>> fitting = ThreadLocal.withInitial(List::of);

    private final DmnEngine engine;

    TestCases() {
        DmnEngineConfiguration configuration = DmnEngineConfiguration.createDefaultDmnEngineConfiguration();
        List<DmnDecisionTableEvaluationListener> listeners = new ArrayList<>();
        listeners.add(this::note);
        configuration.setCustomPostDecisionTableEvaluationListeners(listeners);
        engine = configuration.buildEngine();
    }

    private void note(DmnDecisionTableEvaluationEvent event) {
        fitting.set(event.getMatchingRules().stream()
                .map(DmnEvaluatedDecisionRule::getId)
                .toList());
    }

    /**
     * What a table answers.
     *
     * @param rule    the row that fitted; empty when none did
     * @param outputs by name, as texts
     * @param problem why it could not be asked; otherwise empty
     */
    public record Answer(String rule, Map<String, String> outputs, String problem) {

        static Answer problem(String why) {
            return new Answer("", Map.of(), why);
        }
    }

    /** One output of a case; a problem with the case as a whole has no output. */
    public record Difference(String output, String expected, String actual) {}

    /** @param differences empty for a case that came out as written */
    public record Result(TestCase testCase, Answer answer, List<Difference> differences) {

        public boolean passed() {
            return differences.isEmpty();
        }
    }

    /**
     * @param untried rows that no case came to
     */
    public record Report(List<Result> results, List<Row> untried) {

        public boolean passed() {
            return !results.isEmpty() && results.stream().allMatch(Result::passed);
        }
    }

    /**
     * Runs all cases.
     *
     * @throws UnreadableTable          the table does not open as a sheet
     * @throws TestCaseFiles.Unreadable the cases are not for this table
     */
    public Report run(ModelFile table, ModelFile cases) throws TestCaseFiles.Unreadable {
        TableSheet sheet = Sheets.read(table);
        return run(table, sheet, TestCaseFiles.read(sheet, cases.text()));
    }

    public Report run(ModelFile table, TableSheet sheet, List<TestCase> cases) {
        Optional<DmnDecision> decision = parsed(sheet, table);
        List<Result> results = cases.stream()
                .map(one -> result(
                        sheet,
                        one,
                        decision.map(found -> ask(found, table, sheet, one.inputs()))
                                .orElseGet(() -> Answer.problem("The decision engine cannot read the table"))))
                .toList();
        List<Row> untried = sheet.rows().stream()
                .filter(row -> results.stream()
                        .noneMatch(result -> result.answer().rule().equals(row.id())))
                .toList();
        return new Report(results, untried);
    }

    /** What a table answers to one input, by the inputs' names. */
    public Answer ask(ModelFile table, Map<String, String> inputs) {
        TableSheet sheet = Sheets.read(table);
        return parsed(sheet, table)
                .map(decision -> ask(decision, table, sheet, inputs))
                .orElseGet(() -> Answer.problem("The decision engine cannot read the table"));
    }

    private Optional<DmnDecision> parsed(TableSheet sheet, ModelFile table) {
        try {
            return Optional.of(engine.parseDecision(sheet.table(), new ByteArrayInputStream(table.bytes())));
        } catch (DmnEngineException broken) {
            return Optional.empty();
        }
    }

    private Answer ask(DmnDecision decision, ModelFile table, TableSheet sheet, Map<String, String> inputs) {
        Map<String, Object> variables = new HashMap<>();
        for (Column input : sheet.inputs()) {
            String text = inputs.getOrDefault(input.name(), "");
            try {
                variables.put(input.name(), text.isEmpty() ? null : typed(input, text));
            } catch (IllegalArgumentException wrong) {
                return Answer.problem("“" + text + "” is no value of “" + input.label() + "”");
            }
        }
        fitting.set(List.of());
        try {
            DmnDecisionTableResult result = engine.evaluateDecisionTable(decision, variables);
            if (result.isEmpty()) {
                return new Answer("", Map.of(), "");
            }
            Map<String, String> outputs = new LinkedHashMap<>();
            sheet.outputs()
                    .forEach(output -> outputs.put(
                            output.name(), text(result.getFirstResult().get(output.name()))));
            return new Answer(String.join(", ", fitting.get()), outputs, "");
        } catch (DmnEngineException refused) {
            List<String> fit = fitting(table, sheet, variables);
            return Answer.problem(
                    fit.size() > 1
                            ? "More than one row fits: " + String.join(", ", fit)
                            : "The table cannot answer: " + refused.getMessage());
        } finally {
            fitting.remove();
        }
    }

    /** All rows that fit, though the table wants but one. */
    private List<String> fitting(ModelFile table, TableSheet sheet, Map<String, Object> variables) {
        try {
            parsed(sheet, Sheets.collecting(table))
                    .ifPresent(decision -> engine.evaluateDecisionTable(decision, variables));
            return fitting.get();
        } catch (DmnEngineException refused) {
            return List.of();
        }
    }

    private static Object typed(Column input, String text) {
        if (input.type() == CellType.YES_NO) {
            if (!text.equals("true") && !text.equals("false")) {
                throw new IllegalArgumentException(text);
            }
            return Boolean.valueOf(text);
        }
        if (input.isWholeNumber()) {
            return Integer.valueOf(text);
        }
        return input.isNumber() ? (Object) Double.valueOf(text) : text;
    }

    private static String text(@Nullable Object value) {
        if (value instanceof Double || value instanceof Float) {
            return new BigDecimal(value.toString()).stripTrailingZeros().toPlainString();
        }
        return value == null ? "" : value.toString();
    }

    private static Result result(TableSheet sheet, TestCase one, Answer answer) {
        List<Difference> differences = new ArrayList<>();
        if (!answer.problem().isEmpty()) {
            differences.add(new Difference("", "an answer", answer.problem()));
        } else if (one.noRule() && !answer.rule().isEmpty()) {
            differences.add(new Difference("", "no row", answer.rule()));
        } else if (!one.noRule() && answer.rule().isEmpty()) {
            differences.add(new Difference("", "a row", "no row"));
        } else {
            one.expected().forEach((name, expected) -> {
                String actual = answer.outputs().getOrDefault(name, "");
                if (!same(sheet, name, expected, actual)) {
                    differences.add(new Difference(name, expected, actual));
                }
            });
        }
        return new Result(one, answer, differences);
    }

    private static boolean same(TableSheet sheet, String output, String expected, String actual) {
        boolean number = sheet.column("out." + output).filter(Column::isNumber).isPresent();
        try {
            return number && !expected.isEmpty() && !actual.isEmpty()
                    ? new BigDecimal(expected).compareTo(new BigDecimal(actual)) == 0
                    : expected.equals(actual);
        } catch (NumberFormatException none) {
            return false;
        }
    }
}
