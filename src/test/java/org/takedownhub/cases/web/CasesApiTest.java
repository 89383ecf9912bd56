package org.takedownhub.cases.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.takedownhub.audit.Instants.stored;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import org.takedownhub.Http;
import org.takedownhub.Http.Answer;
import org.takedownhub.HubWebTest;
import org.takedownhub.audit.Audit;
import org.takedownhub.audit.AuditEntry;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.CaseState;
import org.takedownhub.casefile.Outcome;
import org.takedownhub.casefile.OutcomeScope;
import org.takedownhub.casefile.RemovedBy;
import org.takedownhub.cases.Cases;

@HubWebTest
class CasesApiTest {

    private static final String CASES = "/api/v1/cases";

    @Autowired
    private Http http;

    @Autowired
    private Cases cases;

    @Autowired
    private Audit audit;

    @Autowired
    private Clock clock;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TransactionTemplate transaction;

    private final String host = "h" + UUID.randomUUID().toString().substring(0, 8) + ".example";

    @Test
    void readsACaseAsPromised() {
        String reference = flagged("https://" + host + "/@drill/1001");

        JsonNode body = http.get(CASES + "/" + reference).json();

        assertThat(body.fieldNames())
                .toIterable()
                .containsExactly(
                        "caseReference",
                        "state",
                        "platform",
                        "contentKey",
                        "url",
                        "category",
                        "threatToLife",
                        "verdict",
                        "flaggedAt",
                        "removalDueAt",
                        "rung",
                        "notices",
                        "outcome",
                        "outcomeScope",
                        "removedBy",
                        "closedAt",
                        "links",
                        "returns",
                        "account",
                        // the chapters of the other steps are not part of this slice
                        "corrections");
        assertThat(body.path("state").asText()).isEqualTo("FLAGGED");
        assertThat(body.path("flaggedAt").asText()).matches("2026-.*Z");
        assertThat(body.path("verdict").isNull()).isTrue();
        assertThat(body.path("rung").asInt()).isZero();
        assertThat(body.path("notices")).isEmpty();
    }

    @Test
    void readsNoticesWithTheirRecipients() {
        String reference = flagged("https://" + host + "/@drill/1001");
        Instant given = clock.instant();
        notice(reference, given, given.plus(Duration.ofHours(24)));

        JsonNode notice = http.get(CASES + "/" + reference).json().at("/notices/0");

        assertThat(notice.path("instrument").asText()).isEqualTo("VOLUNTARY_REFERRAL");
        JsonNode recipient = notice.at("/recipients/0");
        assertThat(recipient.path("name").asText()).isEqualTo("Example Social");
        assertThat(Instant.parse(recipient.path("givenAt").asText())).isEqualTo(given);
        assertThat(Instant.parse(recipient.path("dueAt").asText())).isEqualTo(given.plus(Duration.ofHours(24)));
        assertThat(recipient.path("receivedAt").isNull()).isTrue();
    }

