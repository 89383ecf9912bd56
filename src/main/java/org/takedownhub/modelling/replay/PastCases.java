package org.takedownhub.modelling.replay;

import static org.takedownhub.audit.Instants.stored;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.audit.Instants;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.Channel;
import org.takedownhub.casefile.Instrument;
import org.takedownhub.casefile.Outcome;
import org.takedownhub.casefile.Source;
import org.takedownhub.casefile.Verdict;
import org.takedownhub.modelling.replay.PastCase.Addressed;
import org.takedownhub.modelling.replay.PastCase.Answered;
import org.takedownhub.modelling.replay.PastCase.Asked;
import org.takedownhub.modelling.replay.PastCase.Decided;
import org.takedownhub.modelling.replay.PastCase.Happened;
import org.takedownhub.modelling.replay.PastCase.Held;
import org.takedownhub.modelling.replay.PastCase.Said;
import org.takedownhub.modelling.replay.PastCase.Verdicted;
import org.takedownhub.platform.Platforms;

/**
 * Reads what is on record of cases that came out, many at once. Covert cases are never among them: what a replay says is
 * for every manager, and a count could tell of a case.
 */
@Component
class PastCases {

    /** The newest first. The same words in every question, so that all of them are about the same cases. */
    private static final String PICKED =
            "(select case_reference from takedown_case where outcome is not null and source"
                    + " <> 'COVERT' and flagged_at >= :from and flagged_at < :until order by flagged_at desc, case_reference desc"
                    + " fetch first :limit rows only)";

    private final JdbcClient jdbc;
    private final Platforms platforms;

    PastCases(JdbcClient jdbc, Platforms platforms) {
        this.jdbc = jdbc;
        this.platforms = platforms;
    }

    /** Which cases: flagged from an instant on and before another, UTC, and at most so many of the newest. */
    record Selection(Instant from, Instant until, int limit) {}

    @Transactional(readOnly = true)
    List<PastCase> read(Selection selection) {
        return new Reading(selection).all();
    }

    /** Everything about some cases, one question for each table. */
    private final class Reading {

        private final Selection selection;
        private final Map<String, List<Step>> steps;
        private final Map<String, List<Flagged>> flags;
        private final Map<String, List<Judged>> verdicts;
        private final Map<String, List<QuestionRow>> questions;
        private final Map<String, List<DecidedRow>> approvals;
        private final Map<String, List<Instant>> supplements;
        private final Map<String, List<RecipientRow>> recipients;
        private final Map<String, List<AnswerRow>> answers;
        private final Map<String, List<ClockRow>> clocks;
        private final Map<String, List<ReviewRow>> reviews;
        private final Map<String, List<ProposalRow>> proposals;
        private final Map<String, List<SubmissionRow>> submissions;
        private final Map<String, List<PreNoticeRow>> preNotices;
        private final Map<String, List<CorrectionRow>> corrections;
        private final Map<String, List<String>> returns;
        private final Map<String, Instant> firstGiven;
        private final Map<String, Set<Channel>> ways = new HashMap<>();

