package org.takedownhub.evidence;

import static org.takedownhub.audit.Instants.stored;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.audit.Actor;
import org.takedownhub.audit.Audit;
import org.takedownhub.audit.Instants;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.cases.CaseFile;
import org.takedownhub.cases.Cases;
import org.takedownhub.platform.Capture;

/** The store of captures. A row is written once when asked for and once when it came out, and never after that. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class Evidence {

    /** How the method of a capture begins that a person handed in as proof. */
    public static final String PROOF = "proof";

    private static final int LONGEST_METHOD = 60;
    private static final int LONGEST_MEDIA_TYPE = 255;
    private static final int LONGEST_FAILURE = 2000;
    private static final String AS_TEXT = "; text";
    private static final String AS_BASE64 = "; base64";

    private final JdbcClient jdbc;
    private final Clock clock;
    private final Actor actor;
    private final Audit audit;
    private final Cases cases;
    private final Media media;
    private final ApplicationEventPublisher events;

    Evidence(
            JdbcClient jdbc,
            Clock clock,
            Actor actor,
            Audit audit,
            Cases cases,
            Media media,
            ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.actor = actor;
        this.audit = audit;
        this.cases = cases;
        this.media = media;
        this.events = events;
    }

    /** A capture that waits, taken by one worker until its lease runs out. */
    record Request(String evidenceId, CaseReference reference, String platform, URI url, int tries) {}

    /**
     * Asks for a capture, in the caller's transaction; it is fetched soon after the commit. Never stops a case.
     *
     * @param platform the platform instance that is to fetch it
     * @return the id of the capture
     */
    public String request(CaseReference reference, String platform, URI url) {
        String id = UUID.randomUUID().toString();
        Instant now = clock.instant();
        jdbc.sql("insert into evidence (evidence_id, case_reference, platform, url, state, requested_at, requested_by,"
                        + " tries, not_before) values (?, ?, ?, ?, 'REQUESTED', ?, ?, 0, ?)")
                .params(id, reference.value(), platform, url.toString(), stored(now), actor.current(), stored(now))
                .update();
        audit.record(reference, "evidence.requested", id + " from " + platform);
        events.publishEvent(new EvidenceRequested(platform));
        return id;
    }

    /**
     * Keeps what is at hand already, in the caller's transaction: what a person hands in, or a record that the hub itself
     * made.
     *
     * @param platform whom it concerns
     * @param url      what it is about
     * @param method   how it came about, in words
     * @return the id of the capture
     */
    public String keep(
            CaseReference reference, String platform, URI url, String method, String mediaType, byte[] content) {
        String id = UUID.randomUUID().toString();
        Instant now = clock.instant();
        Optional<String> text = text(content);
        String hash = Sha256.hex(content);
        String how = text.isPresent() ? AS_TEXT : AS_BASE64;
        jdbc.sql("insert into evidence (evidence_id, case_reference, platform, url, state, requested_at, requested_by,"
                        + " tries, not_before, captured_at, method, media_type, sha256, size_in_bytes, content) values"
                        + " (:id, :reference, :platform, :url, 'CAPTURED', :at, :by, 0, :at, :at, :method, :mediaType,"
                        + " :hash, :size, :content)")
                .param("id", id)
                .param("reference", reference.value())
                .param("platform", platform)
                .param("url", url.toString())
                .param("at", stored(now))
                .param("by", actor.current())
                .param("method", shortened(method, LONGEST_METHOD - how.length()) + how)
                .param("mediaType", shortened(mediaType, LONGEST_MEDIA_TYPE))
                .param("hash", hash)
                .param("size", (long) content.length)
                .param("content", text.orElseGet(() -> Base64.getEncoder().encodeToString(content)))
                .update();
        audit.record(
                reference, "evidence.kept", "%s, %d bytes, SHA-256 %s, %s".formatted(id, content.length, hash, method));
        return id;
    }

    /**
     * Keeps proof that a person hands in, once however often it is handed in.
     *
     * @return the id of the capture
     */
    public String keepProof(CaseReference reference, String mediaType, byte[] content) {
        CaseFile file = cases.require(reference);
        return jdbc.sql("select evidence_id from evidence where case_reference = ? and sha256 = ? and method like ?"
                        + " order by requested_at fetch first 1 rows only")
                .params(reference.value(), Sha256.hex(content), PROOF + "%")
                .query(String.class)
                .optional()
                .orElseGet(() -> keep(
                        reference, file.platform(), file.canonicalUrl(), PROOF + ", handed in", mediaType, content));
    }

    /** How many proofs of a case are on file. */
    @Transactional(readOnly = true)
    public int proofs(CaseReference reference) {
        return jdbc.sql("select count(*) from evidence where case_reference = ? and method like ?")
                .params(reference.value(), PROOF + "%")
                .query(Integer.class)
                .single();
    }

    /** The captures of a case, oldest first, without their content. */
    @Transactional(readOnly = true)
    public List<Exhibit> of(CaseReference reference) {
        return jdbc.sql("select evidence_id, case_reference, platform, url, state, requested_at, requested_by,"
                        + " captured_at, method, http_status, media_type, sha256, size_in_bytes, failure from evidence"
                        + " where case_reference = ? order by requested_at, evidence_id")
                .params(reference.value())
                .query((row, number) -> exhibit(row))
                .list();
    }

    /**
     * Shows what was captured, byte for byte, and logs that somebody saw it. Whether that person may is the caller's
     * question.
     *
     * @return empty when there is nothing (yet)
     */
    public Optional<byte[]> view(CaseReference reference, String evidenceId) {
        Optional<byte[]> content = jdbc.sql("select method, content from evidence where evidence_id = ? and"
                        + " case_reference = ? and state = 'CAPTURED'")
                .params(evidenceId, reference.value())
                .query((row, number) -> bytes(row.getString("method"), row.getString("content")))
                .optional();
        content.ifPresent(bytes -> audit.record(reference, "evidence.viewed", evidenceId));
        return content;
    }

    @Transactional(readOnly = true)
    List<String> platformsDue(Instant now) {
        return jdbc.sql("select distinct platform from evidence where state = 'REQUESTED' and not_before <= ?")
                .params(stored(now))
                .query(String.class)
                .list();
    }

    /** Takes the oldest capture that is due. Counts as a try, so that one that kills its worker ends as well. */
    Optional<Request> leaseNext(String platform, Instant now, Instant until) {
        Optional<Request> next = jdbc.sql("select evidence_id, case_reference, platform, url, tries from evidence where"
                        + " state = 'REQUESTED' and platform = ? and not_before <= ? order by not_before,"
                        + " evidence_id fetch first 1 rows only")
                .params(platform, stored(now))
                .query((row, number) -> new Request(
                        row.getString("evidence_id"),
                        new CaseReference(row.getString("case_reference")),
                        row.getString("platform"),
                        URI.create(row.getString("url")),
                        row.getInt("tries")))
                .optional();
        return next.filter(
                request -> jdbc.sql("update evidence set tries = tries + 1, not_before = ? where evidence_id ="
                                        + " ? and state = 'REQUESTED' and not_before <= ?")
                                .params(stored(until), request.evidenceId(), stored(now))
                                .update()
                        == 1);
    }

    void captured(Request request, Capture capture) {
        byte[] body = capture.body();
        Optional<String> text = text(body);
        String hash = Sha256.hex(body);
        String how = text.isPresent() ? AS_TEXT : AS_BASE64;
        String method = shortened(capture.method(), LONGEST_METHOD - how.length()) + how;
        int updated = jdbc.sql(
                        "update evidence set state = 'CAPTURED', captured_at = :at, method = :method, http_status ="
                                + " :status, media_type = :mediaType, sha256 = :hash, size_in_bytes = :size, content ="
                                + " :content where evidence_id = :id and state = 'REQUESTED'")
                .param("at", stored(clock.instant()))
                .param("method", method)
                .param("status", capture.httpStatus())
                .param("mediaType", shortened(capture.mediaType(), LONGEST_MEDIA_TYPE))
                .param("hash", hash)
                .param("size", (long) body.length)
                .param("content", text.orElseGet(() -> Base64.getEncoder().encodeToString(body)))
                .param("id", request.evidenceId())
                .update();
        if (updated == 1) {
            cases.identify(request.reference(), request.platform(), capture.identities());
            media.request(request.reference(), request.evidenceId(), request.platform(), capture.media());
            audit.record(
                    request.reference(),
                    "evidence.captured",
                    "%s, %d bytes, SHA-256 %s, by %s"
                            .formatted(request.evidenceId(), body.length, hash, capture.method()));
        }
    }

    void tryAgain(Request request, Instant notBefore, String why) {
        jdbc.sql("update evidence set not_before = ?, failure = ? where evidence_id = ? and state = 'REQUESTED'")
                .params(stored(notBefore), shortened(why, LONGEST_FAILURE), request.evidenceId())
                .update();
    }

    void failed(Request request, String why) {
        int updated = jdbc.sql("update evidence set state = 'FAILED', failure = ? where evidence_id = ? and state ="
                        + " 'REQUESTED'")
                .params(shortened(why, LONGEST_FAILURE), request.evidenceId())
                .update();
        if (updated == 1) {
            audit.record(request.reference(), "evidence.failed", request.evidenceId() + ": " + why);
        }
    }

    /** As text if it is text that a database keeps unchanged: valid UTF-8 without the null character. */
    private static Optional<String> text(byte[] body) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            return Optional.of(text).filter(decoded -> decoded.indexOf('\0') < 0);
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static byte[] bytes(String method, String content) {
        return method.endsWith(AS_BASE64)
                ? Base64.getDecoder().decode(content)
                : content.getBytes(StandardCharsets.UTF_8);
    }

    private static String shortened(String text, int length) {
        return text.length() > length ? text.substring(0, length) : text;
    }

    private static Exhibit exhibit(ResultSet row) throws SQLException {
        Integer status = row.getObject("http_status", Integer.class);
        Long size = row.getObject("size_in_bytes", Long.class);
        return new Exhibit(
                row.getString("evidence_id"),
                new CaseReference(row.getString("case_reference")),
                row.getString("platform"),
                URI.create(row.getString("url")),
                Exhibit.State.valueOf(row.getString("state")),
                Instants.required(row, "requested_at"),
                row.getString("requested_by"),
                Instants.optional(row, "captured_at"),
                Optional.ofNullable(row.getString("method")),
                status == null ? OptionalInt.empty() : OptionalInt.of(status),
                Optional.ofNullable(row.getString("media_type")),
                Optional.ofNullable(row.getString("sha256")),
                size == null ? OptionalLong.empty() : OptionalLong.of(size),
                Optional.ofNullable(row.getString("failure")));
    }
}
