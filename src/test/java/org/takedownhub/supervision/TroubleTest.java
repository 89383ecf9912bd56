package org.takedownhub.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.util.Set;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TroubleTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "X starts its clock from receivedAt (RECEIVED), which is missing: give that instant|MissingStartInstant|MISSING_START_INSTANT|received",
                "The notice of TH-2026-000001 needs the approval of a second person and has none|IllegalStateException|MISSING_APPROVAL|authorised officer",
                "The route table has no rule for case TH-2026-000001|IllegalStateException|NO_RULE|no rule",
                "Version 3 of the table removal-deadline gives no usable policy for X: y|IllegalStateException|UNUSABLE_TABLE|cannot be used",
                "spring.mail.host is set, so takedown.mail.from must be the hub's mail address|IllegalStateException|MISSING_SETTING|spring.mail.host",
                "The platform answers nothing|PlatformUnavailable|UNREACHABLE|could not be reached",
                "Variable rungDueAt is missing in 17|IllegalStateException|MISSING_VALUE|rungDueAt",
                "Unknown property used in expression: ${a}. Cause: Cannot resolve identifier 'a'|ProcessEngineException|MISSING_VALUE|“a”",
                "The letter k is under way|IllegalStateException|UNDER_WAY|already",
                "Index 3 out of bounds|IndexOutOfBoundsException|UNKNOWN|not expect"
            })
    void hasWordsForWhatWentWrong(String message, String type, Trouble.Kind kind, String says) {
        Trouble trouble = Trouble.of(message, Set.of(type));
        assertThat(trouble.kind()).isEqualTo(kind);
        assertThat(trouble.what()).contains(says);
        assertThat(trouble.advice()).isNotBlank();
    }

    @Test
    void tellsAStoppedStepFromAFailedOne() {
        assertThat(Trouble.of("", Set.of()).kind()).isEqualTo(Trouble.Kind.STOPPED);
        assertThat(Trouble.of("", Set.of("NullPointerException")).kind()).isEqualTo(Trouble.Kind.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "refused: Authorization: Bearer abc.HIDDEN.def",
                "client_secret=HIDDEN&x=1",
                "{\"password\": \"HIDDEN\"}",
                "https://user:HIDDEN@mail.example/inbox",
                "GET https://api.example/v1?key=HIDDEN failed",
                "token eyJhbGciOi.HIDDEN.sig-nature",
                "signed with HIDDENa8f5f167f44f4964e6c998dee827110cHIDDEN12",
                "to HIDDEN@force.example"
            })
    void showsNoSecretOfWhatTheProgramSaid(String raw) {
        assertThat(PlainMessage.of(raw)).doesNotContain("HIDDEN").contains("…");
    }

    @Test
    void leavesPlainWordsAsTheyAre() {
        String said = "The route table has no rule for case TH-2026-000001: UNLAWFUL, THREAT, tiktok";
        assertThat(PlainMessage.of(said)).isEqualTo(said);
    }

    @Test
    void offersOnlyWaysByHandThatTheShippedModelsHave() {
        assertThat(HandWay.ALL).allSatisfy(way -> {
            BpmnModelInstance model = Bpmn.readModelFromFile(new File("bpmn/" + way.process() + ".bpmn"));
            ServiceTask failing = model.getModelElementById(way.failing());
            UserTask task = model.getModelElementById(way.task());
            assertThat(failing.isCamundaAsyncBefore()).isTrue();
            assertThat(task.getParentElement()).isEqualTo(failing.getParentElement());
            assertThat(task.getCamundaDueDate()).isEqualTo("${" + way.dueAt().name() + "}");
        });
    }
}
