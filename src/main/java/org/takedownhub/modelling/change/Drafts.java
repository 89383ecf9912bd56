package org.takedownhub.modelling.change;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.takedownhub.audit.Actor;
import org.takedownhub.modelling.Finding;
import org.takedownhub.modelling.ModelFile;

/** Makes drafts of files that arrive as such: from a modeler, or from the folder that is read at start-up. */
@Component
public class Drafts {

    private final ChangeRequests requests;
    private final Actor actor;

    Drafts(ChangeRequests requests, Actor actor) {
        this.requests = requests;
        this.actor = actor;
    }

    /** @param findings of the whole draft, advice included */
    public record Taken(Outcome outcome, List<Finding> findings) {}

    /**
     * Files with the same title go into the sender's open draft of that title, so that sending again while one works on
     * a model makes no heap of drafts.
     */
    public Taken take(Origin origin, String title, String reason, List<ModelFile> files) {
        Optional<ChangeRequest> open = requests.all().stream()
                .filter(request -> request.state() == ChangeState.DRAFT
                        && request.origin() == origin
                        && request.title().equals(title)
                        && request.createdBy().equals(actor.current()))
                .findFirst();
        Outcome outcome = open.map(request -> requests.save(request.reference(), request.revision(), files))
                .orElseGet(() -> requests.open(title, reason, origin, files, Map.of()));
        List<Finding> findings = outcome instanceof Outcome.Done done
                ? requests.findings(done.request().reference())
                : List.of();
        return new Taken(outcome, findings);
    }
}
