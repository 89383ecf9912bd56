package org.takedownhub.platform;

import static org.takedownhub.audit.Instants.stored;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.audit.Audit;
import org.takedownhub.audit.Instants;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.cases.Cases;
import org.takedownhub.platform.Submission.Purpose;
import org.takedownhub.platform.Submission.State;

/**
 * The store of what goes out to platforms. A submission's way is PREPARED, SENDING, one of the answers, settled; each
 * step is an update that holds only if the row still stands where the caller believes it to, so that of several nodes
 * one goes on and the others find nothing to do.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class Submissions {

    private static final int LONGEST_EXPLANATION = 4000;
    private static final int LONGEST_DETAIL = 2000;
    private static final int LONGEST_REFERENCE = 500;
    private static final String UNTOLD = "answered_at is not null and settled_at is null";

    private final JdbcClient jdbc;
    private final Clock clock;
    private final Audit audit;
    private final Cases cases;
    private final ApplicationEventPublisher events;

    Submissions(JdbcClient jdbc, Clock clock, Audit audit, Cases cases, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.audit = audit;
        this.cases = cases;
        this.events = events;
    }

    /** A waiting row, taken by one worker until {@code leasedUntil}. */
    record Work(Submission submission, int tries, int misses, Instant preparedAt, Instant leasedUntil) {

        String key() {
            return submission.key();
        }
    }

    /** What is known of the recipient when the submission's turn comes. */
    enum Standing {
        OPEN,
        /** Its part came out as removed, or the newest look proved it. */
        GONE,
        /** Its part is over otherwise, such as withdrawn. A refusal is no end: the ladder goes on. */
        SETTLED
    }

    /**
     * Prepares a notice for sending, in the caller's transaction; it goes out soon after the commit. Preparing the same
     * one again changes nothing.
     *
     * @param rung        0 for the referral itself
     * @param attempt     0, and one more for each time a person decided that an uncertain one did not arrive
     * @param platform    the platform instance
     * @param explanation plain text for the platform's moderators, at most 4,000 characters
     * @return the submission's key: SHA-256 in hex over case, recipient, rung, attempt and purpose
     */
    public String prepare(
            CaseReference reference,
            int recipientNumber,
            int rung,
            int attempt,
            Purpose purpose,
            String platform,
            String explanation) {
        if (explanation.length() > LONGEST_EXPLANATION) {
            throw new IllegalArgumentException(
                    "The explanation for " + reference + " is longer than " + LONGEST_EXPLANATION + " characters");
        }
        String key = key(reference, recipientNumber, rung, attempt, purpose);
        Instant now = clock.instant();
        int inserted = jdbc.sql(
                        "insert into submission (submission_key, case_reference, recipient_number, rung, attempt,"
                                + " purpose, platform, explanation, state, not_before, tries, misses, prepared_at) select :key,"
                                + " case_reference, :recipient, :rung, :attempt, :purpose, :platform, :explanation,"
                                + " 'PREPARED', cast(:now as timestamp(6) with time zone), 0, 0,"
                                + " cast(:now as timestamp(6) with time zone) from takedown_case where case_reference ="
                                + " :reference and not exists (select 1 from submission where submission_key = :key)")
                .param("key", key)
                .param("reference", reference.value())
                .param("recipient", recipientNumber)
                .param("rung", rung)
                .param("attempt", attempt)
                .param("purpose", purpose.name())
                .param("platform", platform)
                .param("explanation", explanation)
                .param("now", stored(now))
                .update();
        if (inserted == 1) {
            audit.record(
                    reference,
                    "submission.prepared",
                    "%s for recipient %d, rung %d, attempt %d, to %s"
                            .formatted(purpose, recipientNumber, rung, attempt, platform));
            events.publishEvent(new SubmissionPrepared(key, platform));
        }
        return key;
    }

    /** Everything that went out or is to go out for a case, oldest first. */
    @Transactional(readOnly = true)
    public List<Submission> of(CaseReference reference) {
        return jdbc.sql(
                        "select * from submission where case_reference = ? order by prepared_at, recipient_number, rung,"
                                + " attempt")
                .params(reference.value())
                .query((row, number) -> submission(row))
                .list();
    }

    @Transactional(readOnly = true)
    public Optional<Submission> find(String key) {
        return jdbc.sql("select * from submission where submission_key = ?")
                .params(key)
                .query((row, number) -> submission(row))
                .optional();
    }

    /** Platforms for which something waits whose time has come. */
    @Transactional(readOnly = true)
    List<String> platformsDue(Instant now) {
        return jdbc.sql("select distinct platform from submission where state = 'PREPARED' and not_before <= ?")
                .params(stored(now))
                .query(String.class)
                .list();
    }

    /** How many notices of overt cases wait to be sent to a platform, due or not: a number must not tell of a covert one. */
    @Transactional(readOnly = true)
    public int waiting(String platform) {
        return jdbc.sql("select count(*) from submission s join takedown_case c on c.case_reference = s.case_reference"
                        + " where s.state = 'PREPARED' and s.platform = ? and c.source <> 'COVERT'")
                .params(platform)
                .query(Integer.class)
                .single();
    }

    @Transactional(readOnly = true)
    List<String> due(String platform, Instant now, int limit) {
        return jdbc.sql("select submission_key from submission where state = 'PREPARED' and platform = ? and not_before"
                        + " <= ? order by not_before, submission_key fetch first ? rows only")
                .params(platform, stored(now), limit)
                .query(String.class)
                .list();
    }

    /** What has been waiting since before that instant, whether its turn has come or not. */
    @Transactional(readOnly = true)
    List<String> preparedBefore(String platform, Instant instant, int limit) {
        return jdbc.sql(
                        "select submission_key from submission where state = 'PREPARED' and platform = ? and prepared_at"
                                + " <= ? order by prepared_at, submission_key fetch first ? rows only")
                .params(platform, stored(instant), limit)
                .query(String.class)
                .list();
    }

    /** Takes a waiting row so that no other worker looks at it meanwhile. If this one dies, the lease runs out. */
    Optional<Work> lease(String key, String worker, Instant now, Instant until) {
        int leased = jdbc.sql("update submission set worker = ?, not_before = ? where submission_key = ? and state ="
                        + " 'PREPARED' and not_before <= ?")
                .params(worker, stored(until), key, stored(now))
                .update();
        return leased == 0
                ? Optional.empty()
                : jdbc.sql("select * from submission where submission_key = ?")
                        .params(key)
                        .query((row, number) -> work(row))
                        .optional();
    }

    /** Gives back what was taken and is not to be sent now: it has its own turn. */
    void giveBack(Work work, Instant now) {
        jdbc.sql("update submission set worker = null, not_before = ? where submission_key = ? and state = 'PREPARED'"
                        + " and not_before = ?")
                .params(stored(now), work.key(), stored(work.leasedUntil()))
                .update();
    }

    /** A report that a platform has, without what it is about. */
    record Sent(
            String key, String platform, CaseReference about, int recipientNumber, String reference, Instant sentAt) {

        SentReport with(Content content) {
            return new SentReport(reference, content, recipientNumber, sentAt);
        }
    }

    /** The newest report of a recipient's notice that its platform took. */
    @Transactional(readOnly = true)
    Optional<Sent> sentReport(CaseReference reference, int recipientNumber) {
        return jdbc.sql("select * from submission where case_reference = ? and recipient_number = ? and state = 'SENT'"
                        + " and purpose = 'REFERRAL' order by answered_at desc, submission_key fetch first 1 rows only")
                .params(reference.value(), recipientNumber)
                .query((row, number) -> sent(row))
                .optional();
    }

    /** The platform instance that took a recipient's notice. */
    @Transactional(readOnly = true)
    public Optional<String> sentThrough(CaseReference reference, int recipientNumber) {
        return sentReport(reference, recipientNumber).map(Sent::platform);
    }

    /** Reports about open notices whose turn to be asked about has come. */
    @Transactional(readOnly = true)
    List<Sent> repliesDue(Collection<String> platforms, Instant now, int limit) {
        return jdbc.sql(
                        "select s.* from submission s join recipient r on r.case_reference = s.case_reference and"
                                + " r.number = s.recipient_number where s.state = 'SENT' and s.purpose = 'REFERRAL' and s.platform in"
                                + " (:platforms) and (r.outcome is null or r.outcome = 'REFUSED') and (s.replies_due_at is null or"
                                + " s.replies_due_at <= :now) order by s.replies_due_at, s.submission_key fetch first :limit rows only")
                .param("platforms", platforms)
                .param("now", stored(now))
                .param("limit", limit)
                .query((row, number) -> sent(row))
                .list();
    }

    /** Says when to ask next; false when another node has taken this turn. */
    boolean askAgain(Sent sent, Instant now, Instant next) {
        return jdbc.sql("update submission set replies_due_at = :next where submission_key = :key and"
                                + " (replies_due_at is null or replies_due_at <= :now)")
                        .param("next", stored(next))
                        .param("key", sent.key())
                        .param("now", stored(now))
                        .update()
                == 1;
    }

    private static Sent sent(ResultSet row) throws SQLException {
        return new Sent(
                row.getString("submission_key"),
                row.getString("platform"),
                new CaseReference(row.getString("case_reference")),
                row.getInt("recipient_number"),
                row.getString("platform_reference"),
                Instants.required(row, "answered_at"));
    }

    /** Gives back what earlier runs of this node had taken but not begun to send. */
    void release(String goneWorker, Instant now) {
        jdbc.sql("update submission set worker = null, not_before = ? where state = 'PREPARED' and worker = ?")
                .params(stored(now), goneWorker)
                .update();
    }

    @Transactional(readOnly = true)
    List<String> workers() {
        return jdbc.sql("select distinct worker from submission where state = 'PREPARED' and worker is not null")
                .query(String.class)
                .list();
    }

    Standing standing(Submission submission) {
        Optional<Standing> settled = jdbc.sql(
                        "select outcome from recipient where case_reference = ? and number = ? and"
                                + " settled_at is not null and outcome <> 'REFUSED'")
                .params(submission.reference().value(), submission.recipientNumber())
                .query((row, number) -> isGone(row.getString("outcome")) ? Standing.GONE : Standing.SETTLED)
                .optional();
        return settled.orElseGet(() -> newestLook(submission)
                .filter(Availability::provesRemoval)
                .map(look -> Standing.GONE)
                .orElse(Standing.OPEN));
    }

    private Optional<Availability> newestLook(Submission submission) {
        return jdbc.sql(
                        "select availability from observation where case_reference = ? and recipient_number = ? order by"
                                + " id desc fetch first 1 rows only")
                .params(submission.reference().value(), submission.recipientNumber())
                .query((row, number) -> Availability.valueOf(row.getString("availability")))
                .optional();
    }

    /**
     * When the newest referral to a recipient began to be sent, UTC, whatever came of it.
     *
     * @return empty when none has been sent
     */
    @Transactional(readOnly = true)
    public Optional<Instant> sentAt(CaseReference reference, int recipientNumber) {
        return jdbc.sql(
                        "select max(sending_at) as sent_at from submission where case_reference = ? and recipient_number"
                                + " = ? and purpose = 'REFERRAL'")
                .params(reference.value(), recipientNumber)
                .query((row, number) -> Instants.optional(row, "sent_at"))
                .single();
    }

    private static boolean isGone(@Nullable String outcome) {
        return "REMOVED".equals(outcome) || "ALREADY_GONE".equals(outcome);
    }

    /** One look before sending found nothing there: not sent yet, to be looked at again. */
    void missed(Work work, Instant again) {
        jdbc.sql("update submission set misses = misses + 1, not_before = ?, worker = null where submission_key = ? and"
                        + " state = 'PREPARED' and not_before = ?")
                .params(stored(again), work.key(), stored(work.leasedUntil()))
                .update();
    }

    /** From here on nobody may send it again. False when the lease has run out. */
    boolean claim(Work work, String worker) {
        return jdbc.sql(
                                "update submission set state = 'SENDING', worker = ?, sending_at = ? where submission_key = ? and"
                                        + " state = 'PREPARED' and worker = ? and not_before = ?")
                        .params(worker, stored(clock.instant()), work.key(), worker, stored(work.leasedUntil()))
                        .update()
                == 1;
    }

    /** The call certainly had no effect: back into the queue. */
    void postpone(Work work, String worker, Instant notBefore, String reason) {
        jdbc.sql(
                        "update submission set state = 'PREPARED', not_before = ?, tries = tries + 1, worker = null, sending_at"
                                + " = null, detail = ? where submission_key = ? and state = 'SENDING' and worker = ?")
                .params(stored(notBefore), shortened(reason, LONGEST_DETAIL), work.key(), worker)
                .update();
    }

    /**
     * Keeps the answer, so that telling the process can be repeated without sending again.
     *
     * @param from where the row must stand for the answer to count
     * @return false when somebody else has answered it meanwhile
     */
    boolean answered(Submission submission, List<State> from, @Nullable String worker, ReferralAnswer answer) {
        State state = state(answer);
        boolean kept = jdbc.sql(
                                "update submission set state = :state, answered_at = :at, platform_reference ="
                                        + " :platformReference, detail = :detail, not_before = :now where submission_key = :key and"
                                        + " state in (:from) and settled_at is null and (:anyWorker = true or worker = :worker)")
                        .param("state", state.name())
                        .param("at", stored(answer instanceof Receipt receipt ? receipt.receivedAt() : clock.instant()))
                        .param(
                                "platformReference",
                                answer instanceof Receipt receipt
                                        ? shortened(receipt.reference(), LONGEST_REFERENCE)
                                        : null)
                        .param("detail", shortened(detail(answer), LONGEST_DETAIL))
                        .param("now", stored(clock.instant()))
                        .param("key", submission.key())
                        .param("from", from.stream().map(State::name).toList())
                        .param("anyWorker", worker == null)
                        .param("worker", worker == null ? "" : worker)
                        .update()
                == 1;
        if (kept) {
            record(submission, "submission." + action(state), answer);
        }
        return kept;
    }

    /** An answer came after the row had been given up as uncertain: the log keeps it, for the person who decides. */
    void answeredLate(Submission submission, ReferralAnswer answer) {
        record(submission, "submission.answered-late", answer);
    }

    private void record(Submission submission, String action, ReferralAnswer answer) {
        if (answer instanceof Receipt receipt) {
            cases.identify(submission.reference(), submission.platform(), receipt.identities());
        }
        audit.record(
                submission.reference(),
                action,
                "%s for recipient %d, rung %d, attempt %d: %s"
                        .formatted(
                                submission.purpose(),
                                submission.recipientNumber(),
                                submission.rung(),
                                submission.attempt(),
                                detail(answer)));
    }

    /** The recipient's part is over: nothing is sent and nobody is told. */
    void drop(Work work) {
        int dropped = jdbc.sql("update submission set state = 'DROPPED', answered_at = :now, settled_at = :now where"
                        + " submission_key = :key and state = 'PREPARED' and not_before = :lease")
                .param("now", stored(clock.instant()))
                .param("key", work.key())
                .param("lease", stored(work.leasedUntil()))
                .update();
        if (dropped == 1) {
            audit.record(
                    work.submission().reference(),
                    "submission.dropped",
                    "%s for recipient %d: its part was settled before"
                            .formatted(
                                    work.submission().purpose(),
                                    work.submission().recipientNumber()));
        }
    }

    /** A row that somebody is sending. */
    record Sending(Submission submission, String worker, Instant since) {}

    @Transactional(readOnly = true)
    List<Sending> sending() {
        return jdbc.sql("select * from submission where state = 'SENDING'")
                .query((row, number) ->
                        new Sending(submission(row), row.getString("worker"), Instants.required(row, "sending_at")))
                .list();
    }

    /** Answers of which the process has not been told, and whose next try is due. */
    @Transactional(readOnly = true)
    List<String> untold(Instant now, int limit) {
        return jdbc.sql("select submission_key from submission where state in ('SENT', 'REFUSED', 'GONE', 'BY_HAND',"
                        + " 'UNCERTAIN') and " + UNTOLD
                        + " and not_before <= ? order by not_before, submission_key fetch first ? rows only")
                .params(stored(now), limit)
                .query(String.class)
                .list();
    }

    /** An answer and the submission it is for. */
    record Answered(Submission submission, ReferralAnswer answer) {}

    /** Locks an answer that has not been told yet; empty when another worker has told it. */
    Optional<Answered> lockUntold(String key) {
        return jdbc.sql("select * from submission where submission_key = ? and " + UNTOLD + " for update")
                .params(key)
                .query((row, number) -> new Answered(submission(row), answer(row)))
                .optional();
    }

    void told(String key) {
        jdbc.sql("update submission set settled_at = ? where submission_key = ?")
                .params(stored(clock.instant()), key)
                .update();
    }

    void tellAgain(String key, Instant notBefore) {
        jdbc.sql("update submission set not_before = ? where submission_key = ? and " + UNTOLD)
                .params(stored(notBefore), key)
                .update();
    }

    private static String key(CaseReference reference, int recipient, int rung, int attempt, Purpose purpose) {
        String text = String.join(
                "|",
                reference.value(),
                Integer.toString(recipient),
                Integer.toString(rung),
                Integer.toString(attempt),
                purpose.name());
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static State state(ReferralAnswer answer) {
        if (answer instanceof Receipt) {
            return State.SENT;
        }
        if (answer instanceof PlatformRefusal) {
            return State.REFUSED;
        }
        if (answer instanceof ContentGone) {
            return State.GONE;
        }
        return answer instanceof NeedsPerson ? State.BY_HAND : State.UNCERTAIN;
    }

    private static String detail(ReferralAnswer answer) {
        if (answer instanceof Receipt receipt) {
            return "received as " + receipt.reference();
        }
        if (answer instanceof PlatformRefusal refusal) {
            return refusal.reason();
        }
        if (answer instanceof ContentGone gone) {
            return gone.reason();
        }
        return answer instanceof NeedsPerson byHand ? byHand.reason() : ((Uncertain) answer).reason();
    }

    private static String action(State state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static ReferralAnswer answer(ResultSet row) throws SQLException {
        String detail = Optional.ofNullable(row.getString("detail")).orElse("");
        return switch (State.valueOf(row.getString("state"))) {
            case SENT -> new Receipt(
                    row.getString("platform_reference"), Instants.required(row, "answered_at"), Map.of());
            case REFUSED -> new PlatformRefusal(detail);
            case GONE -> new ContentGone(detail);
            case BY_HAND -> new NeedsPerson(detail);
            case UNCERTAIN -> new Uncertain(detail);
            case PREPARED, SENDING, DROPPED -> throw new IllegalStateException(
                    "Submission " + row.getString("submission_key") + " has no answer");
        };
    }

    private static String shortened(String text, int length) {
        return text.length() > length ? text.substring(0, length) : text;
    }

    private static Work work(ResultSet row) throws SQLException {
        return new Work(
                submission(row),
                row.getInt("tries"),
                row.getInt("misses"),
                Instants.required(row, "prepared_at"),
                Instants.required(row, "not_before"));
    }

    private static Submission submission(ResultSet row) throws SQLException {
        return new Submission(
                row.getString("submission_key"),
                new CaseReference(row.getString("case_reference")),
                row.getInt("recipient_number"),
                row.getInt("rung"),
                row.getInt("attempt"),
                Purpose.valueOf(row.getString("purpose")),
                row.getString("platform"),
                row.getString("explanation"),
                State.valueOf(row.getString("state")),
                Instants.required(row, "not_before"),
                Optional.ofNullable(row.getString("platform_reference")),
                Optional.ofNullable(row.getString("detail")));
    }
}