        Reading(Selection selection) {
            this.selection = selection;
            this.steps = rows(
                    "case_step",
                    "state, entered_at",
                    "id",
                    row -> new Step(row.getString("state"), Instants.required(row, "entered_at")));
            this.flags = rows(
                    "flag",
                    "category, threat_to_life, duplicate",
                    "received_at",
                    row -> new Flagged(
                            Category.valueOf(row.getString("category")),
                            row.getBoolean("threat_to_life"),
                            row.getBoolean("duplicate")));
            this.verdicts = rows(
                    "verification",
                    "verdict, category, offence, threat_to_life, child_visible, artistic_context, verified_at",
                    "id",
                    row -> new Judged(
                            Instants.required(row, "verified_at"),
                            new Verdicted(
                                    Duration.ZERO,
                                    Verdict.valueOf(row.getString("verdict")),
                                    Category.valueOf(row.getString("category")),
                                    row.getBoolean("threat_to_life"),
                                    row.getBoolean("child_visible"),
                                    row.getString("artistic_context"),
                                    Objects.requireNonNullElse(row.getString("offence"), ""))));
            this.questions = rows(
                    "deconfliction_question",
                    "deconfliction_id, number, force, asked_at, silent_at, answer, answered_at, answered_as, taken_over,"
                            + " hold_from, hold_until, hold_ended_at, hold_end, proof_due_at, preserved_at",
                    "deconfliction_id, number",
                    PastCases::question);
            this.approvals = rows(
                    "approval",
                    "approved, decided_at",
                    "id",
                    row -> new DecidedRow(Instants.required(row, "decided_at"), row.getBoolean("approved")));
            this.supplements = rows(
                    "notice_supplement", "supplied_at", "supplied_at", row -> Instants.required(row, "supplied_at"));
            this.recipients = recipients();
            this.answers = rows(
                    "platform_answer",
                    "recipient_number, answer, answered_at",
                    "id",
                    row -> new AnswerRow(
                            row.getInt("recipient_number"),
                            row.getString("answer"),
                            Instants.required(row, "answered_at")));
            this.clocks = rows(
                    "clock_entry",
                    "recipient_number, event, at, due_at",
                    "id",
                    row -> new ClockRow(
                            row.getInt("recipient_number"),
                            row.getString("event"),
                            Instants.required(row, "at"),
                            Instants.optional(row, "due_at")));
            this.reviews = reviews();
            this.proposals = rows(
                    "formal_proposal",
                    "recipient_number, state, proposed_at, decided_at",
                    "recipient_number",
                    row -> new ProposalRow(
                            row.getInt("recipient_number"),
                            row.getString("state"),
                            Instants.required(row, "proposed_at"),
                            Instants.optional(row, "decided_at")));
            this.submissions = rows(
                    "submission",
                    "recipient_number, purpose, settled_at",
                    "prepared_at",
                    row -> new SubmissionRow(
                            row.getInt("recipient_number"),
                            row.getString("purpose"),
                            Instants.optional(row, "settled_at")));
            this.preNotices = rows(
                    "pre_notice",
                    "recipient_number, decided_at, ends_at",
                    "recipient_number",
                    row -> new PreNoticeRow(
                            row.getInt("recipient_number"),
                            Instants.required(row, "decided_at"),
                            Instants.optional(row, "ends_at")));
            this.corrections = rows(
                    "outcome_correction",
                    "recipient_number, outcome_before, settled_at_before",
                    "id",
                    row -> new CorrectionRow(
                            row.getInt("recipient_number"),
                            row.wasNull(),
                            Outcome.valueOf(row.getString("outcome_before")),
                            Instants.optional(row, "settled_at_before")));
            this.returns = rows("case_link", "relation", "at", row -> row.getString("relation"));
            this.firstGiven = new HashMap<>();
            jdbc.sql("select r.platform, min(r.given_at) as given_at from recipient r join takedown_case c on"
                            + " c.case_reference = r.case_reference where c.source <> 'COVERT' and r.given_at is not null"
                            + " group by r.platform")
                    .query((row, number) ->
                            firstGiven.put(row.getString("platform"), Instants.required(row, "given_at")))
                    .list();
        }

        List<PastCase> all() {
            return ask(
                    "select case_reference, flagged_at, category, threat_to_life, source, platform, outcome, rung from"
                            + " takedown_case where case_reference in " + PICKED
                            + " order by flagged_at desc, case_reference desc",
                    (row, number) -> one(
                            row.getString("case_reference"),
                            Instants.required(row, "flagged_at"),
                            Category.valueOf(row.getString("category")),
                            row.getBoolean("threat_to_life"),
                            Source.valueOf(row.getString("source")),
                            row.getString("platform"),
                            Outcome.valueOf(row.getString("outcome")),
                            row.getInt("rung")));
        }

        private <T> List<T> ask(String sql, RowMapper<T> mapper) {
            return jdbc.sql(sql)
                    .param("from", stored(selection.from()))
                    .param("until", stored(selection.until()))
                    .param("limit", selection.limit())
                    .query(mapper)
                    .list();
        }

        private <T> Map<String, List<T>> rows(String table, String columns, String order, Row<T> reader) {
            Map<String, List<T>> found = new HashMap<>();
            ask(
                    "select case_reference, " + columns + " from " + table + " where case_reference in " + PICKED
                            + " order by case_reference, " + order,
                    (row, number) -> found.computeIfAbsent(
                                    row.getString("case_reference"), reference -> new ArrayList<>())
                            .add(reader.read(row)));
            return found;
        }

        private Map<String, List<RecipientRow>> recipients() {
            Map<String, List<RecipientRow>> found = new HashMap<>();
            ask(
                    "select r.case_reference, r.number, r.channel, r.issued_at, r.given_at, r.received_at,"
                            + " r.acknowledged_at, r.outcome, r.settled_at, r.superseded_by, n.instrument from recipient r"
                            + " join notice n on n.notice_id = r.notice_id where r.case_reference in " + PICKED
                            + " order by r.case_reference, r.number",
                    (row, number) -> found.computeIfAbsent(
                                    row.getString("case_reference"), reference -> new ArrayList<>())
                            .add(recipient(row)));
            return found;
        }

