package org.takedownhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.FileSystemUtils;
import org.takedownhub.HubProgram.Answer;
import org.takedownhub.audit.AuditChains;

/**
 * The real program, halted without warning and started again on what it left on the disk. One story, because every
 * start takes its time: what was acknowledged is there, what may have been sent is not sent again, what is due is done.
 */
@BesideOthers
class KillTest {

    /** Less than the time for which a job stays locked, so that a lock of the dead program would be noticed. */
    private static final Duration PATIENCE = Duration.ofSeconds(50);

    private static final Path FOLDER = Path.of("target", "kill-test");
    private static final String CASEWORKER = "caseworker1";
    private static final int FLAGS = 8;

    private final HubProgram hub = new HubProgram(
            FOLDER.toAbsolutePath(),
            // A day passes in eight seconds, and the watch looks accordingly often.
            "--takedown.clock.speed=10800",
            "--takedown.training.requests-per-five-minutes=100000");

    private final Map<String, String> acknowledged = new HashMap<>();

    @BeforeEach
    void startAfresh() throws IOException {
        FileSystemUtils.deleteRecursively(FOLDER);
        hub.start();
    }

    @AfterEach
    void halt() throws InterruptedException {
        hub.close();
    }

    @Test
    void losesNothingAndRepeatsNothingHoweverOftenItIsKilled() throws Exception {
        Post ignored = post("IGNORES");
        Post held = post("TIMES_OUT");
        String escalating = flag(ignored);
        verify(escalating);
        eventually().until(() -> reports(ignored).size() == 1);
        String uncertain = flag(held);
        verify(uncertain);
        // The platform has taken the report and keeps the hub waiting for the answer.
        eventually().until(() -> reports(held).size() == 1);
        flagManyAtOnce();

        // Killed right after the last flag was acknowledged, while a referral was being sent.
        hub.kill();
        hub.start();

        for (String reference : acknowledged.values()) {
            assertThat(hub.get(CASEWORKER, "/api/v1/cases/" + reference).status())
                    .isEqualTo(200);
            eventually()
                    .untilAsserted(
                            () -> assertThat(state(reference)).as(reference).isNotEqualTo("FLAGGED"));
        }
        eventually().untilAsserted(() -> assertThat(tasks(uncertain)).containsExactly("Task_ResolveUncertainReferral"));
        assertThat(reports(held)).hasSize(1);
        eventually()
                .untilAsserted(() ->
                        assertThat(openCase(escalating).get("rung").asInt()).isGreaterThanOrEqualTo(2));

        Post alsoIgnored = post("IGNORES");
        String due = flag(alsoIgnored);
        verify(due);
        eventually().until(() -> openCase(due).hasNonNull("removalDueAt"));
        Instant deadline = Instant.parse(openCase(due).get("removalDueAt").asText());
        await().atMost(PATIENCE).until(() -> Instant.now().isAfter(deadline.minusMillis(300)));

        // Killed just before one deadline, and between two rungs of another case.
        int rung = openCase(escalating).get("rung").asInt();
        hub.kill();
        hub.start();

        eventually().untilAsserted(() -> assertThat(openCase(due).get("rung").asInt())
                .isPositive());
        eventually()
                .untilAsserted(() ->
                        assertThat(openCase(escalating).get("rung").asInt()).isGreaterThan(rung));
        eventually().untilAsserted(() -> assertThat(reports(alsoIgnored)).hasSizeGreaterThan(1));
        assertThat(reports(held)).hasSize(1);
        assertThat(reports(ignored)).doesNotHaveDuplicates();
        assertThat(reports(alsoIgnored)).doesNotHaveDuplicates();

        hub.kill();
        leavesItsBooksInOrder(uncertain, List.of(escalating, due));
    }

