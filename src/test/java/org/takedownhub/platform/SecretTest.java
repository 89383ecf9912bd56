package org.takedownhub.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretTest {

    private static final String SETTING = "takedown.platforms.test.secret";

    @Test
    void readsAnEnvironmentVariableTrimmed() {
        assertThat(Secret.of(SETTING, "env:TOKEN", Map.of("TOKEN", " abc\n")::get)
                        .value())
                .contains("abc");
        assertThat(Secret.of(SETTING, "env:TOKEN", Map.<String, String>of()::get)
                        .value())
                .isEmpty();
        assertThat(Secret.of(SETTING, "env:TOKEN", Map.of("TOKEN", "  ")::get).value())
                .isEmpty();
    }

    @Test
    void readsAFileEachTimeSoThatARotatedSecretIsUsedAtOnce(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("token");
        Secret secret = Secret.of(SETTING, "file:" + file);
        assertThat(secret.value()).isEmpty();
        Files.writeString(file, "first\n");
        assertThat(secret.value()).contains("first");
        Files.writeString(file, "second\n");
        assertThat(secret.value()).contains("second");
    }

    @Test
    void refusesASecretInPlaceOfAReferenceWithoutRepeatingIt() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Secret.of(SETTING, "hunter2"))
                .withMessageContaining(SETTING)
                .withMessageNotContaining("hunter2");
        assertThatIllegalStateException().isThrownBy(() -> Secret.of(SETTING, "env:"));
    }

    @Test
    void showsOnlyWhereTheSecretIs() {
        assertThat(Secret.of(SETTING, "env:TOKEN", Map.of("TOKEN", "hunter2")::get)
                        .toString())
                .doesNotContain("hunter2");
    }
}
