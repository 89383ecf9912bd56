package org.takedownhub.modelling.replay;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.camunda.bpm.engine.ProcessEngineException;
import org.jspecify.annotations.Nullable;
import org.takedownhub.casefile.Outcome;
import org.takedownhub.clock.ClockSpeed;
import org.takedownhub.clock.DeadlinePolicies;
import org.takedownhub.clock.DeadlinePolicy;
import org.takedownhub.clock.Deadlines;
import org.takedownhub.clock.WorkingDays;
import org.takedownhub.engine.ModelGuard;
import org.takedownhub.engine.ScratchEngine;
import org.takedownhub.engine.Stage;
import org.takedownhub.engine.Stage.Waiting;
import org.takedownhub.modelling.ModelFile;
import org.takedownhub.modelling.ModelSet;
import org.takedownhub.modelling.replay.CaseRun.Happening;
import org.takedownhub.process.TakedownProcess;

/**
 * A set of models, ready to be tried on past cases; any number of threads may do so at once. A case's clock is moved from
 * one thing that happens to the next: a timer of the models that rings, a person who is done, a platform that acts.
 */
final class SetReplay implements AutoCloseable {

    /** No case waits for anything more often than this; whoever gets here goes in a circle. */
    private static final int MOST_MOVES = 1_000;

    private final ScratchEngine engine;
    private final CaseRun.Rules rules;
    private final ThreadLocal<CaseRun> running;

    private SetReplay(ScratchEngine engine, CaseRun.Rules rules, ThreadLocal<CaseRun> running) {
        this.engine = engine;
        this.rules = rules;
        this.running = running;
    }

    /**
     * Puts a set into an engine of its own.
     *
     * @throws ProcessEngineException the locks or the engine refuse a file of it
     */
    static SetReplay of(ModelSet set, ModelGuard guard, WorkingDays days, ClockSpeed speed, Periods periods) {
        ThreadLocal<CaseRun> running = new ThreadLocal<>();
        Map<String, byte[]> files = new TreeMap<>();
        set.files().values().stream()
                .filter(file -> file.kind() != ModelFile.Kind.TEST_CASES)
                .forEach(file -> files.put(file.name(), file.bytes()));
        ScratchEngine engine = ScratchEngine.of(guard, ReplayDelegates.all(running::get), files);
        DeadlinePolicies policies =
                (question, version) -> engine.decide(TakedownProcess.DECISION_REMOVAL_DEADLINE, question.inputs())
                        .map(outputs -> DeadlinePolicy.fromDecision(question, outputs, 0))
                        .orElseThrow(() ->
                                new NotReplayable("The table removal-deadline has no rule for " + question.inputs()));
        return new SetReplay(
                engine, new CaseRun.Rules(policies, new Deadlines(policies, days, speed), periods, speed), running);
    }

    /**
     * Tries the set on a case.
     *
     * @param habits how long things usually take, for what nobody had to do in this case
     * @throws NotReplayable the case takes a way of which nothing is on record, or the set breaks down on it
     */
    Replayed replay(PastCase facts, Habits habits) {
        AtomicReference<@Nullable Replayed> result = new AtomicReference<>();
        try {
            engine.play(stage -> result.set(played(facts, habits, stage)));
        } catch (ProcessEngineException | IllegalStateException | IllegalArgumentException | Stage.CutShort broken) {
            if (broken.getCause() instanceof NotReplayable why) {
                throw why;
            }
            throw new NotReplayable("The models break down: " + broken.getMessage());
        } finally {
            running.remove();
        }
        Replayed played = result.get();
        if (played == null) {
            throw new IllegalStateException("A story that ends without an error has a result");
        }
        return played;
    }

