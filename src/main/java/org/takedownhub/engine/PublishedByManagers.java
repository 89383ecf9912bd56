package org.takedownhub.engine;

import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.takedownhub.process.TakedownProcess;

/** Tells the sets that managers have published from those that came with the program. */
public final class PublishedByManagers {

    /** What a deployment of managers says it comes from. */
    public static final String SOURCE = "change request";

    private PublishedByManagers() {}

    /** Whether new cases start with models that managers have published. */
    static boolean isLive(RepositoryService repository) {
        ProcessDefinition takedown = repository
                .createProcessDefinitionQuery()
                .processDefinitionKey(TakedownProcess.KEY)
                .latestVersion()
                .singleResult();
        return takedown != null
                && SOURCE.equals(repository
                        .createDeploymentQuery()
                        .deploymentId(takedown.getDeploymentId())
                        .singleResult()
                        .getSource());
    }
}
