package org.takedownhub.platform.mastodon;

import java.text.BreakIterator;
import java.util.Locale;
import org.takedownhub.casefile.CaseReference;

/**
 * The comment of a report. Mastodon takes 1,000 characters (validation of the comment, counted in code points); a longer
 * explanation ends after its last sentence that fits, and the comment says so and where the whole is.
 */
final class ReportComment {

    static final int MAX_CHARACTERS = 1000;

    private ReportComment() {}

    static String of(String explanation, CaseReference reference) {
        String text = explanation.strip();
        if (characters(text) <= MAX_CHARACTERS) {
            return text;
        }
        String note = " [Shortened: this form takes 1,000 characters. The full notice is available on request,"
                + " reference " + reference + ".]";
        int room = text.offsetByCodePoints(0, MAX_CHARACTERS - characters(note));
        return text.substring(0, end(text, room)).stripTrailing() + note;
    }

    private static int characters(String text) {
        return text.codePointCount(0, text.length());
    }

    /** The end of the last whole sentence before {@code room}, else of the last whole word, else {@code room} itself. */
    private static int end(String text, int room) {
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
