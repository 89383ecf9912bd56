package org.takedownhub.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BulkheadsTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final CountDownLatch gate = new CountDownLatch(1);
    private final AtomicInteger done = new AtomicInteger();
    private final Bulkheads bulkheads =
            new Bulkheads(FakePlatforms.of(new FakePlatform("alpha"), new FakePlatform("beta"))
                    .settings());

    @BeforeEach
    void start() {
        bulkheads.start();
    }

    @AfterEach
    void stop() {
        gate.countDown();
        bulkheads.stop();
    }

    @Test
    void refusesMoreThanAShortQueue() {
        fill("alpha");

        assertThat(bulkheads.offer("alpha", done::incrementAndGet)).isFalse();
        assertThat(bulkheads.room("alpha")).isZero();
    }

    @Test
    void aFullInstanceHoldsUpNoOther() {
        fill("alpha");

        assertThat(bulkheads.offer("beta", done::incrementAndGet)).isTrue();
        await().atMost(SOON).until(() -> done.get() == 1);
    }

    @Test
    void takesWorkAgainWhenTheQueueIsDone() {
        fill("alpha");

        gate.countDown();

        await().atMost(SOON).until(() -> bulkheads.offer("alpha", done::incrementAndGet));
    }

    @Test
    void survivesWorkThatFails() {
        bulkheads.offer("alpha", () -> {
            throw new IllegalStateException("a fault");
        });
        bulkheads.offer("alpha", done::incrementAndGet);

        await().atMost(SOON).until(() -> done.get() == 1);
    }

    @Test
    void strangersShareTheirThreads() {
        AtomicReference<String> one = new AtomicReference<>("");
        AtomicReference<String> other = new AtomicReference<>("");

        bulkheads.offer("one.example", () -> one.set(threadGroup()));
        bulkheads.offer("two.example", () -> other.set(threadGroup()));

        await().atMost(SOON).until(() -> !one.get().isEmpty() && !other.get().isEmpty());
        assertThat(one.get()).isEqualTo(other.get());
    }

    @Test
    void letsACallUnderWayEndAndDropsWhatOnlyWaits() {
        CountDownLatch begun = new CountDownLatch(1);
        bulkheads.offer("alpha", () -> {
            begun.countDown();
            waitAtTheGate();
            done.incrementAndGet();
        });
        bulkheads.offer("alpha", () -> done.addAndGet(100));
        await().atMost(SOON).until(() -> begun.getCount() == 0);

        CompletableFuture<Void> stopping = CompletableFuture.runAsync(bulkheads::stop);
        await().atMost(SOON).until(() -> !bulkheads.isRunning());
        assertThat(bulkheads.offer("alpha", done::incrementAndGet)).isFalse();
        gate.countDown();

        await().atMost(SOON).until(stopping::isDone);
        assertThat(done).hasValue(1);
    }

    private void fill(String instance) {
        CountDownLatch begun = new CountDownLatch(1);
        bulkheads.offer(instance, () -> {
            begun.countDown();
            waitAtTheGate();
        });
        await().atMost(SOON).until(() -> begun.getCount() == 0);
        while (bulkheads.room(instance) > 0) {
            assertThat(bulkheads.offer(instance, this::waitAtTheGate)).isTrue();
        }
    }

    private static String threadGroup() {
        return Thread.currentThread().getName().replaceFirst("-[0-9]+$", "");
    }

    private void waitAtTheGate() {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
