package org.takedownhub.platform.mastodon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.takedownhub.platform.PlatformEvent;
import org.takedownhub.platform.Secret;

class MastodonWebhookTest {

    private static final String CLOSED =
            """
            {"event":"report.updated","created_at":"2026-11-22T12:00:00.000Z","object":{"id":"501",
            "action_taken":true,"updated_at":"2026-11-22T12:00:00.000Z","comment":"why",
            "account":{"id":"1","email":"reporter@example.org","ip":"192.0.2.1"},
            "target_account":{"id":"11","email":"author@example.org"},
            "statuses":[{"id":"101","uri":"https://social.example/users/author/statuses/101"}]}}
            """;

    @TempDir
    Path folder;

    private final List<Secret> secrets = new ArrayList<>();

    @BeforeEach
    void oneKey() throws IOException {
        secrets.add(key("current", "key-one"));
    }

    @Test
    void readsThatAReportWasClosed() throws Exception {
        assertThat(received(CLOSED, "key-one")).hasValueSatisfying(event -> {
            assertThat(event.kind()).isEqualTo("report.updated");
            assertThat(event.actionTaken()).isTrue();
            assertThat(event.identities()).containsOnly(Map.entry("reportId", "501"), Map.entry("statusId", "101"));
        });
    }

    @Test
    void takesNothingButIdsOutOfIt() throws Exception {
        assertThat(received(CLOSED, "key-one").toString()).doesNotContain("example.org", "192.0.2.1", "why");
    }

    @Test
    void doesNotTakeAnOpenReportForAClosedOne() throws Exception {
        assertThat(received(CLOSED.replace("true", "false"), "key-one")
                        .orElseThrow()
                        .actionTaken())
                .isFalse();
        assertThat(received(CLOSED.replace("report.updated", "report.created"), "key-one")
                        .orElseThrow()
                        .actionTaken())
                .isFalse();
    }

    @Test
    void doesNotSayWhichPostAReportAboutManyWasClosedFor() throws Exception {
        String many = CLOSED.replace("\"statuses\":[", "\"statuses\":[{\"id\":\"100\"},");
        assertThat(received(many, "key-one").orElseThrow().identities()).containsOnly(Map.entry("reportId", "501"));
    }

    @Test
    void givesRepeatedDeliveriesOneKeyAndLaterVersionsAnother() throws Exception {
        String first = received(CLOSED, "key-one").orElseThrow().deliveryKey();
        String repeated = received(CLOSED.replace("why", "why not"), "key-one")
                .orElseThrow()
                .deliveryKey();
        String later = received(CLOSED.replace("12:00:00.000Z\",\"comment", "12:09:00.000Z\",\"comment"), "key-one")
                .orElseThrow()
                .deliveryKey();
        assertThat(repeated).isEqualTo(first).hasSize(64);
        assertThat(later).isNotEqualTo(first);
    }

    @Test
    void acceptsBothKeysDuringRotation() throws Exception {
        secrets.add(key("previous", "key-zero"));
        assertThat(received(CLOSED, "key-one")).isPresent();
        assertThat(received(CLOSED, "key-zero")).isPresent();
        assertThat(received(CLOSED, "key-two")).isEmpty();
    }

    @Test
    void verifiesTheBytesAndNotTheirMeaning() throws Exception {
        String signature = signature(CLOSED.getBytes(StandardCharsets.UTF_8), "key-one");
        byte[] same = CLOSED.replace("\"action_taken\":true", "\"action_taken\": true")
                .getBytes(StandardCharsets.UTF_8);
        assertThat(MastodonWebhook.read(same, Map.of("x-hub-signature", signature), secrets))
                .isEmpty();

        byte[] noText = {(byte) 0xff, 0, (byte) 0xc3};
        assertThat(MastodonWebhook.read(noText, Map.of("x-hub-signature", signature(noText, "key-one")), secrets))
                .hasValueSatisfying(event -> assertThat(event.kind()).isEqualTo("unknown"));
    }

    @Test
    void refusesASignatureForAnotherBody() throws Exception {
        byte[] body = CLOSED.getBytes(StandardCharsets.UTF_8);
        String forged = signature("{}".getBytes(StandardCharsets.UTF_8), "key-one");
        assertThat(MastodonWebhook.read(body, Map.of("x-hub-signature", forged), secrets))
                .isEmpty();
    }

