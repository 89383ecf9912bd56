package org.takedownhub.engine;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a FEEL text in a decision table or a form may say. The engine's FEEL reaches no Java; what is refused here is
 * what would keep a thread busy for ever: loops, functions of one's own, patterns.
 */
final class FeelText {

    private static final int MAX_LENGTH = 2_000;
    private static final Pattern STRINGS = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");
    private static final Pattern FORBIDDEN =
            Pattern.compile("\\b(function|external|java|for|some|every|matches|replace|split|context)\\b");

    private FeelText() {}

    static Optional<String> refusalOf(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.of("is longer than " + MAX_LENGTH + " characters");
        }
        if (!PlainExpression.isLiteral(text)) {
            return Optional.of("must be FEEL, not ${} or #{}");
        }
        Matcher word = FORBIDDEN.matcher(STRINGS.matcher(text).replaceAll("\"\""));
        return word.find() ? Optional.of("must not use " + word.group(1)) : Optional.empty();
    }
}
