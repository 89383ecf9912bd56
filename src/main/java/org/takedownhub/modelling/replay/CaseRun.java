package org.takedownhub.modelling.replay;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.Channel;
import org.takedownhub.casefile.Instrument;
import org.takedownhub.casefile.Outcome;
import org.takedownhub.casefile.Verdict;
import org.takedownhub.clock.ClockSpeed;
import org.takedownhub.clock.Deadline;
import org.takedownhub.clock.DeadlinePolicies;
import org.takedownhub.clock.DeadlinePolicy;
import org.takedownhub.clock.DeadlineQuestion;
import org.takedownhub.clock.Deadlines;
import org.takedownhub.clock.PauseRule;
import org.takedownhub.engine.ScratchEngine;
import org.takedownhub.engine.Stage;
import org.takedownhub.modelling.replay.PastCase.Addressed;
import org.takedownhub.modelling.replay.PastCase.Asked;
import org.takedownhub.modelling.replay.PastCase.Held;
import org.takedownhub.modelling.replay.PastCase.Said;
import org.takedownhub.modelling.replay.PastCase.Verdicted;
import org.takedownhub.process.TakedownProcess;

/**
 * One case while a set of models is tried on it: what the steps of the live hub keep in their tables, kept here, from
 * the set's own decision tables and from what is on record. It reaches nothing else.
 */
final class CaseRun {

    /** A statute comes into force at midnight in London. */
    private static final ZoneId LONDON = ZoneId.of("Europe/London");

    /** As the outcomes of recipients weigh for the case. */
    private static final List<Outcome> WEIGHT = List.of(
            Outcome.REMOVED,
            Outcome.MODIFIED,
            Outcome.ALREADY_GONE,
            Outcome.RESTRICTED,
            Outcome.NOT_REMOVED,
            Outcome.REFUSED,
            Outcome.IMPOSSIBLE,
            Outcome.WITHDRAWN);

    private static final Set<Outcome> COMPLIED =
            Set.of(Outcome.REMOVED, Outcome.MODIFIED, Outcome.RESTRICTED, Outcome.ALREADY_GONE);

    final PastCase facts;
    final Stage stage;
    final Set<String> owners = new LinkedHashSet<>();
    final Map<Integer, RecipientRun> recipients = new TreeMap<>();
    private final Habits habits;
    private final Rules rules;
    private final ScratchEngine engine;
    private final PriorityQueue<Happening> happenings =
            new PriorityQueue<>(Comparator.comparing(Happening::at).thenComparing(Happening::turn));
    private final Map<Integer, QuestionRun> questions = new HashMap<>();

    private Category category;
    private boolean threatToLife;
    private @Nullable Verdicted verdict;
    private int verdicts;
    private int approvals;
    private boolean completed;
    private int turns;
    private @Nullable Outcome outcome;
    private @Nullable Instant firstGivenAt;
    private @Nullable Instant removedAt;
    private @Nullable String firstInstrument;
    private @Nullable String firstChannel;
    private boolean assumed;

    /** What every replay of a set has in common. */
    record Rules(DeadlinePolicies policies, Deadlines deadlines, Periods periods, ClockSpeed speed) {}

    /** Something that somebody outside did. */
    record Happening(Instant at, int turn, Runnable what) {}

    /** Where a question to a force stands. */
    private static final class QuestionRun {

        @Nullable
        Instant silentAt;

        @Nullable
        Instant answeredAt;

        boolean byDuty;
        boolean holdEnded;
        boolean waived;
    }

    CaseRun(PastCase facts, Habits habits, Rules rules, ScratchEngine engine, Stage stage) {
        this.facts = facts;
        this.habits = habits;
        this.rules = rules;
        this.engine = engine;
        this.stage = stage;
        this.category = facts.category();
        this.threatToLife = facts.threatToLife();
    }

    // ---- tables

    private Map<String, Object> decide(String table, Map<String, Object> inputs) {
        return engine.decide(table, inputs)
                .orElseThrow(
                        () -> new NotReplayable("The table " + table + " has no rule for " + new TreeMap<>(inputs)));
    }

    private static String text(String table, Map<String, Object> outputs, String name) {
        Object value = outputs.get(name);
        if (value == null) {
            throw new NotReplayable("The table " + table + " gives no value for " + name);
        }
        return value.toString();
    }

