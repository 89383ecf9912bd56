package org.takedownhub.modelling.change;

import java.util.Map;
import org.springframework.stereotype.Component;
import org.takedownhub.modelling.migration.Renamings;

/** Steps that change requests have given other ids, a roll back giving them back. */
@Component
class PublishedRenamings implements Renamings {

    private final ChangeStore store;

    PublishedRenamings(ChangeStore store) {
        this.store = store;
    }

    @Override
    public Map<String, String> moved(String deploymentId) {
        return store.ofDeployment(deploymentId).map(ChangeRequest::moved).orElse(Map.of());
    }
}
