package org.takedownhub.modelling.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.takedownhub.engine.ModelGuard;
import org.takedownhub.engine.Refusal;
import org.takedownhub.modelling.Finding;
import org.takedownhub.modelling.Finding.Severity;
import org.takedownhub.modelling.ModelFile;
import org.takedownhub.modelling.ModelSet;

/** All rules. A set without an error among its findings may be published. */
@Component
public class Linter {

    private final ModelGuard guard;

    Linter(ModelGuard guard) {
        this.guard = guard;
    }

    /**
     * What is wrong with a set.
     *
     * @param draft the whole set as it would be published
     * @param live  the set it would follow
     * @param moved ids of steps that people and timers wait at in the live set, and what they are called in the draft
     */
    public List<Finding> findings(ModelSet draft, ModelSet live, Map<String, String> moved) {
        List<Finding> findings = new ArrayList<>();
        draft.files().values().forEach(file -> findings.addAll(refusals(file)));
        return findings;
    }

    /** What the engine's locks refuse in one file; a file they refuse is looked at no further. */
    public List<Finding> refusals(ModelFile file) {
        return guard.refusals(file.name(), file.bytes()).stream()
                .map(refusal -> finding(file.name(), refusal))
                .toList();
    }

    private static Finding finding(String file, Refusal refusal) {
        return new Finding(
                Severity.ERROR,
                "not-allowed",
                file,
                refusal.elementId(),
                "",
                refusal.rule(),
                refusal.fix(),
                refusal.line(),
                refusal.column());
    }
}