    private Instant in(Duration period) {
        return stage.now().plus(rules.speed().scaled(period));
    }

    private Instant in(String table, Map<String, Object> outputs, String name) {
        return in(Duration.parse(text(table, outputs, name)));
    }

    // ---- verification

    record Assessed(int priority, Instant verifyBy, Optional<Map<String, Object>> ground) {}

    Assessed assess() {
        String table = TakedownProcess.DECISION_CASE_PRIORITY;
        Map<String, Object> ruling = decide(table, Map.of("category", category.name(), "threatToLife", threatToLife));
        Optional<Map<String, Object>> ground =
                facts.groundCarriedOver() && !facts.verdicts().isEmpty()
                        ? Optional.of(judged(facts.verdicts().get(0), false))
                        : Optional.empty();
        return new Assessed(
                Integer.parseInt(text(table, ruling, "casePriority")), in(table, ruling, "verifyWithin"), ground);
    }

    Verdicted nextVerdict() {
        if (verdicts >= facts.verdicts().size()) {
            throw new NotReplayable("The draft asks for more opinions on the content than anybody gave");
        }
        return facts.verdicts().get(verdicts);
    }

    /** A caseworker has decided. */
    Map<String, Object> judged() {
        Verdicted found = nextVerdict();
        verdicts++;
        return judged(found, found.verdict() == Verdict.CANNOT_TELL && verdicts == 1);
    }

    private Map<String, Object> judged(Verdicted found, boolean secondOpinionNeeded) {
        verdict = found;
        category = found.category();
        threatToLife = found.threatToLife();
        return Map.ofEntries(
                TakedownProcess.VERDICT.with(found.verdict().name()),
                TakedownProcess.CATEGORY.with(category.name()),
                TakedownProcess.THREAT_TO_LIFE.with(threatToLife),
                TakedownProcess.CHILD_VISIBLE.with(found.childVisible()),
                TakedownProcess.ARTISTIC_CONTEXT.with(found.artisticContext()),
                TakedownProcess.CONTENT_UNLAWFUL.with(found.verdict() == Verdict.UNLAWFUL),
                TakedownProcess.CONTENT_REFERABLE.with(found.referable()),
                TakedownProcess.SECOND_OPINION_NEEDED.with(secondOpinionNeeded));
    }

    // ---- deconfliction

    int questions() {
        questions.clear();
        return facts.questions().size();
    }

    private Asked question(int number) {
        return facts.questions().get(number);
    }

    private QuestionRun run(int number) {
        return questions.computeIfAbsent(number, missing -> new QuestionRun());
    }

    String forceGroup(int number) {
        return "force-" + question(number).force();
    }

    private Instant deconfliction(String name) {
        String table = TakedownProcess.DECISION_DECONFLICTION_DEADLINE;
        return in(table, decide(table, Map.of("threatToLife", threatToLife)), name);
    }

    Instant ask(int number) {
        run(number);
        return deconfliction("answerWithin");
    }

    Instant silent(int number) {
        run(number).silentAt = stage.now();
        return deconfliction("decideWithin");
    }

    /** When this question is answered by its force, or by the duty officer; empty where they never did. */
    Optional<Instant> answeredAt(int number, boolean byDuty) {
        return question(number)
                .answer()
                .filter(answer -> answer.byDuty() == byDuty)
                .map(answer -> stage.now().plus(answer.after()));
    }

    void answer(int number, boolean byDuty) {
        run(number).answeredAt = stage.now();
        run(number).byDuty = byDuty;
    }

    record Weighed(
            String asksFor,
            boolean takenOver,
            String holder,
            Optional<Hold> hold,
            boolean preservationOverdue,
            Instant checkAt,
            Instant proofDueAt) {}

    record Hold(Instant endsAt, Instant renewalDueAt, Instant reviewAt, Instant reviewBy) {}

