package org.takedownhub.platform;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionTemplate;
import org.takedownhub.casefile.Verdict;
import org.takedownhub.cases.CaseFile;
import org.takedownhub.cases.Cases;
import org.takedownhub.clock.ClockSpeed;
import org.takedownhub.platform.Submission.Purpose;
import org.takedownhub.platform.Submission.State;
import org.takedownhub.platform.Submissions.Answered;
import org.takedownhub.platform.Submissions.Sending;
import org.takedownhub.platform.Submissions.Standing;
import org.takedownhub.platform.Submissions.Work;

/**
 * Sends what has been prepared, once. The steps are separate transactions, and no platform is called within any of
 * them:
 *
 * <ol>
 *   <li>lease the row, look at the recipient, and before a referral at the item;
 *   <li>mark it as being sent, which nobody ever takes back but by an answer;
 *   <li>call the platform;
 *   <li>keep the answer;
 *   <li>tell the process, again and again until it listens.
 * </ol>
 *
 * Whoever dies between the second and the fourth leaves a row that nobody sends again: its answer is {@link Uncertain}.
 */
@Component
public class Dispatcher {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    private static final int ROUND = 100;
    private static final int TELLS_AT_ONCE = 3;
    private static final Duration TELL_AGAIN = Duration.ofSeconds(5);

    private final Submissions submissions;
    private final Platforms platforms;
    private final Bulkheads bulkheads;
    private final Cases cases;
    private final ContentSource contents;
    private final PlatformHealth health;
    private final ObjectProvider<SubmissionListener> listeners;
    private final ObjectProvider<LookListener> lookListeners;
    private final DispatchSettings settings;
    private final ConfirmationSettings confirmation;
    private final WorkerSettings workers;
    private final Node node;
    private final Clock clock;
    private final ClockSpeed speed;
    private final TransactionTemplate transaction;
    private final Pauses pauses;
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();
    /** What another one's report takes along; the lease keeps its own turn, if that comes meanwhile, from doing anything. */
    private final Set<String> inCompany = ConcurrentHashMap.newKeySet();

    private volatile boolean earlierRunsReleased;

    Dispatcher(
            Submissions submissions,
            Platforms platforms,
            Bulkheads bulkheads,
            Cases cases,
            ContentSource contents,
            PlatformHealth health,
            ObjectProvider<SubmissionListener> listeners,
            ObjectProvider<LookListener> lookListeners,
            DispatchSettings settings,
            ConfirmationSettings confirmation,
            WorkerSettings workers,
            Node node,
            Clock clock,
            ClockSpeed speed,
            PlatformTransactionManager transactions) {
        this.submissions = submissions;
        this.platforms = platforms;
        this.bulkheads = bulkheads;
        this.cases = cases;
        this.contents = contents;
        this.health = health;
        this.listeners = listeners;
        this.lookListeners = lookListeners;
        this.settings = settings;
        this.confirmation = confirmation;
        this.workers = workers;
        this.node = node;
        this.clock = clock;
        this.speed = speed;
        this.transaction = new TransactionTemplate(transactions);
        this.pauses = new Pauses(speed);
    }

    @Scheduled(fixedDelayString = "PT1S")
    void scheduled() {
        if (workers.enabled()) {
            run();
        }
    }

    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
    void prepared(SubmissionPrepared prepared) {
        if (workers.enabled() && !pauses.paused(prepared.platform(), clock.instant())) {
            offer(prepared.platform(), prepared.key());
        }
    }

    /**
     * One round: mends what a dead worker left, tells what is still untold, and hands what is due to the platforms'
     * threads, the oldest first. Does not wait for them.
     */
    public void run() {
        releaseEarlierRuns();
        markOrphans();
        submissions.untold(clock.instant(), ROUND).stream()
                .filter(key -> !isUnderWay(key))
                .forEach(this::tell);
        Instant now = clock.instant();
        submissions.platformsDue(now).forEach(platform -> offerDue(platform, now));
        pauses.instances().forEach(platform -> giveUpIfFailing(platform, now));
    }

    private void releaseEarlierRuns() {
        if (!earlierRunsReleased) {
            inTransaction(() -> submissions.workers().stream()
                    .filter(node::isGone)
                    .forEach(gone -> submissions.release(gone, clock.instant())));
            earlierRunsReleased = true;
        }
    }

    private boolean isUnderWay(String key) {
        return underWay.contains(key) || inCompany.contains(key);
    }

