package org.takedownhub.deconfliction;

import static org.takedownhub.audit.Instants.stored;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.audit.Audit;
import org.takedownhub.audit.Instants;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.CaseState;
import org.takedownhub.casefile.Source;
import org.takedownhub.cases.CaseFile;
import org.takedownhub.cases.Cases;
import org.takedownhub.cases.UploaderNotification;
import org.takedownhub.clock.ClockSpeed;
import org.takedownhub.evidence.Evidence;
import org.takedownhub.evidence.Exhibit;
import org.takedownhub.notice.Letters;
import org.takedownhub.notice.PrivateLine;
import org.takedownhub.process.DecisionTables;
import org.takedownhub.process.DecisionTables.Ruling;
import org.takedownhub.process.TakedownProcess;

/** Who is asked whether content may go, what they answer, and what follows from it. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class Deconflictions {

    static final String DUTY_OFFICERS = "duty-officers";

    private static final int SUCCESS = 200;
    private static final int REDIRECT = 300;
    private static final int LONGEST_NAME = 255;

    private final JdbcClient jdbc;
    private final Clock clock;
    private final ClockSpeed speed;
    private final DeconflictionSettings settings;
    private final DecisionTables tables;
    private final Forces forces;
    private final ForceKeys keys;
    private final Interests interests;
    private final Strands strands;
    private final Cases cases;
    private final Evidence evidence;
    private final Letters letters;
    private final Audit audit;

    Deconflictions(
            JdbcClient jdbc,
            Clock clock,
            ClockSpeed speed,
            DeconflictionSettings settings,
            DecisionTables tables,
            Forces forces,
            ForceKeys keys,
            Interests interests,
            Strands strands,
            Cases cases,
            Evidence evidence,
            Letters letters,
            Audit audit) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.speed = speed;
        this.settings = settings;
        this.tables = tables;
        this.forces = forces;
        this.keys = keys;
        this.interests = interests;
        this.strands = strands;
        this.cases = cases;
        this.evidence = evidence;
        this.letters = letters;
        this.audit = audit;
    }

    /** What a question still waits for. */
    enum AsksFor {
        NOTHING,
        HOLD,
        PRESERVATION
    }

    /**
     * Where a question stands after its answer.
     *
     * @param holder  whose officers may renew or release the hold
     * @param preservationOverdue a person has to see to the evidence that is missing
     * @param checkAt when the hub looks for the evidence again
     * @param proofDueAt until when a person should have settled the missing evidence
     */
    record Weighed(
            AsksFor asksFor,
            boolean takenOver,
            String holder,
            Optional<Hold> hold,
            boolean preservationOverdue,
            Instant checkAt,
            Instant proofDueAt) {}

    /** @param reviewAt when a senior looks at the hold; @param reviewBy until when */
    record Hold(Instant endsAt, Instant renewalDueAt, Instant reviewAt, Instant reviewBy) {}

    /** A question that was put: whose task it is, and until when. */
    record Asked(String group, Instant dueAt) {}

    /**
     * Begins a round: finds the forces to ask, in the order of their names.
     *
     * @return how many there are
     */
    int begin(CaseReference reference) {
        CaseFile file = cases.require(reference);
        Instant now = clock.instant();
        int round = jdbc.sql("select count(*) from deconfliction where case_reference = ?")
                .params(reference.value())
                .query(Integer.class)
                .single();
        jdbc.sql("insert into deconfliction (case_reference, round, threat_to_life, policy_version, began_at) values"
                        + " (?, ?, ?, ?, ?)")
                .params(
                        reference.value(),
                        round,
                        file.threatToLife(),
                        ruling(file.threatToLife()).version(),
                        stored(now))
                .update();
        long id = jdbc.sql("select id from deconfliction where case_reference = ? and round = ?")
                .params(reference.value(), round)
                .query(Long.class)
                .single();
        List<Candidate> asked = candidates(reference, file.source() == Source.COVERT);
        for (int number = 0; number < asked.size(); number++) {
            Candidate candidate = asked.get(number);
            jdbc.sql("insert into deconfliction_question (deconfliction_id, case_reference, number, force, ground,"
                            + " contact, entries, taken_over) values (:round, :reference, :number, :force, :ground,"
                            + " :contact, :entries, false)")
                    .param("round", id)
                    .param("reference", reference.value())
                    .param("number", number)
                    .param("force", candidate.force())
                    .param("ground", candidate.ground().name())
                    .param(
                            "contact",
                            candidate.hit().map(Interests.Hit::contact).orElse(null))
                    .param(
                            "entries",
                            candidate.hit().map(Deconflictions::joined).orElse(null))
                    .update();
        }
        audit.record(
                reference,
                "deconfliction.began",
                asked.isEmpty()
                        ? "no force to ask"
                        : "to ask: "
                                + asked.stream()
                                        .map(one -> one.force() + " (" + one.ground() + ")")
                                        .collect(Collectors.joining(", ")));
        return asked.size();
    }

    private record Candidate(String force, Question.Ground ground, Optional<Interests.Hit> hit) {}

    private List<Candidate> candidates(CaseReference reference, boolean covert) {
        List<Candidate> asked = new ArrayList<>();
        for (String force : forces.names()) {
            Optional<Interests.Hit> hit = interests.hit(force, reference);
            if (hit.isPresent()) {
                asked.add(new Candidate(force, Question.Ground.HIT, hit));
            } else if (interests.unreadable(force)) {
                asked.add(new Candidate(force, Question.Ground.UNREADABLE, hit));
            } else if (settings.askAll() && !covert) {
                // A force that flagged the content itself is asked as well: who flags seldom is who investigates.
                // That there is a covert case is not for every force to know.
                asked.add(new Candidate(force, Question.Ground.EVERY_CASE, hit));
            }
        }
        return asked;
    }

    /** Asks one force: from here on its time runs. Asking again changes nothing. */
    Asked ask(CaseReference reference, int number) {
        Question question = require(reference, number);
        Instant now = clock.instant();
        Instant dueAt = question.dueAt().orElseGet(() -> now.plus(period(question.threatToLife(), "answerWithin")));
        if (question.askedAt().isEmpty()) {
            jdbc.sql("update deconfliction_question set asked_at = ?, due_at = ? where id = ?")
                    .params(stored(now), stored(dueAt), question.id())
                    .update();
            audit.record(reference, "deconfliction.asked", question.force() + ", answer due " + dueAt);
            letters.write(
                    "deconfliction/" + question.id(),
                    reference,
                    "DECONFLICTION_QUESTION",
                    forces.contact(question.force())
                            .map(Forces.Contact::roleName)
                            .orElse(question.force()),
                    forces.mail(question.force()),
                    "Question " + reference + ", answer due " + Words.at(Optional.of(dueAt)),
                    "Reference " + reference + "\nAnswer due before " + Words.at(Optional.of(dueAt)) + "\n\n"
                            + PrivateLine.PLACE
                            + "\n\nPlease say whether this may be removed. If nobody answers in time, the duty"
                            + " officer of the hub decides. Nothing else about it can be sent by mail.\n");
        }
        return new Asked(forces.group(question.force()), dueAt);
    }

    /** The time to answer is over and nobody did. That clears nothing: a person decides, until the instant given. */
    Instant silent(CaseReference reference, int number) {
        Question question = require(reference, number);
        Instant now = clock.instant();
        Instant decideBy = now.plus(period(question.threatToLife(), "decideWithin"));
        int changed = jdbc.sql("update deconfliction_question set silent_at = ? where id = ? and silent_at is null")
                .params(stored(now), question.id())
                .update();
        if (changed == 1) {
            audit.record(reference, "deconfliction.silent", question.force() + " has not answered");
            if (question.threatToLife()) {
                tellSenior(question, "silent", "Force " + question.force() + " has not answered. Decide at once.");
            }
        }
        return decideBy;
    }

    /** The duty officer has not decided either. */
    void undecided(CaseReference reference, int number) {
        Question question = require(reference, number);
        audit.record(reference, "deconfliction.undecided", "nobody has decided for " + question.force());
        tellSenior(question, "undecided", "Force " + question.force() + " is silent, and nobody has decided yet.");
    }

    /**
     * Keeps the answer to a question.
     *
     * @throws AnsweredAlready the first one stands
     */
    void answered(Question question, ForceAnswer answer, String by, Question.As as) {
        CaseReference reference = question.reference();
        Instant now = clock.instant();
        boolean holds = answer.holdUntil().isPresent() && !answer.takesOver();
        boolean preserves = answer.answer() == DeconflictionAnswer.PRESERVE_FIRST && !answer.takesOver();
        int kept = jdbc.sql("update deconfliction_question set answer = :answer, answered_at = :now, answered_by = :by,"
                        + " answered_as = :as, reasons = :reasons, notification = :rule, defer_until = :defer,"
                        + " taken_over = :over, hold_from = :holdFrom, hold_until = :holdUntil, proof_due_at = :proof"
                        + " where id = :id and answer is null")
                .param("answer", answer.answer().name())
                .param("now", stored(now))
                .param("by", shortened(by))
                .param("as", as.name())
                .param("reasons", answer.reasons().orElse(null))
                .param("rule", answer.notification().rule().name())
                .param("defer", stored(answer.notification().until()))
                .param("over", answer.takesOver())
                .param("holdFrom", stored(holds ? Optional.of(now) : Optional.empty()))
                .param("holdUntil", stored(holds ? answer.holdUntil() : Optional.empty()))
                .param(
                        "proof",
                        stored(
                                preserves
                                        ? Optional.of(now.plus(period(question.threatToLife(), "preserveWithin")))
                                        : Optional.empty()))
                .param("id", question.id())
                .update();
        if (kept == 0) {
            throw new AnsweredAlready(reference);
        }
        jdbc.sql("update answer_link set used_at = ? where question_id = ? and used_at is null")
                .params(stored(now), question.id())
                .update();
        audit.record(
                reference,
                "deconfliction.answered",
                question.force() + ": " + answer.answer()
                        + answer.holdUntil().map(until -> " " + until).orElse("") + ", by " + by
                        + (as == Question.As.DUTY ? ", duty officer" : as == Question.As.LINK ? ", by link" : ""));
        answer.strand().ifPresent(taken -> strands.open(reference, question.force(), taken, by));
        if (holds) {
            step(question.id(), "PLACED", answer.holdUntil(), by, answer.reasons());
            if (question.threatToLife()) {
                tellSenior(
                        question,
                        "held",
                        (as == Question.As.DUTY ? "The duty officer" : "Force " + question.force())
                                + " holds the removal back until "
                                + answer.holdUntil().orElseThrow() + ". You may override it, with reasons.");
            }
        }
        if (preserves) {
            askForCapture(reference);
        }
    }

    private void askForCapture(CaseReference reference) {
        boolean underWay =
                evidence.of(reference).stream().anyMatch(exhibit -> exhibit.state() == Exhibit.State.REQUESTED);
        if (!underWay && exhibit(reference).isEmpty()) {
            CaseFile file = cases.require(reference);
            evidence.request(reference, file.platform(), file.canonicalUrl());
        }
    }

    /** Where a question stands: whether its force still has to be waited for, and why. */
    Weighed weigh(CaseReference reference, int number) {
        expire(require(reference, number));
        prove(require(reference, number));
        Question question = require(reference, number);
        Instant now = clock.instant();
        boolean takenOver = question.given().filter(Question.Given::takenOver).isPresent();
        Optional<Hold> hold = question.hold().filter(Question.Hold::open).map(open -> hold(question, open));
        AsksFor asksFor = takenOver
                ? AsksFor.NOTHING
                : hold.isPresent() ? AsksFor.HOLD : question.proof().owed() ? AsksFor.PRESERVATION : AsksFor.NOTHING;
        boolean held = round(reference).stream()
                .anyMatch(one ->
                        !one.dropped() && one.hold().filter(Question.Hold::open).isPresent());
        cases.moveTo(reference, held ? CaseState.ON_HOLD : CaseState.DECONFLICTING);
        boolean duty =
                question.given().filter(given -> given.as() == Question.As.DUTY).isPresent();
        Instant check = now.plus(speed.scaled(settings.checkPreservationEvery()));
        Instant proofDueAt = question.proof().dueAt().orElse(now);
        return new Weighed(
                asksFor,
                takenOver,
                duty ? DUTY_OFFICERS : forces.group(question.force()),
                hold,
                !now.isBefore(proofDueAt),
                check.isBefore(proofDueAt) ? check : proofDueAt,
                now.plus(period(question.threatToLife(), "decideWithin")));
    }

    private Hold hold(Question question, Question.Hold open) {
        Instant now = clock.instant();
        Instant renewal = open.until().minus(speed.scaled(settings.renewalBefore()));
        Instant review = question.threatToLife() ? now : open.from().plus(speed.scaled(settings.reviewHoldAfter()));
        return new Hold(
                open.until(),
                renewal.isBefore(now) ? now : renewal,
                review,
                (review.isBefore(now) ? now : review).plus(period(question.threatToLife(), "decideWithin")));
    }

    /** A hold that nobody renewed ends, and says so. */
    private void expire(Question question) {
        Instant now = clock.instant();
        question.hold()
                .filter(hold -> hold.open() && !hold.until().isAfter(now))
                .ifPresent(hold -> {
                    end(question, "EXPIRED", "system", Optional.empty());
                    letters.write(
                            "deconfliction/expired/" + question.id() + "/"
                                    + hold.until().toEpochMilli(),
                            question.reference(),
                            "HOLD_EXPIRED",
                            question.force(),
                            forces.mail(question.force()),
                            "Hold expired " + question.reference(),
                            "Reference " + question.reference() + "\nYour hold ended on " + hold.until()
                                    + " because nobody renewed it. Removal goes on.\n");
                });
    }

    private void prove(Question question) {
        if (!question.proof().owed()) {
            return;
        }
        exhibit(question.reference()).ifPresent(exhibit -> {
            jdbc.sql("update deconfliction_question set preserved_at = ?, exhibit = ? where id = ?")
                    .params(stored(clock.instant()), exhibit.evidenceId(), question.id())
                    .update();
            audit.record(
                    question.reference(),
                    "deconfliction.preserved",
                    "for " + question.force() + ": exhibit " + exhibit.evidenceId() + ", SHA-256 "
                            + exhibit.sha256().orElseThrow());
        });
    }

    /** The capture that proves that the evidence is kept: bytes with a hash, of the content and not of a refusal. */
    Optional<Exhibit> exhibit(CaseReference reference) {
        return evidence.of(reference).stream()
                .filter(exhibit -> exhibit.state() == Exhibit.State.CAPTURED
                        && exhibit.sha256().isPresent())
                .filter(exhibit -> succeeded(exhibit.httpStatus()))
                .findFirst();
    }

    private static boolean succeeded(OptionalInt status) {
        return status.isEmpty() || status.getAsInt() >= SUCCESS && status.getAsInt() < REDIRECT;
    }

    /** Lets the content go although its evidence is not kept. */
    void waiveProof(Question question, String by, String reasons) {
        jdbc.sql("update deconfliction_question set proof_waived_by = ? where id = ?")
                .params(shortened(by), question.id())
                .update();
        step(question.id(), "PROOF_WAIVED", Optional.empty(), by, Optional.of(reasons));
        audit.record(question.reference(), "deconfliction.proof-waived", "for " + question.force() + ", by " + by);
    }

    /** Keeps an open hold going, by name. */
    void renew(Question question, Instant until, String by, String reasons) {
        jdbc.sql("update deconfliction_question set hold_until = ? where id = ? and hold_ended_at is null")
                .params(stored(until), question.id())
                .update();
        step(question.id(), "RENEWED", Optional.of(until), by, Optional.of(reasons));
        audit.record(
                question.reference(),
                "deconfliction.hold-renewed",
                "for " + question.force() + " until " + until + ", by " + by);
    }

    void release(Question question, String by, Optional<String> reasons) {
        end(question, "RELEASED", by, reasons);
    }

    /** The senior officer ends a force's hold. */
    void override(Question question, String by, String reasons) {
        end(question, "OVERRIDDEN", by, Optional.of(reasons));
        letters.write(
                "deconfliction/overridden/" + question.id(),
                question.reference(),
                "HOLD_OVERRIDDEN",
                question.force(),
                forces.mail(question.force()),
                "Hold overridden " + question.reference(),
                "Reference " + question.reference() + "\nThe senior officer of the hub has ended your hold."
                        + " Removal goes on. Call the duty officer for the reasons.\n");
    }

    /** The senior officer has looked and lets the hold stand. */
    void confirm(Question question, String by, String reasons) {
        step(question.id(), "CONFIRMED", Optional.empty(), by, Optional.of(reasons));
        audit.record(question.reference(), "deconfliction.hold-confirmed", "for " + question.force() + ", by " + by);
    }

    private void end(Question question, String end, String by, Optional<String> reasons) {
        Instant now = clock.instant();
        int ended = jdbc.sql("update deconfliction_question set hold_ended_at = ?, hold_end = ? where id = ? and"
                        + " hold_until is not null and hold_ended_at is null")
                .params(stored(now), end, question.id())
                .update();
        if (ended == 1) {
            step(question.id(), end, Optional.empty(), by, reasons);
            audit.record(
                    question.reference(),
                    "deconfliction.hold-" + end.toLowerCase(Locale.ROOT),
                    "for " + question.force() + ", by " + by);
        }
    }

    /** Tells the force that its hold is about to end. */
    void remind(CaseReference reference, int number) {
        Question question = require(reference, number);
        question.hold().filter(Question.Hold::open).ifPresent(hold -> {
            audit.record(reference, "deconfliction.hold-ending", "for " + question.force() + " at " + hold.until());
            letters.write(
                    "deconfliction/renewal/" + question.id() + "/"
                            + hold.until().toEpochMilli(),
                    reference,
                    "HOLD_ENDING",
                    question.force(),
                    forces.mail(question.force()),
                    "Hold ends " + reference + ", " + hold.until(),
                    "Reference " + reference + "\nYour hold ends on " + hold.until()
                            + " unless an officer of your force renews it by name.\n");
        });
    }

    /**
     * Ends the round: the strictest answer wins.
     *
     * @return whether the content may be removed
     */
    boolean combine(CaseReference reference) {
        Instant now = clock.instant();
        List<Question> questions = round(reference);
        jdbc.sql("update deconfliction_question set dropped_at = ? where case_reference = ? and answer is null and"
                        + " dropped_at is null")
                .params(stored(now), reference.value())
                .update();
        Optional<Question> takenOver = questions.stream()
                .filter(question ->
                        question.given().filter(Question.Given::takenOver).isPresent())
                .findFirst();
        boolean cleared = takenOver.isEmpty();
        questions.stream()
                .flatMap(question -> question.given().stream())
                .map(Question.Given::notification)
                .reduce(UploaderNotification::stricter)
                .ifPresent(strictest -> cases.notifyUploader(reference, strictest, "deconfliction"));
        jdbc.sql("update deconfliction set ended_at = ?, cleared = ? where case_reference = ? and ended_at is null")
                .params(stored(now), cleared, reference.value())
                .update();
        cases.moveTo(reference, CaseState.DECONFLICTING);
        if (cleared) {
            strands.refer(reference);
        }
        audit.record(
                reference,
                cleared ? "deconfliction.cleared" : "deconfliction.taken-over",
                takenOver
                        .map(question -> "force " + question.force() + " deals with the content itself")
                        .orElse(questions.isEmpty() ? "no force to ask" : words(questions)));
        return cleared;
    }

    private static String words(List<Question> questions) {
        return questions.stream()
                .map(question -> question.force() + ": "
                        + question.given().map(given -> given.answer().name()).orElse("not answered"))
                .collect(Collectors.joining(", "));
    }

    private void tellSenior(Question question, String what, String text) {
        letters.write(
                "deconfliction/" + what + "/" + question.id(),
                question.reference(),
                "DECONFLICTION_SENIOR",
                "Senior duty officer",
                Optional.of(settings.seniorMail()).filter(mail -> !mail.isBlank()),
                "Deconfliction " + question.reference() + (question.threatToLife() ? ", threat to life" : ""),
                "Reference " + question.reference() + "\n" + text + "\n");
    }

    private void step(long question, String step, Optional<Instant> until, String by, Optional<String> reasons) {
        jdbc.sql("insert into hold_step (question_id, at, step, hold_until, by_whom, reasons) values (:question, :at,"
                        + " :step, :until, :by, :reasons)")
                .param("question", question)
                .param("at", stored(clock.instant()))
                .param("step", step)
                .param("until", stored(until))
                .param("by", shortened(by))
                .param("reasons", reasons.orElse(null))
                .update();
    }

    /** What an answer given now has to keep to. */
    ForceAnswer.Limits limits(Question question) {
        return ForceAnswer.Limits.of(
                clock,
                speed.scaled(settings.longestHold()),
                speed.scaled(settings.deferNotificationFor()),
                question.threatToLife(),
                keys.of(question.force()).isPresent());
    }

    private Ruling ruling(boolean threatToLife) {
        return tables.decide(
                        TakedownProcess.DECISION_DECONFLICTION_DEADLINE,
                        Map.of(TakedownProcess.THREAT_TO_LIFE.name(), threatToLife))
                .orElseThrow(() -> new IllegalStateException("The table of deconfliction deadlines has no rule"));
    }

    private Duration period(boolean threatToLife, String output) {
        return speed.scaled(Duration.parse(ruling(threatToLife).text(output)));
    }

    /** @throws IllegalStateException the latest round of the case has no such question */
    @Transactional(readOnly = true)
    Question require(CaseReference reference, int number) {
        return round(reference).stream()
                .filter(question -> question.number() == number)
                .findFirst()
                .orElseThrow(() ->
                        new IllegalStateException("Case " + reference + " has no deconfliction question " + number));
    }

    @Transactional(readOnly = true)
    Optional<Question> find(long id) {
        return jdbc.sql(SELECT + " where q.id = ?")
                .params(id)
                .query((row, number) -> question(row))
                .optional();
    }

    /** The questions of the latest round. */
    @Transactional(readOnly = true)
    List<Question> round(CaseReference reference) {
        return jdbc.sql(SELECT + " where q.case_reference = :reference and d.round = (select max(round) from"
                        + " deconfliction where case_reference = :reference) order by q.number")
                .param("reference", reference.value())
                .query((row, number) -> question(row))
                .list();
    }

    private static final String SELECT = "select q.*, d.threat_to_life, d.policy_version from deconfliction_question q"
            + " join deconfliction d on d.id = q.deconfliction_id";

    private static Question question(ResultSet row) throws SQLException {
        return new Question(
                row.getLong("id"),
                new CaseReference(row.getString("case_reference")),
                row.getInt("number"),
                row.getString("force"),
                Question.Ground.valueOf(row.getString("ground")),
                Optional.ofNullable(row.getString("contact")),
                entries(row.getString("entries")),
                row.getBoolean("threat_to_life"),
                row.getInt("policy_version"),
                Instants.optional(row, "asked_at"),
                Instants.optional(row, "due_at"),
                Instants.optional(row, "silent_at"),
                given(row),
                hold(row),
                new Question.Proof(
                        Instants.optional(row, "proof_due_at"),
                        Instants.optional(row, "preserved_at"),
                        row.getString("proof_waived_by") != null),
                row.getObject("dropped_at") != null);
    }

    private static Optional<Question.Given> given(ResultSet row) throws SQLException {
        String answer = row.getString("answer");
        if (answer == null) {
            return Optional.empty();
        }
        return Optional.of(new Question.Given(
                DeconflictionAnswer.valueOf(answer),
                Instants.required(row, "answered_at"),
                row.getString("answered_by"),
                Question.As.valueOf(row.getString("answered_as")),
                Optional.ofNullable(row.getString("reasons")),
                new UploaderNotification(
                        UploaderNotification.Rule.valueOf(row.getString("notification")),
                        Instants.optional(row, "defer_until")),
                row.getBoolean("taken_over")));
    }

    private static Optional<Question.Hold> hold(ResultSet row) throws SQLException {
        Optional<Instant> from = Instants.optional(row, "hold_from");
        if (from.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Question.Hold(
                from.get(),
                Instants.required(row, "hold_until"),
                Instants.optional(row, "hold_ended_at"),
                Optional.ofNullable(row.getString("hold_end"))));
    }

    private static List<Long> entries(@Nullable String joined) {
        return joined == null
                ? List.of()
                : Arrays.stream(joined.split(",")).map(Long::valueOf).toList();
    }

    private static String joined(Interests.Hit hit) {
        return hit.entries().stream().limit(20).map(String::valueOf).collect(Collectors.joining(","));
    }

    private static String shortened(String name) {
        return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
    }
}
