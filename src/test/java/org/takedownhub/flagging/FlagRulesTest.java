package org.takedownhub.flagging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.takedownhub.HubWebTest;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.Source;
import org.takedownhub.flagging.InvalidFlag.Problem;

@HubWebTest
class FlagRulesTest {

    @Autowired
    private FlagRules rules;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "data:text/html,<script>alert(1)</script>",
                "/relative/path",
                "../etc/passwd",
                "https://",
                "https:///nohost",
                "http://user:pw@social.example/1",
                "https://social.example:99999/1",
                "https://уoutube.com/watch?v=dQw4w9WgXcQ",
                "file:///etc/passwd",
                "not an address"
            })
    void refusesAnAddressThatLeadsToNoPost(String url) {
        assertThat(problems(Map.of("url", url, "reason", "because")))
                .extracting(Problem::field)
                .containsExactly("url");
    }

    @Test
    void refusesAnAddressThatIsTooLong() {
        assertThat(problems(Map.of("url", "https://social.example/" + "a".repeat(2000), "reason", "because")))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.field()).isEqualTo("url");
                    assertThat(problem.detail()).contains("2000");
                });
    }

    @Test
    void namesEveryFieldThatIsWrongAtOnce() {
        assertThat(problems(Map.of(
                        "category", "NICE",
                        "source", "RUMOUR",
                        "threatToLife", "perhaps",
                        "reportingForce", "x".repeat(101),
                        "reporterReference", "x".repeat(201))))
                .extracting(Problem::field)
                .containsExactlyInAnyOrder(
                        "url", "reason", "category", "source", "threatToLife", "reportingForce", "reporterReference");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\r\n", "\u2003"})
    void refusesAReasonThatSaysNothing(String reason) {
        assertThat(problems(flag(Map.of("reason", reason))))
                .extracting(Problem::field)
                .containsExactly("reason");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b", "lone \ud800 half", "escape \u001b[2J"})
    void refusesAReasonThatIsNoText(String reason) {
        assertThat(problems(flag(Map.of("reason", reason))))
                .extracting(Problem::field)
                .containsExactly("reason");
    }

    @Test
    void takesAReasonOfFourThousandCharactersAndNoMore() {
        assertThat(rules.check(flag(Map.of("reason", "x".repeat(4000)))).reason())
                .hasSize(4000);
        assertThat(problems(flag(Map.of("reason", "x".repeat(4001))))).hasSize(1);
    }

    @Test
    void listsTheCategoriesThereAre() {
        assertThat(problems(flag(Map.of("category", "threat"))))
                .singleElement()
                .satisfies(problem -> assertThat(problem.detail()).contains("THREAT", "WEAPONS_SALE", "OTHER"));
    }

    @Test
    void takesCovertFlagsFromMembersOfTheCovertGroupOnly() {
        for (Runnable outsider : List.<Runnable>of(() -> {}, () -> signIn("caseworkers"))) {
            outsider.run();
            InvalidFlag refused =
                    catchThrowableOfType(InvalidFlag.class, () -> rules.check(flag(Map.of("source", "COVERT"))));
            assertThat(refused.forbidden()).isTrue();
            assertThat(refused.problems()).singleElement().satisfies(problem -> {
                assertThat(problem.field()).isEqualTo("source");
                assertThat(problem.detail()).contains("for members of the covert group");
            });
        }
        signIn("covert-officers");
        assertThat(rules.check(flag(Map.of("source", "COVERT"))).source()).isEqualTo(Source.COVERT);
    }

    @Test
    void offersCovertAsASourceToMembersOnly() {
        assertThat(problems(flag(Map.of("source", "RUMOUR"))))
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.detail()).contains("PARTNER").doesNotContain("COVERT"));
        signIn("covert-officers");
        assertThat(problems(flag(Map.of("source", "RUMOUR"))))
                .singleElement()
                .satisfies(problem -> assertThat(problem.detail()).contains("COVERT"));
    }

    private static void signIn(String group) {
        SecurityContextHolder.getContext().setAuthentication(new TestingAuthenticationToken("somebody", "", group));
    }

    @AfterEach
    void signOut() {
        SecurityContextHolder.clearContext();
    }

    @Test
    void isOfOtherCategoryUnlessSaid() {
        assertThat(rules.check(flag(Map.of())).category()).isEqualTo(Category.OTHER);
    }

    @Test
    void comesFromOurOwnSearchUnlessAForceIsNamed() {
        assertThat(rules.check(flag(Map.of())).source()).isEqualTo(Source.OWN_SEARCH);
        assertThat(rules.check(flag(Map.of("reportingForce", "North"))).source())
                .isEqualTo(Source.FORCE);
        assertThat(rules.check(flag(Map.of("reportingForce", "North", "source", "PARTNER")))
                        .source())
                .isEqualTo(Source.PARTNER);
    }

    @ParameterizedTest
    @CsvSource({"true, true", "TRUE, true", "false, false", "FALSE, false", "'', false"})
    void readsTrueAndFalseAsSpreadsheetsWriteThem(String text, boolean meaning) {
        assertThat(rules.check(flag(Map.of("threatToLife", text))).threatToLife())
                .isEqualTo(meaning);
    }

    @Test
    void readsAKnownHostWithoutASchemeAsHttps() {
        assertThat(rules.check(flag(Map.of("url", "youtu.be/dQw4w9WgXcQ")))
                        .identity()
                        .key()
                        .value())
                .isEqualTo("yt:video:dQw4w9WgXcQ");
        assertThat(rules.check(flag(Map.of("url", "localhost:8090/@bob/7")))
                        .identity()
                        .host())
                .isEqualTo("localhost:8090");
    }

    private List<Problem> problems(Map<String, String> fields) {
        InvalidFlag refused = catchThrowableOfType(InvalidFlag.class, () -> rules.check(fields));
        assertThat(refused).as("the flag was taken").isNotNull();
        return refused.problems();
    }

    private static Map<String, String> flag(Map<String, String> changes) {
        Map<String, String> fields = new HashMap<>(Map.of("url", "https://social.example/@a/1", "reason", "because"));
        fields.putAll(changes);
        return fields;
    }
}