    private void markOrphans() {
        Instant now = clock.instant();
        for (Sending sending : submissions.sending()) {
            Duration longest = callLimit(sending.submission().platform()).multipliedBy(2);
            boolean ours = sending.worker().equals(node.worker());
            boolean workerGone = node.isGone(sending.worker())
                    || (sending.since().plus(longest).isBefore(now)
                            && !(ours && isUnderWay(sending.submission().key())));
            if (workerGone) {
                keepAndTell(
                        sending.submission(),
                        List.of(State.SENDING),
                        sending.worker(),
                        new Uncertain("The hub stopped while it was being sent, at " + sending.since()
                                + ". It may or may not have arrived"));
            }
        }
    }

    private void offerDue(String platform, Instant now) {
        if (pauses.paused(platform, now)) {
            return;
        }
        int room = bulkheads.room(platform);
        int wanted = pauses.failing(platform) ? Math.min(room, 1) : room;
        if (wanted == 0) {
            return;
        }
        submissions.due(platform, now, wanted + underWay.size()).stream()
                .filter(key -> !isUnderWay(key))
                .limit(wanted)
                .forEach(key -> offer(platform, key));
    }

    private void offer(String platform, String key) {
        if (underWay.add(key)
                && !bulkheads.offer(platform, () -> {
                    try {
                        process(platform, key);
                    } finally {
                        underWay.remove(key);
                    }
                })) {
            underWay.remove(key);
        }
    }

    /** A platform that answered nobody for so long: what waits for it goes to people. */
    private void giveUpIfFailing(String platform, Instant now) {
        Instant limit = now.minus(speed.scaled(settings.giveUpAfter()));
        boolean failing = pauses.failingSince(platform, settings.leastTries())
                .filter(since -> !since.isAfter(limit))
                .isPresent();
        if (failing) {
            submissions.preparedBefore(platform, limit, ROUND).stream()
                    .filter(key -> !isUnderWay(key))
                    .flatMap(key -> submissions.find(key).stream())
                    .forEach(submission -> keepAndTell(
                            submission,
                            List.of(State.PREPARED),
                            null,
                            new NeedsPerson(platform + " has not been reachable since "
                                    + pauses.failingSince(platform, 1)
                                            .map(Instant::toString)
                                            .orElse("long") + ". Nothing was sent")));
        }
    }

    private void process(String platform, String key) {
        Instant now = clock.instant();
        Instant until = now.plus(callLimit(platform));
        fromTransaction(() -> submissions.lease(key, node.worker(), now, until)).ifPresent(this::process);
    }

    private void process(Work work) {
        Submission submission = work.submission();
        Standing standing = fromTransaction(() -> submissions.standing(submission));
        if (standing == Standing.SETTLED) {
            inTransaction(() -> submissions.drop(work));
            return;
        }
        if (standing == Standing.GONE) {
            answerUnsent(work, new ContentGone("It had been seen gone before this could be sent"));
            return;
        }
        Platform platform = platforms.require(submission.platform());
        Notice notice = notice(work);
        if (submission.purpose() != Purpose.REFERRAL) {
            send(platform, List.of(new Ready(work, notice)));
        } else if (isStillUp(work)) {
            List<Ready> together = new ArrayList<>(List.of(new Ready(work, notice)));
            try {
                platform.group(notice).ifPresent(group -> together.addAll(others(platform, group)));
                send(platform, together);
            } finally {
                together.stream().map(Ready::work).map(Work::key).forEach(inCompany::remove);
            }
        }
    }

    /** What is about to go out. */
    private record Ready(Work work, Notice notice) {}

    /** Other referrals that wait for the same platform and may go out in the same report, as far as still up. */
    private List<Ready> others(Platform platform, String group) {
        Instant now = clock.instant();
        Instant until = now.plus(callLimit(platform.instance()));
        int wanted = platform.noticesPerReport() - 1;
        List<Ready> others = new ArrayList<>();
        for (String key : submissions.due(platform.instance(), now, Math.min(ROUND, wanted) + underWay.size())) {
            if (others.size() < wanted && inCompany.add(key)) {
                Optional<Ready> other = fromTransaction(() -> submissions.lease(key, node.worker(), now, until))
                        .flatMap(work -> ifOfGroup(platform, group, work));
                other.ifPresentOrElse(others::add, () -> inCompany.remove(key));
            }
        }
        return others;
    }