    Weighed weigh(int number) {
        Asked asked = question(number);
        QuestionRun run = run(number);
        Instant now = stage.now();
        Instant from = run.answeredAt == null ? now : run.answeredAt;
        boolean takenOver = asked.answer().filter(PastCase.Answered::takesOver).isPresent();
        Optional<Hold> hold =
                takenOver || run.holdEnded ? Optional.empty() : asked.hold().flatMap(held -> hold(held, from));
        Optional<Instant> preservedAt = asked.preservedAfter().map(from::plus);
        boolean owed = !run.waived && preservedAt.filter(at -> at.isAfter(now)).isPresent();
        Instant proofDueAt = asked.preservedAfter().isPresent()
                ? from.plus(Duration.between(now, deconfliction("preserveWithin")))
                : now;
        return new Weighed(
                takenOver ? "NOTHING" : hold.isPresent() ? "HOLD" : owed ? "PRESERVATION" : "NOTHING",
                takenOver,
                run.byDuty ? "duty-officers" : forceGroup(number),
                hold,
                !now.isBefore(proofDueAt),
                preservedAt.filter(proofDueAt::isAfter).orElse(proofDueAt),
                deconfliction("decideWithin"));
    }

    private Optional<Hold> hold(Held held, Instant from) {
        Instant now = stage.now();
        Instant ends = from.plus(held.lasts());
        if (!ends.isAfter(now)) {
            return Optional.empty();
        }
        Instant renewal = ends.minus(rules.speed().scaled(rules.periods().renewalBefore()));
        Instant review = threatToLife
                ? now
                : from.plus(rules.speed().scaled(rules.periods().reviewHoldAfter()));
        Duration decide = Duration.between(now, deconfliction("decideWithin"));
        return Optional.of(
                new Hold(ends, later(renewal, now), review, later(review, now).plus(decide)));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isBefore(other) ? other : one;
    }

    /** When somebody ends the hold that has just been placed; empty where it expired. */
    Optional<Instant> holdEndsAt(int number, boolean overridden) {
        Instant from = run(number).answeredAt;
        return question(number)
                .hold()
                .filter(held -> held.overridden() == overridden)
                .flatMap(Held::endedAfter)
                .map(after -> later(from == null ? stage.now() : from.plus(after), stage.now()));
    }

    void endHold(int number) {
        run(number).holdEnded = true;
    }

    Optional<Instant> provedAt(int number) {
        Instant from = run(number).answeredAt;
        return question(number)
                .preservedAfter()
                .map(after -> later(from == null ? stage.now() : from.plus(after), stage.now()));
    }

    void prove(int number) {
        run(number).waived = true;
    }

    boolean cleared() {
        return facts.questions().stream()
                .noneMatch(asked ->
                        asked.answer().filter(PastCase.Answered::takesOver).isPresent());
    }

    // ---- referral

    record Route(Instrument instrument, Channel channel) {}

    Route route() {
        String table = TakedownProcess.DECISION_REFERRAL_ROUTE;
        Map<String, Object> ruling = decide(
                table,
                Map.of(
                        "verdict",
                        Optional.ofNullable(verdict)
                                .map(found -> found.verdict().name())
                                .orElse(""),
                        "category",
                        category.name(),
                        "platform",
                        facts.platform()));
        return new Route(
                Instrument.valueOf(text(table, ruling, "instrument")), usable(text(table, ruling, "channels")));
    }

    private Channel usable(String channels) {
        return Arrays.stream(channels.split(","))
                .map(channel -> Channel.valueOf(channel.strip()))
                .filter(facts.ways()::contains)
                .findFirst()
                .orElse(Channel.PORTAL);
    }

    /** When the officer who is asked now decides. */
    Instant approvedAt() {
        if (approvals < facts.approvals().size()) {
            return stage.now().plus(facts.approvals().get(approvals).after());
        }
        return stage.now()
                .plus(
                        habits.approval()
                                .orElseThrow(
                                        () -> new NotReplayable(
                                                "The draft asks for an approval, and no approval is on record to say how long one takes")));
    }

    boolean approve() {
        boolean known = approvals < facts.approvals().size();
        boolean yes = !known || facts.approvals().get(approvals).yes();
        approvals++;
        assumed |= !known;
        return yes;
    }

    /** Whether the notice lacks something that a person then supplies. */
    boolean incomplete() {
        return facts.completedAfter().isPresent() && !completed;
    }

    Instant completedAt() {
        return stage.now().plus(facts.completedAfter().orElse(Duration.ZERO));
    }

