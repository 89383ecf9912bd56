package org.takedownhub.notice;

import static org.takedownhub.audit.Instants.stored;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.audit.Audit;
import org.takedownhub.casefile.CaseReference;

/**
 * What each recipient was sent, byte for byte with its SHA-256, and beside it a copy for outsiders in which nothing tells
 * who or what the content is about. Never media: addresses and hashes.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class NoticeDocuments {

    private static final String REDACTED = "[redacted]";

    /** What a copy for outsiders leaves out, and beside it whatever a person wrote by hand. */
    private static final Set<String> WITHHELD = Set.of(
            Element.CONTENT_URL.code(),
            Element.CONTENT_IDENTIFIER.code(),
            Element.CONTENT_HASHES.code(),
            Element.REASONS.code(),
            Element.ELEMENTS_MET.code(),
            Element.MATERIAL_TYPE.code(),
            Element.RECIPIENT_CONTACT.code(),
            Element.CONTACT_PHONE.code());

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final JdbcClient jdbc;
    private final SuppliedElements supplied;
    private final Audit audit;
    private final Clock clock;

    NoticeDocuments(JdbcClient jdbc, SuppliedElements supplied, Audit audit, Clock clock) {
        this.jdbc = jdbc;
        this.supplied = supplied;
        this.audit = audit;
        this.clock = clock;
    }

    public enum Kind {
        JSON("application/json"),
        TEXT("text/plain;charset=UTF-8"),
        PDF("application/pdf");

        private final String mediaType;

        Kind(String mediaType) {
            this.mediaType = mediaType;
        }

        public String mediaType() {
            return mediaType;
        }
    }

    /** @param sha256 in hex, over exactly these bytes */
    public record Document(Kind kind, byte[] content, String sha256) {}

    /**
     * One document of one recipient.
     *
     * @param recipient number of the recipient in the case, from 0; empty for the notice's first
     */
    @Transactional(readOnly = true)
    public Optional<Document> find(
            CaseReference reference, String noticeId, Optional<Integer> recipient, Kind kind, boolean redacted) {
        return jdbc.sql("select content, sha256 from notice_document where case_reference = :reference and notice_id ="
                        + " :notice and kind = :kind and redacted = :redacted and (:any = true or recipient_number ="
                        + " :number) order by recipient_number fetch first 1 rows only")
                .param("reference", reference.value())
                .param("notice", noticeId)
                .param("kind", kind.name())
                .param("redacted", redacted)
                .param("any", recipient.isEmpty())
                .param("number", recipient.orElse(-1))
                .query((row, number) -> new Document(kind, row.getBytes("content"), row.getString("sha256")))
                .optional();
    }

    void keep(String noticeId, int recipientNumber, NoticeMaker.Made made) {
        store(noticeId, recipientNumber, made, false);
        Map<String, String> withheld = new TreeMap<>();
        made.elements().forEach((name, text) -> {
            if (WITHHELD.contains(name) && !text.isBlank()) {
                withheld.put(name, REDACTED);
            }
        });
        supplied.of(made.draft()).keySet().forEach(name -> withheld.put(name, REDACTED));
        store(noticeId, recipientNumber, made.with(withheld), true);
    }

    private void store(String noticeId, int recipientNumber, NoticeMaker.Made made, boolean redacted) {
        Paper paper = made.paper();
        String pdf = store(noticeId, recipientNumber, made, Kind.PDF, redacted, Documents.pdf(paper));
        store(noticeId, recipientNumber, made, Kind.TEXT, redacted, utf8(Documents.text(paper)));
        store(noticeId, recipientNumber, made, Kind.JSON, redacted, json(noticeId, recipientNumber, made, redacted));
        if (!redacted) {
            audit.record(
                    made.draft().file().reference(),
                    "notice.documented",
                    "recipient " + recipientNumber + ", PDF sha256:" + pdf);
        }
    }

    private String store(
            String noticeId, int recipientNumber, NoticeMaker.Made made, Kind kind, boolean redacted, byte[] content) {
        String sha256 = Hash.of(content);
        jdbc.sql("insert into notice_document (notice_id, recipient_number, kind, redacted, case_reference, content,"
                        + " sha256, size_in_bytes, made_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        noticeId,
                        recipientNumber,
                        kind.name(),
                        redacted,
                        made.draft().file().reference().value(),
                        content,
                        sha256,
                        (long) content.length,
                        stored(clock.instant()))
                .update();
        return sha256;
    }

    private static byte[] json(String noticeId, int recipientNumber, NoticeMaker.Made made, boolean redacted) {
        NoticeDraft draft = made.draft();
        InstrumentEntry entry = draft.entry();
        Map<String, String> sections = entry.demands().stream()
                .collect(Collectors.toMap(
                        InstrumentEntry.Demand::element,
                        InstrumentEntry.Demand::section,
                        (first, second) -> first + ", " + second));
        Map<String, Object> elements = new LinkedHashMap<>();
        new TreeMap<>(made.elements()).forEach((name, text) -> {
            if (!text.isBlank()) {
                Map<String, String> element = new LinkedHashMap<>();
                element.put("label", Element.label(name));
                if (sections.containsKey(name)) {
                    element.put("section", sections.get(name));
                }
                element.put("text", text);
                elements.put(name, element);
            }
        });
        Map<String, Object> notice = new LinkedHashMap<>();
        notice.put("noticeId", noticeId);
        notice.put("noticeNumber", made.number());
        notice.put("caseReference", draft.file().reference().value());
        notice.put("instrument", entry.instrument().name());
        notice.put("instrumentVersion", entry.version());
        notice.put("legalReference", entry.legalReference());
        notice.put("marking", made.marking());
        notice.put("redacted", redacted);
        notice.put("issuedAt", draft.at().toString());
        notice.put("recipientNumber", recipientNumber + 1);
        notice.put("recipient", draft.recipient().name());
        notice.put("channel", draft.recipient().channel().name().toLowerCase(Locale.ROOT));
        notice.put("templateVersion", made.template().version());
        notice.put("templateSha256", made.template().sha256());
        notice.put("elements", elements);
        try {
            return JSON.writeValueAsBytes(notice);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Notice " + made.number() + " cannot be written as JSON", e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