    @Test
    void readsHowACaseEnded() {
        String reference = flagged("https://" + host + "/@drill/1001");
        transaction.executeWithoutResult(status -> {
            cases.conclude(new CaseReference(reference), Outcome.REMOVED, OutcomeScope.GLOBAL, RemovedBy.PLATFORM);
            cases.close(new CaseReference(reference));
        });

        JsonNode body = http.get(CASES + "/" + reference).json();

        assertThat(body.path("outcome").asText()).isEqualTo("REMOVED");
        assertThat(body.path("outcomeScope").asText()).isEqualTo("GLOBAL");
        assertThat(body.path("removedBy").asText()).isEqualTo("PLATFORM");
        assertThat(body.path("closedAt").isNull()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TH-2026-999999", "nonsense", "TH-2026-1%27%20or%201=1"})
    void knowsWhichCasesThereAreNot(String reference) {
        Answer answer = http.get(CASES + "/" + reference);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(http.get(CASES + "/" + reference + "/timeline").status()).isEqualTo(404);
    }

    @Test
    void logsWhoReadACase() {
        String reference = flagged("https://" + host + "/@drill/1001");

        http.get(CASES + "/" + reference);

        assertThat(last(reference).action()).isEqualTo("case.viewed");
        assertThat(last(reference).actor()).isEqualTo("caseworker1");
    }

    @Test
    void logsSearchesWithoutTheWordsSearchedFor() {
        String handle = "@schoolboy" + host;

        assertThat(found("?q=" + encoded(handle))).isEmpty();

        assertThat(last(Audit.HUB).action()).isEqualTo("case.searched");
        assertThat(last(Audit.HUB).actor()).isEqualTo("caseworker1");
        assertThat(last(Audit.HUB).detail()).contains(sha256(handle)).doesNotContain("schoolboy");
    }

    @Test
    void pagesThroughAllCasesOfAPlatformOnceEach() {
        List<String> flagged = IntStream.range(0, 7)
                .mapToObj(i -> flagged("https://" + host + "/@drill/" + (2000 + i)))
                .toList();

        List<String> found = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page =
                    http.get(CASES + "?limit=3&platform=" + host + cursor).json();
            assertThat(page.path("items").size()).isLessThanOrEqualTo(3);
            found.addAll(page.path("items").findValuesAsText("caseReference"));
            cursor = next(page);
        } while (!cursor.isEmpty());

        assertThat(found).containsExactlyInAnyOrderElementsOf(flagged).doesNotHaveDuplicates();
    }

    @Test
    void filtersByState() {
        String verifying = flagged("https://" + host + "/@drill/1");
        flagged("https://" + host + "/@drill/2");
        transaction.executeWithoutResult(status -> cases.moveTo(new CaseReference(verifying), CaseState.VERIFYING));

        assertThat(found("?platform=" + host + "&state=VERIFYING")).containsExactly(verifying);
    }

    @Test
    void isOverdueFromTheDueInstantOn() {
        String due = flagged("https://" + host + "/@drill/1");
        String later = flagged("https://" + host + "/@drill/2");
        String without = flagged("https://" + host + "/@drill/3");
        String closed = flagged("https://" + host + "/@drill/4");
        Instant now = clock.instant();
        transaction.executeWithoutResult(status -> {
            cases.removalDue(new CaseReference(due), Optional.of(now));
            cases.removalDue(new CaseReference(later), Optional.of(now.plusMillis(1)));
            cases.removalDue(new CaseReference(closed), Optional.of(now));
            cases.conclude(new CaseReference(closed), Outcome.NOT_REMOVED, null, null);
        });

        assertThat(found("?overdue=true&platform=" + host)).containsExactly(due);
        assertThat(found("?overdue=false&platform=" + host)).containsExactlyInAnyOrder(later, without, closed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://%s/@drill/55",
                "https://%s/@drill/55/",
                "https://%s/@drill/55?utm_source=mail#top",
                "  https://%s/@drill/55 "
            })
    void findsACaseByAnySpellingOfItsAddress(String spelling) {
        String reference = flagged("https://" + host + "/@drill/55");
        flagged("https://" + host + "/@drill/56");

        assertThat(found("?q=" + encoded(spelling.formatted(host)))).containsExactly(reference);
    }

    @Test
    void findsACaseByAddressesOfOtherShapes() {
        String video = "d" + UUID.randomUUID().toString().replace("-", "").substring(0, 10);
        String reference = flagged("https://www.youtube.com/watch?v=" + video);

        assertThat(found("?q=" + encoded("youtu.be/" + video))).containsExactly(reference);
        assertThat(found("?q=" + encoded("https://m.youtube.com/shorts/" + video)))
                .containsExactly(reference);
    }

    @Test
    void findsCasesByHandle() {
        String reference = flagged("https://" + host + "/@Some_Body/55");
        flagged("https://" + host + "/@somexbody/56");

        assertThat(found("?q=" + encoded("@some_body@" + host))).containsExactly(reference);
        assertThat(found("?q=some_body&platform=" + host)).containsExactly(reference);
        assertThat(found("?q=%25&platform=" + host)).isEmpty();
    }

    @Test
    void findsACaseByItsReferenceHoweverTyped() {
        String reference = flagged("https://" + host + "/@drill/1");

        assertThat(found("?q=%20" + reference.toLowerCase(Locale.ROOT))).containsExactly(reference);
    }

    @Test
    void findsACaseByTheHashOfItsEvidence() {
        String reference = flagged("https://" + host + "/@drill/1");
        String hash = UUID.randomUUID().toString().replace("-", "").repeat(2);
        evidence(reference, hash);

        assertThat(found("?q=" + hash.toUpperCase(Locale.ROOT))).containsExactly(reference);
    }

    @Test
    void findsACaseByTheReportersOwnNumber() {
        String number = UUID.randomUUID().toString();
        String url = "https://" + host + "/@drill/1";
        String reference = http.post(
                        "/api/v1/flags", Http.json(Map.of("url", url, "reason", "x", "reporterReference", number)))
                .json()
                .path("caseReference")
                .asText();

        assertThat(found("?q=" + number)).containsExactly(reference);
    }

    @ParameterizedTest
    @ValueSource(strings = {"state=OPEN", "overdue=perhaps", "limit=201", "limit=0", "cursor=abc", "q=%00"})
    void namesTheParameterThatIsWrong(String parameter) {
        Answer answer = http.get(CASES + "?" + parameter);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/errors/0/pointer").asText())
                .isEqualTo("#" + parameter.substring(0, parameter.indexOf('=')));
    }

    @Test
    void tellsWhatHappenedOldestFirst() {
        String reference = flagged("https://" + host + "/@drill/1");
        transaction.executeWithoutResult(status -> cases.moveTo(new CaseReference(reference), CaseState.VERIFYING));

        JsonNode timeline = http.get(CASES + "/" + reference + "/timeline").json();

        assertThat(timeline.path("items").findValuesAsText("action"))
                .containsExactly("case.opened", "flag.received", "case.moved", "case.viewed");
        assertThat(timeline.at("/items/0").fieldNames())
                .toIterable()
                .containsExactly("at", "actor", "action", "detail", "processVersion");
        assertThat(timeline.at("/items/2/processVersion").asText()).isEqualTo("takedown:1");
        assertThat(timeline.path("next").isNull()).isTrue();
    }

    @Test
    void endsTheTimelineThoughReadingItAddsToIt() {
        String reference = flagged("https://" + host + "/@drill/1");

        List<String> actions = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = http.get(CASES + "/" + reference + "/timeline?limit=1" + cursor)
                    .json();
            actions.addAll(page.path("items").findValuesAsText("action"));
            cursor = next(page);
            assertThat(actions).hasSizeLessThan(10);
        } while (!cursor.isEmpty());

        assertThat(actions).containsExactly("case.opened", "flag.received", "case.viewed");
    }