    void complete() {
        completed = true;
    }

    /** Makes out the notice; how many recipients it has. */
    int issue(Instrument instrument, Channel channel) {
        Set<Integer> successors = new HashSet<>();
        facts.recipients().values().forEach(one -> one.supersededBy().ifPresent(successors::add));
        int count = 0;
        while (facts.recipients().containsKey(count) && !successors.contains(count)) {
            count++;
        }
        if (count == 0) {
            throw new NotReplayable(
                    "The draft sends a notice where none went out, so nothing says how the platform would have answered");
        }
        for (int number = 0; number < count; number++) {
            Addressed known = facts.recipients().get(number);
            // Only the first one is reached by the route; the others as their entry in the directory says.
            addressed(number, known, instrument, number == 0 ? channel : known.channel());
        }
        return count;
    }

    private void addressed(int number, Addressed known, Instrument instrument, Channel channel) {
        RecipientRun recipient = new RecipientRun(number, known, instrument, channel, stage.now());
        recipients.put(number, recipient);
        if (firstInstrument == null) {
            firstInstrument = instrument.name();
            firstChannel = channel.name();
        }
        if (known.givenAfter().isEmpty()) {
            known.outcome()
                    .filter(out ->
                            out != Outcome.NOT_REMOVED && out != Outcome.ALREADY_GONE && out != Outcome.IMPOSSIBLE)
                    .ifPresent(
                            out -> known.settledAfter().ifPresent(after -> later(after, () -> settle(recipient, out))));
        }
    }

    RecipientRun recipient(int number) {
        RecipientRun recipient = recipients.get(number);
        if (recipient == null) {
            throw new NotReplayable("The draft turns to a recipient that nobody had turned to");
        }
        return recipient;
    }

    Instant handInDueAt() {
        return in(
                threatToLife
                        ? rules.periods().handInWithinThreatToLife()
                        : rules.periods().handInWithin());
    }

    boolean preNotice(RecipientRun recipient) {
        return recipient.facts.preNotice().isPresent()
                && recipient.instrument.equals(recipient.facts.instrument())
                && !threatToLife;
    }

    /** What becomes of a sending, and when. */
    record Sending(Instant at, String answer) {}

    Optional<Sending> sending(RecipientRun recipient) {
        Addressed known = recipient.facts;
        if (known.fellThroughAfter().isPresent() && recipient.channel != Channel.PORTAL) {
            return Optional.of(new Sending(
                    atLeastNow(recipient.issuedAt.plus(known.fellThroughAfter().get())), "BY_HAND"));
        }
        if (known.givenAfter().isEmpty()) {
            return known.outcome()
                    .filter(out -> out == Outcome.ALREADY_GONE)
                    .flatMap(out -> known.settledAfter())
                    .map(after -> new Sending(atLeastNow(recipient.issuedAt.plus(after)), "GONE"));
        }
        return Optional.of(new Sending(givenAt(recipient), "SENT"));
    }

    /** When the packet, or the sending, goes out: as then, or where another way was taken then, as it usually takes. */
    Instant givenAt(RecipientRun recipient) {
        Addressed known = recipient.facts;
        if (known.channel() == recipient.channel && known.givenAfter().isPresent()) {
            Duration ahead =
                    preNotice(recipient) ? Duration.ZERO : known.preNotice().orElse(Duration.ZERO);
            return atLeastNow(recipient.issuedAt.plus(known.givenAfter().get()).minus(ahead));
        }
        assumed = true;
        return stage.now()
                .plus(Optional.ofNullable(habits.given().get(recipient.channel))
                        .orElseThrow(() -> new NotReplayable("The draft sends the notice by " + recipient.channel
                                + ", and no notice on record went that way to say how long it takes")));
    }

    /** When a person is done with a packet that then was not handed in, because it was too late or could not be. */
    Optional<Instant> givenUpAt(RecipientRun recipient) {
        return recipient.facts.givenAfter().isPresent()
                ? Optional.empty()
                : recipient
                        .facts
                        .outcome()
                        .filter(out -> out == Outcome.ALREADY_GONE || out == Outcome.IMPOSSIBLE)
                        .flatMap(out -> recipient.facts.settledAfter())
                        .map(after -> atLeastNow(recipient.issuedAt.plus(after)));
    }

