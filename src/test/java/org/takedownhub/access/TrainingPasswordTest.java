package org.takedownhub.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

class TrainingPasswordTest {

    @Test
    void isNewAndPrintedOnceWhenNoneIsSet() {
        TrainingPassword password = new TrainingPassword("");
        String printed = printed(password);
        assertThat(password.forConsole()).hasSize(20).isNotEqualTo(new TrainingPassword("").forConsole());
        assertThat(printed)
                .contains(password.forConsole())
                .contains("http://localhost:8080/camunda/app/tasklist/default/", "http://localhost:8090");
        assertThat(password.matches(password.forConsole())).isTrue();
        assertThat(password.matches("")).isFalse();
    }

    @Test
    void isNotPrintedWhenSomebodySetIt() {
        TrainingPassword password = new TrainingPassword("known to its owner");
        assertThat(printed(password)).doesNotContain("known to its owner");
        assertThat(password.matches("known to its owner")).isTrue();
        assertThat(password.toString()).doesNotContain("known");
    }

    private static String printed(TrainingPassword password) {
        ByteArrayOutputStream console = new ByteArrayOutputStream();
        new TrainingConsole(password, new MockEnvironment())
                .print(new PrintStream(console, true, StandardCharsets.UTF_8));
        return console.toString(StandardCharsets.UTF_8);
    }
}
