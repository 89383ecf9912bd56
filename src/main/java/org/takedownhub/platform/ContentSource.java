package org.takedownhub.platform;

import java.util.Optional;
import org.springframework.stereotype.Component;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.cases.CaseFile;
import org.takedownhub.cases.Cases;

/** Makes of a case what a platform is asked about. */
@Component
public class ContentSource {

    private final Cases cases;

    ContentSource(Cases cases) {
        this.cases = cases;
    }

    /** The case's item in the words of that platform; empty when there is no such case. */
    public Optional<Content> find(CaseReference reference, String platform) {
        return cases.find(reference).map(file -> of(file, platform));
    }

    Content of(CaseFile file, String platform) {
        return new Content(
                file.reference(), file.contentKey(), file.canonicalUrl(), cases.identities(file.reference(), platform));
    }
}