    private Instant atLeastNow(Instant at) {
        return later(at, stage.now());
    }

    void byHand(RecipientRun recipient) {
        recipient.channel = Channel.PORTAL;
    }

    /** The notice is out; from here on the platform does what it did, after the same length of time. */
    void given(RecipientRun recipient) {
        recipient.givenAt = stage.now();
        if (firstGivenAt == null) {
            firstGivenAt = stage.now();
        }
        for (RecipientRun other : recipients.values()) {
            if (other.superseded
                    && other.facts.supersededBy().orElse(-1) == recipient.number
                    && other.outcome == null) {
                other.outcome = Outcome.NOT_REMOVED;
            }
        }
        for (Said said : recipient.facts.said()) {
            later(said.after(), () -> said(recipient, said));
        }
        recipient
                .facts
                .outcome()
                .filter(out -> out != Outcome.NOT_REMOVED && out != Outcome.REFUSED)
                .ifPresent(out ->
                        recipient.facts.settledAfter().ifPresent(after -> later(after, () -> settle(recipient, out))));
    }

    // ---- removal

    record Alarms(Instant removalDueAt, Instant reminderDueAt) {}

    Alarms startClock(RecipientRun recipient) {
        DeadlinePolicy policy = policy(recipient);
        Deadline deadline = recipient.stopped
                ? rules.deadlines().restarted(policy, stage.now())
                : rules.deadlines().deadline(policy, recipient.instants());
        recipient.stopped = false;
        Instant alarm = deadline.alarmAt()
                .orElseThrow(
                        () -> new NotReplayable("Policy " + policy.code() + " gives neither a due date nor a target"));
        if (recipient.firstDueAt == null) {
            recipient.firstDueAt = alarm;
        }
        recipient.dueAt = alarm;
        return new Alarms(alarm, deadline.remindAt().orElse(alarm));
    }

    /** A clock that has begun stays under the policy it began under. */
    private DeadlinePolicy policy(RecipientRun recipient) {
        if (recipient.policy == null) {
            recipient.policy = rules.policies()
                    .policyFor(new DeadlineQuestion(recipient.instrument, category, threatToLife, facts.returned()));
        }
        return recipient.policy;
    }

    void missed(RecipientRun recipient) {
        recipient.missed = true;
    }

    private void said(RecipientRun recipient, Said said) {
        if (!recipient.open()) {
            return;
        }
        switch (said.what()) {
            case REFUSED -> {
                recipient.outcome = Outcome.REFUSED;
                deliver(TakedownProcess.MESSAGE_REMOVAL_REFUSED, recipient, Map.of());
            }
            case ASKED_BACK, IMPOSSIBLE -> {
                recipient.questionTakes = said.until();
                boolean stops = policy(recipient).pauseRule() == PauseRule.RESTART;
                if (!stops && said.what() == Said.What.IMPOSSIBLE) {
                    settle(recipient, Outcome.IMPOSSIBLE);
                    return;
                }
                String message =
                        stops ? TakedownProcess.MESSAGE_CLOCK_STOPPED : TakedownProcess.MESSAGE_CLARIFICATION_ASKED;
                recipient.stopped = deliver(
                                message,
                                recipient,
                                Map.ofEntries(
                                        TakedownProcess.CLOCK_STOPPED.with(stops),
                                        TakedownProcess.CLARIFICATION_DUE_AT.with(
                                                Date.from(in(Periods.CLARIFICATION_TARGET)))))
                        && stops;
                if (recipient.stopped) {
                    recipient.dueAt = null;
                }
            }
            case EXTENDED -> {
                if (policy(recipient).pauseRule() == PauseRule.ISSUER_MAY_EXTEND) {
                    moveDue(recipient, said);
                }
            }
            case REVIEWED -> moveDue(recipient, said);
        }
    }

