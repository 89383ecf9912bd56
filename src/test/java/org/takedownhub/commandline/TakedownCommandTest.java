package org.takedownhub.commandline;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The command line against a hub that answers as the API documents. */
class TakedownCommandTest {

    @RegisterExtension
    static final WireMockExtension HUB =
            WireMockExtension.newInstance().options(options().dynamicPort()).build();

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    private Path model;

    @BeforeEach
    void write() throws IOException {
        model = Files.writeString(folder.resolve("takedown.bpmn"), "<definitions/>");
    }

    @Test
    void endsWithOneWhenTheLintFindsAnError() throws JsonProcessingException {
        HUB.stubFor(post("/api/v1/models/lint")
                .withBasicAuth("manager1", "secret")
                .withRequestBody(matchingJsonPath("$.files[0].name", equalTo("takedown.bpmn")))
                .withRequestBody(matchingJsonPath("$.moved.Task_A", equalTo("Task_B")))
                .willReturn(jsonResponse("{\"findings\":[{\"rule\":\"no-diagram\"}],\"errors\":1,\"advice\":0}", 200)));

        assertThat(run("lint", model.toString(), "--moved", "Task_A=Task_B")).isEqualTo(1);
        assertThat(new ObjectMapper()
                        .readTree(out.toString())
                        .at("/findings/0/rule")
                        .asText())
                .isEqualTo("no-diagram");
    }

    @Test
    void endsWithNoughtWhenTheLintFindsAdviceOnly() {
        HUB.stubFor(post("/api/v1/models/lint")
                .willReturn(jsonResponse("{\"findings\":[{}],\"errors\":0,\"advice\":1}", 200)));

        assertThat(run("lint", model.toString())).isZero();
    }

    @Test
    void comparesFilesAndRequests() {
        HUB.stubFor(post("/api/v1/models/compare").willReturn(jsonResponse("{\"changes\":[]}", 200)));
        HUB.stubFor(get("/api/v1/change-requests/CR-000017/comparison")
                .willReturn(jsonResponse("{\"changes\":[{\"text\":\"Added\"}]}", 200)));

        assertThat(run("compare", model.toString())).isZero();
        assertThat(run("compare", "--change", "CR-000017")).isZero();
        assertThat(out.toString()).contains("Added");
    }

    @Test
    void waitsForAReplay() {
        HUB.stubFor(post("/api/v1/change-requests/CR-000017/replays")
                .willReturn(jsonResponse("{\"id\":3,\"state\":\"RUNNING\"}", 202)));
        HUB.stubFor(get("/api/v1/change-requests/CR-000017/replays/3")
                .inScenario("replay")
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("over")
                .willReturn(jsonResponse("{\"id\":3,\"state\":\"DONE\",\"changed\":12}", 200)));

        assertThat(run("replay", "--change", "CR-000017", "--limit", "100")).isZero();
        assertThat(out.toString()).contains("\"changed\" : 12");
        HUB.verify(postRequestedFor(urlEqualTo("/api/v1/change-requests/CR-000017/replays"))
                .withRequestBody(matchingJsonPath("$.limit", equalTo("100"))));
    }

    @Test
    void submitsWhatItDeploysAndApprovesAsAnother() {
        HUB.stubFor(post("/api/v1/change-requests")
                .willReturn(jsonResponse("{\"reference\":\"CR-000018\",\"revision\":2}", 201)));
        HUB.stubFor(post("/api/v1/change-requests/CR-000018/submission")
                .withRequestBody(matchingJsonPath("$.revision", equalTo("2")))
                .willReturn(jsonResponse("{\"reference\":\"CR-000018\",\"state\":\"SUBMITTED\"}", 200)));
        HUB.stubFor(get("/api/v1/change-requests/CR-000018").willReturn(jsonResponse("{\"revision\":3}", 200)));
        HUB.stubFor(post("/api/v1/change-requests/CR-000018/approval")
                .withRequestBody(matchingJsonPath("$.revision", equalTo("3")))
                .willReturn(jsonResponse("{\"state\":\"PUBLISHED\"}", 200)));

        assertThat(run("deploy", model.toString(), "--title", "Less time", "--reason", "The meeting"))
                .isZero();
        assertThat(out.toString()).contains("SUBMITTED");
        assertThat(run("deploy", "--approve", "CR-000018", "--reason", "Agreed"))
                .isZero();
        assertThat(out.toString()).contains("PUBLISHED");
    }

