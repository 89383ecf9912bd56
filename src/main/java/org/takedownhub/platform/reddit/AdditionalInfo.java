package org.takedownhub.platform.reddit;

import org.takedownhub.casefile.CaseReference;
import org.takedownhub.platform.TextLimit;

/**
 * What a report says beside its reason. Reddit takes 2,000 characters; a longer explanation ends after its last sentence
 * that fits, and says so and where the whole is.
 */
final class AdditionalInfo {

    private static final TextLimit LIMIT = new TextLimit(2000);

    private AdditionalInfo() {}

    static String of(String explanation, CaseReference reference) {
        return LIMIT.fit(
                explanation.strip(),
                " [Shortened: this form takes 2,000 characters. The full notice is available on request, reference "
                        + reference + ".]");
    }
}