    /** Time is only ever added. */
    private void moveDue(RecipientRun recipient, Said said) {
        Instant given = recipient.givenAt;
        Instant before = recipient.dueAt;
        Optional<Instant> until =
                given == null ? Optional.empty() : said.until().map(given::plus);
        if (before == null
                || until.filter(at -> at.isAfter(before) && at.isAfter(stage.now()))
                        .isEmpty()) {
            return;
        }
        Instant due = until.get();
        recipient.dueAt = due;
        Map<String, Object> alarms = Map.ofEntries(
                TakedownProcess.REMOVAL_DUE_AT.with(Date.from(due)),
                TakedownProcess.REMINDER_DUE_AT.with(Date.from(due)),
                TakedownProcess.CASE_DUE_AT.with(Date.from(due)));
        if (deliver(TakedownProcess.MESSAGE_DUE_MOVED, recipient, alarms)) {
            return;
        }
        waiting(TakedownProcess.MESSAGE_REMOVAL_CONFIRMED, recipient).ifPresent(wait -> {
            alarms.forEach((name, value) -> stage.setVariable(wait, name, value));
            stage.waiting().stream()
                    .filter(timer -> timer.kind() == Stage.Kind.TIMER
                            && timer.execution().equals(wait.execution())
                            && timer.node().equals(TakedownProcess.EVENT_REMOVAL_DEADLINE_PASSED))
                    .forEach(timer -> stage.postpone(timer, due));
        });
    }

    /** How one recipient's part comes out, as it did then. */
    void settle(RecipientRun recipient, Outcome how) {
        if (!recipient.open() || recipient.superseded && how == Outcome.NOT_REMOVED) {
            return;
        }
        recipient.outcome = how;
        recipient.settledAt = stage.now();
        if (COMPLIED.contains(how) && removedAt == null) {
            removedAt = stage.now();
        }
        recipient.missed |= recipient.dueAt != null && !stage.now().isBefore(recipient.dueAt);
        recipient.facts.supersededBy().ifPresent(successor -> goneBeforeGiven(recipients.get(successor)));
        boolean told =
                how == Outcome.REMOVED && deliver(TakedownProcess.MESSAGE_REMOVAL_CONFIRMED, recipient, Map.of());
        if (!told) {
            deliver(TakedownProcess.MESSAGE_NOTICE_SETTLED, recipient, Map.of());
        }
        if (how == Outcome.REMOVED) {
            List.copyOf(recipients.values()).forEach(this::goneBeforeGiven);
        }
    }

    private void goneBeforeGiven(@Nullable RecipientRun other) {
        if (other != null && other.open() && other.givenAt == null) {
            other.outcome = Outcome.ALREADY_GONE;
            deliver(TakedownProcess.MESSAGE_NOTICE_SETTLED, other, Map.of());
        }
    }

    /** It came out before it went out. */
    void settledUnsent(RecipientRun recipient) {
        recipient.outcome = recipient.facts.outcome().orElse(Outcome.ALREADY_GONE);
        recipient.settledAt = stage.now();
    }

    Instant questionAnsweredAt(RecipientRun recipient) {
        return stage.now()
                .plus(recipient
                        .questionTakes
                        .or(habits::clarification)
                        .orElseThrow(() -> new NotReplayable(
                                "The platform asked back, and no answer is on record to say how long one takes")));
    }

    private boolean deliver(String message, RecipientRun recipient, Map<String, Object> variables) {
        Optional<Stage.Waiting> wait = waiting(message, recipient);
        wait.ifPresent(found -> stage.deliver(found, variables));
        return wait.isPresent();
    }

    private Optional<Stage.Waiting> waiting(String message, RecipientRun recipient) {
        return stage.waiting().stream()
                .filter(wait -> wait.kind() == Stage.Kind.MESSAGE
                        && wait.name().equals(message)
                        && number(wait) == recipient.number)
                .findFirst();
    }

    int number(Stage.Waiting wait) {
        return stage.variable(wait, TakedownProcess.RECIPIENT_NUMBER.name())
                .map(Object::toString)
                .map(Integer::parseInt)
                .orElse(-1);
    }

    // ---- escalation

    private Optional<Map<String, Object>> rung(RecipientRun recipient) {
        return engine.decide(
                TakedownProcess.DECISION_ESCALATION_LADDER,
                Map.of(
                        "instrument",
                        recipient.instrument.name(),
                        "rung",
                        recipient.rung + 1,
                        "threatToLife",
                        threatToLife));
    }

