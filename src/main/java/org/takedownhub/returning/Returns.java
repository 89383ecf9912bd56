package org.takedownhub.returning;

import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.ContentIdentity;
import org.takedownhub.casefile.Source;
import org.takedownhub.cases.CaseFile;
import org.takedownhub.cases.Cases;
import org.takedownhub.cases.NewCase;
import org.takedownhub.cases.Returned;
import org.takedownhub.process.TakedownProcess;
import org.takedownhub.process.Takedowns;

/**
 * Content that is back. The very item that was removed, under the key it had, opens a case that carries the ground over:
 * a person has found it once, and the notice goes out again without waiting for another.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class Returns {

    private static final int LONGEST_REASON = 4000;

    private final Cases cases;
    private final Returned returned;
    private final Takedowns takedowns;

    Returns(Cases cases, Returned returned, Takedowns takedowns) {
        this.cases = cases;
        this.returned = returned;
        this.takedowns = takedowns;
    }

    /** Opens the case, unless somebody has flagged the content again meanwhile: then that is the case. */
    CaseReference open(CaseReference earlier) {
        CaseFile file = cases.require(earlier);
        Optional<CaseReference> open =
                cases.lockOpen(file.contentKey(), file.source().isCovert());
        if (open.isPresent()) {
            returned.link(open.get(), earlier, "seen again by the hub");
            return open.get();
        }
        // What was seen because of a covert case stays with its group.
        Source source = file.source().isCovert() ? Source.COVERT : Source.OWN_SEARCH;
        CaseReference reference = cases.open(new NewCase(
                new ContentIdentity(
                        file.contentKey(), file.canonicalUrl(), file.host(), file.accountKey(), file.weakKey()),
                file.platform(),
                file.url(),
                shortened("Back online after its removal in " + earlier + ". " + file.reason()),
                file.category(),
                source,
                file.threatToLife()));
        cases.carryOver(earlier, reference);
        cases.identify(reference, file.platform(), cases.identities(earlier, file.platform()));
        returned.link(reference, earlier, "seen again by the hub");
        cases.runsOn(
                reference,
                takedowns.start(
                        reference,
                        Map.ofEntries(
                                TakedownProcess.CASE_REFERENCE.with(reference.value()),
                                TakedownProcess.PLATFORM.with(file.platform()),
                                TakedownProcess.CATEGORY.with(file.category().name()),
                                TakedownProcess.SOURCE.with(source.name()),
                                TakedownProcess.THREAT_TO_LIFE.with(file.threatToLife()))));
        return reference;
    }

    private static String shortened(String reason) {
        return reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) : reason;
    }
}