    @Test
    void rollsBackToTheSetBeforeTheLiveOne() {
        HUB.stubFor(get("/api/v1/models/sets")
                .willReturn(jsonResponse("{\"items\":[{\"id\":\"live\"},{\"id\":\"earlier\"}]}", 200)));
        HUB.stubFor(post("/api/v1/models/sets/earlier/rollback")
                .willReturn(jsonResponse("{\"reference\":\"CR-000019\",\"revision\":2}", 201)));
        HUB.stubFor(post("/api/v1/change-requests/CR-000019/submission")
                .willReturn(jsonResponse("{\"state\":\"SUBMITTED\"}", 200)));

        assertThat(run("rollback", "--reason", "Too fast")).isZero();
        assertThat(out.toString()).contains("SUBMITTED");
    }

    @Test
    void tellsEachKindOfNoByItsExitCode() {
        HUB.stubFor(post("/api/v1/change-requests")
                .willReturn(jsonResponse("{\"findings\":[{\"rule\":\"not-allowed\"}]}", 422)));
        HUB.stubFor(get("/api/v1/change-requests/CR-000020").willReturn(jsonResponse("{\"revision\":3}", 200)));
        HUB.stubFor(post("/api/v1/change-requests/CR-000020/approval").willReturn(jsonResponse("{}", 409)));
        HUB.stubFor(get("/api/v1/change-requests/CR-000021/comparison").willReturn(jsonResponse("{}", 403)));

        assertThat(run("deploy", model.toString(), "--title", "Less", "--reason", "Why"))
                .isEqualTo(1);
        assertThat(out.toString()).contains("not-allowed");
        assertThat(run("deploy", "--approve", "CR-000020", "--reason", "Agreed"))
                .isEqualTo(4);
        assertThat(run("compare", "--change", "CR-000021")).isEqualTo(3);
        assertThat(run("compare", "--change", "../cases")).isEqualTo(2);
        assertThat(run("deploy", "--reason", "Why")).isEqualTo(2);
        assertThat(run("lint")).isEqualTo(2);
        assertThat(run("lint", folder.resolve("missing.bpmn").toString())).isEqualTo(3);
        assertThat(err.toString()).contains("There is no file");
    }

    @Test
    void keepsCredentialsFromThePrintAndFromOpenConnections() {
        HUB.stubFor(get("/api/v1/change-requests/CR-000022/comparison")
                .willReturn(aResponse().withStatus(200).withBody("<html>")));

        assertThat(run("compare", "--change", "CR-000022")).isEqualTo(3);
        assertThat(runAt("http://hub.example", "compare", "--change", "CR-000022"))
                .isEqualTo(3);
        assertThat(err.toString()).contains("https://").doesNotContain("secret");
        assertThat(out.toString()).doesNotContain("secret");
        assertThat(TakedownCommand.run(
                        new String[] {"models", "compare", "--change", "CR-000022"},
                        Map.of(),
                        new PrintWriter(out),
                        new PrintWriter(err)))
                .isEqualTo(3);
    }

    private int run(String... arguments) {
        return runAt(HUB.baseUrl(), arguments);
    }

    private int runAt(String url, String... arguments) {
        String[] all = new String[arguments.length + 4];
        all[0] = "models";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[arguments.length + 1] = "--url=" + url;
        all[arguments.length + 2] = "--user";
        all[arguments.length + 3] = "manager1";
        return TakedownCommand.run(
                all, Map.of("TAKEDOWN_PASSWORD", "secret"), new PrintWriter(out), new PrintWriter(err));
    }
}
