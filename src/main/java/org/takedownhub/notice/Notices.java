package org.takedownhub.notice;

import static org.takedownhub.audit.Instants.stored;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.audit.Audit;
import org.takedownhub.audit.Instants;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Channel;
import org.takedownhub.casefile.Instrument;
import org.takedownhub.casefile.Outcome;
import org.takedownhub.casefile.OutcomeScope;
import org.takedownhub.casefile.RemovedBy;
import org.takedownhub.cases.Cases;

/** Notices and their recipients. Every change runs in the caller's transaction. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class Notices {

    private static final String SELECT = "select r.*, n.instrument, coalesce(r.varied_explanation, n.explanation) as"
            + " explanation from recipient r join notice n on n.notice_id = r.notice_id ";

    private static final int LONGEST_PROOF = 500;
    private static final int LONGEST_DETAIL = 1000;

    private final JdbcClient jdbc;
    private final Clock clock;
    private final Cases cases;
    private final Audit audit;

    Notices(JdbcClient jdbc, Clock clock, Cases cases, Audit audit) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.cases = cases;
        this.audit = audit;
    }

    /**
     * Makes out a notice to its recipients, who are numbered on from those that the case has already, in the order given.
     *
     * @return the number of the first
     */
    public int issue(
            CaseReference reference,
            Instrument instrument,
            int routeVersion,
            String explanation,
            List<Addressee> addressees) {
        Instant now = clock.instant();
        String noticeId = UUID.randomUUID().toString();
        jdbc.sql("insert into notice (notice_id, case_reference, instrument, route_version, explanation, issued_at)"
                        + " values (?, ?, ?, ?, ?, ?)")
                .params(noticeId, reference.value(), instrument.name(), routeVersion, explanation, stored(now))
                .update();
        int first = of(reference).size();
        int number = first;
        for (Addressee addressee : addressees) {
            jdbc.sql("insert into recipient (case_reference, number, notice_id, role, name, address, channel, platform,"
                            + " issued_at, rung) values (?, ?, ?, ?, ?, ?, ?, ?, ?, 0)")
                    .params(
                            reference.value(),
                            number++,
                            noticeId,
                            addressee.role().name(),
                            addressee.name(),
                            addressee.address().orElse(null),
                            addressee.channel().name(),
                            addressee.platform(),
                            stored(now))
                    .update();
            audit.record(reference, "notice.issued", instrument + " to " + addressee.name());
        }
        return first;
    }

    /** An authorised officer lets this recipient's voluntary referral become a statutory notice. */
    public void formalise(CaseReference reference, int number, Instrument instrument) {
        jdbc.sql("update recipient set formal_instrument = ? where case_reference = ? and number = ?")
                .params(instrument.name(), reference.value(), number)
                .update();
        audit.record(reference, "notice.formalised", "recipient " + number + ": " + instrument);
    }

    /** The statutory instrument that this recipient's referral is to become; empty while it stays what it is. */
    @Transactional(readOnly = true)
    public Optional<Instrument> formalInstrument(CaseReference reference, int number) {
        return jdbc.sql("select formal_instrument from recipient where case_reference = ? and number = ? and"
                        + " formal_instrument is not null")
                .params(reference.value(), number)
                .query(String.class)
                .optional()
                .map(Instrument::valueOf);
    }

    /**
     * What this recipient was asked for goes on under another notice. Until that one is given, this one stands and is
     * watched: should the content go before, it went because of this one.
     */
    public void supersede(CaseReference reference, int number, int by) {
        jdbc.sql("update recipient set superseded_by = ? where case_reference = ? and number = ?")
                .params(by, reference.value(), number)
                .update();
        audit.record(reference, "notice.superseded", "recipient " + number + " by recipient " + by);
    }

    /** The recipient, if any, whose notice has been made out in place of this one's and not been given yet. */
    @Transactional(readOnly = true)
    public Optional<Recipient> successor(CaseReference reference, int number) {
        return jdbc.sql(SELECT + "where r.case_reference = :reference and r.given_at is null and r.number = (select"
                        + " superseded_by from recipient where case_reference = :reference and number = :number)")
                .param("reference", reference.value())
                .param("number", number)
                .query((row, index) -> recipient(row))
                .optional();
    }

    /** The notice goes another way than it was first meant to. */
    public void goesThrough(CaseReference reference, int number, Channel channel) {
        int changed = jdbc.sql("update recipient set channel = :channel where case_reference = :reference and number ="
                        + " :number and channel <> :channel")
                .param("channel", channel.name())
                .param("reference", reference.value())
                .param("number", number)
                .update();
        if (changed == 1) {
            audit.record(reference, "notice.rerouted", "recipient " + number + " now through " + channel);
        }
    }

    /**
     * Notes when a recipient was given its notice; a second call changes nothing, unless it turned out meanwhile that
     * nobody had got the first one. A notice in whose place it was given has not been obeyed.
     */
    public void given(CaseReference reference, int number, Instant at) {
        if (set(reference, number, "given_at", at)) {
            jdbc.sql("select number from recipient where case_reference = ? and superseded_by = ?")
                    .params(reference.value(), number)
                    .query(Integer.class)
                    .list()
                    .forEach(superseded -> settle(reference, superseded, Outcome.NOT_REMOVED, null, null));
        }
    }

    /**
     * Notes the proof that a notice arrived; the first one stands.
     *
     * @param detail such as a reference of the platform, at most 500 characters; longer ones are cut
     */
    public void received(CaseReference reference, int number, Instant at, ProofOfDelivery proof, String detail) {
        if (set(reference, number, "received_at", at)) {
            jdbc.sql("update recipient set proof_of_delivery = ?, proof_detail = ? where case_reference = ? and number"
                            + " = ?")
                    .params(proof.name(), shortened(detail, LONGEST_PROOF), reference.value(), number)
                    .update();
            audit.record(reference, "notice.proved", "recipient " + number + ": " + proof);
        }
    }

    /**
     * Takes down that nobody got what was sent: it was not given then, and no period runs from it. What went out when
     * stays on file beside it. A recipient who acknowledged the notice has it, whatever a mail server says.
     *
     * @param at     when that became known, UTC
     * @param detail what the mail server said
     * @return false when the recipient has it, or it had not been given
     */
    public boolean notGiven(CaseReference reference, int number, Instant at, String detail) {
        Recipient recipient = require(reference, number);
        if (recipient.acknowledgedAt().isPresent() || recipient.givenAt().isEmpty()) {
            return false;
        }
        jdbc.sql("insert into failed_delivery (case_reference, recipient_number, sent_at, failed_at, detail)"
                        + " values (?, ?, ?, ?, ?)")
                .params(
                        reference.value(),
                        number,
                        stored(recipient.givenAt().get()),
                        stored(at),
                        shortened(detail, LONGEST_DETAIL))
                .update();
        jdbc.sql("update recipient set given_at = null, received_at = null, proof_of_delivery = null, proof_detail ="
                        + " null, due_at = null where case_reference = ? and number = ?")
                .params(reference.value(), number)
                .update();
        refreshCase(reference);
        audit.record(
                reference,
                "notice.not-given",
                "recipient " + number + ": what went out at "
                        + recipient.givenAt().get() + " reached nobody");
        return true;
    }

    /** Whether the newest sending to a recipient turned out to have reached nobody. */
    @Transactional(readOnly = true)
    public boolean undelivered(CaseReference reference, int number) {
        return require(reference, number).givenAt().isEmpty()
                && jdbc.sql("select count(*) from failed_delivery where case_reference = ? and recipient_number = ?")
                                .params(reference.value(), number)
                                .query(Long.class)
                                .single()
                        > 0;
    }

    /**
     * Notes that the content is blocked somewhere, which this recipient's instrument does not call compliance.
     *
     * @return false when that was known
     */
    public boolean restrictedElsewhere(CaseReference reference, int number, Instant at) {
        return set(reference, number, "restricted_at", at);
    }

    /** Notes that a recipient acknowledged its notice; a second call changes nothing. */
    public void acknowledged(CaseReference reference, int number, Instant at) {
        set(reference, number, "acknowledged_at", at);
    }

    /** Sets the due date that the recipient's clock came to. The watch begins at once. */
    public void due(CaseReference reference, int number, Due due) {
        jdbc.sql(
                        "update recipient set due_at = :due, policy_code = :code, policy_version = :version,"
                                + " legal_reference = :law, next_check_at = :now where case_reference = :reference and number = :number")
                .param("due", stored(due.dueAt()))
                .param("code", due.policyCode())
                .param("version", due.policyVersion())
                .param("law", due.legalReference())
                .param("now", stored(clock.instant()))
                .param("reference", reference.value())
                .param("number", number)
                .update();
        refreshCase(reference);
    }

    /**
     * Moves the due date of a recipient that is still asked; the policy it came from stays.
     *
     * @return false when its part has come out, or its clock stands still
     */
    public boolean dueMoved(CaseReference reference, int number, Instant dueAt) {
        int moved = jdbc.sql(
                        "update recipient set due_at = :due, next_check_at = :now where case_reference = :reference"
                                + " and number = :number and due_at is not null and (outcome is null or outcome = 'REFUSED')")
                .param("due", stored(dueAt))
                .param("now", stored(clock.instant()))
                .param("reference", reference.value())
                .param("number", number)
                .update();
        if (moved == 1) {
            refreshCase(reference);
        }
        return moved == 1;
    }

    /** From now on the notice reads otherwise for this recipient. What was issued stays on file. */
    public void vary(CaseReference reference, int number, String explanation) {
        jdbc.sql("update recipient set varied_explanation = ? where case_reference = ? and number = ?")
                .params(explanation, reference.value(), number)
                .update();
        audit.record(reference, "notice.varied", "recipient " + number);
    }

    /** The clock stands still: nothing is due until it starts again. */
    public void paused(CaseReference reference, int number) {
        jdbc.sql("update recipient set due_at = null where case_reference = ? and number = ?")
                .params(reference.value(), number)
                .update();
        refreshCase(reference);
    }

    /**
     * Writes down how a recipient's part came out.
     *
     * @return false when it had come out before, which then stands
     */
    public boolean settle(
            CaseReference reference,
            int number,
            Outcome outcome,
            @Nullable OutcomeScope scope,
            @Nullable RemovedBy by) {
        int settled = jdbc.sql("update recipient set outcome = :outcome, outcome_scope = :scope, removed_by = :by,"
                        + " settled_at = :now, next_check_at = case when :outcome = 'REFUSED' then next_check_at else"
                        + " null end where case_reference = :reference and number = :number and (outcome is null or"
                        + " (outcome = 'REFUSED' and :outcome <> 'REFUSED'))")
                .param("outcome", outcome.name())
                .param("scope", scope == null ? null : scope.name())
                .param("by", by == null ? null : by.name())
                .param("now", stored(clock.instant()))
                .param("reference", reference.value())
                .param("number", number)
                .update();
        if (settled == 1) {
            refreshCase(reference);
            keepBack(reference, number);
            audit.record(reference, "notice.settled", outcome + " at recipient " + number);
        }
        return settled == 1;
    }

    /**
     * Corrects how a recipient's part came out. What the figures said before is kept beside it.
     *
     * @return what it was; empty when there was nothing to correct
     */
    public Optional<Outcome> correct(CaseReference reference, int number, Outcome outcome, String reason) {
        Optional<Outcome> before = require(reference, number).outcome().filter(was -> was != outcome);
        before.ifPresent(was -> {
            Instant now = clock.instant();
            jdbc.sql("insert into outcome_correction (case_reference, recipient_number, outcome_before,"
                            + " outcome_scope_before, removed_by_before, settled_at_before, outcome_after, reason,"
                            + " corrected_at) select case_reference, number, outcome, outcome_scope, removed_by,"
                            + " settled_at, :outcome, :reason, cast(:now as timestamp(6) with time zone) from recipient"
                            + " where case_reference = :reference and number = :number")
                    .param("outcome", outcome.name())
                    .param("reason", reason)
                    .param("now", stored(now))
                    .param("reference", reference.value())
                    .param("number", number)
                    .update();
            jdbc.sql("update recipient set outcome = :outcome, outcome_scope = null, removed_by = null, settled_at ="
                            + " :now, next_check_at = null where case_reference = :reference and number = :number")
                    .param("outcome", outcome.name())
                    .param("now", stored(now))
                    .param("reference", reference.value())
                    .param("number", number)
                    .update();
            refreshCase(reference);
            audit.record(reference, "outcome.corrected", was + " is " + outcome + " at recipient " + number);
        });
        return before;
    }

    /** A notice that still waits to be mailed does not go out any more. */
    private void keepBack(CaseReference reference, int number) {
        int kept = jdbc.sql("update letter set state = 'FILED', detail = 'The notice was settled before it went out'"
                        + " where letter_key like ? and state = 'QUEUED'")
                .params(letterPrefix(reference, number) + "%")
                .update();
        if (kept > 0) {
            audit.record(reference, "letter.kept-back", "the notice to recipient " + number);
        }
    }

    /** What the keys of letters begin with that carry the notice to one recipient; the number of the attempt follows. */
    public static String letterPrefix(CaseReference reference, int number) {
        return "notice/" + reference + "/" + number + "/";
    }

    /** Nobody looks any more whether the content is up. */
    public void stopWatching(CaseReference reference) {
        jdbc.sql("update recipient set next_check_at = null where case_reference = ?")
                .params(reference.value())
                .update();
    }

    public void climbed(CaseReference reference, int number, int rung) {
        jdbc.sql("update recipient set rung = ? where case_reference = ? and number = ?")
                .params(rung, reference.value(), number)
                .update();
        cases.climbed(reference, rung);
    }

    /** @throws IllegalStateException the case has no such recipient */
    @Transactional(readOnly = true)
    public Recipient require(CaseReference reference, int number) {
        return jdbc.sql(SELECT + "where r.case_reference = ? and r.number = ?")
                .params(reference.value(), number)
                .query((row, index) -> recipient(row))
                .optional()
                .orElseThrow(() ->
                        new IllegalStateException("Case " + reference + " has no recipient with number " + number));
    }

    /** The recipients of a case in order of their numbers. */
    @Transactional(readOnly = true)
    public List<Recipient> of(CaseReference reference) {
        return jdbc.sql(SELECT + "where r.case_reference = ? order by r.number")
                .params(reference.value())
                .query((row, index) -> recipient(row))
                .list();
    }

    private boolean set(CaseReference reference, int number, String column, Instant at) {
        int set = jdbc.sql("update recipient set " + column + " = ? where case_reference = ? and number = ? and "
                        + column + " is null")
                .params(stored(at), reference.value(), number)
                .update();
        if (set == 1) {
            audit.record(reference, "notice." + column.replace("_at", ""), "recipient " + number + " at " + at);
        }
        return set == 1;
    }

    private static String shortened(String text, int longest) {
        return text.length() > longest ? text.substring(0, longest) : text;
    }

    /** The case shows the earliest due date among recipients that are still open. */
    private void refreshCase(CaseReference reference) {
        Optional<Instant> earliest = jdbc.sql("select min(due_at) as due_at from recipient where case_reference = ?"
                        + " and (outcome is null or outcome = 'REFUSED')")
                .params(reference.value())
                .query((row, index) -> Instants.optional(row, "due_at"))
                .single();
        if (earliest.isPresent()) {
            cases.removalDue(reference, earliest);
        }
    }

    private static Recipient recipient(ResultSet row) throws SQLException {
        return new Recipient(
                new CaseReference(row.getString("case_reference")),
                row.getInt("number"),
                row.getString("notice_id"),
                Instrument.valueOf(row.getString("instrument")),
                row.getString("explanation"),
                ContactRole.valueOf(row.getString("role")),
                row.getString("name"),
                Optional.ofNullable(row.getString("address")),
                Channel.valueOf(row.getString("channel")),
                row.getString("platform"),
                Instants.required(row, "issued_at"),
                Instants.optional(row, "given_at"),
                Instants.optional(row, "received_at"),
                Optional.ofNullable(row.getString("proof_of_delivery")).map(ProofOfDelivery::valueOf),
                Instants.optional(row, "acknowledged_at"),
                Instants.optional(row, "due_at"),
                row.getInt("rung"),
                Optional.ofNullable(row.getString("outcome")).map(Outcome::valueOf),
                Optional.ofNullable(row.getString("outcome_scope")).map(OutcomeScope::valueOf),
                Optional.ofNullable(row.getString("removed_by")).map(RemovedBy::valueOf),
                row.getObject("superseded_by") != null);
    }

    /**
     * Who a notice is made out to.
     *
     * @param address where it is reached itself; empty for a provider, who is reached through its platform
     */
    public record Addressee(ContactRole role, String name, Channel channel, String platform, Optional<String> address) {

        /** The provider itself, through its platform's own ways. */
        public Addressee(String name, Channel channel, String platform) {
            this(ContactRole.PROVIDER, name, channel, platform, Optional.empty());
        }
    }

    /** What a deadline policy came to, and which policy it was. */
    public record Due(Instant dueAt, String policyCode, int policyVersion, String legalReference) {}
}