    /** What stands on the disk after the last kill. */
    private void leavesItsBooksInOrder(String uncertain, List<String> escalated) {
        DriverManagerDataSource database = new DriverManagerDataSource(hub.database());
        JdbcClient jdbc = JdbcClient.create(database);
        assertThat(jdbc.sql("select flag_id from flag").query(String.class).list())
                .containsExactlyInAnyOrderElementsOf(acknowledged.keySet());
        assertThat(jdbc.sql("select business_key_ from act_hi_procinst where proc_def_key_ = 'takedown'")
                        .query(String.class)
                        .list())
                .containsExactlyInAnyOrderElementsOf(acknowledged.values());
        assertThat(jdbc.sql("select count(*) from takedown_case")
                        .query(Integer.class)
                        .single())
                .isEqualTo(acknowledged.size());
        assertThat(jdbc.sql("select state from submission where case_reference = ?")
                        .params(uncertain)
                        .query(String.class)
                        .list())
                .containsExactly("UNCERTAIN");
        for (String reference : escalated) {
            List<Integer> rungs = jdbc.sql("select rung from rung where case_reference = ? order by rung")
                    .params(reference)
                    .query(Integer.class)
                    .list();
            assertThat(rungs)
                    .isNotEmpty()
                    .isEqualTo(IntStream.rangeClosed(1, rungs.size()).boxed().toList());
            assertThat(count(
                            jdbc,
                            "select count(*) from audit_entry where action = 'escalation.climbed' and stream = ?",
                            reference))
                    .isEqualTo(rungs.size());
            assertThat(count(
                            jdbc,
                            "select count(*) from clock_entry where event = 'MISSED' and case_reference = ?",
                            reference))
                    .isEqualTo(1);
        }
        assertThat(jdbc.sql("select activity_id_ from act_ru_incident")
                        .query(String.class)
                        .list())
                .isEmpty();
        assertThat(jdbc.sql("select handler_cfg_ from act_ru_job where retries_ = 0")
                        .query(String.class)
                        .list())
                .isEmpty();
        assertThat(AuditChains.broken(database)).isEmpty();
    }

    private static int count(JdbcClient jdbc, String query, String reference) {
        return jdbc.sql(query).params(reference).query(Integer.class).single();
    }

    private record Post(String id, String url) {}

    private Post post(String behaviour) {
        Answer answer = hub.postTraining(
                "/training/posts", Map.of("author", "somebody", "text", "Says bad things", "behaviour", behaviour));
        assertThat(answer.status()).isEqualTo(201);
        return new Post(
                answer.body().get("id").asText(), answer.body().get("url").asText());
    }

    /** Flags a post; what is acknowledged here must be there at the end. */
    private String flag(Post post) {
        Answer answer = hub.post(
                CASEWORKER,
                "/api/v1/flags",
                Map.of("url", post.url(), "reason", "Threatens somebody", "category", "THREAT"));
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(201);
        String reference = answer.body().get("caseReference").asText();
        synchronized (acknowledged) {
            acknowledged.put(answer.body().get("flagId").asText(), reference);
        }
        return reference;
    }

    private void flagManyAtOnce() throws InterruptedException, ExecutionException {
        ExecutorService people = Executors.newFixedThreadPool(4);
        try {
            List<Callable<String>> flags = new ArrayList<>();
            for (int i = 0; i < FLAGS; i++) {
                Post post = post("IGNORES");
                flags.add(() -> flag(post));
            }
            for (Future<String> flag : people.invokeAll(flags)) {
                flag.get();
            }
        } finally {
            people.shutdownNow();
        }
    }

    private void verify(String reference) {
        eventually().until(() -> tasks(reference).contains("Task_VerifyContent"));
        JsonNode task = hub.get(CASEWORKER, "/engine-rest/task?processInstanceBusinessKey=" + reference)
                .body()
                .get(0);
        Answer answer = hub.post(
                CASEWORKER,
                "/engine-rest/task/" + task.get("id").asText() + "/complete",
                HubProgram.variables(Map.of(
                        "verdict",
                        "UNLAWFUL",
                        "category",
                        "THREAT",
                        "offence",
                        "OAPA_1861_S16",
                        "reasons",
                        "Because of what it says.",
                        "threatToLife",
                        false,
                        "childVisible",
                        false,
                        "artisticContext",
                        "NONE")));
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(204);
        hub.clear(reference);
    }

    private JsonNode openCase(String reference) {
        return hub.get(CASEWORKER, "/api/v1/cases/" + reference).body();
    }

    private String state(String reference) {
        return openCase(reference).get("state").asText();
    }

    private List<String> tasks(String reference) {
        return hub.get(CASEWORKER, "/engine-rest/task?processInstanceBusinessKey=" + reference)
                .body()
                .findValuesAsText("taskDefinitionKey");
    }

    /** What the platform got about a post, word for word. */
    private List<String> reports(Post post) {
        List<String> comments = new ArrayList<>();
        for (JsonNode report : hub.getTraining("/training/reports").body()) {
            for (JsonNode status : report.get("statusIds")) {
                if (status.asText().equals(post.id())) {
                    comments.add(report.get("comment").asText());
                }
            }
        }
        return comments;
    }

    private static ConditionFactory eventually() {
        return await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100));
    }
}
