package org.takedownhub.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where a secret is, never the secret itself. It is read each time it is needed, so that a rotated one is used at once,
 * and neither {@link #toString()} nor an exception shows it.
 */
public final class Secret {

    private static final String ENVIRONMENT = "env:";
    private static final String FILE = "file:";

    private final String setting;
    private final String reference;
    private final Function<String, String> environment;

    private Secret(String setting, String reference, Function<String, String> environment) {
        this.setting = setting;
        this.reference = reference;
        this.environment = environment;
    }

    /**
     * @param setting   the full key of the setting, for messages
     * @param reference {@code env:NAME} or {@code file:PATH}
     * @throws IllegalStateException the reference is neither; the message does not repeat it, it may be a secret that
     *                               was put there by mistake
     */
    public static Secret of(String setting, String reference) {
        return of(setting, reference, System::getenv);
    }

    static Secret of(String setting, String reference, Function<String, String> environment) {
        String trimmed = reference.trim();
        boolean known = trimmed.startsWith(ENVIRONMENT) && trimmed.length() > ENVIRONMENT.length()
                || trimmed.startsWith(FILE) && trimmed.length() > FILE.length();
        if (!known) {
            throw new IllegalStateException("The setting " + setting
                    + " must be env:NAME or file:PATH, which say where the secret is; it must not be the secret");
        }
        return new Secret(setting, trimmed, environment);
    }

    /** The full key of the setting that names it. */
    public String setting() {
        return setting;
    }

    /**
     * The secret as it is now, trimmed; empty when the variable is not set or the file is missing or empty.
     *
     * @throws UncheckedIOException the file is there and cannot be read
     */
    public Optional<String> value() {
        return read().map(String::trim).filter(value -> !value.isEmpty());
    }

    private Optional<String> read() {
        if (reference.startsWith(ENVIRONMENT)) {
            return Optional.ofNullable(environment.apply(reference.substring(ENVIRONMENT.length())));
        }
        try {
            return Optional.of(Files.readString(Path.of(reference.substring(FILE.length()))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("The file named by " + setting + " cannot be read", e);
        }
    }

    @Override
    public String toString() {
        return setting + "=" + reference;
    }
}
