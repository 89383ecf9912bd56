package org.takedownhub.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.takedownhub.StoreContext;
import org.takedownhub.clock.MutableClock;

class ConnectionChecksTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final MutableClock clock = MutableClock.at("2026-11-22T10:00:00Z");
    private final FakePlatform alpha = new FakePlatform("alpha");
    private final FakePlatform beta = new FakePlatform("beta");
    private final FakePlatform off = new FakePlatform("off");
    private StoreContext node;
    private ConnectionChecks checks;
    private PlatformHealth health;

    @BeforeEach
    void start() {
        FakePlatforms fakes = FakePlatforms.of(alpha, beta, off).switchedOff("off");
        node = StoreContext.builder(clock)
                .with(PlatformsSettings.class, fakes.settings())
                .with(Platforms.class, fakes.platforms())
                .with(
                        Settings.class,
                        Bulkheads.class,
                        PlatformHealth.class,
                        Submissions.class,
                        ConnectionChecks.class,
                        PlatformMeters.class)
                .start();
        checks = node.bean(ConnectionChecks.class);
        health = node.bean(PlatformHealth.class);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void recordsThatAPlatformWorks() {
        ConnectionChecks.Outcome outcome = checks.check(alpha).orElseThrow();

        assertThat(outcome.works()).isTrue();
        assertThat(outcome.detail()).isEmpty();
        assertThat(health.of("alpha")).get().satisfies(known -> {
            assertThat(known.healthy()).isTrue();
            assertThat(known.checkedAt()).isEqualTo(clock.instant());
        });
    }

    @Test
    void recordsWhatIsToBeMended() {
        alpha.refusesToConnect(new PlatformUnavailable("mend the token", Optional.empty()));

        ConnectionChecks.Outcome outcome = checks.check(alpha).orElseThrow();

        assertThat(outcome.works()).isFalse();
        assertThat(outcome.detail()).isEqualTo("mend the token");
        assertThat(health.of("alpha")).get().satisfies(known -> {
            assertThat(known.healthy()).isFalse();
            assertThat(known.lastError()).contains("mend the token");
            assertThat(known.lastErrorAt()).contains(clock.instant());
        });
    }

    @Test
    void tellsAFaultOfTheConnectorFromItsWords() {
        alpha.refusesToConnect(new IllegalStateException("a secret of the house"));

        assertThat(checks.check(alpha).orElseThrow().detail())
                .isEqualTo("The connector broke off (IllegalStateException)");
    }

    @Test
    void isNotHeldUpByAPlatformWhoseThreadsAreAllAtWork() {
        CountDownLatch gate = alpha.closesItsGate();
        Bulkheads bulkheads = node.bean(Bulkheads.class);
        while (bulkheads.offer("alpha", alpha::checkConnection)) {
            assertThat(bulkheads.load("alpha")).isLessThan(100);
        }

        assertThat(checks.check(alpha)).isEmpty();
        assertThat(checks.check(beta).orElseThrow().works()).isTrue();
        gate.countDown();
    }

    @Test
    void asksByItselfEachPlatformThatWasNotHeardOfForFiveMinutes() {
        checks.run();
        finish();
        assertThat(List.of(alpha.checks(), beta.checks(), off.checks())).containsExactly(1, 1, 0);

        clock.advance(Duration.ofMinutes(3));
        health.answered("beta");
        checks.run();
        finish();
        assertThat(List.of(alpha.checks(), beta.checks())).containsExactly(1, 1);

        clock.advance(Duration.ofMinutes(2));
        checks.run();
        finish();
        assertThat(List.of(alpha.checks(), beta.checks(), off.checks())).containsExactly(2, 1, 0);
    }

    @Test
    void doesNotQueueASecondCheckBehindOneThatHangs() {
        CountDownLatch gate = alpha.closesItsGate();
        checks.run();
        await().atMost(SOON).until(() -> alpha.checks() == 1);

        checks.run();
        checks.run();

        assertThat(node.bean(Bulkheads.class).load("alpha")).isEqualTo(1);
        gate.countDown();
    }

    @Test
    void measuresHealthLoadAndWhatWaits() {
        MeterRegistry meters = new SimpleMeterRegistry();
        node.bean(PlatformMeters.class).bindTo(meters);
        assertThat(gauge(meters, "takedown.platform.healthy", "alpha")).isNaN();
        assertThat(meters.find("takedown.platform.healthy")
                        .tag("platform", "off")
                        .gauge())
                .isNull();

        checks.check(alpha);
        beta.refusesToConnect(new PlatformUnavailable("no", Optional.empty()));
        checks.check(beta);

        assertThat(gauge(meters, "takedown.platform.healthy", "alpha")).isEqualTo(1);
        assertThat(gauge(meters, "takedown.platform.healthy", "beta")).isZero();
        assertThat(gauge(meters, "takedown.platform.waiting", "alpha")).isZero();
        await().atMost(SOON).until(() -> gauge(meters, "takedown.platform.load", "alpha") == 0);
    }

    private static double gauge(MeterRegistry meters, String name, String platform) {
        return meters.get(name).tags("platform", platform).gauge().value();
    }

    private void finish() {
        node.finish("alpha");
        node.finish("beta");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(ConnectionCheckSettings.class)
    static class Settings {}
}
