package org.takedownhub.clock;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnDecisionTableResult;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The decision table as a lawyer reads it: each rule in words, with dated examples. {@code removal-deadlines.csv} is the
 * table; this test runs it and writes it to {@code target/removal-deadlines.md} with the words of each rule.
 */
class DeadlineTableTest {

    private static final String FILE = "/bpmn/removal-deadline.dmn";
    private static final int EXAMPLES_OF_A_RULE = 3;
    private static final DmnEngine ENGINE =
            DmnEngineConfiguration.createDefaultDmnEngineConfiguration().buildEngine();
    private static final WorkingDays WORKING_DAYS = new WorkingDays(new BankHolidays(List.of()));

    private static DmnDecision decision;
    private static List<Rule> rules;

    @BeforeAll
    static void readTheTable() throws IOException {
        try (InputStream file = DeadlineTableTest.class.getResourceAsStream(FILE)) {
            decision = ENGINE.parseDecision("removal-deadline", file);
        }
        try (InputStream file = DeadlineTableTest.class.getResourceAsStream(FILE)) {
            DmnModelInstance model = Dmn.readModelFromStream(file);
            rules = List.copyOf(model.getModelElementsByType(Rule.class));
        }
    }

    static List<DeadlineCase> examples() {
        return DeadlineCase.all();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleComesOutAsWritten(DeadlineCase example) {
        Deadline deadline = deadline(example);

        assertThat(policy(example).code())
                .as("the rule that decides it")
                .isEqualTo(code(rules.stream()
                        .filter(rule -> rule.getId().equals(example.rule()))
                        .findFirst()
                        .orElseThrow()));
        assertThat(deadline.dueAt()).isEqualTo(example.dueAt());
        assertThat(deadline.alarmAt()).contains(example.ends());
        assertThat(deadline.startedAt()).isEqualTo(example.starts());
        deadline.remindAt()
                .ifPresent(at -> assertThat(at).isAfter(deadline.startedAt()).isBefore(example.ends()));
    }

    @Test
    void everyRuleHasAtLeastThreeExamples() {
        Map<String, Long> examples = examples().stream().collect(groupingBy(DeadlineCase::rule, counting()));

        assertThat(rules).allSatisfy(rule -> assertThat(examples.getOrDefault(rule.getId(), 0L))
                .as("examples of %s in clock/removal-deadlines.csv", rule.getId())
                .isGreaterThanOrEqualTo(EXAMPLES_OF_A_RULE));
        assertThat(examples.keySet()).isEqualTo(rules.stream().map(Rule::getId).collect(toSet()));
    }

    @Test
    void theTableReadsInWords() throws IOException {
        String words = rules.stream().map(DeadlineTableTest::section).collect(Collectors.joining("\n"));
        Path page = Path.of("target", "removal-deadlines.md");
        Files.writeString(page, "# When removal is due: every rule, with examples\n\n" + words);

        assertThat(words)
                .contains("48 hours beginning with the time given")
                .contains("Crime and Policing Act 2026 s.21(5)(c)")
                .contains("2 working days after the day given, not counting bank holidays of any part")
                .contains("| Fri 2026-11-27 17:00 | Thu 2026-12-03 00:00 |");
    }

    private static String section(Rule rule) {
        List<DeadlineCase> examples = examples().stream()
                .filter(example -> example.rule().equals(rule.getId()))
                .toList();
        DeadlinePolicy policy = policy(examples.get(0));
        StringBuilder text = new StringBuilder("## " + policy.code() + "\n\n");
        text.append("**")
                .append(policy.inWords())
                .append("** (")
                .append(policy.legalReference())
                .append(").\n");
        text.append(
                switch (policy.pauseRule()) {
                    case NONE -> "Nothing stops or extends it.\n";
                    case RESTART -> "A ground of the law stops it; a fresh period begins when the ground has ended.\n";
                    case ISSUER_MAY_EXTEND -> "The issuer may give more time.\n";
                });
        if (!policy.unverified().isEmpty()) {
            text.append("Unverified: ").append(policy.unverified()).append(".\n");
        }
        text.append('\n').append(rule.getDescription().getTextContent()).append("\n\n");
        text.append("| Clock starts (UK time) | ")
                .append(examples.get(0).target() ? "Hub looks again (UK time)" : "Overdue from (UK time)")
                .append(" | UTC | What to see |\n|---|---|---|---|\n");
        examples.forEach(example -> text.append("| %s | %s | %s | %s |%n"
                .formatted(example.startsInWords(), example.endsInWords(), example.ends(), example.what())));
        return text.toString();
    }

    private static String code(Rule rule) {
        return rule.getOutputEntries().iterator().next().getTextContent().replace("\"", "");
    }

    private static Deadline deadline(DeadlineCase example) {
        DeadlinePolicy policy = policy(example);
        return new Deadlines((question, version) -> policy, WORKING_DAYS, ClockSpeed.REAL)
                .deadline(example.question(), example.instants(policy.startEvent()));
    }

    private static DeadlinePolicy policy(DeadlineCase example) {
        DmnDecisionTableResult result =
                ENGINE.evaluateDecisionTable(decision, example.question().inputs());
        return DeadlinePolicy.fromDecision(
                example.question(), result.getSingleResult().getEntryMap(), 1);
    }
}
