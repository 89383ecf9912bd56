package org.takedownhub.modelling.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.takedownhub.BesideOthers;
import org.takedownhub.modelling.Finding;
import org.takedownhub.modelling.ModelFile;
import org.takedownhub.modelling.ModelSet;
import org.takedownhub.modelling.lint.BadFiles.Bad;

/** Whatever is sent is refused with a rule and its element, soon, and nothing of it is run. */
@BesideOthers
class HostileFilesTest {

    private static final ModelSet SHIPPED = LintInTest.SHIPPED;
    private static final Set<String> RULES = Set.of("not-allowed", "unreadable", "too-large", "file-name");

    /** Generous: machines that build are slow, and what blows up takes minutes. */
    private static final Duration SOON = Duration.ofSeconds(10);

    static List<Bad> hostile() {
        return BadFiles.hostile();
    }

    static Stream<Bad> unreadable() {
        return Stream.concat(BadFiles.unreadable().stream(), BadFiles.huge().stream());
    }

    @Test
    void areMoreThanForty() {
        assertThat(BadFiles.hostile().size() + BadFiles.unreadable().size()).isGreaterThan(100);
        assertThat(BrokenModels.rules()).hasSizeGreaterThan(60);
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void areRefusedAtTheElementThatWouldRunThem(Bad bad) {
        String text = new String(bad.content(), StandardCharsets.UTF_8);

        List<Finding> errors = errors(bad.name(), text);

        assertThat(errors).isNotEmpty().allSatisfy(finding -> {
            assertThat(finding.file()).isEqualTo(bad.name());
            assertThat(finding.rule()).isIn(RULES);
            assertThat(finding.fix()).isNotBlank();
        });
        assertThat(errors).filteredOn(finding -> !finding.elementId().isEmpty()).allSatisfy(finding -> assertThat(text)
                .contains("\"" + finding.elementId() + "\""));
        assertThat(Files.exists(Path.of("target", "hostile-marker"))).isFalse();
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void areRefusedByTheirRuleAndSoon(Bad bad) {
        String text = new String(bad.content(), StandardCharsets.UTF_8);

        List<Finding> errors = assertTimeout(SOON, () -> errors(bad.name(), text));

        assertThat(errors).isNotEmpty();
        assertThat(errors).allSatisfy(finding -> {
            assertThat(finding.file()).isEqualTo(bad.name());
            assertThat(finding.rule()).isIn(bad.rule().isEmpty() ? RULES : Set.of(bad.rule()));
            assertThat(finding.elementId()).isEqualTo(bad.element());
            assertThat(finding.message().length()).isLessThan(7_000);
        });
    }

    @Test
    void areNoTextAndSoNoFile() {
        assertThat(BadFiles.notText()).allSatisfy(bad -> assertThat(ModelFile.read(bad.name(), bad.content()))
                .isEmpty());
    }

    @Test
    void areNotLookedAtOneByOneWhenThereAreTooMany() {
        List<ModelFile> many = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            many.add(new ModelFile("bad-" + i + ".bpmn", "<"));
        }

        assertThat(assertTimeout(SOON, () -> LintInTest.findings(ModelSet.of(many))))
                .extracting(Finding::rule)
                .containsExactly("too-large");
    }

    @Test
    void takeNoLongerBecauseTheyAreLarge() {
        StringBuilder nodes = new StringBuilder();
        StringBuilder shapes = new StringBuilder();
        for (int i = 0; i < 800; i++) {
            nodes.append("<bpmn:manualTask id=\"Task_Many")
                    .append(i)
                    .append("\" name=\"Do much\" /><bpmn:sequenceFlow id=\"Flow_Many")
                    .append(i)
                    .append("\" sourceRef=\"Task_Many")
                    .append(i)
                    .append("\" targetRef=\"Task_Many")
                    .append((i + 1) % 800)
                    .append("\" />");
            shapes.append("<bpmndi:BPMNShape id=\"s")
                    .append(i)
                    .append("\" bpmnElement=\"Task_Many")
                    .append(i)
                    .append("\"><dc:Bounds x=\"100\" y=\"100\" width=\"100\" height=\"80\" /></bpmndi:BPMNShape>")
                    .append("<bpmndi:BPMNEdge id=\"e")
                    .append(i)
                    .append("\" bpmnElement=\"Flow_Many")
                    .append(i)
                    .append("\"><di:waypoint x=\"0\" y=\"" + i + "\" /><di:waypoint x=\"900\" y=\"" + (800 - i)
                            + "\" /></bpmndi:BPMNEdge>");
        }
        String text = BrokenModels.text("safeguarding.bpmn")
                .replace("</bpmn:process>", nodes + "</bpmn:process>")
                .replace("</bpmndi:BPMNPlane>", shapes + "</bpmndi:BPMNPlane>");

        List<Finding> errors = assertTimeout(SOON, () -> errors("safeguarding.bpmn", text));

        assertThat(errors).isNotEmpty().hasSizeLessThanOrEqualTo(200);
    }

    @Test
    void takeNoLongerBecauseTheirTablesAreWide() {
        StringBuilder table = new StringBuilder();
        String head = BrokenModels.text("case-priority.dmn");
        int inputs = 14;
        for (int i = 0; i < inputs; i++) {
            table.append(
                    "<input id=\"Input_%d\" label=\"I%d\"><inputExpression id=\"IE_%d\" typeRef=\"integer\"><text>rung</text></inputExpression></input>"
                            .formatted(i, i, i));
        }
        table.append("<output id=\"Output_casePriority\" name=\"casePriority\" typeRef=\"integer\" />"
                + "<output id=\"Output_verifyWithin\" name=\"verifyWithin\" typeRef=\"string\" />");
        for (int row = 0; row < 60; row++) {
            table.append("<rule id=\"R").append(row).append("\"><description>Hub policy</description>");
            for (int i = 0; i < inputs; i++) {
                int low = row * 7919 % (i + 13) * 3;
                table.append("<inputEntry id=\"c%d_%d\"><text>[%d..%d]</text></inputEntry>"
                        .formatted(row, i, low, low + row * 31 % 17));
            }
            table.append(
                    "<outputEntry id=\"p%d\"><text>1</text></outputEntry><outputEntry id=\"w%d\"><text>\"PT1H\"</text></outputEntry></rule>"
                            .formatted(row, row));
        }
        String text =
                head.substring(0, head.indexOf("<input id")) + table + head.substring(head.indexOf("</decisionTable>"));

        List<Finding> findings = assertTimeout(
                SOON,
                () -> LintInTest.LINTER.findings(
                        SHIPPED.with(new ModelFile("case-priority.dmn", text)), SHIPPED, Map.of()));

        assertThat(findings).extracting(Finding::rule).containsAnyOf("table-gap", "table-not-proven");
    }

    private static List<Finding> errors(String name, String text) {
        return LintInTest.findings(SHIPPED.with(new ModelFile(name, text))).stream()
                .filter(Finding::isError)
                .toList();
    }
}
