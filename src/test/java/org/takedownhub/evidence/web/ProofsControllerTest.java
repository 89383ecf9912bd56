package org.takedownhub.evidence.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.takedownhub.Http;
import org.takedownhub.Http.Answer;
import org.takedownhub.HubWebTest;
import org.takedownhub.audit.Audit;

@HubWebTest
class ProofsControllerTest {

    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0, 1, (byte) 0xFE};

    @Autowired
    private Http http;

    @Autowired
    private Audit audit;

    @Autowired
    private JdbcClient jdbc;

    private String proofs = "";
    private String reference = "";

    @BeforeEach
    void flag() {
        reference = http.post("/api/v1/flags", Http.json(Map.of("url", Http.freshUrl(), "reason", "names a schoolboy")))
                .json()
                .path("caseReference")
                .asText();
        proofs = "/api/v1/cases/" + reference + "/proofs";
    }

    @Test
    void keepsAScreenshotAsEvidenceAndHandsItOutOnlyToSave() {
        Answer kept = upload("proof", "image/png", PNG, Map.of());

        assertThat(kept.status()).isEqualTo(201);
        JsonNode body = kept.json();
        assertThat(body.path("mediaType").asText()).isEqualTo("image/png");
        assertThat(body.path("sizeInBytes").asInt()).isEqualTo(PNG.length);
        assertThat(body.path("sha256").asText()).matches("[0-9a-f]{64}");
        Answer saved = http.get(proofs + "/" + body.path("evidenceId").asText());
        assertThat(saved.status()).isEqualTo(200);
        assertThat(saved.header("Content-Disposition")).startsWith("attachment; filename=\"" + reference);
        assertThat(saved.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(saved.header("Content-Security-Policy")).contains("sandbox");
        assertThat(audit.entries(reference, 0, 100))
                .extracting(entry -> entry.action())
                .containsSubsequence("evidence.kept", "evidence.viewed");
    }

    @Test
    void keepsTheSameFileOnce() {
        String first = upload("proof", "image/png", PNG, Map.of())
                .json()
                .path("evidenceId")
                .asText();
        String second = upload("proof", "image/png", PNG, Map.of())
                .json()
                .path("evidenceId")
                .asText();

        assertThat(second).isEqualTo(first);
    }

    @Test
    void honoursTheIdempotencyKeyOfAnUpload() {
        Map<String, String> key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
        Answer first = upload("proof", "image/png", PNG, key);
        Answer again = upload("proof", "image/png", PNG, key);
        byte[] other = Arrays.copyOf(PNG, 20);

        assertThat(first.status()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(upload("proof", "image/png", other, key).status()).isEqualTo(422);
        assertThat(jdbc.sql("select count(*) from evidence where case_reference = ?")
                        .params(reference)
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void sendsABrowserBackToTheCase() {
        Answer answer = upload("proof", "image/png", PNG, Map.of("Accept", "text/html,application/xhtml+xml"));

        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.header("Location")).endsWith("/cases/" + reference + "#evidence");
        assertThat(http.send(http.to("/cases/" + reference).header("Accept", "text/html"))
                        .text())
                .contains("Save the proof", "enctype=\"multipart/form-data\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html><script>alert(1)</script>",
                "GIF89a....",
                "MZ.......",
                "PK..",
                "%PDF",
                "<svg onload=x>",
                ""
            })
    void refusesWhatItsFirstBytesDoNotShowToBeAProof(String content) {
        Answer refused = upload("proof", "image/png", content.getBytes(StandardCharsets.UTF_8), Map.of());

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().at("/errors/0/pointer").asText()).isEqualTo("/proof");
    }

    @Test
    void refusesMoreThanFiveMegabytes() {
        byte[] large = Arrays.copyOf(PNG, 5 * 1024 * 1024 + 1);

        assertThat(upload("proof", "image/png", large, Map.of()).status()).isEqualTo(413);
        assertThat(upload("proof", "image/png", Arrays.copyOf(PNG, 5 * 1024 * 1024), Map.of())
                        .status())
                .isEqualTo(201);
        assertThat(upload("proof", "image/png", Arrays.copyOf(PNG, 7 * 1024 * 1024), Map.of())
                        .status())
                .isEqualTo(413);
    }

    @Test
    void namesThePartThatIsMissing() {
        Answer refused = upload("file", "image/png", PNG, Map.of());

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().at("/errors/0/detail").asText()).contains("proof is missing");
    }

    @Test
    void handsOutNothingThatIsNoProofOfThatCase() {
        String id = upload("proof", "image/png", PNG, Map.of())
                .json()
                .path("evidenceId")
                .asText();

        assertThat(http.get(proofs + "/" + UUID.randomUUID()).status()).isEqualTo(404);
        assertThat(http.get("/api/v1/cases/TH-2026-999999/proofs/" + id).status())
                .isEqualTo(404);
        jdbc.sql("update evidence set method = 'GET of the page; base64' where evidence_id = ?")
                .params(id)
                .update();
        assertThat(http.get(proofs + "/" + id).status()).isEqualTo(404);
    }

    private Answer upload(String field, String type, byte[] content, Map<String, String> headers) {
        String boundary = "boundary-of-the-test";
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + field
                        + "\"; filename=\"../../x.png\"\r\nContent-Type: " + type + "\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(content);
        body.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        HttpRequest.Builder request = http.to(proofs)
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(BodyPublishers.ofByteArray(body.toByteArray()));
        headers.forEach(request::header);
        return http.send(request);
    }
}