    private static String next(JsonNode page) {
        return page.path("next").isNull() ? "" : "&cursor=" + page.path("next").asText();
    }

    private String flagged(String url) {
        return http.post("/api/v1/flags", Http.json(Map.of("url", url, "reason", "because")))
                .json()
                .path("caseReference")
                .asText();
    }

    private List<String> found(String query) {
        Answer answer = http.get(CASES + query);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().path("items").findValuesAsText("caseReference");
    }

    private AuditEntry last(String stream) {
        return audit.entries(stream, audit.lastPosition(stream) - 1, 1).get(0);
    }

    private void notice(String reference, Instant given, Instant due) {
        String noticeId = UUID.randomUUID().toString();
        jdbc.sql("insert into notice (notice_id, case_reference, instrument, route_version, explanation, issued_at)"
                        + " values (?, ?, 'VOLUNTARY_REFERRAL', 1, 'x', ?)")
                .params(noticeId, reference, stored(given))
                .update();
        jdbc.sql("insert into recipient (case_reference, number, notice_id, name, channel, platform, issued_at,"
                        + " given_at, due_at, rung) values (?, 1, ?, 'Example Social', 'API', ?, ?, ?, ?, 0)")
                .params(reference, noticeId, host, stored(given), stored(given), stored(due))
                .update();
    }

    private void evidence(String reference, String hash) {
        jdbc.sql("insert into evidence (evidence_id, case_reference, platform, url, state, requested_at, requested_by,"
                        + " tries, not_before, sha256) values (:id, :reference, :host, 'https://x.example/', 'CAPTURED',"
                        + " :now, 'system', 1, :now, :hash)")
                .param("id", UUID.randomUUID().toString())
                .param("reference", reference)
                .param("host", host)
                .param("now", stored(clock.instant()))
                .param("hash", hash)
                .update();
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
