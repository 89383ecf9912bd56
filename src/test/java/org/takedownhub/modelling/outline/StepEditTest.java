package org.takedownhub.modelling.outline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.takedownhub.modelling.ModelFile;

class StepEditTest {

    private static final String PROCESS =
            """
            <?xml version="1.0"?>
            <!-- <b:userTask id="Task_A" name="not this one" /> -->
            <b:definitions xmlns:b="x" xmlns:c="http://camunda.org/schema/1.0/bpmn">
              <b:userTask id="Task_A" name="Old &amp; worn" c:dueDate="${caseDueAt}">
                <b:incoming>Flow_1</b:incoming>
              </b:userTask>
              <b:task id='Task_B' name='B' />
            </b:definitions>
            """;

    private final ModelFile file = new ModelFile("a.bpmn", PROCESS);

    @Test
    void changesTheAttributesOfTheElementAndNothingElse() {
        String text = StepEdit.edited(
                        file, "Task_A", Map.of("name", "New <\"> & bold", "camunda:dueDate", "${otherAt}"), "")
                .orElseThrow()
                .text();

        assertThat(text)
                .isEqualTo(PROCESS.replace("Old &amp; worn", "New &lt;&quot;&gt; &amp; bold")
                        .replace("${caseDueAt}", "${otherAt}"));
    }

    @Test
    void addsAndRemovesAttributesByThePrefixThatTheFileUses() {
        String text = StepEdit.edited(
                        file, "Task_A", Map.of("camunda:dueDate", "", "camunda:candidateGroups", "caseworkers"), "")
                .orElseThrow()
                .text();

        assertThat(text).contains("c:candidateGroups=\"caseworkers\"").doesNotContain("dueDate");
    }

    @Test
    void putsTheDocumentationFirstAndReplacesAndRemovesIt() {
        ModelFile explained =
                StepEdit.edited(file, "Task_A", Map.of(), "Why & how").orElseThrow();
        assertThat(explained.text())
                .contains("<b:documentation>Why &amp; how</b:documentation>\n    <b:incoming>Flow_1</b:incoming>");

        ModelFile again =
                StepEdit.edited(explained, "Task_A", Map.of(), "Other").orElseThrow();
        assertThat(again.text())
                .contains("<b:documentation>Other</b:documentation>")
                .doesNotContain("Why");

        assertThat(StepEdit.edited(again, "Task_A", Map.of(), "").orElseThrow()).isEqualTo(file);
    }

    @Test
    void opensAnEmptyElementForItsDocumentation() {
        assertThat(StepEdit.edited(file, "Task_B", Map.of(), "Why")
                        .orElseThrow()
                        .text())
                .contains("<b:task id='Task_B' name='B'><b:documentation>Why</b:documentation></b:task>");
    }

    @Test
    void findsNothingInCommentsAndNothingThatIsNotThere() {
        assertThat(StepEdit.edited(file, "Task_C", Map.of(), "Why")).isEmpty();
        assertThat(StepEdit.attribute(file, "Task_A", "name")).isEqualTo("Old & worn");
        assertThat(StepEdit.attribute(file, "Task_A", "camunda:dueDate")).isEqualTo("${caseDueAt}");
    }

    @Test
    void leavesTheShippedModelsAsTheyAreWhenNothingChanges() throws IOException {
        ModelFile takedown = new ModelFile("takedown.bpmn", Files.readString(Path.of("bpmn", "takedown.bpmn")));

        assertThat(StepEdit.edited(takedown, "Task_VerifyContent", Map.of("name", "Verify content"), ""))
                .contains(takedown);
    }
}
