package org.takedownhub.access;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AttemptsTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private Instant now = NOON;
    private final Attempts attempts = new Attempts(
            new Clock() {
                @Override
                public Instant instant() {
                    return now;
                }

                @Override
                public java.time.ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(java.time.ZoneId zone) {
                    throw new UnsupportedOperationException();
                }
            },
            new AccessSettings("groups", Map.of(), "", Map.of(), "sub", List.of(), 3, 5, Duration.ofMinutes(1)));

    @Test
    void letsOneSourceWaitAfterTooManyWrongPasswords() {
        fail("10.0.0.1", "operator", 3);
        assertThatThrownBy(() -> attempts.check("10.0.0.1", "operator"))
                .isInstanceOf(TooManyAttempts.class)
                .hasMessageContaining("Wait");
    }

    @Test
    void neverLocksAnAccountForOtherSources() {
        fail("10.0.0.1", "operator", 3);
        assertThatCode(() -> attempts.check("10.0.0.2", "operator")).doesNotThrowAnyException();
        assertThatCode(() -> attempts.check("10.0.0.1", "duty")).doesNotThrowAnyException();
    }

    @Test
    void noticesASourceThatTriesManyNames() {
        for (int name = 0; name < 5; name++) {
            fail("10.0.0.1", "user" + name, 1);
        }
        assertThatThrownBy(() -> attempts.check("10.0.0.1", "another")).isInstanceOf(TooManyAttempts.class);
    }

    @Test
    void forgetsWhenTheWindowIsOver() {
        fail("10.0.0.1", "operator", 3);
        now = NOON.plusSeconds(59);
        assertThatThrownBy(() -> attempts.check("10.0.0.1", "operator")).isInstanceOf(TooManyAttempts.class);
        now = NOON.plusSeconds(60);
        assertThatCode(() -> attempts.check("10.0.0.1", "operator")).doesNotThrowAnyException();
        fail("10.0.0.1", "operator", 2);
        assertThatCode(() -> attempts.check("10.0.0.1", "operator")).doesNotThrowAnyException();
    }

    private void fail(String source, String user, int times) {
        for (int i = 0; i < times; i++) {
            attempts.failed(source, user);
        }
    }
}
