package org.takedownhub.modelling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * What the hub's own steps are called and what they do, as people read it. The file is a list of element templates of
 * Camunda 7, which the desk's editor and Camunda Modeler both take.
 */
@Component
public class StepTemplates {

    private static final String FILE = "/modelling/step-templates.json";
    private static final String DELEGATE = "camunda:delegateExpression";

    private final Map<String, StepTemplate> byExpression;
    private final JsonNode json;

    public StepTemplates(ObjectMapper mapper) {
        try (InputStream in = Objects.requireNonNull(StepTemplates.class.getResourceAsStream(FILE))) {
            json = mapper.readTree(in);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        Map<String, StepTemplate> found = new LinkedHashMap<>();
        json.forEach(template -> template.path("properties").forEach(property -> {
            if (property.path("binding").path("name").asText().equals(DELEGATE)) {
                found.put(
                        property.path("value").asText(),
                        new StepTemplate(
                                template.path("name").asText(),
                                template.path("description").asText()));
            }
        }));
        byExpression = Collections.unmodifiableMap(found);
    }

    public record StepTemplate(String name, String description) {}

    /** @param delegateExpression such as {@code ${referContent}} */
    public Optional<StepTemplate> of(String delegateExpression) {
        return Optional.ofNullable(byExpression.get(delegateExpression));
    }

    /** By delegate expression. */
    public Map<String, StepTemplate> all() {
        return byExpression;
    }

    /** The whole file. */
    public JsonNode json() {
        return json.deepCopy();
    }
}
