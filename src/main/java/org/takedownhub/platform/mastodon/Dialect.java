package org.takedownhub.platform.mastodon;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The makes of servers that answer the Mastodon API, each with its own idea of a report.
 */
enum Dialect {
    MASTODON("a Mastodon server"),
    /** ULIDs for ids, the category {@code other} alone, nothing shown to the public, and a decision the reporter sees. */
    GOTOSOCIAL("a GoToSocial server"),
    /** Pleroma and Akkoma: no categories, and the receipt is the id alone. */
    PLEROMA("a Pleroma or Akkoma server"),
    /** A report call of its own ({@code /api/v1.1/report}), without words and once per post. */
    PIXELFED("a Pixelfed server");

    private final String words;

    Dialect(String words) {
        this.words = words;
    }

    /** In words for an operator. */
    String words() {
        return words;
    }

    String option() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one with this name in the settings. */
    static Optional<Dialect> named(String option) {
        for (Dialect dialect : values()) {
            if (dialect.option().equals(option)) {
                return Optional.of(dialect);
            }
        }
        return Optional.empty();
    }

    /**
     * As a server describes itself: {@code 3.5.3 (compatible; Pixelfed 0.12.7)}, {@code 2.7.2 (compatible; Akkoma …)};
     * GoToSocial has plain numbers of its own, and names itself in the address of its source.
     */
    static Dialect of(String version, @Nullable String sourceUrl) {
        String make = version.toLowerCase(Locale.ROOT);
        if (make.contains("gotosocial")
                || sourceUrl != null && sourceUrl.toLowerCase(Locale.ROOT).contains("gotosocial")) {
            return GOTOSOCIAL;
        }
        if (make.contains("pixelfed")) {
            return PIXELFED;
        }
        return make.contains("pleroma") || make.contains("akkoma") ? PLEROMA : MASTODON;
    }

    /** The API shows posts to signed-in accounts only, so that a look at them needs ours. */
    boolean readsSignedIn() {
        return this == GOTOSOCIAL || this == PIXELFED;
    }

    /** Whoever reported can read what became of it. */
    boolean repliesToReports() {
        return this == GOTOSOCIAL;
    }

    /** One report may be about several posts of an account. */
    boolean takesSeveralPosts() {
        return this != PIXELFED;
    }

    /** Whether this is an id that such a server gives. */
    boolean isId(@Nullable String id) {
        return this == GOTOSOCIAL ? id != null && id.matches("[0-7][0-9A-HJKMNP-TV-Z]{25}") : Entities.isId(id);
    }
}
