package org.takedownhub.modelling.web;

import java.util.Optional;
import org.springframework.stereotype.Component;
import org.takedownhub.modelling.PublishedModels;
import org.takedownhub.modelling.change.ChangeRequest;
import org.takedownhub.modelling.change.ChangeRequests;
import org.takedownhub.modelling.change.ChangeState;
import org.takedownhub.modelling.migration.Target;

/** Where a change request would take open cases. */
@Component
class MigrationTargets {

    private final ChangeRequests requests;
    private final PublishedModels published;

    MigrationTargets(ChangeRequests requests, PublishedModels published) {
        this.requests = requests;
        this.published = published;
    }

    /** Empty for a request that came to nothing. */
    Optional<Target> of(ChangeRequest request) {
        if (request.state().isOpen()) {
            return Optional.of(new Target.Draft(requests.draft(request.reference()), request.moved()));
        }
        return request.deploymentId().map(Target.Published::new);
    }

    /** The deployment of a request, when it is what new cases start with. */
    Optional<String> live(ChangeRequest request) {
        return request.state() == ChangeState.PUBLISHED
                ? request.deploymentId().filter(published.history().get(0)::equals)
                : Optional.empty();
    }
}