        private Map<String, List<ReviewRow>> reviews() {
            Map<String, List<ReviewRow>> found = new HashMap<>();
            ask(
                    "select v.case_reference, v.recipient_number, v.rung, v.reviewed_at, r.climbed_at from rung_review v"
                            + " join rung r on r.case_reference = v.case_reference and r.recipient_number ="
                            + " v.recipient_number and r.rung = v.rung where v.case_reference in " + PICKED
                            + " order by v.case_reference, v.id",
                    (row, number) -> found.computeIfAbsent(
                                    row.getString("case_reference"), reference -> new ArrayList<>())
                            .add(new ReviewRow(
                                    row.getInt("recipient_number"),
                                    row.getInt("rung"),
                                    between(
                                            Instants.required(row, "climbed_at"),
                                            Instants.required(row, "reviewed_at")))));
            return found;
        }

        private PastCase one(
                String reference,
                Instant flaggedAt,
                Category category,
                boolean threatToLife,
                Source source,
                String platform,
                Outcome outcome,
                int rung) {
            Optional<Flagged> flag = of(flags, reference).stream()
                    .filter(one -> !one.duplicate())
                    .findFirst();
            List<Step> way = of(steps, reference);
            boolean verified = way.stream().anyMatch(step -> step.state().equals("VERIFYING"));
            List<Judged> judged = of(verdicts, reference);
            List<RecipientRow> addressed = of(recipients, reference);
            Map<Integer, Addressed> byNumber = new TreeMap<>();
            addressed.forEach(row -> byNumber.put(row.number(), addressed(reference, row)));
            Optional<Instant> issued =
                    addressed.stream().map(RecipientRow::issuedAt).min(Comparator.naturalOrder());
            return new PastCase(
                    reference,
                    flaggedAt,
                    flag.map(Flagged::category).orElse(category),
                    flag.map(Flagged::threatToLife).orElse(threatToLife),
                    source,
                    platform,
                    of(returns, reference).contains("RETURN_OF"),
                    ways.computeIfAbsent(platform, this::ways),
                    known(platform, issued.orElse(flaggedAt)),
                    !verified && !judged.isEmpty(),
                    verdicts(flaggedAt, judged),
                    questions(reference),
                    approvals(reference, way),
                    of(supplements, reference).isEmpty()
                            ? Optional.empty()
                            : issued.map(at -> between(beforeNotice(reference, flaggedAt), at)),
                    byNumber,
                    new Happened(
                            Optional.of(before(reference, Optional.empty())
                                    .map(CorrectionRow::outcome)
                                    .orElse(outcome)),
                            of(clocks, reference).stream()
                                    .filter(entry -> entry.event().equals("STARTED"))
                                    .flatMap(entry -> entry.dueAt().stream())
                                    .min(Comparator.naturalOrder()),
                            rung));
        }

        private Set<Channel> ways(String platform) {
            Set<Channel> usable =
                    EnumSet.of(Channel.PORTAL, platforms.require(platform).channel());
            platforms.forMail().ifPresent(mail -> usable.add(Channel.MAIL));
            return usable;
        }

        private boolean known(String platform, Instant asking) {
            return platforms.configured(platform).isPresent()
                            && platforms.settings(platform).enabled()
                    || Optional.ofNullable(firstGiven.get(platform))
                            .filter(at -> at.isBefore(asking))
                            .isPresent();
        }

        private static List<Verdicted> verdicts(Instant flaggedAt, List<Judged> judged) {
            List<Verdicted> found = new ArrayList<>();
            Instant from = flaggedAt;
            for (Judged one : judged) {
                Verdicted said = one.said();
                found.add(new Verdicted(
                        between(from, one.at()),
                        said.verdict(),
                        said.category(),
                        said.threatToLife(),
                        said.childVisible(),
                        said.artisticContext(),
                        said.offence()));
                from = one.at();
            }
            return found;
        }

        /** Those of the last round. */
        private List<Asked> questions(String reference) {
            List<QuestionRow> rows = of(questions, reference);
            long last = rows.stream().mapToLong(QuestionRow::round).max().orElse(0);
            return rows.stream()
                    .filter(row -> row.round() == last)
                    .map(QuestionRow::asked)
                    .toList();
        }

        private List<Decided> approvals(String reference, List<Step> way) {
            List<Instant> asked = way.stream()
                    .filter(step -> step.state().equals("APPROVING"))
                    .map(Step::enteredAt)
                    .toList();
            List<DecidedRow> rows = of(approvals, reference);
            List<Decided> found = new ArrayList<>();
            for (int i = 0; i < rows.size(); i++) {
                Instant from = i < asked.size() ? asked.get(i) : rows.get(i).at();
                found.add(
                        new Decided(between(from, rows.get(i).at()), rows.get(i).yes()));
            }
            return found;
        }

