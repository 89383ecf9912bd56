package org.takedownhub.access;

import java.util.List;

/** The program was started for production without all it needs. The message names every missing setting. */
final class MissingSettings extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> settings;

    MissingSettings(List<String> settings) {
        super("Missing settings: " + String.join(", ", settings));
        this.settings = List.copyOf(settings);
    }

    List<String> settings() {
        return settings;
    }
}
