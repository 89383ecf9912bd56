package org.takedownhub.deconfliction.web;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.takedownhub.api.InvalidRequest;
import org.takedownhub.process.FormFields;

/** Reads the texts of a request's body. */
final class Texts {

    private Texts() {}

    static Optional<String> optional(String pointer, @Nullable String text, int longest) {
        if (text == null || text.isBlank()) {
            return Optional.empty();
        }
        if (text.length() > longest) {
            throw new InvalidRequest(422, pointer, "is longer than " + longest + " characters; shorten it");
        }
        if (!text.codePoints().allMatch(FormFields::isText)) {
            throw new InvalidRequest(422, pointer, "has characters that are no text; send plain text");
        }
        return Optional.of(text.strip());
    }

    static String required(String pointer, @Nullable String text, int longest, String what) {
        return optional(pointer, text, longest)
                .orElseThrow(() -> new InvalidRequest(400, pointer, pointer.substring(1) + " is missing; " + what));
    }
}
