package org.takedownhub.flagging.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.takedownhub.Http;
import org.takedownhub.Http.Answer;
import org.takedownhub.HubWebTest;

@HubWebTest
class FlagBatchApiTest {

    private static final String BATCH = "/api/v1/flags/batch";

    @Autowired
    private Http http;

    @Autowired
    private JdbcClient jdbc;

    private final String one = Http.freshUrl();
    private final String two = Http.freshUrl();

    @Test
    void keepsGoodRowsAndNamesBadOnesAsASpreadsheetNumbersThem() {
        Answer answer = http.postCsv(
                BATCH,
                """
                url,reason,category
                %s,first,THREAT

                javascript:alert(1),second,THREAT
                %s,"third, with
                a second line",OTHER
                %s,,OTHER
                %s,again,THREAT
                """
                        .formatted(one, two, Http.freshUrl(), one));

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        JsonNode batch = answer.json();
        assertThat(batch.fieldNames()).toIterable().containsExactly("accepted", "duplicates", "rejected", "cases");
        assertThat(batch.path("accepted").asInt()).isEqualTo(2);
        assertThat(batch.path("duplicates").asInt()).isEqualTo(1);
        assertThat(rejected(batch)).containsExactly("4 url", "6 reason");
        assertThat(batch.path("cases")).hasSize(2).allSatisfy(reference -> assertThat(reference.asText())
                .matches("TH-2026-[0-9]+"));
        assertThat(reasons(two)).containsExactly("third, with\na second line");
        assertThat(reasons(one)).containsExactlyInAnyOrder("first", "again");
    }

