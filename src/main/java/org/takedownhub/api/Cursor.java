package org.takedownhub.api;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a page of a list begins: opaque to clients, and checked when it comes back. A list must have a strict order
 * that the cursor's place belongs to, so that pages neither repeat nor skip a row.
 */
public final class Cursor {

    private static final int MAX_LIMIT = 200;
    private static final int DEFAULT_LIMIT = 50;

    private Cursor() {}

    public static String of(String place) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(place.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads a cursor.
     *
     * @param form what places of this list look like
     * @throws InvalidRequest it is none of ours
     */
    public static Optional<MatchResult> read(@Nullable String cursor, Pattern form) {
        if (cursor == null || cursor.isEmpty()) {
            return Optional.empty();
        }
        if (cursor.length() <= 400) {
            try {
                Matcher matcher =
                        form.matcher(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8));
                if (matcher.matches()) {
                    return Optional.of(matcher.toMatchResult());
                }
            } catch (IllegalArgumentException noBase64) {
                throw unknown();
            }
        }
        throw unknown();
    }

    /**
     * How many items a page may have: 50 unless the client says otherwise, at most 200.
     *
     * @throws InvalidRequest it is no number from 1 to 200
     */
    public static int limit(@Nullable String limit) {
        if (limit == null || limit.isEmpty()) {
            return DEFAULT_LIMIT;
        }
        if (limit.matches("[0-9]{1,3}")) {
            int number = Integer.parseInt(limit);
            if (number >= 1 && number <= MAX_LIMIT) {
                return number;
            }
        }
        throw new InvalidRequest(400, "#limit", "limit must be a whole number from 1 to " + MAX_LIMIT + ".");
    }

    private static InvalidRequest unknown() {
        return new InvalidRequest(
                400, "#cursor", "cursor must be the next of an earlier answer of this list. Leave it out to begin.");
    }
}
