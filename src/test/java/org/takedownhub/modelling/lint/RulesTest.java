package org.takedownhub.modelling.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.takedownhub.BesideOthers;
import org.takedownhub.modelling.Finding;
import org.takedownhub.modelling.Finding.Severity;
import org.takedownhub.modelling.ModelFile;
import org.takedownhub.modelling.ModelSet;
import org.takedownhub.modelling.lint.BrokenModels.Broken;

/** Every rule finds what it is for, at its element, and no other rule speaks up. */
@BesideOthers
class RulesTest {

    private static final ModelSet SHIPPED = LintInTest.SHIPPED;

    static List<Broken> broken() {
        return BrokenModels.all();
    }

    @ParameterizedTest
    @MethodSource("broken")
    void findsWhatIsBrokenAtItsElement(Broken broken) {
        List<Finding> findings = LintInTest.findings(SHIPPED.with(broken.file()));

        assertThat(findings)
                .extracting(Finding::rule, Finding::elementId, Finding::isError)
                .contains(tuple(broken.rule(), broken.element(), !broken.advice()));
        Set<String> expected = new HashSet<>(broken.others());
        expected.add(broken.rule());
        assertThat(findings).extracting(Finding::rule).allMatch(expected::contains);
        assertThat(findings).allSatisfy(finding -> {
            assertThat(finding.rule()).matches("[a-z]+(-[a-z]+)*");
            assertThat(finding.message()).as("a sentence without its full stop").matches("(?s)[\"“A-Z0-9].{10,}[^.]");
            assertThat(finding.fix()).as("a sentence without its full stop").matches("(?s)[A-Z].{3,}[^.]");
        });
    }

    @Test
    void standsInTheListForReaders() throws IOException {
        String list = Files.readString(Path.of("src", "docs", "lint.md"));

        assertThat(BrokenModels.rules()).allSatisfy(rule -> assertThat(list).contains("`" + rule + "`"));
    }

    @Test
    void lintsAUserTaskThatTheProgramHasNoFormFor() {
        ModelSet renamed = SHIPPED.with(new ModelFile(
                "safeguarding.bpmn",
                BrokenModels.text("safeguarding.bpmn").replace("Task_ReferSafeguarding", "Task_ReferElsewhere")));

        assertThat(LintInTest.LINTER.findings(renamed, renamed, Map.of()))
                .extracting(Finding::rule, Finding::elementId)
                .containsExactly(tuple("task-unknown", "Task_ReferElsewhere"));
    }

    @Test
    void takesAMappedStepForTheOneThatIsGone() {
        ModelSet renamed = renamed("escalation.bpmn", "Event_NextRungDue", "Event_NextStepDue");

        assertThat(LintInTest.LINTER.findings(renamed, SHIPPED, Map.of("Event_NextRungDue", "Event_NextStepDue")))
                .isEmpty();
        assertThat(LintInTest.LINTER.findings(renamed, SHIPPED, Map.of("Event_NextRungDue", "Task_ReviewEscalation")))
                .as("a timer's cases cannot be moved to a person's task")
                .extracting(Finding::rule, Finding::elementId)
                .containsExactly(tuple("wait-state-gone", "Event_NextRungDue"));
        assertThat(LintInTest.LINTER.findings(SHIPPED, SHIPPED, Map.of("Event_Nowhere", "Event_NextRungDue")))
                .extracting(Finding::rule)
                .containsExactly("move-unknown");
    }

    @Test
    void letsNoStepThatTheProgramLooksForBeMapped() {
        ModelSet renamed = renamed("takedown.bpmn", "Task_AwaitReturn", "Task_AwaitComeback");

        assertThat(LintInTest.LINTER.findings(renamed, SHIPPED, Map.of("Task_AwaitReturn", "Task_AwaitComeback")))
                .extracting(Finding::rule, Finding::elementId)
                .containsExactly(tuple("step-missing", "Task_AwaitReturn"));
    }

    @Test
    void findsProcessesThatCallEachOtherInACircle() {
        String called = BrokenModels.text("safeguarding.bpmn");
        String call = "<bpmn:callActivity id=\"Process_Back\" name=\"Go back\" calledElement=\"takedown\""
                + " camunda:calledElementBinding=\"deployment\"><bpmn:extensionElements>"
                + "<camunda:in businessKey=\"\\${caseReference}\" /></bpmn:extensionElements>";
        ModelSet circle = SHIPPED.with(new ModelFile(
                        "safeguarding.bpmn",
                        called.replace("Task_ReportOverdueSafeguarding", "Process_Back")
                                .replaceFirst("<bpmn:serviceTask id=\"Process_Back\"[^>]*>", call)
                                .replaceFirst(
                                        "(?s)(<bpmn:callActivity id=\"Process_Back\".*?)</bpmn:serviceTask>",
                                        "$1</bpmn:callActivity>")))
                .with(new ModelFile(
                        "takedown.bpmn",
                        BrokenModels.text("takedown.bpmn")
                                .replace("calledElement=\"deconfliction\"", "calledElement=\"safeguarding\"")));

        assertThat(LintInTest.findings(circle))
                .extracting(Finding::rule, Finding::file, Finding::elementId)
                .containsExactlyInAnyOrder(
                        tuple("cyclic-calls", "safeguarding.bpmn", "Process_Back"),
                        tuple("cyclic-calls", "takedown.bpmn", "Process_Deconfliction"));
    }

    @Test
    void findsAFileThatTheProgramNeeds() {
        assertThat(LintInTest.findings(SHIPPED.without("removal-deadline.dmn").without("removal-deadline.csv")))
                .extracting(Finding::rule, Finding::file)
                .containsExactly(tuple("file-missing", "removal-deadline.dmn"));
    }

    @Test
    void doesNotKeepAnybodyFromPublishingWhatTheLiveSetSuffersFromToo() {
        ModelSet live = SHIPPED.with(new ModelFile(
                "case-priority.dmn",
                BrokenModels.text("case-priority.dmn").replace(" camunda:versionTag=\"1.0.0\"", "")));
        ModelSet draft = live.with(new ModelFile(
                "removal-deadline.dmn",
                BrokenModels.text("removal-deadline.dmn").replace("\"PT48H\"", "\"PT24H\"")));

        assertThat(LintInTest.LINTER.findings(draft, live, Map.of()))
                .extracting(Finding::severity, Finding::rule)
                .containsExactly(tuple(Severity.ADVICE, "version-tag"));
        assertThat(LintInTest.LINTER.findings(live, SHIPPED, Map.of()))
                .as("whoever touches the file puts it right")
                .extracting(Finding::severity, Finding::rule)
                .containsExactly(tuple(Severity.ERROR, "version-tag"));
    }

    private static ModelSet renamed(String file, String from, String to) {
        return SHIPPED.with(new ModelFile(file, BrokenModels.text(file).replace(from, to)));
    }
}
