package org.takedownhub.notice.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.takedownhub.HubTest;
import org.takedownhub.api.Conflict;
import org.takedownhub.api.InvalidRequest;
import org.takedownhub.api.NotFound;
import org.takedownhub.audit.Audit;
import org.takedownhub.audit.AuditEntry;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.Instrument;
import org.takedownhub.casefile.Verdict;
import org.takedownhub.process.TakedownScenario;

/** What the API tells of instruments, words and documents, in the hub itself. */
@HubTest
class NoticeApiTest {

    @Autowired
    private TakedownScenario scenario;

    @Autowired
    private InstrumentsController instruments;

    @Autowired
    private NoticeTemplatesController templates;

    @Autowired
    private NoticeDocumentsController documents;

    @Autowired
    private Audit audit;

    @Autowired
    private JdbcClient jdbc;

    @BeforeEach
    void begin() {
        scenario.begin();
    }

    @AfterEach
    void end() {
        jdbc.sql("delete from notice_template").update();
        scenario.end();
    }

    @Test
    void listsTheInstrumentsWithClockAndDemands() {
        assertThat(instruments.list())
                .extracting(InstrumentsController.Body::instrument)
                .containsExactlyElementsOf(
                        Instrument.SHIPPED.stream().map(Instrument::name).toList());
        InstrumentsController.Body order = instruments.list().get(4);
        assertThat(order.startEvent()).isEqualTo("RECEIVED");
        assertThat(order.period()).isEqualTo("PT1H");
        assertThat(order.pauseRule()).isEqualTo("RESTART");
        assertThat(order.mandatory())
                .contains(new InstrumentsController.DemandBody("authorityAddress", "Annex I E", true));
        assertThat(instruments.list().get(2).unit()).isEqualTo("WORKING_DAYS");
    }

    @Test
    void servesWhatWasSentWithItsHashAndARedactedCopy() throws Exception {
        scenario.flagged(Category.WEAPONS_SALE)
                .verifiedAs(Verdict.UNLAWFUL, Map.of("offence", "CJA_1988_S141"))
                .approved(true)
                .dispatched();
        String reference = scenario.reference().value();
        String noticeId = scenario.recipient().noticeId();

        for (String kind : List.of("json", "text", "pdf")) {
            ResponseEntity<byte[]> whole = documents.save(reference, noticeId, kind, "false", null);
            assertThat(whole.getHeaders().getFirst("X-Content-SHA256"))
                    .isEqualTo(HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(whole.getBody())));
            assertThat(whole.getHeaders().getContentDisposition().isAttachment())
                    .isTrue();
            assertThat(documents.save(reference, noticeId, kind, "true", "1").getBody())
                    .isNotEqualTo(whole.getBody());
        }
        JsonNode json = new ObjectMapper()
                .readTree(documents
                        .save(reference, noticeId, "json", "false", "1")
                        .getBody());
        assertThat(json.at("/elements/consequences/section").asText()).isEqualTo("s.21(5)(e)");
        assertThat(json.at("/elements/reasons/text").asText()).isEqualTo("Because of what it says.");
        assertThat(json.path("templateVersion").asInt()).isZero();
        assertThat(new String(
                        documents
                                .save(reference, noticeId, "text", "true", null)
                                .getBody(),
                        StandardCharsets.UTF_8))
                .doesNotContain(scenario.url(), "Because of what it says.");
        assertThat(scenario.sent().get(0).explanation())
                .isEqualTo(scenario.recipient().explanation());
        assertThat(actions()).contains("case.viewed", "notice.documented");
        assertThatThrownBy(() -> documents.save(reference, noticeId, "docx", "false", null))
                .isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> documents.save(reference, noticeId, "pdf", "false", "2"))
                .isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> documents.save("TH-2026-999999", noticeId, "pdf", "false", null))
                .isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> documents.save(reference, noticeId, "pdf", "no", null))
                .isInstanceOf(InvalidRequest.class);
    }

    @Test
    void letsAManagerTryAndChangeWordsButNotLeaveOutWhatTheLawWants() {
        scenario.flagged(Category.WEAPONS_SALE).verifiedAs(Verdict.UNLAWFUL, Map.of("offence", "CJA_1988_S141"));
        String reference = scenario.reference().value();
        NoticeTemplatesController.Body shipped = templates.show("WEAPONS_REMOVAL_NOTICE");
        assertThat(shipped.version()).isZero();
        assertThat(shipped.mandatory()).contains("reviewRight");

        String changed = shipped.template() + "\nWith regards from {{authority}}.";
        NoticeTemplatesController.PreviewBody preview = templates.preview(
                "WEAPONS_REMOVAL_NOTICE", reference, new NoticeTemplatesController.Change(changed, null));
        assertThat(preview.missing()).isEmpty();
        assertThat(preview.text()).contains("With regards from Social Media Hub (training).", reference);

        assertThat(templates
                        .save("WEAPONS_REMOVAL_NOTICE", new NoticeTemplatesController.Change(changed, 0))
                        .version())
                .isEqualTo(1);
        assertThatThrownBy(() ->
                        templates.save("WEAPONS_REMOVAL_NOTICE", new NoticeTemplatesController.Change(changed, 0)))
                .isInstanceOf(Conflict.class);
        assertThatThrownBy(() -> templates.save(
                        "WEAPONS_REMOVAL_NOTICE",
                        new NoticeTemplatesController.Change(changed.replace("{{reviewRight}}", ""), 1)))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("right to review");
        assertThatThrownBy(() -> templates.show("FAX_ORDER")).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> templates.show("fax")).isInstanceOf(NotFound.class);
    }

    private List<String> actions() {
        return audit.entries(scenario.reference().value(), 0, 1000).stream()
                .map(AuditEntry::action)
                .toList();
    }
}
