package org.takedownhub.notice;

import static org.takedownhub.audit.Instants.stored;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.audit.Audit;
import org.takedownhub.audit.Instants;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Channel;
import org.takedownhub.casefile.Instrument;

/**
 * Statutory notices proposed in place of a referral that was not obeyed. Each recipient has at most one; what was
 * decided about it stands.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class FormalNotices {

    private final JdbcClient jdbc;
    private final Clock clock;
    private final Notices notices;
    private final Audit audit;

    FormalNotices(JdbcClient jdbc, Clock clock, Notices notices, Audit audit) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.notices = notices;
        this.audit = audit;
    }

    public enum State {
        PROPOSED,
        APPROVED,
        DECLINED,
        /** The ladder ended before anybody had decided. */
        LAPSED
    }

    /**
     * What the law offers for a case.
     *
     * @param unverified   what nobody has verified about it, in words for the officer; empty when everything has been
     * @param channels     the ways it may be served, the best first
     * @param tableVersion of the decision table that found it
     */
    public record Fit(
            Instrument instrument,
            String legalReference,
            Optional<String> unverified,
            List<Channel> channels,
            int tableVersion) {}

    /**
     * A proposal as it stands.
     *
     * @param recipientNumber the recipient whose referral was not obeyed
     * @param decideBy        until when an officer should have decided, UTC
     */
    public record Proposal(
            CaseReference reference, int recipientNumber, Fit fit, State state, Instant proposedAt, Instant decideBy) {}

    /** Proposes a notice; a second proposal for the same recipient changes nothing. */
    public void propose(CaseReference reference, int recipientNumber, Fit fit, Instant decideBy) {
        if (find(reference, recipientNumber).isPresent()) {
            return;
        }
        jdbc.sql("insert into formal_proposal (case_reference, recipient_number, instrument, legal_reference,"
                        + " unverified, channels, table_version, state, proposed_at, decide_by) values (:reference,"
                        + " :number, :instrument, :law, :unverified, :channels, :version, 'PROPOSED', :now, :by)")
                .param("reference", reference.value())
                .param("number", recipientNumber)
                .param("instrument", fit.instrument().name())
                .param("law", fit.legalReference())
                .param("unverified", fit.unverified().orElse(null))
                .param(
                        "channels",
                        String.join(
                                ",", fit.channels().stream().map(Channel::name).toList()))
                .param("version", fit.tableVersion())
                .param("now", stored(clock.instant()))
                .param("by", stored(decideBy))
                .update();
        audit.record(
                reference,
                "formal-notice.proposed",
                fit.instrument().name() + " in place of the referral to recipient " + recipientNumber);
    }

    /**
     * Writes down an officer's decision. What is approved, the referral to this recipient goes on as.
     *
     * @return false when it had been decided, or had lapsed, before
     */
    public boolean decide(
            CaseReference reference, int recipientNumber, boolean approved, String reasons, String officer) {
        int decided = jdbc.sql("update formal_proposal set state = :state, reasons = :reasons, decided_by = :officer,"
                        + " decided_at = :now where case_reference = :reference and recipient_number = :number and"
                        + " state = 'PROPOSED'")
                .param("state", (approved ? State.APPROVED : State.DECLINED).name())
                .param("reasons", reasons)
                .param("officer", officer)
                .param("now", stored(clock.instant()))
                .param("reference", reference.value())
                .param("number", recipientNumber)
                .update();
        if (decided == 1) {
            audit.record(
                    reference,
                    approved ? "formal-notice.approved" : "formal-notice.declined",
                    "in place of the referral to recipient " + recipientNumber);
            if (approved) {
                notices.formalise(
                        reference,
                        recipientNumber,
                        find(reference, recipientNumber).orElseThrow().fit().instrument());
            }
        }
        return decided == 1;
    }

    /** The ladder ends: what nobody has decided by now is not decided any more. */
    public void lapse(CaseReference reference, int recipientNumber) {
        int lapsed = jdbc.sql("update formal_proposal set state = 'LAPSED' where case_reference = ? and"
                        + " recipient_number = ? and state = 'PROPOSED'")
                .params(reference.value(), recipientNumber)
                .update();
        if (lapsed == 1) {
            audit.record(reference, "formal-notice.lapsed", "nobody decided before the ladder ended");
        }
    }

    @Transactional(readOnly = true)
    public Optional<Proposal> find(CaseReference reference, int recipientNumber) {
        return jdbc.sql("select * from formal_proposal where case_reference = ? and recipient_number = ?")
                .params(reference.value(), recipientNumber)
                .query((row, number) -> proposal(row))
                .optional();
    }

    private static Proposal proposal(ResultSet row) throws SQLException {
        return new Proposal(
                new CaseReference(row.getString("case_reference")),
                row.getInt("recipient_number"),
                new Fit(
                        Instrument.valueOf(row.getString("instrument")),
                        row.getString("legal_reference"),
                        Optional.ofNullable(row.getString("unverified")),
                        Arrays.stream(row.getString("channels").split(","))
                                .map(Channel::valueOf)
                                .toList(),
                        row.getInt("table_version")),
                State.valueOf(row.getString("state")),
                Instants.required(row, "proposed_at"),
                Instants.required(row, "decide_by"));
    }
}
