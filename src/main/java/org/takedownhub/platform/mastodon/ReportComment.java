package org.takedownhub.platform.mastodon;

import java.util.List;
import java.util.stream.Collectors;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.platform.Notice;
import org.takedownhub.platform.TextLimit;

/**
 * The comment of a report. Mastodon, GoToSocial and (unless set otherwise) Pleroma take 1,000 characters, counted in
 * code points; a longer explanation ends after its last sentence that fits, and the comment says so and where the whole
 * is.
 */
final class ReportComment {

    static final int MAX_CHARACTERS = 1000;

    /** Notices that share a report, each with its whole text: three, with a blank line between them. */
    static final int MOST_NOTICES = 3;

    private static final TextLimit LIMIT = new TextLimit(MAX_CHARACTERS);
    private static final String BETWEEN = "\n\n";
    private static final TextLimit SHARE =
            new TextLimit((MAX_CHARACTERS - (MOST_NOTICES - 1) * BETWEEN.length()) / MOST_NOTICES);

    private ReportComment() {}

    /** Whether a report has room for the whole of it beside others. */
    static boolean mayShare(Notice notice) {
        return SHARE.holds(notice.explanation().strip());
    }

    static String of(List<Notice> notices) {
        return of(
                notices.stream()
                        .map(notice -> notice.explanation().strip())
                        .distinct()
                        .collect(Collectors.joining(BETWEEN)),
                notices.stream()
                        .map(notice -> notice.content().reference())
                        .distinct()
                        .toList());
    }

    static String of(String explanation, List<CaseReference> references) {
        String named = references.stream().map(CaseReference::toString).collect(Collectors.joining(", "));
        return LIMIT.fit(
                explanation.strip(),
                " [Shortened: this form takes 1,000 characters. The full notice is available on request, reference "
                        + named + ".]");
    }
}
