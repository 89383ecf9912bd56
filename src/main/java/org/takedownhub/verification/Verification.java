package org.takedownhub.verification;

import java.util.Optional;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.Verdict;

/** One caseworker's decision about the content. */
record Verification(
        Verdict verdict,
        Category category,
        Optional<Offence> offence,
        String reasons,
        boolean threatToLife,
        boolean childVisible,
        ArtisticContext artisticContext,
        Optional<String> contentLanguage) {}
