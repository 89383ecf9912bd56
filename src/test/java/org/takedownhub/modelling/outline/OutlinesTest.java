package org.takedownhub.modelling.outline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.takedownhub.modelling.ModelFile;
import org.takedownhub.modelling.StepTemplates;
import org.takedownhub.modelling.outline.Outline.Happening;
import org.takedownhub.modelling.outline.Outline.Step;
import org.takedownhub.modelling.outline.Outline.Way;

class OutlinesTest {

    private final Outlines outlines = new Outlines(new StepTemplates(new ObjectMapper()));

    @ParameterizedTest
    @ValueSource(strings = {"takedown", "escalation", "deconfliction", "review", "safeguarding"})
    void nameEveryStepAndEveryWayOfTheDrawing(String process) throws IOException {
        ModelFile file = shipped(process);
        Outline outline = outlines.of(file).orElseThrow();

        Set<String> told = new HashSet<>();
        outline.all().forEach(step -> {
            told.add(step.id());
            step.happenings().forEach(happening -> told.add(happening.id()));
        });
        Set<String> drawn = new HashSet<>();
        Pattern.compile("<bpmn:(?:\\w+(?:Event|Task|Gateway)|task|subProcess|callActivity) id=\"([^\"]+)\"")
                .matcher(file.text())
                .results()
                .forEach(found -> drawn.add(found.group(1)));
        assertThat(told).isEqualTo(drawn);
        long flows = Pattern.compile("<bpmn:sequenceFlow ")
                .matcher(file.text())
                .results()
                .count();
        assertThat(outline.all().stream()
                        .flatMap(step -> java.util.stream.Stream.concat(
                                step.ways().stream(),
                                step.happenings().stream().flatMap(happening -> happening.ways().stream())))
                        .count())
                .as("flows, and one more for each link")
                .isGreaterThanOrEqualTo(flows)
                .isLessThan(flows + 5);
    }

    @Test
    void tellWhoDoesAStepUntilWhenAndWhatFollows() throws IOException {
        Outline outline = outlines.of(shipped("takedown")).orElseThrow();

        Step verify = outline.step("Task_VerifyContent").orElseThrow();
        assertThat(verify.kind()).isEqualTo("Task for a person");
        assertThat(verify.group()).isEqualTo("caseworkers");
        assertThat(verify.due()).isEqualTo("case due");
        assertThat(verify.does()).containsExactly("Somebody fills in the form verify-content.");
        assertThat(verify.ways()).containsExactly(new Way("", "Task_ConsiderSafeguarding", "Consider safeguarding"));
        assertThat(outline.step("Gateway_ContentReferable").orElseThrow().ways())
                .containsExactly(
                        new Way("Yes, if content referable", "Process_Deconfliction", "Deconflict"),
                        new Way("No, otherwise", "Gateway_SecondOpinionNeeded", "Second opinion needed?"));
        assertThat(outline.step("Task_RequireApproval").orElseThrow().does())
                .containsExactly("The table approval-rule decides “approval required”.");
        assertThat(outline.step("Task_ReferContent").orElseThrow().does())
                .singleElement()
                .asString()
                .startsWith("Hands the notice to the platform through its channel.");
        assertThat(outline.step("Process_RecipientFollowUp").orElseThrow().does())
                .containsExactly("Done as many times as “recipient count” says, all at the same time.");
    }

    @Test
    void tellTheClocksThatRunWhileACaseWaits() throws IOException {
        Step wait = outlines.of(shipped("takedown"))
                .orElseThrow()
                .step("Task_AwaitRemoval")
                .orElseThrow();

        assertThat(wait.does()).containsExactly("Waits until the message removal.confirmed comes.");
        assertThat(wait.happenings())
                .extracting(Happening::name, Happening::when, Happening::stops)
                .contains(
                        org.assertj.core.groups.Tuple.tuple("Reminder due", "the instant “reminder due”", false),
                        org.assertj.core.groups.Tuple.tuple(
                                "Removal deadline passed", "the instant “removal due”", true));
    }

    @Test
    void beginAtTheStartAndEndAtTheEnd() throws IOException {
        List<Step> steps = outlines.of(shipped("takedown")).orElseThrow().steps();

        assertThat(steps.get(0).id()).isEqualTo("StartEvent_ContentFlagged");
        assertThat(steps.get(steps.size() - 1).id()).isEqualTo("EndEvent_CaseClosed");
        assertThat(steps)
                .extracting(Step::id)
                .containsSubsequence(
                        "Task_VerifyContent", "Process_Deconfliction", "Task_IssueNotice", "Process_RecipientFollowUp");
    }

    @ParameterizedTest
    @CsvSource({
        "${contentUnlawful},              content unlawful",
        "${!contentUnlawful},             not content unlawful",
        "${referralAnswer == 'SENT'},     referral answer is SENT",
        "${recipientCount >= 2},          recipient count is at least 2",
        "${a && b},                       ${a && b}"
    })
    void sayConditionsInWords(String expression, String words) {
        assertThat(Words.ofCondition(expression)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({"PT26H, 1 day 2 hours", "P1D, 1 day", "PT90S, 1 minute 30 seconds", "R3/PT1H, R3/PT1H"})
    void sayDurationsInWords(String duration, String words) {
        assertThat(Words.ofDuration(duration)).isEqualTo(words);
    }

    private static ModelFile shipped(String process) throws IOException {
        return new ModelFile(process + ".bpmn", Files.readString(Path.of("bpmn", process + ".bpmn")));
    }
}