    private Replayed played(PastCase facts, Habits habits, Stage stage) {
        CaseRun run = new CaseRun(facts, habits, rules, engine, stage);
        running.set(run);
        stage.moveTo(facts.flaggedAt());
        stage.start(
                TakedownProcess.KEY,
                facts.reference(),
                Map.ofEntries(
                        TakedownProcess.CASE_REFERENCE.with(facts.reference()),
                        TakedownProcess.PLATFORM.with(facts.platform()),
                        TakedownProcess.CATEGORY.with(facts.category().name()),
                        TakedownProcess.SOURCE.with(facts.source().name()),
                        TakedownProcess.THREAT_TO_LIFE.with(facts.threatToLife())));
        Map<String, Optional<Move>> planned = new HashMap<>();
        for (int moves = 0; ; moves++) {
            if (moves == MOST_MOVES) {
                throw new NotReplayable("The draft goes in a circle");
            }
            List<Waiting> waiting = stage.waiting();
            Optional<Move> next = next(run, waiting, planned);
            if (next.isEmpty()) {
                return run.result();
            }
            if (next.get().at().isAfter(stage.now())) {
                stage.moveTo(next.get().at());
            }
            next.get().what().run();
        }
    }

    /** Something that moves a case on, and when. Timers come first: what is due at an instant is overdue then. */
    private record Move(Instant at, int turn, Runnable what) {
        private static final Comparator<Move> ORDER =
                Comparator.comparing(Move::at).thenComparing(Move::turn);
    }

    private static Optional<Move> next(CaseRun run, List<Waiting> waiting, Map<String, Optional<Move>> planned) {
        Optional<Move> first = run.nextHappening().map(happening -> happens(run, happening));
        for (Waiting wait : waiting) {
            Optional<Move> move =
                    switch (wait.kind()) {
                        case TIMER -> wait.dueAt().map(at -> new Move(at, 0, () -> run.stage.ring(wait)));
                        case TASK -> planned(planned, wait, run);
                        case MESSAGE -> wait.name().equals(TakedownProcess.MESSAGE_REFERRAL_ANSWERED)
                                ? planned(planned, wait, run)
                                : Optional.empty();
                    };
            if (move.isPresent() && (first.isEmpty() || Move.ORDER.compare(move.get(), first.get()) < 0)) {
                first = move;
            }
        }
        return first;
    }

    private static Move happens(CaseRun run, Happening happening) {
        return new Move(happening.at(), 1, run::happen);
    }

    /** When somebody is done is settled when the task comes up. */
    private static Optional<Move> planned(Map<String, Optional<Move>> planned, Waiting wait, CaseRun run) {
        Optional<Move> known = planned.get(wait.id());
        if (known == null) {
            known = wait.kind() == Stage.Kind.TASK ? task(run, wait) : sending(run, wait);
            planned.put(wait.id(), known);
        }
        return known;
    }

    private static Optional<Move> done(CaseRun run, Waiting task, Instant at, Runnable first) {
        return Optional.of(new Move(at, 2, () -> {
            first.run();
            run.stage.complete(task, Map.of());
        }));
    }

    private static Optional<Move> sending(CaseRun run, Waiting wait) {
        RecipientRun recipient = run.recipient(run.number(wait));
        return run.sending(recipient)
                .map(sending -> new Move(sending.at(), 2, () -> {
                    switch (sending.answer()) {
                        case "SENT" -> run.given(recipient);
                        case "GONE" -> run.settledUnsent(recipient);
                        default -> run.byHand(recipient);
                    }
                    run.stage.deliver(wait, Map.ofEntries(TakedownProcess.REFERRAL_ANSWER.with(sending.answer())));
                }));
    }

