package org.takedownhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.takedownhub.HubProgram.Answer;

/**
 * Flagged to removed, and flagged to the end of the ladder, through Tasklist in a real browser, against the real
 * program in a JVM of its own: the engine keeps its clock and its name once per JVM. Pictures of every page are in
 * {@code target/screenshots}.
 */
@BesideOthers
class TakedownJourneyTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final DateTimeFormatter ENGINE_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXX");
    private static final String CASEWORKER = "caseworker1";

    @TempDir
    static Path folder;

    private static HubProgram hub;
    private static Tasklist tasklist;

    @BeforeAll
    static void start() throws IOException {
        List<Path> missing = Stream.of(Tasklist.BROWSER, Tasklist.DRIVER)
                .filter(Files::notExists)
                .toList();
        if ("true".equals(System.getenv("CI"))) {
            assertThat(missing)
                    .as("what the journey needs and is not installed")
                    .isEmpty();
        }
        assumeTrue(missing.isEmpty(), "Not installed: " + missing);
        hub = new HubProgram(
                folder.resolve("hub"),
                // A day passes in forty seconds: long enough to find an escalated case on the last rung of its ladder.
                "--takedown.clock.speed=2160",
                "--takedown.training.requests-per-five-minutes=100000");
        hub.start();
        tasklist = new Tasklist(hub.address(), folder.resolve("browser"));
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (tasklist != null) {
            tasklist.close();
        }
        if (hub != null) {
            hub.close();
        }
    }

    @BeforeEach
    void signIn() {
        tasklist.signIn(CASEWORKER, hub.password());
    }

    /** Every journey begins with an empty desk. */
    @AfterEach
    void leaveNothingToVerify() {
        for (JsonNode task : openVerifications()) {
            Answer answer = hub.post(
                    CASEWORKER,
                    "/engine-rest/task/" + task.get("id").asText() + "/complete",
                    HubProgram.variables(Map.of(
                            "verdict", "LAWFUL", "category", "OTHER", "reasons", "Put away after the journey.")));
            assertThat(answer.status()).as(answer.body().toString()).isEqualTo(204);
        }
    }

    @Test
    void takesContentDownThatThePlatformRemovesWhenAsked() {
        String later = flag("IGNORES", "OTHER", false);
        String first = flag("OBEDIENT", "THREAT", false);
        untilOnDesk(2);

        assertThat(tasklist.queues())
                .containsExactly(
                        "Overdue now", "Due next 4 hours", "My tasks", "To pick up", "Crisis", "Escalated", "All open");
        tasklist.openQueue("To pick up");
        List<Map<String, String>> cards = tasklist.cards(2);
        tasklist.picture("to-pick-up");
        assertThat(cards).extracting(card -> card.get("Case")).containsExactlyElementsOf(bySoonestDeadline());
        assertThat(cards).extracting(card -> card.get("Case")).containsExactlyInAnyOrder(first, later);
        assertThat(cards).allSatisfy(card -> {
            assertThat(card).containsEntry("Platform", "training").containsKey("Category");
            assertThat(card.get("Deadline")).matches("\\d+ \\w+ \\d{4} at \\d\\d:\\d\\d");
        });
        offersOnlyWhatCaseworkersMayDo();

        tasklist.openCard(first);
        tasklist.picture("verify-unclaimed");
        tasklist.claim();
        assertThat(tasklist.shown("Address, not clickable").getText()).startsWith("hxxp://localhost:");
        assertThat(tasklist.shown("Address, not clickable").findElements(By.tagName("a")))
                .isEmpty();
        assertThat(tasklist.shown("Content guide suggests").getText()).startsWith("Unlawful. Threats to kill:");
        assertThat(tasklist.shown("Source of the suggestion").getText())
                .startsWith("Offences against the Person Act 1861 s.16");
        assertThat(tasklist.see(By.cssSelector(".fjs-powered-by-link")).getDomAttribute("href"))
                .isEqualTo("https://bpmn.io");
        tasklist.openTab("Diagram");
        tasklist.see(By.cssSelector("[cam-widget-bpmn-viewer] .bjs-powered-by"));
        tasklist.picture("diagram");
        tasklist.openTab("Form");
        verifyAsThreat();
        tasklist.picture("verify-filled-in");
        tasklist.press("Complete");
        tasklist.seeNoMore(By.cssSelector(".task-details .fjs-form"));
        answersAsAForce(first);

        eventually().untilAsserted(() -> assertThat(file(first).path("outcome").asText())
                .isEqualTo("REMOVED"));
        eventually().untilAsserted(() -> assertThat(file(first).path("state").asText())
                .isEqualTo("WATCHING"));
        tasklist.open("/cases/" + first);
        assertThat(tasklist.text()).contains(first, "Removed", "Platform").doesNotContain("http://");
        tasklist.picture("case-removed");
    }

    @Test
    void escalatesWhileNobodyIsSignedIn() {
        String reference = flag("IGNORES", "THREAT", true);
        untilOnDesk(1);
        tasklist.openQueue("To pick up");
        tasklist.openCard(reference);
        tasklist.claim();
        verifyAsThreat();
        tasklist.press("Complete");
        tasklist.seeNoMore(By.cssSelector(".task-details .fjs-form"));
        hub.clear(reference);
        tasklist.signOut();
        tasklist.picture("signed-out");

        eventually().untilAsserted(() -> {
            JsonNode file = file(reference);
            assertThat(file.path("state").asText()).isEqualTo("ESCALATED");
            assertThat(file.path("rung").asInt()).isPositive();
        });
        tasklist.signIn("duty", hub.password());
        tasklist.openQueue("Escalated");
        tasklist.openCard(reference);
        tasklist.picture("escalated");
        tasklist.signOut();

        eventually()
                .untilAsserted(() ->
                        assertThat(file(reference).path("outcome").asText()).isEqualTo("NOT_REMOVED"));
        assertThat(file(reference).path("rung").asInt()).isEqualTo(5);
        tasklist.signIn(CASEWORKER, hub.password());
        tasklist.open("/cases/" + reference);
        assertThat(tasklist.text()).contains("Not removed", "Online safety regulator");
        tasklist.picture("case-not-removed");
    }

    @Test
    void opensALinkedCaseForRemovedContentThatComesBack() {
        String first = flag("RETURNS", "THREAT", false);
        untilOnDesk(1);
        Answer verified = hub.post(
                CASEWORKER,
                "/engine-rest/task/" + openVerifications().get(0).get("id").asText() + "/complete",
                HubProgram.variables(Map.of(
                        "verdict",
                        "UNLAWFUL",
                        "category",
                        "THREAT",
                        "offence",
                        "OAPA_1861_S16",
                        "reasons",
                        "Names a boy and says that he will be stabbed.")));
        assertThat(verified.status()).as(verified.body().toString()).isEqualTo(204);
        hub.clear(first);
        eventually().untilAsserted(() -> assertThat(file(first).path("outcome").asText())
                .isEqualTo("REMOVED"));
        eventually().untilAsserted(() -> assertThat(file(first).path("returns")).hasSize(2));

        String second = file(first).path("returns").get(1).asText();
        hub.clear(second);
        eventually()
                .untilAsserted(() -> assertThat(file(second).path("notices")).hasSize(1));
        assertThat(file(second).path("verdict").asText()).isEqualTo("UNLAWFUL");
        assertThat(file(second).path("account").path("strikes").asInt()).isGreaterThanOrEqualTo(2);
        assertThat(openVerifications()).isEmpty();
        tasklist.open("/cases/" + second);
        assertThat(tasklist.text()).contains("keeps coming back", first);
        tasklist.picture("case-returned");
    }

    @Test
    void namesTheMissingValueAndKeepsWhatWasEntered() {
        String reference = flag("IGNORES", "GRAPHIC_VIOLENCE", false);
        untilOnDesk(1);
        tasklist.openQueue("To pick up");
        tasklist.openCard(reference);
        tasklist.claim();
        tasklist.fillIn("Language of the content", "cy");
        tasklist.choose("Lawful: leave it alone");
        tasklist.press("Complete");
        assertThat(tasklist.complaint("Reasons")).isEqualTo("Field is required.");
        tasklist.picture("verify-missing");

        // Blanks are enough for the form; the hub says that they are not.
        tasklist.fillIn("Reasons", "   ");
        tasklist.press("Complete");
        assertThat(tasklist.message("reasons")).contains("reasons: is missing");
        tasklist.picture("verify-refused");
        assertThat(tasklist.entered("Language of the content")).isEqualTo("cy");
        assertThat(tasklist.isChosen("Lawful: leave it alone")).isTrue();
        assertThat(openVerifications()).hasSize(1);

        tasklist.fillIn("Reasons", "A scene of a film that has been shown in cinemas.");
        tasklist.press("Complete");
        tasklist.seeNoMore(By.cssSelector(".task-details .fjs-form"));
        eventually()
                .untilAsserted(() ->
                        assertThat(file(reference).path("outcome").asText()).isEqualTo("NOT_REFERRED"));
    }

    @Test
    void flagsContentFromTasklist() {
        String url = post("IGNORES");
        tasklist.startProcess();
        tasklist.picture("flag-content");
        tasklist.fillIn("Address of the content", "not an address");
        tasklist.fillIn("Why it is flagged", "Shows a machete and says who is to be next.");
        tasklist.choose("Category", "Intimidation of a witness or victim");
        tasklist.press("Start");
        assertThat(tasklist.message("url")).contains("url:");
        tasklist.picture("flag-refused");
        assertThat(tasklist.entered("Why it is flagged")).startsWith("Shows a machete");

        tasklist.fillIn("Address of the content", url);
        tasklist.press("Start");
        tasklist.seeNoMore(By.cssSelector(".modal .fjs-form"));
        untilOnDesk(1);
        tasklist.openQueue("To pick up");
        Map<String, String> card = tasklist.cards(1).get(0);
        assertThat(card).containsEntry("Category", "INTIMIDATION");
        assertThat(file(card.get("Case")).path("url").asText()).isEqualTo(url);
    }

    private void offersOnlyWhatCaseworkersMayDo() {
        assertThat(tasklist.sees(".ce-eol-banner")).as("the maker's notice").isFalse();
        assertThat(tasklist.sees(".task-filter .actions")).as("a pencil").isFalse();
        assertThat(tasklist.sees("[ng-click^='openModal']")).as("a new queue").isFalse();
        assertThat(tasklist.sees(".create-task-action"))
                .as("a task of one's own")
                .isFalse();
        assertThat(tasklist.statusOf(
                        "POST",
                        "/camunda/api/engine/engine/default/filter/create",
                        "{\"name\":\"Mine\",\"resourceType\":\"Task\",\"query\":{},\"properties\":{}}"))
                .isEqualTo(403);
    }

    private void verifyAsThreat() {
        tasklist.fillIn("Reasons", "Names a boy and says that he will be stabbed; he is meant to read it.");
        tasklist.choose("Unlawful: an offence is made out");
        tasklist.choose("Offence", "section 16: threats to kill");
    }

    private static String post(String behaviour) {
        Answer answer = hub.postTraining(
                "/training/posts",
                Map.of(
                        "author",
                        "ghost",
                        "text",
                        "You are next and you know it",
                        "behaviour",
                        behaviour,
                        "afterSeconds",
                        15));
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(201);
        return answer.body().get("url").asText();
    }

    private static String flag(String behaviour, String category, boolean threatToLife) {
        Map<String, Object> flag = new HashMap<>();
        flag.put("url", post(behaviour));
        flag.put("reason", "Names a boy from the estate and says that he will be stabbed.");
        flag.put("category", category);
        flag.put("threatToLife", threatToLife);
        Answer answer = hub.post(CASEWORKER, "/api/v1/flags", flag);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(201);
        return answer.body().get("caseReference").asText();
    }

    private static JsonNode file(String reference) {
        return hub.get(CASEWORKER, "/api/v1/cases/" + reference).body();
    }

    private static void untilOnDesk(int count) {
        eventually().until(() -> openVerifications().size() == count);
    }

    /** One force answers in Tasklist, where it sees its question and nothing else of the case; the other by program. */
    private static void answersAsAForce(String reference) {
        tasklist.signOut();
        tasklist.signIn("force-north", hub.password());
        // The card of a force says nothing of the case, so the question is opened by its address.
        tasklist.openTask(hub.get(
                        "force-north",
                        "/engine-rest/task?taskDefinitionKey=Task_AnswerDeconfliction&processInstanceBusinessKey="
                                + reference)
                .body()
                .path(0)
                .path("id")
                .asText());
        tasklist.claim();
        assertThat(tasklist.shown("Answer before").getText()).contains("in London");
        tasklist.choose("Yes: no interest");
        tasklist.picture("answer-deconfliction");
        tasklist.press("Complete");
        tasklist.seeNoMore(By.cssSelector(".task-details .fjs-form"));
        assertThat(hub.get("force-north", "/api/v1/cases/" + reference).status())
                .isEqualTo(403);
        tasklist.signOut();
        tasklist.signIn(CASEWORKER, hub.password());
        hub.clear(reference, List.of("force-south"));
    }

    private static List<JsonNode> openVerifications() {
        List<JsonNode> tasks = new ArrayList<>();
        hub.get(CASEWORKER, "/engine-rest/task?taskDefinitionKey=Task_VerifyContent")
                .body()
                .forEach(tasks::add);
        return tasks;
    }

    private static List<String> bySoonestDeadline() {
        return openVerifications().stream()
                .sorted(Comparator.comparing(
                        task -> OffsetDateTime.parse(task.get("due").asText(), ENGINE_TIME)))
                .map(task -> caseOf(task.get("processInstanceId").asText()))
                .toList();
    }

    private static String caseOf(String processInstance) {
        return hub.get(CASEWORKER, "/engine-rest/process-instance/" + processInstance)
                .body()
                .get("businessKey")
                .asText();
    }

    private static ConditionFactory eventually() {
        return await().atMost(PATIENCE).pollInterval(Duration.ofMillis(150));
    }
}
