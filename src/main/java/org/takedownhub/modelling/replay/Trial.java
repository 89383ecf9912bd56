package org.takedownhub.modelling.replay;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Tries two sets on the same cases, several cases at once. */
final class Trial {

    /** How often somebody is told how far it is, and asked whether to go on. */
    private static final long TELL_EVERY_MILLIS = 300;

    private final SetReplay live;
    private final SetReplay draft;
    private final List<PastCase> cases;
    private final Habits habits;
    private final Comparison comparison = new Comparison();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicBoolean calledOff = new AtomicBoolean();

    Trial(SetReplay live, SetReplay draft, List<PastCase> cases) {
        this.live = live;
        this.draft = draft;
        this.cases = cases;
        this.habits = Habits.of(cases);
    }

    /**
     * Runs until every case is done, or until it is called off.
     *
     * @param goOn is told how many cases are done, a few times a second; false calls it off
     * @return false when it was called off
     */
    boolean run(ExecutorService workers, int width, IntPredicate goOn) throws InterruptedException, ExecutionException {
        List<? extends Future<?>> working = IntStream.range(0, width)
                .mapToObj(worker -> workers.submit(this::work))
                .toList();
        try {
            for (Future<?> one : working) {
                while (!finished(one)) {
                    if (!goOn.test(done.get())) {
                        return false;
                    }
                }
            }
            return true;
        } finally {
            calledOff.set(true);
        }
    }

    private static boolean finished(Future<?> one) throws InterruptedException, ExecutionException {
        try {
            one.get(TELL_EVERY_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException busy) {
            return false;
        }
    }

    private void work() {
        for (int i = next.getAndIncrement(); i < cases.size() && !calledOff.get(); i = next.getAndIncrement()) {
            tried(cases.get(i));
            done.incrementAndGet();
        }
    }

    private void tried(PastCase facts) {
        Replayed before;
        try {
            before = live.replay(facts, habits);
        } catch (NotReplayable why) {
            comparison.notReplayed("With the live models: " + why.getMessage());
            return;
        }
        comparison.really(facts, before);
        try {
            comparison.replayed(before, draft.replay(facts, habits));
        } catch (NotReplayable why) {
            comparison.notReplayed("With the draft: " + why.getMessage());
        }
    }

    Comparison comparison() {
        return comparison;
    }
}
