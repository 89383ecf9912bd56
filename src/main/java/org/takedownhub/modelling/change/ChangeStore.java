package org.takedownhub.modelling.change;

import static org.takedownhub.audit.Instants.stored;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.KeyHolder;
import org.springframework.stereotype.Component;
import org.takedownhub.audit.Instants;
import org.takedownhub.modelling.ModelFile;

/** Change requests as rows. Every write is by whoever holds the row's lock. */
@Component
class ChangeStore {

    private static final String COLUMNS =
            "number, title, reason, origin, state, revision, version, created_by, created_at,"
                    + " submitted_by, submitted_at, effective_at, decided_by, decided_at, decision_reason, set_sha256,"
                    + " published_at, deployment_id, replaced_deployment_id";

    private final JdbcClient jdbc;

    ChangeStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param content {@code null} where the file is taken out of the set */
    record Changed(String name, @Nullable String content, Optional<String> baseSha256, String savedBy) {}

    ChangeReference insert(String title, String reason, Origin origin, String by, Instant at) {
        KeyHolder key = new GeneratedKeyHolder();
        jdbc.sql("insert into change_request (title, reason, origin, state, revision, version, created_by, created_at)"
                        + " values (?, ?, ?, 'DRAFT', 1, '', ?, ?)")
                .params(title, reason, origin.name(), by, stored(at))
                .update(key, "number");
        Number number = key.getKeyAs(Number.class);
        if (number == null) {
            throw new IllegalStateException("The database gave the change request no number");
        }
        return new ChangeReference(number.longValue());
    }

    Optional<ChangeRequest> find(ChangeReference reference) {
        return read(" where number = ?", reference.number()).stream().findFirst();
    }

    /** Locked until the transaction ends. */
    Optional<ChangeRequest> lock(ChangeReference reference) {
        return jdbc.sql("select number from change_request where number = ? for update")
                .param(reference.number())
                .query(Long.class)
                .optional()
                .flatMap(number -> find(reference));
    }

    /** Only one publication at a time, over all nodes; until the transaction ends. */
    void lockPublication() {
        jdbc.sql("select id from publication_lock where id = 1 for update")
                .query(Integer.class)
                .single();
    }

    /** Newest first. */
    List<ChangeRequest> newest(int limit) {
        return read(" order by number desc fetch first " + limit + " rows only");
    }

    List<ChangeRequest> inState(ChangeState state) {
        return read(" where state = ? order by number", state.name());
    }

    Optional<ChangeRequest> ofDeployment(String deploymentId) {
        return read(" where deployment_id = ?", deploymentId).stream().findFirst();
    }

    List<Changed> files(ChangeReference reference) {
        return jdbc.sql(
                        "select name, content, base_sha256, saved_by from change_file where change_number = ? order by name")
                .param(reference.number())
                .query((row, number) -> new Changed(
                        row.getString("name"),
                        row.getString("content"),
                        Optional.ofNullable(row.getString("base_sha256")),
                        row.getString("saved_by")))
                .list();
    }

    void put(
            ChangeReference reference,
            String name,
            @Nullable String content,
            Optional<String> baseSha256,
            String by,
            Instant at) {
        remove(reference, name);
        jdbc.sql("insert into change_file (change_number, name, content, base_sha256, saved_by, saved_at)"
                        + " values (?, ?, ?, ?, ?, ?)")
                .param(reference.number())
                .param(name)
                .param(content)
                .param(baseSha256.orElse(null))
                .param(by)
                .param(stored(at))
                .update();
    }

    void remove(ChangeReference reference, String name) {
        jdbc.sql("delete from change_file where change_number = ? and name = ?")
                .params(reference.number(), name)
                .update();
    }

    void move(ChangeReference reference, Map<String, String> moved) {
        jdbc.sql("delete from change_move where change_number = ?")
                .param(reference.number())
                .update();
        moved.forEach(
                (live, draft) -> jdbc.sql("insert into change_move (change_number, live_id, draft_id) values (?, ?, ?)")
                        .params(reference.number(), live, draft)
                        .update());
    }

    /** Writes every column that changes over a request's life, and counts the revision up. */
    ChangeRequest update(ChangeRequest request) {
        jdbc.sql("update change_request set title = ?, reason = ?, state = ?, revision = revision + 1, version = ?,"
                        + " submitted_by = ?, submitted_at = ?, effective_at = ?, decided_by = ?, decided_at = ?,"
                        + " decision_reason = ?, set_sha256 = ?, published_at = ?, deployment_id = ?,"
                        + " replaced_deployment_id = ? where number = ?")
                .param(request.title())
                .param(request.reason())
                .param(request.state().name())
                .param(request.version())
                .param(request.submittedBy().orElse(null))
                .param(stored(request.submittedAt()))
                .param(stored(request.effectiveAt()))
                .param(request.decidedBy().orElse(null))
                .param(stored(request.decidedAt()))
                .param(request.decisionReason().orElse(null))
                .param(request.setSha256().orElse(null))
                .param(stored(request.publishedAt()))
                .param(request.deploymentId().orElse(null))
                .param(request.replacedDeploymentId().orElse(null))
                .param(request.reference().number())
                .update();
        return find(request.reference()).orElseThrow();
    }

    private List<ChangeRequest> read(String where, Object... parameters) {
        return jdbc.sql("select " + COLUMNS + " from change_request" + where)
                .params(parameters)
                .query((row, number) -> request(row))
                .list();
    }

    private ChangeRequest request(ResultSet row) throws SQLException {
        ChangeReference reference = new ChangeReference(row.getLong("number"));
        return new ChangeRequest(
                reference,
                row.getString("title"),
                row.getString("reason"),
                Origin.valueOf(row.getString("origin")),
                ChangeState.valueOf(row.getString("state")),
                row.getInt("revision"),
                row.getString("version"),
                row.getString("created_by"),
                Instants.required(row, "created_at"),
                Optional.ofNullable(row.getString("submitted_by")),
                Instants.optional(row, "submitted_at"),
                Instants.optional(row, "effective_at"),
                Optional.ofNullable(row.getString("decided_by")),
                Instants.optional(row, "decided_at"),
                Optional.ofNullable(row.getString("decision_reason")),
                Optional.ofNullable(row.getString("set_sha256")),
                Instants.optional(row, "published_at"),
                Optional.ofNullable(row.getString("deployment_id")),
                Optional.ofNullable(row.getString("replaced_deployment_id")),
                names(reference),
                moves(reference));
    }

    private SortedSet<String> names(ChangeReference reference) {
        return new TreeSet<>(jdbc.sql("select name from change_file where change_number = ?")
                .param(reference.number())
                .query(String.class)
                .list());
    }

    private Map<String, String> moves(ChangeReference reference) {
        Map<String, String> moves = new TreeMap<>();
        jdbc.sql("select live_id, draft_id from change_move where change_number = ?")
                .param(reference.number())
                .query(row -> {
                    moves.put(row.getString(1), row.getString(2));
                });
        return moves;
    }

    static ModelFile file(Changed changed) {
        return new ModelFile(changed.name(), String.valueOf(changed.content()));
    }
}
