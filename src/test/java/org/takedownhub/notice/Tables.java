package org.takedownhub.notice;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnDecisionTableResult;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;
import org.takedownhub.process.DecisionTables;

/** The tables as they lie in the project, or as a test changed them, without a process engine. */
final class Tables implements DecisionTables {

    private static final DmnEngine ENGINE =
            DmnEngineConfiguration.createDefaultDmnEngineConfiguration().buildEngine();

    private final Map<String, DmnDecision> decisions = new HashMap<>();

    static String file(String table) {
        try {
            return Files.readString(Path.of("bpmn", table + ".dmn"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Tables with(String table, String xml) {
        decisions.put(
                table, ENGINE.parseDecision(table, new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8))));
        return this;
    }

    @Override
    public Optional<Ruling> decide(String table, Map<String, Object> inputs) {
        return decide(table, 1, inputs);
    }

    @Override
    public Optional<Ruling> decide(String table, int version, Map<String, Object> inputs) {
        DmnDecision decision = decisions.computeIfAbsent(
                table,
                name -> ENGINE.parseDecision(
                        name, new ByteArrayInputStream(file(name).getBytes(StandardCharsets.UTF_8))));
        DmnDecisionTableResult result = ENGINE.evaluateDecisionTable(decision, inputs);
        return result.isEmpty()
                ? Optional.empty()
                : Optional.of(new Ruling(result.getSingleResult().getEntryMap(), version));
    }
}
