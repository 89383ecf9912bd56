package org.takedownhub.modelling.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.takedownhub.modelling.ModelFile;
import org.takedownhub.modelling.ModelSet;
import org.takedownhub.modelling.ShippedSet;

/** What a manager reads about a change. */
class ComparisonTest {

    private final ModelSet shipped = ShippedSet.read();
    private final Comparison comparison = new Comparison();

    @Test
    void saysATimeframeInHours() {
        assertThat(texts(ShippedSet.with(
                        "removal-deadline.dmn",
                        row("Rule_VoluntaryWeaponsSale", "\"PT48H\""),
                        row("Rule_VoluntaryWeaponsSale", "\"PT24H\""))))
                .containsExactly("Removal deadline for voluntary referral, weapons sale, Threat to life: no,"
                        + " Returned after removal: no: Period (ISO 8601) 48 hours → 24 hours");
    }

    @Test
    void namesAReminderThatIsGone() {
        ModelSet without = without("boundaryEvent", "Event_ReminderDue");

        assertThat(texts(without))
                .anyMatch(text -> text.startsWith("Removed: reminder “") && text.endsWith(" at “Await removal”"))
                .anyMatch(text -> text.startsWith("Removed: the way from “"));
    }

    @Test
    void tellsOfWhatNoDrawingShows() {
        assertThat(texts(ShippedSet.with(
                        "takedown.bpmn",
                        "name=\"Approve referral\" camunda:formRef=\"approve-referral\" camunda:formRefBinding=\"deployment\""
                                + " camunda:candidateGroups=\"authorised-officers\"",
                        "name=\"Approve referral\" camunda:formRef=\"approve-referral\" camunda:formRefBinding=\"deployment\""
                                + " camunda:candidateGroups=\"duty-officers\"")))
                .containsExactly(
                        "Task for people “Approve referral”: who does it “authorised-officers” → “duty-officers”");
        assertThat(texts(ShippedSet.with(
                        "takedown.bpmn", "camunda:historyTimeToLive=\"P3650D\"", "camunda:historyTimeToLive=\"P30D\"")))
                .containsExactly("Process “Take down content”: how long its history is kept “3650 days” → “30 days”");
        assertThat(texts(ShippedSet.with(
                        "takedown.bpmn",
                        "id=\"Task_IssueNotice\" name=\"Issue notice\" camunda:asyncBefore=\"true\"",
                        "id=\"Task_IssueNotice\" name=\"Issue notice\"")))
                .containsExactly("Automatic step “Issue notice”: own transaction before it yes → none");
    }

    @Test
    void tellsWhenATimerReadsAnotherInstant() {
        assertThat(texts(ShippedSet.with(
                        "takedown.bpmn", "${reminderDueAt}</bpmn:timeDate>", "${removalDueAt}</bpmn:timeDate>")))
                .isNotEmpty()
                .allMatch(text -> text.contains("timer, at “${reminderDueAt}” → “${removalDueAt}”"));
    }

    @Test
    void keepsSilentAboutHowAFileIsWritten() {
        ModelFile table = shipped.file("approval-rule.dmn").orElseThrow();
        ModelSet rewritten =
                shipped.with(new ModelFile(table.name(), table.text().replaceAll(">\\s+<", ">\n<")));

        assertThat(comparison.compare(shipped, rewritten))
                .singleElement()
                .satisfies(change -> assertThat(change.kind()).isEqualTo(Change.Kind.MOVED))
                .satisfies(change -> assertThat(change.text()).endsWith("means the same"));
    }

    @Test
    void tellsWhatIsOnlyDrawnElsewhere() {
        ModelFile model = shipped.file("review.bpmn").orElseThrow();
        java.util.regex.Matcher shape = java.util.regex.Pattern.compile(
                        "(bpmnElement=\"Task_DecideReview\"[^>]*>\\s*<dc:Bounds x=\")([0-9.]+)")
                .matcher(model.text());
        assertThat(shape.find()).isTrue();

        List<Change> changes =
                comparison.compare(shipped, shipped.with(new ModelFile(model.name(), shape.replaceFirst("$11$2"))));

        assertThat(changes).extracting(Change::kind).containsExactly(Change.Kind.MOVED);
        assertThat(changes.get(0).text()).isEqualTo("Drawn elsewhere: task for people “Decide review”");
    }

    @Test
    void tellsOfFormsAndWholeFiles() {
        assertThat(texts(ShippedSet.with(
                        "verify-content.form", "\"label\": \"Verdict\"", "\"label\": \"Your verdict\"")))
                .containsExactly("Field “Your verdict”: label “Verdict” → “Your verdict”");
        assertThat(texts(shipped.without("verify-content.form"))).containsExactly("Taken out: verify-content.form");
    }

    @Test
    void saysNothingWhereNothingDiffers() {
        assertThat(comparison.compare(shipped, shipped)).isEmpty();
    }

    private List<String> texts(ModelSet after) {
        return comparison.compare(shipped, after).stream().map(Change::text).toList();
    }

    private static String row(String rule, String period) {
        String id = rule.replace("Rule_", "OutputEntry_") + "_period";
        return "<outputEntry id=\"" + id + "\"><text>" + period + "</text>";
    }

    private ModelSet without(String element, String id) {
        ModelFile model = shipped.file("takedown.bpmn").orElseThrow();
        String text = model.text();
        String flow =
                text.replaceAll("(?s)^.*<bpmn:" + element + " id=\"" + id + "\".*?<bpmn:outgoing>(\\w+)<.*$", "$1");
        String less = text.replaceFirst("(?s)<bpmn:" + element + " id=\"" + id + "\".*?</bpmn:" + element + ">", "")
                .replaceFirst("<bpmn:sequenceFlow id=\"" + flow + "\"[^>]*/>", "");
        return shipped.with(new ModelFile(model.name(), less));
    }
}
