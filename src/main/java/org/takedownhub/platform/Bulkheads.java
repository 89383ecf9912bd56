package org.takedownhub.platform;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * A few threads and a short queue for each platform instance and for the mail server, so that a slow one holds up neither the others nor the
 * engine. Everything that touches one of them runs here. The queue is short because what waits is safe in the database.
 */
@Component
public class Bulkheads implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Bulkheads.class);

    /** So many calls may wait per thread; more are refused and picked up in a later round. */
    private static final int WAITING_PER_WORKER = 8;

    /** The mail server is a slow stranger as well. */
    public static final String MAIL = "mail server";

    /** Pictures and videos come from hosts of their own, and none of them may hold up a report. */
    public static final String MEDIA = "media files";

    /** Platforms that somebody is still setting up. */
    public static final String DRAFTS = "drafts of platforms";

    /** Sites that only say where to look. */
    public static final String IDENTITY = "short links";

    /** Hosts that are in no settings share these: strangers must not be able to make us start threads. */
    private static final String OTHERS = "others";

    private static final Set<String> SHARED = Set.of(MAIL, MEDIA, DRAFTS, IDENTITY);

    private static final int WORKERS_FOR_OTHERS = 4;
    private static final Duration LAST_CALLS = Duration.ofSeconds(15);

    private final PlatformsSettings settings;
    private final Map<String, ThreadPoolExecutor> pools = new ConcurrentHashMap<>();
    private volatile boolean running;

    Bulkheads(PlatformsSettings settings) {
        this.settings = settings;
    }

    /** Hands work to an instance's threads; false when they have enough to do or the hub is stopping. */
    public boolean offer(String instance, Runnable work) {
        if (!running) {
            return false;
        }
        try {
            pool(instance).execute(() -> guarded(instance, work));
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    /** How many more pieces of work an instance takes just now. */
    public int room(String instance) {
        return running ? pool(instance).getQueue().remainingCapacity() : 0;
    }

    /** How many pieces of work are under way or wait for a thread of an instance. */
    public int load(String instance) {
        ThreadPoolExecutor pool = pools.get(instance);
        return pool == null ? 0 : pool.getActiveCount() + pool.getQueue().size();
    }

    @Override
    public void start() {
        running = true;
    }

    /** Takes nothing more, lets calls under way come to their end, drops what only waited. */
    @Override
    public void stop() {
        running = false;
        pools.values().forEach(pool -> {
            pool.getQueue().clear();
            pool.shutdown();
        });
        long end = System.nanoTime() + LAST_CALLS.toNanos();
        try {
            for (Map.Entry<String, ThreadPoolExecutor> pool : pools.entrySet()) {
                if (!pool.getValue().awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    LOG.warn("Stopped while {} still had not answered", pool.getKey());
                    pool.getValue().shutdownNow();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        pools.clear();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private ThreadPoolExecutor pool(String instance) {
        boolean known = SHARED.contains(instance) || settings.platforms().containsKey(instance);
        return pools.computeIfAbsent(known ? instance : OTHERS, this::newPool);
    }

    private ThreadPoolExecutor newPool(String instance) {
        PlatformSettings platform = settings.platforms().get(instance);
        int workers = platform == null ? WORKERS_FOR_OTHERS : Math.max(1, platform.workers());
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                workers,
                workers,
                30,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(workers * WAITING_PER_WORKER),
                threads(instance));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static ThreadFactory threads(String instance) {
        AtomicInteger number = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, "platform-" + instance + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Work stands in the database and is taken up again, so a fault here ends neither the thread nor the row. */
    private static void guarded(String instance, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.error("Work for {} failed and will be taken up again", instance, e);
        }
    }
}
