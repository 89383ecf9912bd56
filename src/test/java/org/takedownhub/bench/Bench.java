package org.takedownhub.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.FileSystemUtils;
import org.takedownhub.HubNode;
import org.takedownhub.flagging.FlagRules;
import org.takedownhub.flagging.Flags;
import org.takedownhub.platform.Availability;
import org.takedownhub.platform.Capture;
import org.takedownhub.platform.FakePlatform;
import org.takedownhub.platform.Receipt;

/**
 * Measures, and asserts nothing: how late the hub acts on deadlines while it is idle, and how many whole cases it works
 * off in a second, beside the bare engine running the same models with delegates that do nothing. Both keep their data
 * in H2 on disk with every commit written through.
 *
 * <pre>mvn -q test-compile exec:java@bench</pre>
 *
 * The first argument is the number of cases, 300 when left out. Takes about three minutes.
 */
public final class Bench {

    private static final int TIMERS = 40;
    private static final int WARM_UP = 60;
    private static final int PEOPLE = 4;
    private static final Duration POLL = Duration.ofMillis(20);

    /** The shipped period of a threat, 24 hours, at the speed below. */
    private static final Duration PERIOD = Duration.ofHours(24).dividedBy(720);

    private Bench() {}

    public static void main(String[] arguments) throws IOException, InterruptedException, ExecutionException {
        int cases = arguments.length == 0 ? 300 : Integer.parseInt(arguments[0]);
        Path folder = Files.createTempDirectory("takedown-bench");
        try {
            double[] lateness;
            double hub;
            try (HubNode node = hub(folder)) {
                lateness = lateness(node);
                wholeCases(node, WARM_UP);
                hub = wholeCases(node, cases);
            }
            double bare;
            try (BareEngine engine = new BareEngine(url(folder.resolve("bare")))) {
                engine.wholeCases(WARM_UP);
                bare = engine.wholeCases(cases);
            }
            System.out.printf(
                    Locale.ROOT,
                    """

                    Lateness of %d deadlines on an idle hub, from due to the first rung climbed
                      p50 %.2f s   p99 %.2f s   max %.2f s

                    Whole cases per second, %d cases, flagged to closed as removed
                      the hub          %6.1f
                      the bare engine  %6.1f
                      ratio            %6.2f
                    %n""",
                    lateness.length,
                    percentile(lateness, 50),
                    percentile(lateness, 99),
                    percentile(lateness, 100),
                    cases,
                    hub,
                    bare,
                    hub / bare);
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    static String url(Path database) {
        return "jdbc:h2:file:" + database.toAbsolutePath() + ";DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=0";
    }

    /** Waits, a little at a time, for what the engines do by themselves. */
    static void until(BooleanSupplier done) {
        while (!done.getAsBoolean()) {
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private static HubNode hub(Path folder) {
        HubNode node = HubNode.start(
                "bench",
                Map.of(
                        "spring.datasource.url",
                        url(folder.resolve("hub")),
                        "takedown.training.data-directory",
                        folder.toString(),
                        "takedown.clock.speed",
                        "720",
                        // The platform is no bottleneck here.
                        "takedown.platforms.fake.workers",
                        "4",
                        "takedown.removal.watch.batch",
                        "400"));
        LoggingSystem logging = LoggingSystem.get(Bench.class.getClassLoader());
        logging.setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.WARN);
        return node;
    }

    /** Forty cases whose deadlines lie a second and a half apart; then nothing happens but time. */
    private static double[] lateness(HubNode node) throws InterruptedException, ExecutionException {
        FakePlatform platform = node.bean(FakePlatform.class);
        AtomicInteger number = new AtomicInteger();
        Instant first = Instant.now().plusSeconds(45).minus(PERIOD);
        platform.alwaysAnswers(notice -> {
            int sent = number.getAndIncrement();
            return new Receipt("report-" + sent, first.plusMillis(sent * 1_500L), Map.of());
        });
        flag(node, TIMERS);
        verify(node, TIMERS);
        JdbcClient jdbc = node.bean(JdbcClient.class);
        until(() -> count(jdbc, "select count(*) from rung where rung = 1") == TIMERS);
        double[] lateness = jdbc
                .sql("select g.climbed_at, r.due_at from rung g join recipient r on r.case_reference ="
                        + " g.case_reference and r.number = g.recipient_number where g.rung = 1")
                .query((row, index) -> Duration.between(
                        row.getObject("due_at", OffsetDateTime.class),
                        row.getObject("climbed_at", OffsetDateTime.class)))
                .list()
                .stream()
                .mapToDouble(late -> late.toMillis() / 1000.0)
                .sorted()
                .toArray();
        // What is still open leaves the stage before the next measurement.
        platform.alwaysShows(FakePlatform.look(Availability.REMOVED_BY_PLATFORM, true));
        until(() -> count(jdbc, "select count(*) from takedown_case where outcome is null") == 0);
        return lateness;
    }

    /** Flagged, verified by people who waste no time, referred, seen removed by the watch, closed. */
    private static double wholeCases(HubNode node, int cases) throws InterruptedException, ExecutionException {
        FakePlatform platform = node.bean(FakePlatform.class);
        platform.alwaysShows(FakePlatform.look(Availability.AVAILABLE, true));
        platform.alwaysAnswers(notice -> new Receipt(notice.idempotencyKey(), Instant.now(), Map.of()));
        JdbcClient jdbc = node.bean(JdbcClient.class);
        int given = count(jdbc, "select count(given_at) from recipient");
        long start = System.nanoTime();
        flag(node, cases);
        verify(node, cases);
        until(() -> count(jdbc, "select count(given_at) from recipient") == given + cases);
        platform.alwaysShows(FakePlatform.look(Availability.REMOVED_BY_PLATFORM, true));
        until(() -> count(jdbc, "select count(*) from takedown_case where outcome is null") == 0);
        return cases / ((System.nanoTime() - start) / 1e9);
    }

    private static void flag(HubNode node, int cases) throws InterruptedException, ExecutionException {
        Flags flags = node.bean(Flags.class);
        FakePlatform platform = node.bean(FakePlatform.class);
        FlagRules rules = node.bean(FlagRules.class);
        IntStream.range(0, cases)
                .forEach(index -> platform.captures(
                        () -> new Capture("GET", 200, "text/plain", new byte[] {'b', 'a', 'd'}, Map.of())));
        byPeople(IntStream.range(0, cases)
                .<Runnable>mapToObj(index -> () -> flags.flag(
                        rules.check(Map.of(
                                "url",
                                "https://fake.example/posts/" + UUID.randomUUID(),
                                "reason",
                                "Threatens somebody",
                                "category",
                                "THREAT")),
                        "caseworker1"))
                .toList());
    }

    private static void verify(HubNode node, int cases) throws InterruptedException, ExecutionException {
        TaskService tasks = node.bean(TaskService.class);
        IdentityService identity = node.bean(IdentityService.class);
        int done = 0;
        while (done < cases) {
            List<Task> open = tasks.createTaskQuery()
                    .taskDefinitionKey("Task_VerifyContent")
                    .list();
            byPeople(open.stream()
                    .<Runnable>map(task -> () -> {
                        identity.setAuthentication("caseworker1", List.of("caseworkers"));
                        try {
                            tasks.complete(task.getId(), verdict());
                        } finally {
                            identity.clearAuthentication();
                        }
                    })
                    .toList());
            done += open.size();
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private static Map<String, Object> verdict() {
        return Map.of(
                "verdict",
                "UNLAWFUL",
                "category",
                "THREAT",
                "offence",
                "OAPA_1861_S16",
                "reasons",
                "Because of what it says.",
                "threatToLife",
                false,
                "childVisible",
                false,
                "artisticContext",
                "NONE");
    }

    /** Work shared among a few threads, until it is done. */
    static void byPeople(List<Runnable> work) throws InterruptedException, ExecutionException {
        ExecutorService people = Executors.newFixedThreadPool(PEOPLE);
        try {
            List<Future<?>> parts = new ArrayList<>();
            work.forEach(part -> parts.add(people.submit(part)));
            for (Future<?> part : parts) {
                part.get();
            }
        } finally {
            people.shutdown();
        }
    }

    private static int count(JdbcClient jdbc, String query) {
        return jdbc.sql(query).query(Integer.class).single();
    }

    private static double percentile(double[] sorted, int percent) {
        int rank = (int) Math.ceil(percent / 100.0 * sorted.length);
        return sorted[Math.max(rank, 1) - 1];
    }
}
