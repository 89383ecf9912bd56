package org.takedownhub.removal;

import static org.takedownhub.audit.Instants.stored;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.audit.Instants;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.platform.Availability;
import org.takedownhub.platform.ConfirmationSettings;
import org.takedownhub.platform.Look;
import org.takedownhub.platform.LookListener;
import org.takedownhub.platform.Platform;
import org.takedownhub.platform.UnknownReason;
import org.takedownhub.platform.Vantages;

/** The store of looks. One row per look, never changed. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class Observations implements LookListener {

    private static final int LONGEST_DETAIL = 1000;

    private final JdbcClient jdbc;
    private final ConfirmationSettings settings;

    Observations(JdbcClient jdbc, ConfirmationSettings settings) {
        this.jdbc = jdbc;
        this.settings = settings;
    }

    /** Writes down one look, in the caller's transaction. */
    @Override
    public void looked(CaseReference reference, int recipientNumber, Platform platform, Look look, Instant at) {
        looked(reference, recipientNumber, platform, look, settings.vantage(), at);
    }

    /** Writes down one look from that place, in the caller's transaction. */
    void looked(
            CaseReference reference, int recipientNumber, Platform platform, Look look, String vantage, Instant at) {
        String recogniser = look.recogniser().orElseGet(platform::recogniser);
        insert(reference, recipientNumber, platform.kind(), platform.instance(), recogniser, look, vantage, at);
    }

    /**
     * Writes down what a person found, in the caller's transaction. It ends a streak of looks that could not tell; seen
     * alive, it makes earlier misses void.
     *
     * @param detail what the person saw
     * @param at     when, UTC
     */
    void told(
            CaseReference reference,
            int recipientNumber,
            String platform,
            Availability availability,
            String detail,
            Instant at) {
        Look look = new Look(
                availability,
                availability != Availability.UNKNOWN,
                OptionalInt.empty(),
                detail,
                Optional.empty(),
                availability == Availability.UNKNOWN ? Optional.of(UnknownReason.NO_INTERFACE) : Optional.empty());
        insert(
                reference,
                recipientNumber,
                Vantages.PERSON,
                platform,
                Vantages.PERSON + "/1",
                look,
                Vantages.PERSON,
                at);
    }

    private void insert(
            CaseReference reference,
            int recipientNumber,
            String connector,
            String platform,
            String recogniser,
            Look look,
            String vantage,
            Instant at) {
        String detail = look.detail();
        jdbc.sql(
                        "insert into observation (case_reference, recipient_number, availability, vantage, connector, platform,"
                                + " control_alive, http_status, detail, evidence_hash, observed_at, recogniser, unknown_reason) values (:reference,"
                                + " :recipient, :availability, :vantage, :connector, :platform, :control, :status, :detail,"
                                + " :hash, :at, :recogniser, :unknownReason)")
                .param("reference", reference.value())
                .param("recipient", recipientNumber)
                .param("availability", look.availability().name())
                .param("vantage", vantage)
                .param("connector", connector)
                .param("platform", platform)
                .param("control", look.controlAlive())
                .param(
                        "status",
                        look.httpStatus().isPresent() ? look.httpStatus().getAsInt() : null)
                .param("detail", detail.length() > LONGEST_DETAIL ? detail.substring(0, LONGEST_DETAIL) : detail)
                .param("hash", look.evidenceHash().orElse(null))
                .param("at", stored(at))
                .param("recogniser", recogniser)
                .param("unknownReason", look.unknownReason().map(Enum::name).orElse(null))
                .update();
    }

    /** Every look at a case's content, oldest first. */
    @Transactional(readOnly = true)
    public List<Observation> of(CaseReference reference) {
        return jdbc.sql("select * from observation where case_reference = ? order by id")
                .params(reference.value())
                .query((row, number) -> observation(row))
                .list();
    }

    /** Whether the newest thing the platform told us is that it modified the content. */
    @Transactional(readOnly = true)
    boolean saidModified(CaseReference reference, int recipientNumber) {
        return jdbc.sql(
                        "select answer from platform_answer where case_reference = ? and recipient_number = ? order by id"
                                + " desc fetch first 1 rows only")
                .params(reference.value(), recipientNumber)
                .query(String.class)
                .optional()
                .filter(Answer.MODIFIED.name()::equals)
                .isPresent();
    }

    /** The last looks for one recipient, the newest first. */
    @Transactional(readOnly = true)
    public List<Observation> latest(CaseReference reference, int recipientNumber, int limit) {
        return jdbc.sql("select * from observation where case_reference = ? and recipient_number = ? order by id desc"
                        + " fetch first ? rows only")
                .params(reference.value(), recipientNumber, limit)
                .query((row, number) -> observation(row))
                .list();
    }

    private static Observation observation(ResultSet row) throws SQLException {
        Integer status = row.getObject("http_status", Integer.class);
        return new Observation(
                new CaseReference(row.getString("case_reference")),
                row.getInt("recipient_number"),
                Availability.valueOf(row.getString("availability")),
                row.getString("vantage"),
                row.getString("connector"),
                row.getString("platform"),
                row.getBoolean("control_alive"),
                status == null ? OptionalInt.empty() : OptionalInt.of(status),
                Optional.ofNullable(row.getString("detail")).orElse(""),
                Optional.ofNullable(row.getString("evidence_hash")),
                Instants.required(row, "observed_at"),
                row.getString("recogniser"),
                Optional.ofNullable(row.getString("unknown_reason")).map(UnknownReason::valueOf));
    }
}
