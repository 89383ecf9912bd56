package org.takedownhub.process;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.dmn.engine.DmnEngineException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DecisionDefinition;
import org.springframework.stereotype.Component;
import org.takedownhub.process.DecisionTables.Ruling;

/** Asks the engine once for each version and input: it writes every decision down, and the watch asks by the second. */
@Component
class EngineStandingRulings implements StandingRulings {

    private static final Duration VERSION_IS_FRESH = Duration.ofMinutes(1);
    private static final int MOST_KEPT = 1_000;

    private final DecisionTables tables;
    private final RepositoryService repository;
    private final AsSystem system;
    private final Clock clock;
    private final Map<String, Seen> versions = new ConcurrentHashMap<>();
    private final Map<Question, Optional<Ruling>> kept = new ConcurrentHashMap<>();

    EngineStandingRulings(DecisionTables tables, RepositoryService repository, AsSystem system, Clock clock) {
        this.tables = tables;
        this.repository = repository;
        this.system = system;
        this.clock = clock;
    }

    private record Seen(int version, Instant at) {}

    private record Question(String table, int version, Map<String, Object> inputs) {}

    @Override
    public Optional<Ruling> ruling(String table, Map<String, Object> inputs) {
        Question question = new Question(table, version(table), Map.copyOf(inputs));
        Optional<Ruling> known = kept.get(question);
        if (known != null) {
            return known;
        }
        Optional<Ruling> found = asked(question);
        if (kept.size() >= MOST_KEPT) {
            kept.clear();
        }
        kept.put(question, found);
        return found;
    }

    private Optional<Ruling> asked(Question question) {
        try {
            return tables.decide(question.table(), question.version(), question.inputs());
        } catch (ProcessEngineException | DmnEngineException refused) {
            throw new IllegalStateException("The decision table " + question.table() + " cannot answer", refused);
        }
    }

    private int version(String table) {
        Instant now = clock.instant();
        Seen seen = versions.get(table);
        if (seen != null && !now.isBefore(seen.at()) && now.isBefore(seen.at().plus(VERSION_IS_FRESH))) {
            return seen.version();
        }
        int version = system.call(() -> newest(table));
        versions.put(table, new Seen(version, now));
        return version;
    }

    private int newest(String table) {
        DecisionDefinition newest = repository
                .createDecisionDefinitionQuery()
                .decisionDefinitionKey(table)
                .latestVersion()
                .singleResult();
        if (newest == null) {
            throw new IllegalStateException("There is no decision table " + table);
        }
        return newest.getVersion();
    }
}
