package org.takedownhub.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.takedownhub.Http;
import org.takedownhub.Http.Answer;
import org.takedownhub.HubWebTest;

@HubWebTest
class ProblemDocumentTest {

    private static final String PROBE = "/api/v1/probe";

    @Autowired
    private Http http;

    @Test
    void asksAStrangerToSignIn() {
        Answer answer = http.send(http.anonymously("/api/v1/cases"));

        assertProblem(answer, 401, "unauthenticated");
        assertThat(answer.header("WWW-Authenticate")).startsWith("Basic ");
    }

    @Test
    void refusesWrongPasswordsAlike() {
        Answer answer = http.send(http.anonymously("/api/v1/cases").header("Authorization", "Basic eDp5"));

        assertProblem(answer, 401, "unauthenticated");
    }

    @Test
    void saysThatSomethingIsNotAllowed() {
        assertProblem(http.get("/api/v1/probe/forbidden"), 403, "forbidden");
    }

    @Test
    void saysThatNothingIsThere() {
        assertProblem(http.get("/api/v1/no/such/thing"), 404, "not-found");
    }

    @Test
    void namesTheMethodsThatAreTaken() {
        Answer answer = http.send(http.to("/api/v1/flags").DELETE());

        assertProblem(answer, 405, "method-not-allowed");
        assertThat(answer.header("Allow")).contains("POST");
    }

    @Test
    void tellsADeniedCallFromOneThatNeverWas() {
        Answer unknown = http.get("/api/v1/nowhere/at/all");
        Answer wrongMethod = http.send(http.to("/api/v1/cases/TH-2026-000001").PUT(BodyPublishers.ofString("{}")));

        assertProblem(unknown, 404, "not-found");
        assertProblem(wrongMethod, 405, "method-not-allowed");
        assertThat(wrongMethod.header("Allow")).isEqualTo("GET");
    }

    @Test
    void refusesToAnswerInAnotherFormat() {
        assertProblem(http.send(http.to("/api/v1/cases").header("Accept", "application/xml")), 406, "not-acceptable");
    }

    @Test
    void refusesABodyInAnotherFormat() {
        assertProblem(
                http.send(http.to("/api/v1/flags")
                        .header("Content-Type", "application/xml")
                        .POST(BodyPublishers.ofString("<flag/>"))),
                415,
                "unsupported-media-type");
    }

    @Test
    void refusesAnAnnouncedBodyThatIsTooLarge() {
        assertProblem(http.post(PROBE, Http.json("x".repeat(70_000))), 413, "too-large");
    }

    @Test
    void refusesAnUnannouncedBodyThatIsTooLarge() {
        byte[] body = ("{\"word\":\"" + "x".repeat(70_000) + "\"}").getBytes(StandardCharsets.UTF_8);

        Answer answer = http.send(http.to(PROBE)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));

        assertProblem(answer, 413, "too-large");
    }

    @Test
    void hidesWhatWentWrongInside() {
        Answer answer = http.post(PROBE, "{\"word\":\"break\"}");

        assertProblem(answer, 500, "internal-error");
        assertThat(answer.text()).doesNotContain("jdbc", "Exception", "org.takedownhub");
    }

    @Test
    void carriesTheTraceIdOfTheCaller() {
        Answer answer = http.send(http.to("/api/v1/no/such/thing")
                .header("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));

        assertThat(answer.json().path("traceId").asText()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            textBlock =
                    """
                    {"word":                    |       | line 1
                    {"word":"a"} {}             |       | follows the end
                    {"word":"a","word":"b"}     |       | given twice
                    {"word":7}                  | /word | text
                    {"word":["a"]}              | /word | text
                    {"word":"a","colour":"red"} | /colour | word
                    []                          |       | an object
                    `                           `|       | must not be empty
                    """)
    void saysWhereTheBodyIsWrong(String body, String pointer, String hint) {
        Answer answer = http.post(PROBE, body);

        assertProblem(answer, 400, "malformed-body");
        JsonNode error = answer.json().path("errors").path(0);
        assertThat(error.path("pointer").asText()).isEqualTo(pointer == null ? "" : pointer);
        assertThat(error.path("detail").asText()).contains(hint);
    }

    @Test
    void showsPeopleAPageInstead() {
        Answer answer = http.send(http.to("/cases/TH-2026-999999").header("Accept", "text/html"));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("Content-Type")).startsWith("text/html");
        assertThat(answer.text()).contains("There is nothing here");
    }

    private static void assertProblem(Answer answer, int status, String type) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        JsonNode problem = answer.json();
        assertThat(problem.path("type").asText()).isEqualTo("urn:takedown-hub:problem:" + type);
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("title").asText()).isNotBlank();
        assertThat(problem.path("detail").asText()).isNotBlank();
        assertThat(problem.path("instance").asText()).startsWith("/api/v1/");
        assertThat(problem.path("traceId").asText()).matches("[0-9a-f]{32}");
        assertThat(problem.path("errors").isArray()).isTrue();
    }
}