    @Test
    void readsVersionsInWhicheverOrderTheyCome() throws Exception {
        String earlier =
                CLOSED.replace("true", "false").replace("12:00:00.000Z\",\"comment", "11:00:00.000Z\",\"comment");
        PlatformEvent closed = received(CLOSED, "key-one").orElseThrow();
        PlatformEvent late = received(earlier, "key-one").orElseThrow();

        assertThat(late.deliveryKey()).isNotEqualTo(closed.deliveryKey());
        assertThat(late.actionTaken()).as("an older version takes nothing back").isFalse();
        assertThat(late.identities()).isEqualTo(closed.identities());
    }

    @Test
    void takesOneKeyBackAfterRotation() throws Exception {
        secrets.add(key("previous", "key-zero"));
        assertThat(received(CLOSED, "key-zero")).isPresent();
        secrets.remove(1);
        assertThat(received(CLOSED, "key-zero")).isEmpty();
    }

    @Test
    void takesABodyOfExactlyAMegabyte() throws Exception {
        String large = "\"" + "x".repeat(MastodonWebhook.BODY_LIMIT - 2) + "\"";
        assertThat(received(large, "key-one")).isPresent();
    }

    @Test
    void refusesABodyThatWasChanged() throws Exception {
        byte[] body = CLOSED.getBytes(StandardCharsets.UTF_8);
        String signature = signature(body, "key-one");
        body[body.length - 1] = ' ';
        assertThat(MastodonWebhook.read(body, Map.of("x-hub-signature", signature), secrets))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sha256=", "sha256=00", "sha1=0000000000000000000000000000000000000000", "sha256=zz"})
    void refusesASignatureThatIsNone(String signature) {
        byte[] body = CLOSED.getBytes(StandardCharsets.UTF_8);
        assertThat(MastodonWebhook.read(body, Map.of("x-hub-signature", signature), secrets))
                .isEmpty();
        assertThat(MastodonWebhook.read(body, Map.of(), secrets)).isEmpty();
    }

    @Test
    void refusesEverythingWhileThereIsNoKey() throws Exception {
        secrets.clear();
        assertThat(received(CLOSED, "key-one")).isEmpty();
        secrets.add(key("current", " "));
        assertThat(received(CLOSED, "key-one")).isEmpty();
    }

    @Test
    void refusesMoreThanAMegabyte() throws Exception {
        String large = "\"" + "x".repeat(MastodonWebhook.BODY_LIMIT) + "\"";
        assertThat(received(large, "key-one")).isEmpty();
    }

    @Test
    void toleratesEventsItDoesNotKnow() throws Exception {
        assertThat(received("{\"event\":\"moon.risen\",\"object\":{\"id\":\"5\"}}", "key-one"))
                .hasValueSatisfying(event -> {
                    assertThat(event.kind()).isEqualTo("moon.risen");
                    assertThat(event.identities()).isEmpty();
                });
        for (String body : List.of("", "[]", "null", "no json", "{\"event\":7}", "{\"event\":\"<script>\"}", "{}")) {
            assertThat(received(body, "key-one")).hasValueSatisfying(event -> {
                assertThat(event.kind()).isEqualTo("unknown");
                assertThat(event.actionTaken()).isFalse();
            });
        }
    }

    @Test
    void namesTheAccountAndThePostOfOtherEvents() throws Exception {
        assertThat(received("{\"event\":\"account.updated\",\"object\":{\"id\":\"11\"}}", "key-one")
                        .orElseThrow()
                        .identities())
                .containsOnly(Map.entry("accountId", "11"));
        assertThat(received("{\"event\":\"status.updated\",\"object\":{\"id\":\"101\",\"uri\":\"u\"}}", "key-one")
                        .orElseThrow()
                        .identities())
                .containsOnly(Map.entry("statusId", "101"), Map.entry("uri", "u"));
    }

    private Optional<PlatformEvent> received(String text, String key) throws Exception {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        return MastodonWebhook.read(body, Map.of("x-hub-signature", signature(body, key)), secrets);
    }

    private Secret key(String name, String value) throws IOException {
        Path file = Files.writeString(folder.resolve(name), value + "\n");
        return Secret.of("takedown.platforms.social.webhook-secret", "file:" + file);
    }

    private static String signature(byte[] body, String key) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
    }
}
