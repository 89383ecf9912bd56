package org.takedownhub.process;

import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.dmn.engine.DmnDecisionTableResult;
import org.camunda.bpm.engine.DecisionService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DecisionDefinition;
import org.camunda.bpm.engine.repository.DecisionDefinitionQuery;
import org.springframework.stereotype.Component;

/** The engine behind {@link DecisionTables}. Everybody's work is decided by the same tables, whoever is signed in. */
@Component
class EngineDecisionTables implements DecisionTables {

    private final DecisionService decisions;
    private final RepositoryService repository;
    private final AsSystem system;
    private final RunningSet running;

    EngineDecisionTables(DecisionService decisions, RepositoryService repository, AsSystem system, RunningSet running) {
        this.decisions = decisions;
        this.repository = repository;
        this.system = system;
        this.running = running;
    }

    @Override
    public Optional<Ruling> decide(String table, Map<String, Object> inputs) {
        return system.call(() -> asked(table, inForce(table), inputs));
    }

    @Override
    public Optional<Ruling> decide(String table, int version, Map<String, Object> inputs) {
        return system.call(() -> asked(table, definitions(table).decisionDefinitionVersion(version), inputs));
    }

    /** The table of the set that the asking step belongs to; the newest where no step asks or its set has no such table. */
    private DecisionDefinitionQuery inForce(String table) {
        return running.deploymentId()
                .map(id -> definitions(table).deploymentId(id))
                .filter(own -> own.count() > 0)
                .orElseGet(() -> definitions(table).latestVersion());
    }

    private DecisionDefinitionQuery definitions(String table) {
        return repository.createDecisionDefinitionQuery().decisionDefinitionKey(table);
    }

    private Optional<Ruling> asked(String table, DecisionDefinitionQuery query, Map<String, Object> inputs) {
        DecisionDefinition definition = query.singleResult();
        if (definition == null) {
            throw new IllegalStateException("There is no such version of the decision table " + table);
        }
        DmnDecisionTableResult result = decisions
                .evaluateDecisionTableById(definition.getId())
                .variables(inputs)
                .evaluate();
        return result.isEmpty()
                ? Optional.empty()
                : Optional.of(new Ruling(result.getSingleResult().getEntryMap(), definition.getVersion()));
    }
}