        private Instant beforeNotice(String reference, Instant flaggedAt) {
            return Stream.concat(
                            of(approvals, reference).stream().map(DecidedRow::at),
                            of(verdicts, reference).stream().map(Judged::at))
                    .max(Comparator.naturalOrder())
                    .orElse(flaggedAt);
        }

        /** What the figures said before anybody corrected them, which is what the case's own process went by. */
        private Optional<CorrectionRow> before(String reference, Optional<Integer> recipient) {
            return of(corrections, reference).stream()
                    .filter(row ->
                            recipient.isEmpty() ? row.ofCase() : !row.ofCase() && row.recipient() == recipient.get())
                    .findFirst();
        }

        private Addressed addressed(String reference, RecipientRow row) {
            int number = row.number();
            Instant anchor = row.givenAt().orElse(row.issuedAt());
            Optional<CorrectionRow> corrected = before(reference, Optional.of(number));
            Optional<Outcome> outcome = corrected.map(CorrectionRow::outcome).or(row::outcome);
            Optional<Instant> settledAt =
                    corrected.flatMap(CorrectionRow::settledAt).or(row::settledAt);
            Map<Integer, Duration> reviewed = new LinkedHashMap<>();
            of(reviews, reference).stream()
                    .filter(review -> review.recipient() == number)
                    .forEach(review -> reviewed.putIfAbsent(review.rung(), review.after()));
            boolean sent = of(submissions, reference).stream()
                    .anyMatch(one -> one.recipient() == number && one.purpose().equals("REFERRAL"));
            return new Addressed(
                    Instrument.valueOf(row.instrument()),
                    row.channel(),
                    row.channel() == Channel.PORTAL && sent
                            ? of(submissions, reference).stream()
                                    .filter(one -> one.recipient() == number
                                            && one.purpose().equals("REFERRAL"))
                                    .flatMap(one -> one.settledAt().stream())
                                    .max(Comparator.naturalOrder())
                                    .map(at -> between(row.issuedAt(), at))
                            : Optional.empty(),
                    of(preNotices, reference).stream()
                            .filter(one -> one.recipient() == number)
                            .flatMap(one -> one.endsAt().map(ends -> between(one.decidedAt(), ends)).stream())
                            .findFirst(),
                    row.givenAt().map(at -> between(row.issuedAt(), at)),
                    row.receivedAt().map(at -> between(anchor, at)),
                    row.acknowledgedAt().map(at -> between(anchor, at)),
                    row.givenAt().map(given -> said(reference, number, given)).orElse(List.of()),
                    outcome,
                    settledAt.map(at -> between(anchor, at)),
                    reviewed,
                    of(proposals, reference).stream()
                            .filter(one ->
                                    one.recipient() == number && !one.state().equals("LAPSED"))
                            .flatMap(one -> one
                                    .decidedAt()
                                    .map(at -> new Decided(
                                            between(one.proposedAt(), at),
                                            one.state().equals("APPROVED")))
                                    .stream())
                            .findFirst(),
                    row.supersededBy());
        }

        private List<Said> said(String reference, int number, Instant given) {
            List<Said> said = new ArrayList<>();
            List<AnswerRow> told = of(answers, reference).stream()
                    .filter(one -> one.recipient() == number)
                    .toList();
            for (AnswerRow answer : told) {
                Duration after = between(given, answer.at());
                switch (answer.answer()) {
                    case "REFUSED" -> said.add(new Said(after, Said.What.REFUSED, Optional.empty()));
                    case "CLARIFICATION" -> said.add(
                            new Said(after, Said.What.ASKED_BACK, ended(told, reference, number, answer.at())));
                    case "IMPOSSIBLE" -> said.add(
                            new Said(after, Said.What.IMPOSSIBLE, ended(told, reference, number, answer.at())));
                    default -> {
                        // The others are seen by what came of them.
                    }
                }
            }
            of(clocks, reference).stream()
                    .filter(entry -> entry.recipient() == number)
                    .filter(entry ->
                            entry.event().equals("EXTENDED") || entry.event().equals("REVIEWED"))
                    .forEach(entry -> said.add(new Said(
                            between(given, entry.at()),
                            Said.What.valueOf(entry.event()),
                            entry.dueAt().map(due -> between(given, due)))));
            return said;
        }

