package org.takedownhub.cases.web;

import java.util.Optional;
import org.springframework.stereotype.Component;
import org.takedownhub.api.NotFound;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.cases.CaseFile;
import org.takedownhub.cases.Cases;

/** The case that an address names, as far as whoever asks may see it. Every address that names a case asks here. */
@Component
public class FoundCases {

    private final Cases cases;

    FoundCases(Cases cases) {
        this.cases = cases;
    }

    /** @throws NotFound there is none, whoever asks may not know of it, or the text is no reference: all the same */
    public CaseFile require(String reference) {
        return read(reference)
                .flatMap(cases::find)
                .orElseThrow(() -> new NotFound("There is no such case. A reference reads like TH-2026-000123."));
    }

    private static Optional<CaseReference> read(String reference) {
        try {
            return Optional.of(new CaseReference(reference));
        } catch (IllegalArgumentException noReference) {
            return Optional.empty();
        }
    }
}