    /** Whatever is not of the group, or not simply open, goes back and has its own turn. */
    private Optional<Ready> ifOfGroup(Platform platform, String group, Work work) {
        Notice notice = notice(work);
        boolean fits = work.submission().purpose() == Purpose.REFERRAL
                && platform.group(notice).filter(group::equals).isPresent()
                && fromTransaction(() -> submissions.standing(work.submission())) == Standing.OPEN;
        if (!fits) {
            inTransaction(() -> submissions.giveBack(work, clock.instant()));
            return Optional.empty();
        }
        return isStillUp(work) ? Optional.of(new Ready(work, notice)) : Optional.empty();
    }

    /** False when the item is, or may be, gone; the row then stands where it has to. */
    private boolean isStillUp(Work work) {
        Submission submission = work.submission();
        // The item is looked at where it is, whoever the notice goes to.
        CaseFile file = cases.require(submission.reference());
        Platform platform = platforms.require(file.platform());
        Look look = look(platform, contents.of(file, file.platform()));
        Instant at = clock.instant();
        if (look.availability().provesRemoval()) {
            answerUnsent(work, () -> tellLook(submission, platform, look, at), new ContentGone(look.detail()));
            return false;
        }
        if (!look.availability().isMiss() || !look.controlAlive()) {
            return true;
        }
        if (work.misses() + 1 >= confirmation.confirmations()) {
            answerUnsent(work, () -> tellLook(submission, platform, look, at), new ContentGone(look.detail()));
        } else {
            inTransaction(() -> {
                tellLook(submission, platform, look, at);
                submissions.missed(work, at.plus(speed.scaled(confirmation.confirmationGap())));
            });
        }
        return false;
    }

    private Look look(Platform platform, Content content) {
        try {
            List<Look> looks = platform.look(List.of(content));
            return looks.size() == 1 ? looks.get(0) : Look.unknown(UnknownReason.NOT_ASKED, "no answer");
        } catch (RuntimeException e) {
            LOG.warn("Could not look at the item of {} on {}", content.reference(), platform.instance(), e);
            return Look.unknown(UnknownReason.NOT_ASKED, "could not look");
        }
    }

    private void tellLook(Submission submission, Platform platform, Look look, Instant at) {
        lookListeners.forEach(
                listener -> listener.looked(submission.reference(), submission.recipientNumber(), platform, look, at));
    }

    private void send(Platform platform, List<Ready> candidates) {
        List<Ready> claimed = candidates.stream()
                .filter(ready -> fromTransaction(() -> submissions.claim(ready.work(), node.worker())))
                .toList();
        if (claimed.isEmpty()) {
            return;
        }
        List<ReferralAnswer> answers;
        try {
            answers = handOver(platform, claimed);
        } catch (PlatformUnavailable e) {
            claimed.forEach(ready -> unavailable(ready.work(), e));
            return;
        } catch (RuntimeException e) {
            LOG.error(
                    "Sending {} to {} broke off",
                    claimed.stream().map(Ready::work).map(Work::key).toList(),
                    platform.instance(),
                    e);
            answers = unknown(
                    claimed,
                    "The connector broke off (" + e.getClass().getSimpleName() + "). It may or may not have arrived");
        }
        for (int i = 0; i < claimed.size(); i++) {
            answered(platform, claimed.get(i).work(), answers.get(i));
        }
    }

    private List<ReferralAnswer> handOver(Platform platform, List<Ready> claimed) {
        Ready first = claimed.get(0);
        if (first.work().submission().purpose() == Purpose.ANSWER) {
            return List.of(answerQuestion(platform, first));
        }
        if (claimed.size() == 1) {
            return List.of(platform.refer(first.notice()));
        }
        List<ReferralAnswer> answers =
                platform.refer(claimed.stream().map(Ready::notice).toList());
        return answers.size() == claimed.size()
                ? answers
                : unknown(claimed, "The connector answered for other notices than it was given");
    }

    private ReferralAnswer answerQuestion(Platform platform, Ready ready) {
        Submission submission = ready.work().submission();
        SentReport report = fromTransaction(
                        () -> submissions.sentReport(submission.reference(), submission.recipientNumber()))
                .map(sent -> sent.with(ready.notice().content()))
                .orElseThrow(() -> new IllegalStateException(
                        "Case " + submission.reference() + " has no report to answer a question about"));
        try {
            platform.answer(report, submission.explanation());
            return new Receipt(report.reference(), clock.instant(), Map.of());
        } catch (NoAnswer e) {
            return new Uncertain(Optional.ofNullable(e.getMessage()).orElse("no answer"));
        }
    }

    private static List<ReferralAnswer> unknown(List<Ready> claimed, String why) {
        return claimed.stream().<ReferralAnswer>map(ready -> new Uncertain(why)).toList();
    }

