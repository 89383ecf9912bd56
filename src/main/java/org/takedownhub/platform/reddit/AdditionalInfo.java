package org.takedownhub.platform.reddit;

import java.text.BreakIterator;
import java.util.Locale;
import org.takedownhub.casefile.CaseReference;

/**
 * What a report says beside its reason. Reddit takes 2,000 characters; a longer explanation ends after its last sentence
 * that fits, and says so and where the whole is.
 */
final class AdditionalInfo {

    static final int LONGEST = 2000;

    private AdditionalInfo() {}

    static String of(String explanation, CaseReference reference) {
        String text = explanation.strip();
        if (text.length() <= LONGEST) {
            return text;
        }
        String note = " [Shortened: this form takes 2,000 characters. The full notice is available on request,"
                + " reference " + reference + ".]";
        int room = LONGEST - note.length();
        BreakIterator sentences = BreakIterator.getSentenceInstance(Locale.UK);
        sentences.setText(text);
        int end = sentences.isBoundary(room) ? room : sentences.preceding(room);
        int cut = end > 0 ? end : room - (Character.isHighSurrogate(text.charAt(room - 1)) ? 1 : 0);
        return text.substring(0, cut).stripTrailing() + note;
    }
}
