package org.takedownhub.modelling;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.Deployment;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.springframework.stereotype.Component;
import org.takedownhub.process.TakedownProcess;

/** The sets that the engine has. Every set holds the takedown process, which is how its deployment is told from others. */
@Component
public class PublishedModels {

    private final RepositoryService repository;

    PublishedModels(RepositoryService repository) {
        this.repository = repository;
    }

    /** The set that new cases start with. */
    public PublishedSet live() {
        return read(takedowns().latestVersion().singleResult().getDeploymentId());
    }

    /** The set of a deployment. */
    public Optional<PublishedSet> set(String deploymentId) {
        return takedowns().deploymentId(deploymentId).count() == 0 ? Optional.empty() : Optional.of(read(deploymentId));
    }

    /** Deployment ids of all sets, newest first. */
    public List<String> history() {
        return takedowns().orderByProcessDefinitionVersion().desc().list().stream()
                .map(ProcessDefinition::getDeploymentId)
                .toList();
    }

    private org.camunda.bpm.engine.repository.ProcessDefinitionQuery takedowns() {
        return repository.createProcessDefinitionQuery().processDefinitionKey(TakedownProcess.KEY);
    }

    private PublishedSet read(String deploymentId) {
        Deployment deployment =
                repository.createDeploymentQuery().deploymentId(deploymentId).singleResult();
        List<ModelFile> files = new ArrayList<>();
        for (String name : repository.getDeploymentResourceNames(deploymentId)) {
            if (ModelFile.Kind.ofName(name).isPresent()) {
                files.add(new ModelFile(name, text(deploymentId, name)));
            }
        }
        return new PublishedSet(
                deploymentId,
                deployment.getName() == null ? "" : deployment.getName(),
                deployment.getDeploymentTime().toInstant(),
                ModelSet.of(files));
    }

    private String text(String deploymentId, String name) {
        try (InputStream content = repository.getResourceAsStream(deploymentId, name)) {
            return ModelFile.read(name, content.readAllBytes())
                    .orElseThrow(
                            () -> new IllegalStateException(name + " of deployment " + deploymentId + " is not UTF-8"))
                    .text();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