        /** When a question was answered: as the platform said, or when the clock began anew. */
        private Optional<Duration> ended(List<AnswerRow> told, String reference, int number, Instant askedAt) {
            return Stream.concat(
                            told.stream()
                                    .filter(one -> one.answer().equals("CLARIFICATION_ENDED"))
                                    .map(AnswerRow::at),
                            of(clocks, reference).stream()
                                    .filter(entry -> entry.recipient() == number
                                            && entry.event().equals("RESTARTED"))
                                    .map(ClockRow::at))
                    .filter(at -> !at.isBefore(askedAt))
                    .min(Comparator.naturalOrder())
                    .map(at -> between(askedAt, at));
        }
    }

    private static <T> List<T> of(Map<String, List<T>> rows, String reference) {
        return rows.getOrDefault(reference, List.of());
    }

    /** Clocks of several machines wrote the instants: what seems to have gone back took no time. */
    private static Duration between(Instant from, Instant to) {
        return to.isBefore(from) ? Duration.ZERO : Duration.between(from, to);
    }

    private static QuestionRow question(ResultSet row) throws SQLException {
        Optional<Instant> asked = Instants.optional(row, "asked_at");
        Optional<Instant> silent = Instants.optional(row, "silent_at");
        Optional<Instant> answered = Instants.optional(row, "answered_at");
        boolean byDuty = "DUTY".equals(row.getString("answered_as"));
        boolean takenOver = row.getBoolean("taken_over");
        Optional<Instant> from = byDuty ? silent.or(() -> asked) : asked;
        Optional<Instant> heldFrom = Instants.optional(row, "hold_from");
        Optional<Instant> heldUntil = Instants.optional(row, "hold_until");
        Optional<Instant> heldEnd = Instants.optional(row, "hold_ended_at");
        String end = Objects.requireNonNullElse(row.getString("hold_end"), "");
        Optional<Instant> preserved = Instants.optional(row, "preserved_at");
        boolean preserves = Instants.optional(row, "proof_due_at").isPresent();
        return new QuestionRow(
                row.getLong("deconfliction_id"),
                new Asked(
                        row.getString("force"),
                        answered.flatMap(at -> from.map(began -> new Answered(between(began, at), byDuty, takenOver))),
                        heldFrom.flatMap(began -> heldUntil.map(until -> new Held(
                                between(began, until),
                                end.equals("EXPIRED") ? Optional.empty() : heldEnd.map(ended -> between(began, ended)),
                                end.equals("OVERRIDDEN")))),
                        preserves
                                ? preserved.flatMap(at -> answered.map(began -> between(began, at)))
                                : Optional.empty()));
    }

    private static RecipientRow recipient(ResultSet row) throws SQLException {
        int successor = row.getInt("superseded_by");
        OptionalInt supersededBy = row.wasNull() ? OptionalInt.empty() : OptionalInt.of(successor);
        return new RecipientRow(
                row.getInt("number"),
                row.getString("instrument"),
                Channel.valueOf(row.getString("channel")),
                Instants.required(row, "issued_at"),
                Instants.optional(row, "given_at"),
                Instants.optional(row, "received_at"),
                Instants.optional(row, "acknowledged_at"),
                Optional.ofNullable(row.getString("outcome")).map(Outcome::valueOf),
                Instants.optional(row, "settled_at"),
                supersededBy);
    }

    /** Reads one row. */
    private interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    private record Step(String state, Instant enteredAt) {}

    private record Flagged(Category category, boolean threatToLife, boolean duplicate) {}

    private record Judged(Instant at, Verdicted said) {}

    private record QuestionRow(long round, Asked asked) {}

    private record DecidedRow(Instant at, boolean yes) {}

    private record RecipientRow(
            int number,
            String instrument,
            Channel channel,
            Instant issuedAt,
            Optional<Instant> givenAt,
            Optional<Instant> receivedAt,
            Optional<Instant> acknowledgedAt,
            Optional<Outcome> outcome,
            Optional<Instant> settledAt,
            OptionalInt supersededBy) {}

    private record AnswerRow(int recipient, String answer, Instant at) {}

    private record ClockRow(int recipient, String event, Instant at, Optional<Instant> dueAt) {}

    private record ReviewRow(int recipient, int rung, Duration after) {}

    private record ProposalRow(int recipient, String state, Instant proposedAt, Optional<Instant> decidedAt) {}

    private record SubmissionRow(int recipient, String purpose, Optional<Instant> settledAt) {}

    private record PreNoticeRow(int recipient, Instant decidedAt, Optional<Instant> endsAt) {}

    private record CorrectionRow(int recipient, boolean ofCase, Outcome outcome, Optional<Instant> settledAt) {}
}
