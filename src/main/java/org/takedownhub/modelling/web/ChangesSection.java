package org.takedownhub.modelling.web;

import java.util.List;
import org.springframework.stereotype.Component;
import org.takedownhub.modelling.ModelFile.Kind;
import org.takedownhub.modelling.ModelSet;
import org.takedownhub.modelling.change.ChangeRequest;
import org.takedownhub.modelling.change.ChangeRequests;
import org.takedownhub.modelling.compare.Comparison;

/** What a request changes, in words, and for processes as two drawings side by side. */
@Component
class ChangesSection implements ChangeSection {

    private final ChangeRequests requests;
    private final Comparison comparison;

    ChangesSection(ChangeRequests requests, Comparison comparison) {
        this.requests = requests;
        this.comparison = comparison;
    }

    /** @param drawn whether both sides have a drawing of it */
    public record File(String name, String title, List<String> changes, boolean drawn) {}

    @Override
    public String id() {
        return "differences";
    }

    @Override
    public String title() {
        return "Changes in plain English";
    }

    @Override
    public int order() {
        return 20;
    }

    @Override
    public List<File> data(ChangeRequest request) {
        ModelSet before = requests.before(request.reference());
        ModelSet after = requests.draft(request.reference());
        return ComparisonController.byFile(comparison.compare(before, after)).entrySet().stream()
                .map(file -> new File(
                        file.getKey(),
                        after.file(file.getKey())
                                .or(() -> before.file(file.getKey()))
                                .map(ModelTitles::of)
                                .orElse(file.getKey()),
                        file.getValue(),
                        Kind.ofName(file.getKey()).orElse(Kind.FORM) == Kind.PROCESS
                                && before.file(file.getKey()).isPresent()
                                && after.file(file.getKey()).isPresent()))
                .toList();
    }
}
