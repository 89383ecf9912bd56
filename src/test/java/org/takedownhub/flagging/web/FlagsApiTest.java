package org.takedownhub.flagging.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.takedownhub.Http;
import org.takedownhub.Http.Answer;
import org.takedownhub.HubWebTest;

@HubWebTest
class FlagsApiTest {

    private static final String FLAGS = "/api/v1/flags";

    @Autowired
    private Http http;

    @Autowired
    private JdbcClient jdbc;

    private final String url = Http.freshUrl();

    @Test
    void acknowledgesANewCase() {
        Answer answer = http.post(FLAGS, flag(Map.of()));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().fieldNames())
                .toIterable()
                .containsExactly("flagId", "caseReference", "contentKey", "duplicate");
        assertThat(answer.json().path("caseReference").asText()).matches("TH-2026-[0-9]{6,}");
        assertThat(answer.json().path("contentKey").asText()).startsWith("ap:status:social.example/");
        assertThat(answer.json().path("duplicate").asBoolean()).isFalse();
    }

    @Test
    void joinsAnOpenCase() {
        Answer first = http.post(FLAGS, flag(Map.of()));
        Answer second = http.post(FLAGS, flag(Map.of("reason", "Seen as well")));

        assertThat(second.status()).isEqualTo(200);
        assertThat(second.json().path("duplicate").asBoolean()).isTrue();
        assertThat(second.json().path("caseReference")).isEqualTo(first.json().path("caseReference"));
        assertThat(second.json().path("flagId")).isNotEqualTo(first.json().path("flagId"));
    }

    @Test
    void keepsEverythingTheReporterSaid() {
        String flagId = http.post(
                        FLAGS,
                        flag(Map.of(
                                "reason", "=HYPERLINK(\"x\") <b>& \"quotes\"",
                                "category", "INTIMIDATION",
                                "source", "PARTNER",
                                "reportingForce", "North",
                                "threatToLife", true,
                                "reporterReference", "N/4711")))
                .json()
                .path("flagId")
                .asText();

        Map<String, Object> row = jdbc.sql("select * from flag where flag_id = ?")
                .params(flagId)
                .query()
                .singleRow();
        assertThat(row)
                .containsEntry("reason", "=HYPERLINK(\"x\") <b>& \"quotes\"")
                .containsEntry("category", "INTIMIDATION")
                .containsEntry("source", "PARTNER")
                .containsEntry("reporting_force", "North")
                .containsEntry("threat_to_life", true)
                .containsEntry("reporter_reference", "N/4711")
                .containsEntry("flagged_by", "caseworker1")
                .containsEntry("url", url);
    }

    @Test
    void namesEachFieldThatIsWrong() {
        Answer answer = http.post(FLAGS, "{\"url\":\"javascript:alert(1)\",\"category\":\"NICE\"}");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(pointers(answer)).containsExactlyInAnyOrder("/url", "/reason", "/category");
    }

    @Test
    void refusesAnUnknownFieldByName() {
        Answer answer = http.post(FLAGS, flag(Map.of("priority", "high")));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(pointers(answer)).containsExactly("/priority");
        assertThat(answer.text()).contains("reporterReference");
    }

    @Test
    void refusesAWrongTypeByName() {
        assertThat(pointers(http.post(FLAGS, flag(Map.of("threatToLife", "yes")))))
                .containsExactly("/threatToLife");
        assertThat(pointers(http.post(FLAGS, flag(Map.of("reason", 7))))).containsExactly("/reason");
    }

    @Test
    void refusesCovertFlagsOfOutsidersWithoutLookingAtThem() {
        assertThat(http.postAs("covert1", FLAGS, flag(Map.of("source", "COVERT")))
                        .status())
                .isEqualTo(201);
        for (String flag : List.of(
                flag(Map.of("source", "COVERT")),
                flag(Map.of("source", "COVERT", "url", Http.freshUrl())),
                flag(Map.of("source", "COVERT", "category", "NICE")))) {
            Answer answer = http.post(FLAGS, flag);
            assertThat(answer.status()).isEqualTo(403);
            assertThat(pointers(answer)).containsExactly("/source");
            assertThat(answer.text()).contains("for members of the covert group");
        }
    }

    @Test
    void keepsTheCovertAndTheOvertCaseOfTheSameContentApart() {
        Answer covert = http.postAs("covert1", FLAGS, flag(Map.of("source", "COVERT")));
        Answer overt = http.post(FLAGS, flag(Map.of()));
        Answer covertAgain = http.postAs("covert1", FLAGS, flag(Map.of("source", "COVERT")));
        Answer overtAgain = http.postAs("covert1", FLAGS, flag(Map.of("source", "FORCE")));

        assertThat(overt.status())
                .as("an outsider's flag opens a case of its own")
                .isEqualTo(201);
        assertThat(reference(overt)).isNotEqualTo(reference(covert));
        assertThat(covertAgain.status()).isEqualTo(200);
        assertThat(reference(covertAgain)).isEqualTo(reference(covert));
        assertThat(reference(overtAgain)).isEqualTo(reference(overt));
        String both = "/api/v1/cases/" + reference(overt);
        assertThat(http.get(both).json().path("links")).isEmpty();
        assertThat(http.get(both + "/timeline").text()).doesNotContain(reference(covert));
        assertThat(http.getAs("covert1", both).json().path("links"))
                .singleElement()
                .satisfies(
                        link -> assertThat(link.path("caseReference").asText()).isEqualTo(reference(covert)));
        assertThat(http.getAs("covert1", "/api/v1/cases/" + reference(covert) + "/timeline")
                        .text())
                .contains("case.linked", reference(overt));
    }

    @Test
    void rehearsesABatchOnTheSideOfEachRow() {
        http.postAs("covert1", FLAGS, flag(Map.of("source", "COVERT")));
        String row = "url,reason,source%n%s,seen,FORCE%n".formatted(url);
        Answer outsider = http.postCsv(FLAGS + "/batch?dryRun=true", row);
        assertThat(outsider.json().path("accepted").asInt()).isEqualTo(1);
        assertThat(outsider.json().path("cases")).isEmpty();
        Answer refused = http.postCsv(FLAGS + "/batch", row.replace("FORCE", "COVERT"));
        assertThat(refused.json().path("rejected")).singleElement().satisfies(rejected -> assertThat(
                        rejected.path("column").asText())
                .isEqualTo("source"));
    }

    private static String reference(Answer answer) {
        return answer.json().path("caseReference").asText();
    }

    @Test
    void keepsBothOfTwoFlagsAtOnce() {
        List<Answer> answers = Stream.of("one", "two")
                .map(reason -> CompletableFuture.supplyAsync(() -> http.post(FLAGS, flag(Map.of("reason", reason)))))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(200, 201);
        assertThat(answers.get(0).json().path("caseReference"))
                .isEqualTo(answers.get(1).json().path("caseReference"));
        assertThat(jdbc.sql("select reason from flag where url = ?")
                        .params(url)
                        .query(String.class)
                        .list())
                .containsExactlyInAnyOrder("one", "two");
    }

    @Test
    void doesNotDoubleAFlagSentTwiceWithOneKey() {
        String key = UUID.randomUUID().toString();
        Answer first = http.post(FLAGS, key, flag(Map.of()));
        Answer second = http.post(FLAGS, key, flag(Map.of()));

        assertThat(second.status()).isEqualTo(201);
        assertThat(second.text()).isEqualTo(first.text());
        assertThat(jdbc.sql("select count(*) from flag where url = ?")
                        .params(url)
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    private String flag(Map<String, Object> changes) {
        Map<String, Object> flag = new HashMap<>(Map.of("url", url, "reason", "Threatens a named person"));
        flag.putAll(changes);
        return Http.json(flag);
    }

    private static List<String> pointers(Answer answer) {
        return answer.json().path("errors").findValues("pointer").stream()
                .map(JsonNode::asText)
                .toList();
    }
}