    private void answered(Platform platform, Work work, ReferralAnswer answer) {
        // The answer first: nothing that goes wrong in the book-keeping may lose it.
        if (!keepAndTell(work.submission(), List.of(State.SENDING, State.UNCERTAIN), node.worker(), answer)) {
            inTransaction(() -> submissions.answeredLate(work.submission(), answer));
        }
        if (!(answer instanceof Uncertain)) {
            pauses.answered(platform.instance());
            health.answered(platform.instance());
        }
    }

    private void unavailable(Work work, PlatformUnavailable reason) {
        Submission submission = work.submission();
        String platform = submission.platform();
        String why = Optional.ofNullable(reason.getMessage()).orElse("unavailable");
        Instant now = clock.instant();
        int tries = work.tries() + 1;
        Optional<Instant> told = reason.retryAt().filter(now::isBefore);
        // A platform's own time to come back is real time, whatever the speed of our clock.
        Duration patience = told.isPresent() ? settings.giveUpAfter() : speed.scaled(settings.giveUpAfter());
        boolean tooLong = tries >= settings.leastTries()
                && !now.isBefore(work.preparedAt().plus(patience));
        boolean tooFar = told.filter(retryAt -> retryAt.isAfter(now.plus(settings.giveUpAfter())))
                .isPresent();
        if (tooLong || tooFar) {
            String until = told.map(at -> ", until " + at).orElse("");
            keepAndTell(
                    submission,
                    List.of(State.SENDING),
                    node.worker(),
                    new NeedsPerson("Not taken in " + tries + " tries" + until + ": " + why));
        } else {
            Instant again = told.orElseGet(() -> now.plus(speed.scaled(BackOff.after(tries))));
            inTransaction(() -> submissions.postpone(work, node.worker(), again, why));
        }
        if (reason.concernsOneHost()) {
            return;
        }
        if (told.isEmpty()) {
            pauses.failed(platform, now);
        } else if (!tooFar) {
            pauses.busyUntil(platform, told.get());
        }
        health.failed(platform, why);
    }

    private void answerUnsent(Work work, ReferralAnswer answer) {
        answerUnsent(work, () -> {}, answer);
    }

    private void answerUnsent(Work work, Runnable alongside, ReferralAnswer answer) {
        boolean kept = fromTransaction(() -> {
            alongside.run();
            return submissions.answered(work.submission(), List.of(State.PREPARED), node.worker(), answer);
        });
        if (kept) {
            tell(work.key());
        }
    }

    private boolean keepAndTell(
            Submission submission, List<State> from, @Nullable String worker, ReferralAnswer answer) {
        boolean kept = fromTransaction(() -> submissions.answered(submission, from, worker, answer));
        if (kept) {
            tell(submission.key());
        }
        return kept;
    }

    /** The process may be busy with the same case at this moment, so one failure means nothing. */
    private void tell(String key) {
        for (int turn = 1; turn <= TELLS_AT_ONCE; turn++) {
            try {
                inTransaction(() -> submissions.lockUntold(key).ifPresent(this::tellListeners));
                return;
            } catch (RuntimeException e) {
                LOG.warn("Could not tell what became of submission {} (try {})", key, turn, e);
            }
        }
        inTransaction(() -> submissions.tellAgain(key, clock.instant().plus(TELL_AGAIN)));
    }

    private void tellListeners(Answered answered) {
        listeners.orderedStream().forEach(listener -> listener.settled(answered.submission(), answered.answer()));
        submissions.told(answered.submission().key());
    }

    private Notice notice(Work work) {
        Submission submission = work.submission();
        CaseFile file = cases.require(submission.reference());
        return new Notice(
                submission.key(),
                contents.of(file, submission.platform()),
                file.category(),
                file.verdict().filter(verdict -> verdict == Verdict.UNLAWFUL).isPresent(),
                file.threatToLife(),
                submission.explanation());
    }

    /** A referral may take several calls: finding the item, then reporting it. */
    private Duration callLimit(String platform) {
        PlatformSettings known = platforms.settings(platform);
        Duration calls = known.timeout().multipliedBy(3);
        return calls.compareTo(settings.callLimit()) > 0 ? calls : settings.callLimit();
    }

    private void inTransaction(Runnable work) {
        transaction.executeWithoutResult(status -> work.run());
    }

    private <T> T fromTransaction(Supplier<T> work) {
        T result = transaction.execute(status -> work.get());
        if (result == null) {
            throw new IllegalStateException("A transaction of the dispatcher came back without a result");
        }
        return result;
    }
}
