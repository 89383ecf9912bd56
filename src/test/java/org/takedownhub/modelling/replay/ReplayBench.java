package org.takedownhub.modelling.replay;

import com.sun.management.OperatingSystemMXBean;
import java.io.ByteArrayInputStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.Channel;
import org.takedownhub.casefile.Outcome;
import org.takedownhub.casefile.Verdict;

/**
 * Measures, and asserts nothing: how long a replay of many cases takes on this machine, both sets and the making of both
 * engines included, beside the time that the bare decision engine takes for one question to one table in the same run.
 *
 * <pre>mvn -q test-compile exec:java -Dexec.classpathScope=test \
 *     -Dexec.mainClass=org.takedownhub.modelling.replay.ReplayBench</pre>
 *
 * The first argument is the number of cases, 10,000 when left out.
 */
public final class ReplayBench {

    private static final int QUESTIONS = 2_000;

    private ReplayBench() {}

    public static void main(String[] arguments) throws InterruptedException, ExecutionException {
        LoggingSystem.get(ReplayBench.class.getClassLoader())
                .setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.ERROR);
        int number = arguments.length == 0 ? 10_000 : Integer.parseInt(arguments[0]);
        List<PastCase> cases = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            cases.add(told(i));
        }
        int width = Runtime.getRuntime().availableProcessors();
        ExecutorService workers = Executors.newFixedThreadPool(width);
        OperatingSystemMXBean machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long began = System.nanoTime();
        long used = machine.getProcessCpuTime();
        Summary summary;
        try (SetReplay live = Told.ready(Told.shipped());
                SetReplay draft =
                        Told.ready(Told.changed(Told.shipped(), "removal-deadline.dmn", "\"PT24H\"", "\"PT12H\""))) {
            Trial trial = new Trial(live, draft, cases);
            trial.run(workers, width, done -> true);
            summary = trial.comparison().summary();
        } finally {
            workers.shutdownNow();
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        double cpu = (machine.getProcessCpuTime() - used) / 1e9;
        double question = question();
        System.out.printf(
                Locale.ROOT,
                """

                Replay of %d cases on two sets, %d at once
                  %.1f s on the wall, %.1f s of processors, %.2f ms of them for a case on one set
                  %d replayed, %d changed
                  one question to a table of the bare decision engine: %.3f ms; a case costs %.1f of them
                """,
                number,
                width,
                seconds,
                cpu,
                cpu * 1000 / number / 2,
                summary.replayed(),
                summary.changed(),
                question,
                cpu * 1000 / number / 2 / question);
    }

    /** In milliseconds. */
    private static double question() {
        DmnEngine engine =
                DmnEngineConfiguration.createDefaultDmnEngineConfiguration().buildEngine();
        DmnDecision table = engine.parseDecisions(new ByteArrayInputStream(Told.shipped()
                        .file("removal-deadline.dmn")
                        .orElseThrow()
                        .bytes()))
                .get(0);
        Map<String, Object> inputs = Map.of(
                "instrument", "VOLUNTARY_REFERRAL", "category", "THREAT", "threatToLife", false, "returned", false);
        long began = 0;
        for (int i = -QUESTIONS; i < QUESTIONS; i++) {
            began = i == 0 ? System.nanoTime() : began;
            engine.evaluateDecisionTable(table, inputs);
        }
        return (System.nanoTime() - began) / 1e6 / QUESTIONS;
    }

    /** A mix: two in three go the short way, the others wait for forces and officers, ask back or climb. */
    private static PastCase told(int number) {
        Told told = Told.of(number);
        Duration removed = Duration.ofMinutes(30 + number * 7L % 2_400);
        return switch (number % 6) {
            case 0 -> told.about(Category.WEAPONS_SALE)
                    .verified(Verdict.UNLAWFUL)
                    .approved(Duration.ofMinutes(number % 600))
                    .given(Channel.API, Duration.ZERO, Outcome.REMOVED, removed)
                    .told();
            case 1 -> told.verified(Verdict.UNLAWFUL)
                    .asked("alpha", Duration.ofMinutes(number % 1_400), false)
                    .given(Channel.API, Duration.ZERO, Outcome.REMOVED, removed)
                    .told();
            case 2 -> told.verified(Verdict.LAWFUL).told();
            default -> told.verified(Verdict.UNLAWFUL)
                    .given(Channel.API, Duration.ofSeconds(number % 60), Outcome.REMOVED, removed)
                    .told();
        };
    }
}
