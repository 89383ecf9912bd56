package org.takedownhub.platform.atproto;

import java.nio.charset.StandardCharsets;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.takedownhub.casefile.CaseReference;

/**
 * The free text of a report, within the lexicon's limits of {@code com.atproto.moderation.createReport}. A text that is
 * too long is cut between two graphemes and says so.
 */
record ReportText(String text, boolean shortened) {

    static final int MOST_GRAPHEMES = 2_000;
    static final int MOST_BYTES = 20_000;

    private static final Pattern GRAPHEME = Pattern.compile("\\X");

    static ReportText of(String explanation, CaseReference reference) {
        if (fits(explanation)) {
            return new ReportText(explanation, false);
        }
        String ending =
                "\n[Shortened to this platform's limit. The full text is with the sender under " + reference + ".]";
        long graphemesLeft = MOST_GRAPHEMES - GRAPHEME.matcher(ending).results().count();
        int bytesLeft = MOST_BYTES - bytes(ending);
        StringBuilder kept = new StringBuilder();
        for (MatchResult grapheme :
                (Iterable<MatchResult>) GRAPHEME.matcher(explanation).results()::iterator) {
            graphemesLeft--;
            bytesLeft -= bytes(grapheme.group());
            if (graphemesLeft < 0 || bytesLeft < 0) {
                break;
            }
            kept.append(grapheme.group());
        }
        return new ReportText(kept + ending, true);
    }

    private static boolean fits(String text) {
        return bytes(text) <= MOST_BYTES && GRAPHEME.matcher(text).results().count() <= MOST_GRAPHEMES;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
