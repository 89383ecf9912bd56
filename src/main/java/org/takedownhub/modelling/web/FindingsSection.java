package org.takedownhub.modelling.web;

import java.util.List;
import org.springframework.stereotype.Component;
import org.takedownhub.modelling.change.ChangeRequest;
import org.takedownhub.modelling.change.ChangeRequests;

/** What is wrong with a draft as it stands, and what a manager may want to think about. */
@Component
class FindingsSection implements ChangeSection {

    private final ChangeRequests requests;

    FindingsSection(ChangeRequests requests) {
        this.requests = requests;
    }

    public record Line(boolean error, String text) {}

    @Override
    public String id() {
        return "findings";
    }

    @Override
    public String title() {
        return "Findings";
    }

    @Override
    public int order() {
        return 10;
    }

    @Override
    public boolean shows(ChangeRequest request) {
        return request.state().isOpen();
    }

    @Override
    public List<Line> data(ChangeRequest request) {
        return requests.findings(request.reference()).stream()
                .map(finding -> new Line(finding.isError(), Bodies.sentence(finding)))
                .toList();
    }
}
