package org.takedownhub.escalation;

import static org.takedownhub.audit.Instants.stored;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.audit.Audit;
import org.takedownhub.audit.Instants;
import org.takedownhub.casefile.CaseReference;

/** The store of files that rungs made out: written once, never changed, byte for byte. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class FiledDocuments {

    private static final String WITHOUT_CONTENT = "select document_id, case_reference, recipient_number, rung, kind,"
            + " file_name, media_type, sha256, size_in_bytes, made_at from filed_document ";

    private final JdbcClient jdbc;
    private final Clock clock;
    private final Audit audit;

    FiledDocuments(JdbcClient jdbc, Clock clock, Audit audit) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.audit = audit;
    }

    /** Keeps a file of a rung; each rung has one of each kind and media type. */
    FiledDocument keep(RungInHand rung, FiledDocument.Kind kind, String fileName, String mediaType, byte[] content) {
        String id = UUID.randomUUID().toString();
        String hash = Sha256.hex(content);
        jdbc.sql("insert into filed_document (document_id, case_reference, recipient_number, rung, kind, file_name,"
                        + " media_type, sha256, size_in_bytes, content, made_at) values (:id, :reference, :number, :rung,"
                        + " :kind, :name, :type, :hash, :size, :content, :now)")
                .param("id", id)
                .param("reference", rung.reference().value())
                .param("number", rung.recipient().number())
                .param("rung", rung.rung().number())
                .param("kind", kind.name())
                .param("name", fileName)
                .param("type", mediaType)
                .param("hash", hash)
                .param("size", (long) content.length)
                .param("content", Base64.getEncoder().encodeToString(content))
                .param("now", stored(clock.instant()))
                .update();
        audit.record(
                rung.reference(),
                "document.filed",
                kind + " " + fileName + ", " + content.length + " bytes, SHA-256 " + hash);
        return find(rung.reference(), id).orElseThrow();
    }

    /** The files of a case, oldest first. */
    @Transactional(readOnly = true)
    public List<FiledDocument> of(CaseReference reference) {
        return jdbc.sql(WITHOUT_CONTENT + "where case_reference = ? order by made_at, file_name")
                .params(reference.value())
                .query((row, number) -> document(row))
                .list();
    }

    @Transactional(readOnly = true)
    public Optional<FiledDocument> find(CaseReference reference, String documentId) {
        return jdbc.sql(WITHOUT_CONTENT + "where case_reference = ? and document_id = ?")
                .params(reference.value(), documentId)
                .query((row, number) -> document(row))
                .optional();
    }

    /** Hands a file out, byte for byte, and logs that it was. */
    public Optional<byte[]> open(CaseReference reference, String documentId) {
        Optional<byte[]> content = jdbc.sql(
                        "select content from filed_document where case_reference = ? and document_id = ?")
                .params(reference.value(), documentId)
                .query(String.class)
                .optional()
                .map(text -> Base64.getDecoder().decode(text));
        content.ifPresent(bytes -> audit.record(reference, "document.disclosed", documentId));
        return content;
    }

    private static FiledDocument document(ResultSet row) throws SQLException {
        return new FiledDocument(
                row.getString("document_id"),
                new CaseReference(row.getString("case_reference")),
                row.getInt("recipient_number"),
                row.getInt("rung"),
                FiledDocument.Kind.valueOf(row.getString("kind")),
                row.getString("file_name"),
                row.getString("media_type"),
                row.getString("sha256"),
                row.getLong("size_in_bytes"),
                Instants.required(row, "made_at"));
    }
}
