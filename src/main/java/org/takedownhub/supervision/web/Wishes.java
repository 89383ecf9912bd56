package org.takedownhub.supervision.web;

import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.takedownhub.api.InvalidRequest;
import org.takedownhub.process.FormFields;

/** What managers send, read the same way from pages and programs. */
final class Wishes {

    static final int LONGEST_REASON = 1000;
    private static final int LONGEST_NAME = 255;

    private Wishes() {}

    /** @return the reason; empty when it is none */
    static Optional<String> reason(@Nullable String sent) {
        String reason = sent == null ? "" : sent.strip();
        return reason.isEmpty()
                        || reason.length() > LONGEST_REASON
                        || !reason.codePoints().allMatch(FormFields::isText)
                ? Optional.empty()
                : Optional.of(reason);
    }

    static String requiredReason(@Nullable String sent) {
        return reason(sent)
                .orElseThrow(() -> new InvalidRequest(
                        400, "/reason", "must be 1 to " + LONGEST_REASON + " characters of text; say why"));
    }

    /** @return the name of somebody; empty when none was sent */
    static Optional<String> name(String pointer, @Nullable String sent) {
        String name = sent == null ? "" : sent.strip();
        if (name.length() > LONGEST_NAME || !name.codePoints().allMatch(FormFields::isText)) {
            throw new InvalidRequest(400, pointer, "must be the name that somebody signs in with");
        }
        return name.isEmpty() ? Optional.empty() : Optional.of(name);
    }

    static OptionalInt version(@Nullable String sent) {
        if (sent == null || sent.isBlank()) {
            return OptionalInt.empty();
        }
        try {
            return OptionalInt.of(Integer.parseInt(sent.strip()));
        } catch (NumberFormatException noNumber) {
            throw new InvalidRequest(400, "#version", "must be a number; leave it out for all versions together");
        }
    }
}
