package org.takedownhub.verification;

import java.util.Map;
import java.util.Optional;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.Verdict;
import org.takedownhub.process.TakedownProcess;

/** One caseworker's decision about the content. */
record Verification(
        Verdict verdict,
        Category category,
        Optional<Offence> offence,
        String reasons,
        boolean threatToLife,
        boolean childVisible,
        ArtisticContext artisticContext,
        Optional<String> contentLanguage,
        boolean personAtRisk) {

    /** Whether a platform may be asked to take it down. */
    boolean referable() {
        return verdict == Verdict.UNLAWFUL || verdict == Verdict.BREACHES_TERMS;
    }

    /** What the engine may keep of it. */
    Map<String, Object> variables(boolean secondOpinionNeeded) {
        return Map.ofEntries(
                TakedownProcess.VERDICT.with(verdict.name()),
                TakedownProcess.CATEGORY.with(category.name()),
                TakedownProcess.THREAT_TO_LIFE.with(threatToLife),
                TakedownProcess.CHILD_VISIBLE.with(childVisible),
                TakedownProcess.ARTISTIC_CONTEXT.with(artisticContext.name()),
                TakedownProcess.CONTENT_UNLAWFUL.with(verdict == Verdict.UNLAWFUL),
                TakedownProcess.CONTENT_REFERABLE.with(referable()),
                TakedownProcess.SECOND_OPINION_NEEDED.with(secondOpinionNeeded));
    }
}
