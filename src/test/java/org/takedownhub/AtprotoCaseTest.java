package org.takedownhub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.FileSystemUtils;
import org.takedownhub.HubProgram.Answer;
import org.takedownhub.platform.atproto.AtProtocolPeer;
import org.takedownhub.platform.atproto.AtProtocolPeer.Account;
import org.takedownhub.platform.atproto.AtProtocolPeer.Post;

/** Whole cases against a real moderation service: the real program here, a real PDS and Ozone there. */
@BesideOthers
class AtprotoCaseTest {

    @RegisterExtension
    static final AtProtocolPeer PEER = new AtProtocolPeer();

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Path FOLDER = Path.of("target", "atproto-case-test");
    private static final String CASEWORKER = "caseworker1";

    private HubProgram hub;
    private Account author;

    @BeforeEach
    void startAfresh() throws IOException {
        Account reporter = PEER.createAccount("hub");
        author = PEER.createAccount("author");
        hub = new HubProgram(
                FOLDER.toAbsolutePath(),
                // A day passes in sixteen seconds: long enough for moderators to act within the deadline.
                "--takedown.clock.speed=5400",
                "--takedown.platforms.bluesky.enabled=true",
                "--takedown.platforms.bluesky.base-url=" + PEER.pds(),
                "--takedown.platforms.bluesky.identifier=" + reporter.handle(),
                "--takedown.platforms.bluesky.secret=file:" + PEER.passwordFile(reporter),
                "--takedown.platforms.bluesky.labeler=" + PEER.labeler(),
                "--takedown.platforms.bluesky.labeler-url=" + PEER.ozone(),
                "--takedown.platforms.bluesky.options.plc-url=" + PEER.plc(),
                "--takedown.platforms.bluesky.options.requests-per-minute=100000");
        FileSystemUtils.deleteRecursively(FOLDER);
        hub.start();
    }

    @AfterEach
    void halt() throws InterruptedException {
        hub.close();
    }

    @Test
    void aTakedownThereSettlesOurCaseAndAnAcknowledgementWithoutActionDoesNot() throws InterruptedException {
        Post removed = PEER.createPost(author, "A threat that is taken down");
        Post acknowledged = PEER.createPost(author, "A threat that moderators find harmless");
        String settled = flag(removed);
        String open = flag(acknowledged);
        verify(settled);
        verify(open);
        arrives(removed, settled);
        arrives(acknowledged, open);

        PEER.takeDown(removed);
        PEER.acknowledge(acknowledged);

        eventually()
                .untilAsserted(() ->
                        assertThat(openCase(settled).path("outcome").asText()).isEqualTo("REMOVED"));
        assertThat(openCase(settled).path("removedBy").asText()).isEqualTo("PLATFORM");
        // The deadline passes and the ladder is climbed, as if nobody had answered.
        eventually().untilAsserted(() -> assertThat(openCase(open).path("rung").asInt())
                .isPositive());
        assertThat(openCase(open).hasNonNull("outcome")).isFalse();
        assertThat(PEER.reviewStatus(acknowledged.uri())
                        .orElseThrow()
                        .path("takendown")
                        .asBoolean())
                .isFalse();

        hub.kill();
        assertThat(looks(open)).isNotEmpty().containsOnly("AVAILABLE");
        assertThat(looks(settled)).contains("REMOVED_BY_PLATFORM");
    }

    /** The report about a post as its moderators read it, with our case reference and nobody's name. */
    private void arrives(Post post, String reference) {
        eventually().untilAsserted(() -> {
            List<JsonNode> reports = PEER.reports(post.uri());
            assertThat(reports).isNotEmpty();
            assertThat(reports.get(0).at("/modTool/meta/reference").asText()).isEqualTo(reference);
            assertThat(reports.get(0).toString()).doesNotContain(CASEWORKER);
        });
    }

    private String flag(Post post) {
        Answer answer = hub.post(
                CASEWORKER,
                "/api/v1/flags",
                Map.of("url", post.page().toString(), "reason", "Threatens somebody", "category", "THREAT"));
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(201);
        return answer.body().get("caseReference").asText();
    }

    private void verify(String reference) {
        eventually()
                .until(() ->
                        tasks(reference).findValuesAsText("taskDefinitionKey").contains("Task_VerifyContent"));
        Answer answer = hub.post(
                CASEWORKER,
                "/engine-rest/task/" + tasks(reference).get(0).get("id").asText() + "/complete",
                HubProgram.variables(Map.of(
                        "verdict", "UNLAWFUL",
                        "category", "THREAT",
                        "offence", "OAPA_1861_S16",
                        "reasons", "Because of what it says.",
                        "threatToLife", false,
                        "childVisible", false,
                        "artisticContext", "NONE")));
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(204);
        hub.clear(reference);
    }

    private JsonNode tasks(String reference) {
        return hub.get(CASEWORKER, "/engine-rest/task?processInstanceBusinessKey=" + reference)
                .body();
    }

    private JsonNode openCase(String reference) {
        return hub.get(CASEWORKER, "/api/v1/cases/" + reference).body();
    }

    /** What the watch wrote down about a case, from the disk of the hub once it is dead. */
    private List<String> looks(String reference) {
        return JdbcClient.create(new DriverManagerDataSource(hub.database()))
                .sql("select availability from observation where case_reference = ?")
                .params(reference)
                .query(String.class)
                .list();
    }

    private static ConditionFactory eventually() {
        return Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100));
    }
}