    /** What a person does at a task, told by the form in it, whatever the draft calls the step. */
    private static Optional<Move> task(CaseRun run, Waiting task) {
        run.owners.addAll(task.groups());
        Instant now = run.stage.now();
        return switch (task.name()) {
            case "verify-content" -> Optional.of(
                    new Move(now.plus(run.nextVerdict().after()), 2, () -> run.stage.complete(task, run.judged())));
            case "answer-deconfliction" -> answers(run, task, false);
            case "decide-deconfliction" -> answers(run, task, true);
            case "renew-hold" -> run.holdEndsAt(question(run, task), false)
                    .flatMap(at -> done(run, task, at, () -> run.endHold(question(run, task))));
            case "override-hold" -> run.holdEndsAt(question(run, task), true)
                    .map(at -> new Move(at, 2, () -> {
                        run.endHold(question(run, task));
                        run.stage.complete(task, Map.ofEntries(TakedownProcess.HOLD_OVERRIDDEN.with(true)));
                    }));
            case "prove-preservation" -> run.provedAt(question(run, task))
                    .flatMap(at -> done(run, task, at, () -> run.prove(question(run, task))));
            case "approve-referral" -> Optional.of(new Move(
                    run.approvedAt(),
                    2,
                    () -> run.stage.complete(
                            task, Map.ofEntries(TakedownProcess.REFERRAL_APPROVED.with(run.approve())))));
            case "complete-notice" -> done(run, task, run.completedAt(), run::complete);
            case "refer-by-hand" -> handIn(run, task, run.recipient(run.number(task)));
            case "resolve-uncertain-referral" -> Optional.of(new Move(
                    now,
                    2,
                    () -> run.stage.complete(task, Map.ofEntries(TakedownProcess.REFERRAL_ARRIVED.with(true)))));
            case "answer-clarification" -> done(
                    run, task, run.questionAnsweredAt(run.recipient(run.number(task))), () -> {});
            case "review-escalation" -> review(run, task, run.recipient(run.number(task)));
            case "approve-formal-notice" -> run.recipient(run.number(task))
                    .facts
                    .formal()
                    .map(formal -> new Move(
                            now.plus(formal.after()),
                            2,
                            () -> run.stage.complete(
                                    task, Map.ofEntries(TakedownProcess.FORMAL_NOTICE_APPROVED.with(formal.yes())))));
            default -> throw new NotReplayable("The task " + task.label()
                    + " is new, and nothing is on record to say how long people take for it");
        };
    }

    private static int question(CaseRun run, Waiting task) {
        return run.stage
                .variable(task, TakedownProcess.QUESTION_NUMBER.name())
                .map(number -> Integer.parseInt(number.toString()))
                .orElseThrow(() -> new NotReplayable("The task " + task.label() + " is about no question"));
    }

    private static Optional<Move> answers(CaseRun run, Waiting task, boolean byDuty) {
        int number = question(run, task);
        return run.answeredAt(number, byDuty).flatMap(at -> done(run, task, at, () -> run.answer(number, byDuty)));
    }

    private static Optional<Move> handIn(CaseRun run, Waiting task, RecipientRun recipient) {
        Optional<Instant> givenUp = run.givenUpAt(recipient);
        if (givenUp.isPresent()) {
            return Optional.of(new Move(givenUp.get(), 2, () -> {
                run.settledUnsent(recipient);
                run.stage.complete(task, Map.ofEntries(TakedownProcess.HANDED_IN.with(false)));
            }));
        }
        boolean withdrawn = recipient.facts.givenAfter().isEmpty()
                && recipient
                        .facts
                        .outcome()
                        .filter(out -> out == Outcome.WITHDRAWN)
                        .isPresent();
        return withdrawn
                ? Optional.empty()
                : Optional.of(new Move(run.givenAt(recipient), 2, () -> {
                    run.given(recipient);
                    run.stage.complete(task, Map.ofEntries(TakedownProcess.HANDED_IN.with(true)));
                }));
    }

    /** Where nobody looked then, time passes as then. */
    private static Optional<Move> review(CaseRun run, Waiting task, RecipientRun recipient) {
        return Optional.ofNullable(recipient.facts.reviews().get(recipient.rung))
                .flatMap(after -> done(run, task, run.stage.now().plus(after), () -> {}));
    }

    /** What stories have left behind in the engine: nothing. */
    long left() {
        return engine.left();
    }

    @Override
    public void close() {
        engine.close();
    }
}
