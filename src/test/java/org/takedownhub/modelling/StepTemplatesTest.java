package org.takedownhub.modelling;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StepTemplatesTest {

    private static final Pattern CALL =
            Pattern.compile("<bpmn:(\\w+) [^>]*camunda:delegateExpression=\"(\\$\\{\\w+})\"");

    private final StepTemplates templates = new StepTemplates(new ObjectMapper());

    @Test
    void nameEveryStepThatTheModelsCallAndNoOther() throws IOException {
        TreeSet<String> called = new TreeSet<>();
        for (MatchResult call : calls()) {
            called.add(call.group(2));
        }

        assertThat(called).isNotEmpty();
        assertThat(templates.all().keySet()).containsExactlyInAnyOrderElementsOf(called);
    }

    @Test
    void applyToTheKindOfTaskThatTheModelsUseThemIn() throws IOException {
        for (MatchResult call : calls()) {
            String type = "bpmn:" + Character.toUpperCase(call.group(1).charAt(0))
                    + call.group(1).substring(1);
            assertThat(template(call.group(2)).path("appliesTo"))
                    .as(call.group(2))
                    .anyMatch(applies -> applies.asText().equals(type));
        }
    }

    @Test
    void hideWhatOnlyADeveloperCouldFillInAndSayWhatHappensInASentence() {
        templates.json().forEach(template -> {
            assertThat(template.path("description").asText())
                    .as(template.path("name").asText())
                    .matches("[A-Z].*\\.")
                    .doesNotContain("${", "delegate", "bean");
            template.path("properties")
                    .forEach(property ->
                            assertThat(property.path("type").asText()).isEqualTo("Hidden"));
        });
        assertThat(templates.of("${referContent}").orElseThrow().name()).isEqualTo("Refer content");
    }

    private JsonNode template(String expression) {
        for (JsonNode template : templates.json()) {
            if (template.path("properties").path(0).path("value").asText().equals(expression)) {
                return template;
            }
        }
        throw new AssertionError("No template calls " + expression);
    }

    private static Iterable<MatchResult> calls() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("bpmn"))) {
            return files.filter(file -> file.toString().endsWith(".bpmn"))
                    .flatMap(file -> CALL.matcher(text(file)).results())
                    .toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
