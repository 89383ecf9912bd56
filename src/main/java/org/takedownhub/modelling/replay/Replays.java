package org.takedownhub.modelling.replay;

import jakarta.annotation.PreDestroy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.camunda.bpm.engine.ProcessEngineException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.takedownhub.audit.Actor;
import org.takedownhub.audit.Audit;
import org.takedownhub.clock.ClockSpeed;
import org.takedownhub.clock.WorkingDays;
import org.takedownhub.engine.ModelGuard;
import org.takedownhub.modelling.ModelSet;
import org.takedownhub.modelling.replay.PastCases.Selection;
import org.takedownhub.process.Transactions;

/**
 * What a draft would have made of past cases. Replays run one after the other on this node's own threads, in engines of
 * their own; what comes of them is kept with the change request.
 */
@Component
public class Replays {

    /** At most so many cases in one replay. */
    public static final int MOST_CASES = 10_000;

    private static final int MOST_WAITING = 8;
    private static final int MOST_WORKERS = 4;
    private static final Logger LOG = LoggerFactory.getLogger(Replays.class);

    private final ReplayStore store;
    private final PastCases pastCases;
    private final ModelGuard guard;
    private final WorkingDays days;
    private final ClockSpeed speed;
    private final Periods periods;
    private final Transactions transactions;
    private final Audit audit;
    private final Actor actor;
    private final int width =
            Math.max(1, Math.min(MOST_WORKERS, Runtime.getRuntime().availableProcessors()));
    private final ThreadPoolExecutor conductor = new ThreadPoolExecutor(
            1, 1, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(MOST_WAITING), work -> daemon(work, "replay"));
    private final ExecutorService workers = Executors.newCachedThreadPool(work -> daemon(work, "replay-worker"));

    Replays(
            ReplayStore store,
            PastCases pastCases,
            ModelGuard guard,
            WorkingDays days,
            ClockSpeed speed,
            Periods periods,
            Transactions transactions,
            Audit audit,
            Actor actor) {
        this.store = store;
        this.pastCases = pastCases;
        this.guard = guard;
        this.days = days;
        this.speed = speed;
        this.periods = periods;
        this.transactions = transactions;
        this.audit = audit;
        this.actor = actor;
        conductor.allowCoreThreadTimeOut(true);
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        // Whoever works on the desk meanwhile comes first.
        thread.setPriority(Thread.MIN_PRIORITY);
        return thread;
    }

    /** Too many replays wait on this node already. */
    public static final class TooManyWaiting extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TooManyWaiting() {
            super("Other replays are waiting already; try again when they are done");
        }
    }

    /**
     * Asks for a replay, which then runs by itself.
     *
     * @param change the number of the change request
     * @param draft  its whole set
     * @param live   what it is compared with
     * @param from   cases flagged from then on, UTC
     * @param until  and before then
     * @param limit  at most so many of the newest, 1 to {@link #MOST_CASES}
     * @throws TooManyWaiting there is no room in the queue
     */
    public Replay start(long change, ModelSet draft, ModelSet live, Instant from, Instant until, int limit) {
        if (limit < 1 || limit > MOST_CASES) {
            throw new IllegalArgumentException("A replay takes 1 to " + MOST_CASES + " cases");
        }
        Selection selection = new Selection(from, until, limit);
        String draftHash = draft.sha256();
        String liveHash = live.sha256();
        long id = transactions.run(() -> {
            long queued = store.queue(change, actor.current(), draftHash, liveHash, selection);
            audit.record(
                    "replay.started",
                    "replay %d of change request %d: draft %s, live %s, at most %d cases flagged from %s until %s"
                            .formatted(queued, change, draftHash, liveHash, limit, from, until));
            return queued;
        });
        try {
            conductor.execute(() -> run(id, draft, live, selection));
        } catch (RejectedExecutionException full) {
            store.fail(id, "Too many replays were waiting");
            throw new TooManyWaiting();
        }
        return find(change, id).orElseThrow();
    }

    private void run(long id, ModelSet draft, ModelSet live, Selection selection) {
        try {
            if (store.begin(id)) {
                tried(id, draft, live, selection);
            }
        } catch (ProcessEngineException refused) {
            failed(id, "The models could not be tried: " + refused.getMessage());
        } catch (DataAccessException | IllegalStateException | IllegalArgumentException | ExecutionException broken) {
            LOG.error("Replay {} broke down", id, broken);
            failed(id, "The replay broke down; the log of the program says why");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            failed(id, "The program was stopped while this replay was under way. Start it again.");
        }
    }

    private void failed(long id, String why) {
        transactions.run(() -> {
            store.fail(id, why);
            audit.record("replay.failed", "replay " + id + ": " + why);
            return id;
        });
    }

    private void tried(long id, ModelSet draft, ModelSet live, Selection selection)
            throws InterruptedException, ExecutionException {
        List<PastCase> cases = pastCases.read(selection);
        if (!store.progress(id, cases.size(), 0)) {
            return;
        }
        try (SetReplay before = SetReplay.of(live, guard, days, speed, periods);
                SetReplay after = SetReplay.of(draft, guard, days, speed, periods)) {
            Trial trial = new Trial(before, after, cases);
            if (trial.run(workers, width, done -> store.progress(id, cases.size(), done))) {
                finish(id, cases.size(), draft, live, trial.comparison());
            }
        }
    }

    private void finish(long id, int cases, ModelSet draft, ModelSet live, Comparison comparison) {
        Summary summary = comparison.summary();
        transactions.run(() -> {
            if (store.finish(id, cases, summary, comparison.listed())) {
                audit.record(
                        "replay.finished",
                        "replay %d: draft %s, live %s; %d cases, %d replayed, %d changed %s, overdue %d before and %d after"
                                .formatted(
                                        id,
                                        draft.sha256(),
                                        live.sha256(),
                                        summary.cases(),
                                        summary.replayed(),
                                        summary.changed(),
                                        summary.aspects(),
                                        summary.before().overdue(),
                                        summary.after().overdue()));
            }
            return id;
        });
    }

    /**
     * Calls a replay off, wherever it runs.
     *
     * @return false when it was over already, or is no replay of this change request
     */
    public boolean cancel(long change, long id) {
        return find(change, id).isPresent()
                && transactions.run(() -> {
                    boolean cancelled = store.cancel(id, actor.current());
                    if (cancelled) {
                        audit.record("replay.cancelled", "replay " + id + " of change request " + change);
                    }
                    return cancelled;
                });
    }

    public Optional<Replay> find(long change, long id) {
        store.giveUpOnTheSilent();
        return store.find(id).filter(replay -> replay.change() == change);
    }

    /** All of a change request, the newest first. */
    public List<Replay> of(long change) {
        store.giveUpOnTheSilent();
        return store.of(change);
    }

    /** What a replay found to change, the newest cases first; the first 1,000 cases. */
    public List<Difference> differences(Replay replay) {
        return store.differences(replay.id());
    }

    @PreDestroy
    void stop() {
        conductor.shutdownNow();
        workers.shutdownNow();
    }
}