    @Test
    void readsAByteOrderMark() {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF});
        body.writeBytes(("url,reason\r\n" + one + ",Größe\r\n").getBytes(StandardCharsets.UTF_8));

        assertThat(http.postCsv(BATCH, body.toByteArray())
                        .json()
                        .path("accepted")
                        .asInt())
                .isEqualTo(1);
        assertThat(reasons(one)).containsExactly("Größe");
    }

    @Test
    void keepsFormulasAndQuotesAsText() {
        http.postCsv(BATCH, "url,reason\n" + one + ",\"=cmd|' /C calc'!A0 \"\"x\"\"\"\n" + two + ",'+1+1\n");

        assertThat(reasons(one)).containsExactly("=cmd|' /C calc'!A0 \"x\"");
        assertThat(reasons(two)).containsExactly("'+1+1");
    }

    @Test
    void rejectsOnlyTheRowWithAMillionCharactersInOneCell() {
        JsonNode batch = http.postCsv(
                        BATCH, "url,reason\n" + one + "," + "x".repeat(1_000_000) + "\n" + two + ",fine\n")
                .json();

        assertThat(batch.path("accepted").asInt()).isEqualTo(1);
        assertThat(rejected(batch)).containsExactly("2 reason");
    }

    @Test
    void rejectsRowsWithCellsTooManyOrTooFew() {
        JsonNode batch = http.postCsv(
                        BATCH, "url,reason,category\n" + one + ",a\n" + one + ",a, b,THREAT\n" + two + ",fine,THREAT\n")
                .json();

        assertThat(batch.path("accepted").asInt()).isEqualTo(1);
        assertThat(rejected(batch)).containsExactly("2 category", "3 category");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    url,category               | /1/reason
                    url,reason,colour          | /1/colour
                    url,reason,url             | /1/url
                    Url,reason                 | /1/Url
                    url;reason                 | /1/url;reason
                    https://social.example,bad | /1/https:~1~1social.example
                    """)
    void namesWhatIsWrongWithTheHeader(String header, String pointer) {
        Answer answer = http.postCsv(BATCH, header + "\n" + one + ",because\n");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("errors").findValuesAsText("pointer")).contains(pointer);
        assertThat(reasons(one)).isEmpty();
    }

    @Test
    void refusesABatchWithoutAHeader() {
        assertThat(http.postCsv(BATCH, "").status()).isEqualTo(400);
        assertThat(http.postCsv(BATCH, "\n\n").status()).isEqualTo(400);
    }

    @Test
    void takesAHeaderAloneAsAnEmptyBatch() {
        assertThat(http.postCsv(BATCH, "url,reason").json().path("accepted").asInt())
                .isZero();
    }

    @Test
    void storesNothingOfABatchWithAQuoteThatIsNeverClosed() {
        Answer answer = http.postCsv(BATCH, "url,reason\n" + one + ",fine\n" + two + ",\"open\n" + two + ",eaten\n");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("detail").asText()).contains("Row 3", "quote");
        assertThat(reasons(one)).isEmpty();
    }

    @Test
    void refusesABatchInAnotherCharacterSet() {
        byte[] latin = ("url,reason\n" + one + ",Größe\n").getBytes(StandardCharsets.ISO_8859_1);

        assertThat(http.postCsv(BATCH, latin).status()).isEqualTo(400);
        assertThat(http.send(http.to(BATCH)
                                .header("Content-Type", "text/csv; charset=iso-8859-1")
                                .POST(BodyPublishers.ofByteArray(latin)))
                        .status())
                .isEqualTo(400);
        assertThat(http.postCsv(BATCH, ("url,reason\n" + one + ",a").getBytes(StandardCharsets.UTF_16))
                        .status())
                .isEqualTo(400);
        assertThat(reasons(one)).isEmpty();
    }

    @Test
    void storesNothingInADryRunAndReportsTheSame() {
        http.postCsv(BATCH, "url,reason\n" + two + ",known\n");
        String csv = "url,reason\n" + one + ",a\n" + one + ",b\n" + two + ",c\nnonsense,d\n";

        JsonNode rehearsal = http.postCsv(BATCH + "?dryRun=true", csv).json();

        assertThat(reasons(one)).isEmpty();
        assertThat(reasons(two)).containsExactly("known");
        JsonNode batch = http.postCsv(BATCH, csv).json();
        assertThat(rehearsal.path("accepted").asInt()).isEqualTo(1);
        assertThat(rehearsal.path("duplicates").asInt()).isEqualTo(2);
        assertThat(List.of("accepted", "duplicates", "rejected"))
                .allSatisfy(count -> assertThat(rehearsal.path(count)).isEqualTo(batch.path(count)));
        assertThat(rehearsal.path("cases")).hasSize(1);
    }

    @Test
    void takesAJsonArrayAsWell() {
        Answer answer = http.post(
                BATCH,
                Http.json(List.of(
                        Map.of("url", one, "reason", "a", "threatToLife", true),
                        Map.of("url", two, "reason", "b", "colour", "red"),
                        Map.of("url", two, "reason", 7),
                        "text",
                        Map.of("url", two, "reason", "c"))));

        assertThat(answer.json().path("accepted").asInt()).isEqualTo(2);
        assertThat(rejected(answer.json())).containsExactly("2 colour", "3 reason", "4 url");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"url":"https://social.example/1","reason":"a"}
                    [{"url":"https://social.example/1","reason":"a"}
                    [{"url":"https://social.example/1","reason":"a"}] true
                    [{"url":"https://social.example/1","reason":"a","reason":"b"}]
                    [{"url":"https://social.example/1","reason":"a" "b"}]
                    """)
    void storesNothingOfBrokenJson(String body) {
        Answer answer = http.post(BATCH, body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(reasons("https://social.example/1")).isEmpty();
    }

    @Test
    void takesTenThousandRowsInOneCall() {
        String run = String.valueOf(Math.abs(one.hashCode()));
        String csv = IntStream.range(0, 10_000)
                .mapToObj(i -> "https://bulk.example/@drill/" + run + (i % 9_000 + 10_000) + ",row " + i)
                .collect(Collectors.joining("\n", "url,reason\n", "\n"));

        JsonNode batch = http.postCsv(BATCH, csv).json();

        assertThat(batch.path("accepted").asInt()).isEqualTo(9_000);
        assertThat(batch.path("duplicates").asInt()).isEqualTo(1_000);
        assertThat(batch.path("cases")).hasSize(9_000);
        assertThat(jdbc.sql("select count(*) from flag where url like ?")
                        .params("https://bulk.example/@drill/" + run + "%")
                        .query(Integer.class)
                        .single())
                .isEqualTo(10_000);
    }

    @Test
    void refusesMoreRowsThanItCanAnswer() {
        String csv = "x,\n".repeat(50_001);

        Answer answer = http.postCsv(BATCH, "url,reason\n" + csv);

        assertThat(answer.status()).isEqualTo(413);
    }

    private List<String> reasons(String url) {
        return jdbc.sql("select reason from flag where url = ?")
                .params(url)
                .query(String.class)
                .list();
    }

    private static List<String> rejected(JsonNode batch) {
        return batch.path("rejected").findParents("row").stream()
                .map(row -> row.path("row").asText() + " " + row.path("column").asText())
                .toList();
    }
}
