package org.takedownhub.modelling.migration;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.camunda.bpm.dmn.engine.DmnDecisionTableResult;
import org.camunda.bpm.dmn.engine.DmnEngineException;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DecisionDefinition;
import org.camunda.bpm.engine.repository.Deployment;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.springframework.stereotype.Component;
import org.takedownhub.clock.DeadlinePolicies;
import org.takedownhub.clock.DeadlinePolicy;
import org.takedownhub.clock.DeadlineQuestion;
import org.takedownhub.engine.DraftEngine;
import org.takedownhub.modelling.ModelFile;
import org.takedownhub.modelling.ModelSet;
import org.takedownhub.modelling.PublishedModels;
import org.takedownhub.modelling.PublishedSet;
import org.takedownhub.process.AsSystem;
import org.takedownhub.process.TakedownProcess;

/** Lays a draft beside the sets that cases stand on, in an engine of its own, so that the engine itself can judge it. */
@Component
class LaidOutDrafts {

    private static final int KEPT = 12;

    private final DraftEngine drafts;
    private final PublishedModels published;
    private final AsSystem system;

    LaidOutDrafts(DraftEngine drafts, PublishedModels published, AsSystem system) {
        this.drafts = drafts;
        this.published = published;
        this.system = system;
    }

    /**
     * Does something with a draft laid out; one draft at a time, for all share the engine.
     *
     * @throws UnreadableDraft the engine makes nothing of it
     */
    synchronized <T> T laidOut(ModelSet draft, Function<Laid, T> work) {
        ProcessEngine engine = drafts.engine();
        RepositoryService repository = engine.getRepositoryService();
        List<Deployment> old =
                repository.createDeploymentQuery().orderByDeploymentTime().asc().list();
        old.stream()
                .limit(Math.max(0, old.size() - KEPT))
                .forEach(deployment -> repository.deleteDeployment(deployment.getId(), true));
        String draftId;
        try {
            draftId = deployed("draft " + draft.sha256(), draft);
        } catch (ProcessEngineException unreadable) {
            throw new UnreadableDraft(unreadable);
        }
        return work.apply(new Laid(engine, draftId));
    }

    private String deployed(String name, ModelSet set) {
        RepositoryService repository = drafts.engine().getRepositoryService();
        Deployment known = repository.createDeploymentQuery().deploymentName(name).list().stream()
                .findFirst()
                .orElse(null);
        if (known != null) {
            return known.getId();
        }
        DeploymentBuilder deployment = repository.createDeployment().name(name);
        set.all(ModelFile.Kind.PROCESS).forEach(file -> deployment.addString(file.name(), file.text()));
        set.file(TakedownProcess.DECISION_REMOVAL_DEADLINE + ".dmn")
                .ifPresent(file -> deployment.addString(file.name(), file.text()));
        return deployment.deploy().getId();
    }

    /** A draft beside whatever set it is compared with. */
    final class Laid {

        private final ProcessEngine engine;
        private final String draftId;
        private final Routes routes;
        private final Map<String, Optional<String>> definitions = new HashMap<>();
        private final Map<DeadlineQuestion, DeadlinePolicy> policies = new HashMap<>();

        private Laid(ProcessEngine engine, String draftId) {
            this.engine = engine;
            this.draftId = draftId;
            this.routes = new Routes(engine.getRuntimeService(), engine.getRepositoryService());
        }

        /** The way of a process from a published set to the draft; empty when either has no such process. */
        Optional<Route> route(String deploymentId, String process, Map<String, String> moved) {
            Optional<String> later = definition(draftId, process);
            if (later.isEmpty()) {
                return Optional.empty();
            }
            ModelSet set = system.call(() -> published.set(deploymentId))
                    .map(PublishedSet::files)
                    .orElseThrow(() -> new IllegalStateException("There is no set of deployment " + deploymentId));
            return definition(deployed("published " + deploymentId, set), process)
                    .map(earlier -> routes.route(earlier, later.get(), moved, Set.of()));
        }

        /** The draft's table of deadlines, if it is to be asked at all. */
        DeadlinePolicies deadlines() {
            return this::policy;
        }

        private DeadlinePolicy policy(DeadlineQuestion question, OptionalInt none) {
            return policies.computeIfAbsent(question, this::asked);
        }

        private DeadlinePolicy asked(DeadlineQuestion question) {
            DecisionDefinition table = engine.getRepositoryService()
                    .createDecisionDefinitionQuery()
                    .deploymentId(draftId)
                    .decisionDefinitionKey(TakedownProcess.DECISION_REMOVAL_DEADLINE)
                    .singleResult();
            if (table == null) {
                throw new IllegalStateException("The draft has no table of removal deadlines");
            }
            try {
                DmnDecisionTableResult result = engine.getDecisionService()
                        .evaluateDecisionTableById(table.getId())
                        .variables(question.inputs())
                        .evaluate();
                if (!result.isEmpty()) {
                    return DeadlinePolicy.fromDecision(
                            question, result.getSingleResult().getEntryMap(), 0);
                }
            } catch (ProcessEngineException | DmnEngineException noSingleAnswer) {
                throw new IllegalStateException("The draft's table gives no single answer", noSingleAnswer);
            }
            throw new IllegalStateException("The draft's removal deadline table has no rule for " + question);
        }

        private Optional<String> definition(String deploymentId, String process) {
            return definitions.computeIfAbsent(
                    deploymentId + ' ' + process, key -> Optional.ofNullable(engine.getRepositoryService()
                                    .createProcessDefinitionQuery()
                                    .deploymentId(deploymentId)
                                    .processDefinitionKey(process)
                                    .singleResult())
                            .map(ProcessDefinition::getId));
        }
    }
}
