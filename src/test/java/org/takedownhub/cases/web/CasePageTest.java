package org.takedownhub.cases.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.takedownhub.audit.Instants.stored;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import org.takedownhub.Http;
import org.takedownhub.Http.Answer;
import org.takedownhub.HubWebTest;
import org.takedownhub.audit.Audit;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.CaseState;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.Verdict;
import org.takedownhub.cases.Cases;

@HubWebTest
class CasePageTest {

    private static final String HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

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

    private String reference = "";

    @BeforeEach
    void flag() {
        Map<String, Object> flag = Map.of(
                "url", Http.freshUrl(),
                "reason", "<script>alert('reason')</script> names a schoolboy & his address",
                "category", "INTIMIDATION",
                "reportingForce", "<b>North</b>",
                "threatToLife", true);
        reference = http.post("/api/v1/flags", Http.json(flag))
                .json()
                .path("caseReference")
                .asText();
    }

    @Test
    void showsAFreshCase() {
        Answer page = page();

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.text())
                .contains("Case <span>" + reference, "Flagged", "Threat to life", "Intimidation", "Not verified yet");
    }

    @Test
    void neverLinksToTheFlaggedAddress() {
        assertThat(page().text())
                .contains("hxxps://social.example/@drill/")
                .doesNotContain("https://social.example", "href=\"h", "src=\"h");
    }

    @Test
    void escapesWhatReportersWrite() {
        assertThat(page().text())
                .contains("&lt;script&gt;alert(&#39;reason&#39;)&lt;/script&gt;", "(&lt;b&gt;North&lt;/b&gt;)")
                .doesNotContain("<script>", "<b>North");
    }

    @Test
    void holdsNoScriptAndNoStyleOfItsOwn() {
        assertThat(page().text().replace("<script src=\"/assets/hub.js\" defer></script>", ""))
                .doesNotContain("<script", "style=", "<style", "onclick", "javascript:");
        for (String part : List.of("hub.css", "hub.js")) {
            assertThat(http.send(http.anonymously("/assets/" + part)).status())
                    .as(part)
                    .isEqualTo(200);
        }
    }

    @Test
    void showsAllThatIsOnFile() throws IOException {
        fill();

        String page = page().text();

        // Kept to be looked at: mvn test -Dtest=CasePageTest, then open the file beside hub.css.
        Files.writeString(Path.of("target", "case-page.html"), page);
        assertThat(page)
                .contains(
                        "Overdue by 1 hour 5 minutes",
                        "Awaiting removal",
                        "Unlawful",
                        "Voluntary referral",
                        "1. Example Social",
                        "referral-24h",
                        "Remind contact",
                        "Platform contact",
                        "A reminder",
                        "Filed",
                        "Still up",
                        HASH,
                        "Case verified")
                .doesNotContain("what was captured</");
    }

    @Test
    void logsWhoLooked() {
        page();

        assertThat(audit.entries(reference, audit.lastPosition(reference) - 1, 1))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.action()).isEqualTo("case.viewed");
                    assertThat(entry.actor()).isEqualTo("caseworker1");
                    assertThat(entry.detail()).isEqualTo("page");
                });
    }

    private Answer page() {
        return http.send(http.to("/cases/" + reference).header("Accept", "text/html"));
    }

    private void fill() {
        Instant now = clock.instant();
        Instant due = now.minus(Duration.ofMinutes(65));
        CaseReference file = new CaseReference(reference);
        transaction.executeWithoutResult(status -> {
            cases.classify(file, Category.INTIMIDATION, true, Verdict.UNLAWFUL);
            cases.moveTo(file, CaseState.AWAITING_REMOVAL);
            cases.removalDue(file, Optional.of(due));
        });
        insert(
                "insert into verification (case_reference, verdict, category, offence, reasons, threat_to_life,"
                        + " child_visible, artistic_context, verified_by, verified_at) values (:reference, 'UNLAWFUL',"
                        + " 'INTIMIDATION', 'POA_1986_S4', 'Names the place', true, false, 'NONE', 'caseworker1', :now)",
                now,
                due);
        insert(
                "insert into notice (notice_id, case_reference, instrument, route_version, explanation, issued_at)"
                        + " values (:reference, :reference, 'VOLUNTARY_REFERRAL', 1, 'x', :now)",
                now,
                due);
        insert(
                "insert into recipient (case_reference, number, notice_id, name, channel, platform, policy_code,"
                        + " policy_version, issued_at, given_at, due_at, rung) values (:reference, 1, :reference,"
                        + " 'Example Social', 'API', 'social', 'referral-24h', 3, :now, :now, :due, 1)",
                now,
                due);
        insert(
                "insert into clock_entry (case_reference, recipient_number, event, at, due_at, policy_code,"
                        + " policy_version) values (:reference, 1, 'STARTED', :now, :due, 'referral-24h', 3)",
                now,
                due);
        insert(
                "insert into rung (case_reference, recipient_number, rung, action, addressee, ladder_version,"
                        + " climbed_at, due_at) values (:reference, 1, 1, 'REMIND_CONTACT', 'Platform contact', 1, :now,"
                        + " :now)",
                now,
                due);
        insert(
                "insert into letter (letter_key, case_reference, purpose, addressee, subject, body, state,"
                        + " not_before, tries, written_at) values (:reference, :reference, 'REMINDER',"
                        + " 'Platform contact', 'A reminder', 'body', 'FILED', :now, 0, :now)",
                now,
                due);
        insert(
                "insert into observation (case_reference, recipient_number, availability, vantage, connector,"
                        + " platform, control_alive, http_status, observed_at) values (:reference, 1, 'STILL_UP',"
                        + " 'own network', 'mastodon', 'social', true, 200, :now)",
                now,
                due);
        insert(
                "insert into evidence (evidence_id, case_reference, platform, url, state, requested_at, requested_by,"
                        + " tries, not_before, captured_at, method, media_type, sha256, size_in_bytes, content) values"
                        + " (:reference, :reference, 'social', 'https://x.example/', 'CAPTURED', :now, 'system', 1, :now,"
                        + " :now, 'API', 'application/json', '" + HASH + "', 17, 'what was captured</')",
                now,
                due);
    }

    private void insert(String sql, Instant now, Instant due) {
        jdbc.sql(sql)
                .params(Map.of("reference", reference, "now", stored(now), "due", stored(due)))
                .update();
    }
}
