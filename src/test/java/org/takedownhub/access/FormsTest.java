package org.takedownhub.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.Verdict;

/** The forms hold what Tasklist 7.24 was seen to render, and never send back what they only show. */
class FormsTest {

    private static final Set<String> FIELDS =
            Set.of("textfield", "textarea", "number", "checkbox", "radio", "select", "datetime");
    private static final Pattern CAMEL_CASE = Pattern.compile("[a-z][a-zA-Z0-9]*");
    private static final Pattern SHOWN = Pattern.compile("\\{\\{([^}]*)}}");

    static Stream<Path> forms() throws IOException {
        return Files.list(Path.of("forms")).filter(file -> file.toString().endsWith(".form"));
    }

    @Test
    void isThereForEveryTaskAndForFlagging() throws IOException {
        assertThat(forms().map(FormsTest::name))
                .contains(
                        "flag-content",
                        "verify-content",
                        "approve-referral",
                        "refer-by-hand",
                        "resolve-uncertain-referral",
                        "answer-clarification",
                        "review-escalation");
    }

    @ParameterizedTest
    @MethodSource("forms")
    void isNamedLikeItsFileAndOfASchemaThatTasklistKnows(Path file) {
        JsonNode form = read(file);
        assertThat(form.path("id").asText()).isEqualTo(name(file));
        assertThat(form.path("type").asText()).isEqualTo("default");
        assertThat(form.path("schemaVersion").asInt()).isEqualTo(16);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void asksOnlyThroughFieldsThatTasklistRendersAndShowsOnlyThroughHtml(Path file) {
        assertThat(components(file)).isNotEmpty().allSatisfy(component -> {
            String type = component.path("type").asText();
            assertThat(type)
                    .isIn(Stream.concat(FIELDS.stream(), Stream.of("html")).toList());
            assertThat(component.has("key")).as("%s has a key", type).isEqualTo(!type.equals("html"));
            assertThat(component.path("readonly").asBoolean()).isFalse();
        });
    }

    @ParameterizedTest
    @MethodSource("forms")
    void neverAsksForWhatItShows(Path file) {
        Set<String> asked = new HashSet<>();
        fields(file).forEach(field -> asked.add(field.path("key").asText()));
        assertThat(shown(file)).doesNotContainAnyElementsOf(asked);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void writesItsKeysInCamelCaseAndEachOnce(Path file) {
        List<String> keys =
                fields(file).map(field -> field.path("key").asText()).toList();
        assertThat(keys).doesNotHaveDuplicates().allMatch(CAMEL_CASE.asMatchPredicate());
        assertThat(shown(file)).allMatch(CAMEL_CASE.asMatchPredicate());
    }

    @ParameterizedTest
    @MethodSource("forms")
    void explainsEveryFieldInPlainEnglish(Path file) {
        assertThat(fields(file)).allSatisfy(field -> {
            assertThat(field.path("label").asText()).matches("[A-Z].{3,}");
            assertThat(field.path("description").asText()).matches("[A-Z].{15,}\\.");
        });
    }

    @ParameterizedTest
    @MethodSource("forms")
    void limitsTheLengthOfEveryText(Path file) {
        assertThat(fields(file).filter(field -> field.path("type").asText().startsWith("text")))
                .allSatisfy(field -> assertThat(
                                field.path("validate").path("maxLength").asInt())
                        .as(field.path("key").asText())
                        .isBetween(1, 4000));
    }

    @Test
    void offersTheCategoriesAndVerdictsOfTheHub() {
        for (String form : List.of("flag-content", "verify-content")) {
            assertThat(values(form, "category")).containsExactlyElementsOf(names(Category.values()));
        }
        assertThat(values("verify-content", "verdict")).containsExactlyElementsOf(names(Verdict.values()));
    }

    @Test
    void marksWhatMustBeEntered() {
        assertThat(required("flag-content")).contains("url", "reason");
        assertThat(required("verify-content")).contains("verdict", "category", "offence", "reasons", "artisticContext");
        assertThat(required("approve-referral")).contains("referralApproved", "approvalReasons");
        assertThat(required("refer-by-hand")).containsExactly("referralOutcome");
        assertThat(required("resolve-uncertain-referral")).containsExactly("arrival", "note");
        assertThat(required("answer-clarification")).containsExactly("clarificationAnswer");
        assertThat(required("review-escalation")).containsExactly("reviewNote");
    }

    @Test
    void asksForAnOffenceOnlyWhenTheContentIsUnlawful() {
        JsonNode offence = fields(file("verify-content"))
                .filter(field -> field.path("key").asText().equals("offence"))
                .findFirst()
                .orElseThrow();
        assertThat(offence.path("conditional").path("hide").asText()).isEqualTo("=verdict != \"UNLAWFUL\"");
    }

    private static List<String> required(String form) {
        return fields(file(form))
                .filter(field -> field.path("validate").path("required").asBoolean())
                .map(field -> field.path("key").asText())
                .toList();
    }

    private static List<String> values(String form, String key) {
        return fields(file(form))
                .filter(field -> field.path("key").asText().equals(key))
                .flatMap(field -> stream(field.path("values")))
                .map(value -> value.path("value").asText())
                .toList();
    }

    private static List<String> names(Enum<?>[] constants) {
        return Arrays.stream(constants).map(Enum::name).toList();
    }

    private static Set<String> shown(Path file) {
        Set<String> variables = new HashSet<>();
        components(file).forEach(component -> {
            Matcher shown = SHOWN.matcher(component.path("content").asText());
            while (shown.find()) {
                variables.add(shown.group(1));
            }
        });
        return variables;
    }

    private static Stream<JsonNode> fields(Path file) {
        return components(file)
                .filter(component -> !component.path("type").asText().equals("html"));
    }

    private static Stream<JsonNode> components(Path file) {
        return stream(read(file).path("components"));
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static Path file(String form) {
        return Path.of("forms", form + ".form");
    }

    private static String name(Path file) {
        return file.getFileName().toString().replace(".form", "");
    }

    private static JsonNode read(Path file) {
        try {
            return new ObjectMapper().readTree(Files.readString(file));
        } catch (IOException broken) {
            throw new UncheckedIOException(file + " is no JSON", broken);
        }
    }
}