    boolean rungLeft(RecipientRun recipient) {
        return rung(recipient).isPresent();
    }

    record Climbed(int number, Instant dueAt, boolean formalNoticeProposed) {}

    Climbed climb(RecipientRun recipient) {
        String table = TakedownProcess.DECISION_ESCALATION_LADDER;
        Map<String, Object> ruling =
                rung(recipient).orElseThrow(() -> new NotReplayable("The draft climbs a ladder that has no rung left"));
        recipient.rung++;
        return new Climbed(
                recipient.rung,
                in(table, ruling, "waitFor"),
                text(table, ruling, "action").equals("FORMAL_INSTRUMENT")
                        && formalInstrument().isPresent());
    }

    private Optional<Map<String, Object>> formalInstrument() {
        return engine.decide(
                TakedownProcess.DECISION_FORMAL_INSTRUMENT,
                Map.of(
                        "verdict",
                        Optional.ofNullable(verdict)
                                .map(found -> found.verdict().name())
                                .orElse(""),
                        "category",
                        category.name(),
                        "offence",
                        Optional.ofNullable(verdict).map(Verdicted::offence).orElse(""),
                        "platform",
                        facts.platform(),
                        "askedOn",
                        LocalDate.ofInstant(stage.now(), LONDON).toString()));
    }

    /** Makes out the statutory notice; the number of the recipient it goes to. */
    int formalise(RecipientRun recipient) {
        String table = TakedownProcess.DECISION_FORMAL_INSTRUMENT;
        int successor = recipient
                .facts
                .supersededBy()
                .orElseThrow(() -> new NotReplayable(
                        "The draft sends a statutory notice where none went out, so nothing says how it was answered"));
        Map<String, Object> fit = formalInstrument()
                .orElseThrow(() -> new NotReplayable("No statutory instrument fits the case in the draft"));
        Addressed known = facts.recipients().get(successor);
        if (known == null) {
            throw new NotReplayable("The statutory notice that went out is not on record");
        }
        addressed(
                successor,
                known,
                Instrument.valueOf(text(table, fit, "instrument")),
                usable(text(table, fit, "channels")));
        recipient.superseded = true;
        return successor;
    }

    // ---- the end

    /** Writes down what came of the case; until when its return is watched for. */
    Optional<Instant> conclude() {
        recipients.values().stream()
                .filter(recipient -> recipient.outcome == null)
                .forEach(recipient -> recipient.outcome = Outcome.NOT_REMOVED);
        outcome = WEIGHT.stream()
                .filter(weighed -> recipients.values().stream()
                        .anyMatch(recipient -> recipient.outcome == weighed
                                && !(recipient.superseded && weighed == Outcome.NOT_REMOVED)))
                .findFirst()
                .orElse(Outcome.NOT_REFERRED);
        return outcome == Outcome.REMOVED ? Optional.of(in(rules.periods().watchForReturn())) : Optional.empty();
    }

    Replayed result() {
        return new Replayed(
                facts.reference(),
                Optional.ofNullable(firstInstrument),
                Optional.ofNullable(firstChannel),
                recipients.values().stream()
                        .flatMap(recipient -> Optional.ofNullable(recipient.firstDueAt).stream())
                        .min(Comparator.naturalOrder()),
                List.copyOf(owners),
                recipients.values().stream()
                        .mapToInt(recipient -> recipient.rung)
                        .max()
                        .orElse(0),
                Optional.ofNullable(outcome),
                recipients.values().stream().anyMatch(recipient -> recipient.missed),
                Optional.ofNullable(firstGivenAt).map(at -> Duration.between(facts.flaggedAt(), at)),
                Optional.ofNullable(firstGivenAt).flatMap(given -> Optional.ofNullable(removedAt)
                        .filter(removed -> !removed.isBefore(given))
                        .map(removed -> Duration.between(given, removed))),
                assumed);
    }

    // ---- what happens outside

    private void later(Duration after, Runnable what) {
        happenings.add(new Happening(stage.now().plus(after), turns++, what));
    }

    Optional<Happening> nextHappening() {
        return Optional.ofNullable(happenings.peek());
    }

    void happen() {
        Happening next = happenings.poll();
        if (next != null) {
            next.what().run();
        }
    }
}
