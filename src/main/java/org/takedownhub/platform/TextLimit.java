package org.takedownhub.platform;

import java.text.BreakIterator;
import java.util.Locale;

/**
 * A platform's limit on a text, counted in code points. What is too long ends after its last sentence that fits, and
 * says that it was shortened: nothing is cut in silence.
 *
 * @param most code points
 */
public record TextLimit(int most) {

    public boolean holds(String text) {
        return length(text) <= most;
    }

    /**
     * @param note stands at the end of a text that had to be shortened, and says so
     * @throws IllegalArgumentException the note alone is too long
     */
    public String fit(String text, String note) {
        if (holds(text)) {
            return text;
        }
        int left = most - length(note);
        if (left < 0) {
            throw new IllegalArgumentException("The note is longer than the " + most + " characters there are");
        }
        int room = text.offsetByCodePoints(0, left);
        return text.substring(0, end(text, room)).stripTrailing() + note;
    }

    /** How long a text is: in code points. */
    public static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** The end of the last whole sentence before {@code room}, else of the last whole word, else {@code room} itself. */
    public static int end(String text, int room) {
        int sentence = last(BreakIterator.getSentenceInstance(Locale.UK), text, room);
        if (sentence > 0) {
            return sentence;
        }
        int word = last(BreakIterator.getWordInstance(Locale.UK), text, room);
        return word > 0 ? word : room;
    }

    private static int last(BreakIterator breaks, String text, int room) {
        breaks.setText(text);
        return breaks.isBoundary(room) ? room : breaks.preceding(room);
    }
}
