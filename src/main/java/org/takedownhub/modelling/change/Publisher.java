package org.takedownhub.modelling.change;

import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.springframework.stereotype.Component;
import org.takedownhub.engine.PublishedByManagers;
import org.takedownhub.modelling.ModelSet;
import org.takedownhub.process.AsSystem;

/** The one way by which models go live: a whole set in one deployment, in the transaction of what decided it. */
@Component
class Publisher {

    private final RepositoryService repository;
    private final AsSystem asSystem;

    Publisher(RepositoryService repository, AsSystem asSystem) {
        this.repository = repository;
        this.asSystem = asSystem;
    }

    /** @return the engine's id of the deployment */
    String publish(String name, ModelSet set) {
        DeploymentBuilder deployment = repository.createDeployment().name(name).source(PublishedByManagers.SOURCE);
        set.files().values().forEach(file -> deployment.addString(file.name(), file.text()));
        return asSystem.call(deployment::deploy).getId();
    }
}
