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

/** The store of looks. One row per look, never changed. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class Observations implements LookListener {

    /** Where a person looked from. */
    static final String PERSON = "person";

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
        String detail = look.detail();
        jdbc.sql(
                        "insert into observation (case_reference, recipient_number, availability, vantage, connector, platform,"
                                + " control_alive, http_status, detail, evidence_hash, observed_at, recogniser, unknown_reason) values (:reference,"
                                + " :recipient, :availability, :vantage, :connector, :platform, :control, :status, :detail,"
                                + " :hash, :at, :recogniser, :unknownReason)")
                .param("reference", reference.value())
                .param("recipient", recipientNumber)
                .param("availability", look.availability().name())
                .param("vantage", settings.vantage())
                .param("connector", platform.kind())
                .param("platform", platform.instance())
                .param("control", look.controlAlive())
                .param(
                        "status",
                        look.httpStatus().isPresent() ? look.httpStatus().getAsInt() : null)
                .param("detail", detail.length() > LONGEST_DETAIL ? detail.substring(0, LONGEST_DETAIL) : detail)
                .param("hash", look.evidenceHash().orElse(null))
                .param("at", stored(at))
                .param("recogniser", platform.recogniser())
                .param("unknownReason", look.unknownReason().map(Enum::name).orElse(null))
                .update();
    }

    /** What a person saw, where the hub could not tell. */
    void told(
            CaseReference reference,
            int recipientNumber,
            String platform,
            Availability availability,
            String detail,
            Instant at) {
        jdbc.sql(
                        "insert into observation (case_reference, recipient_number, availability, vantage, connector, platform,"
                                + " control_alive, detail, observed_at, recogniser, unknown_reason) values (:reference, :recipient,"
                                + " :availability, '" + PERSON + "', '" + PERSON + "', :platform, true, :detail, :at, '"
                                + PERSON + "', :unknownReason)")
                .param("reference", reference.value())
                .param("recipient", recipientNumber)
                .param("availability", availability.name())
                .param("platform", platform)
                .param("detail", detail.length() > LONGEST_DETAIL ? detail.substring(0, LONGEST_DETAIL) : detail)
                .param("at", stored(at))
                .param("unknownReason", availability == Availability.UNKNOWN ? UnknownReason.NO_INTERFACE.name() : null)
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
