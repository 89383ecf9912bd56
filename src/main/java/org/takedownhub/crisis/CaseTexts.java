package org.takedownhub.crisis;

import static org.takedownhub.audit.Instants.stored;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.takedownhub.casefile.CaseReference;

/** The words on file about a case: why it was flagged, whose content it is, and what was captured of it. */
@Component
class CaseTexts {

    /** What is longer is cut: names stand near the top of a post. */
    private static final int LONGEST_CAPTURE = 100_000;

    private final JdbcClient jdbc;
    private final ObjectMapper json;

    CaseTexts(JdbcClient jdbc, ObjectMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** Open cases that a crisis does not have yet. */
    List<CaseReference> openWithout(String crisisId) {
        return jdbc.sql("select case_reference from takedown_case c where c.state not in ('WATCHING', 'CLOSED') and not"
                        + " exists (select 1 from crisis_case m where m.case_reference = c.case_reference and"
                        + " m.crisis_id = ?) order by c.case_reference")
                .params(crisisId)
                .query((row, number) -> new CaseReference(row.getString(1)))
                .list();
    }

    /** Everything that people and platforms have written down, without captures. */
    String written(CaseReference reference) {
        return String.join(
                "\n",
                jdbc.sql("select reason from takedown_case where case_reference = :case"
                                + " union all select account_key from takedown_case where case_reference = :case"
                                + " union all select canonical_url from takedown_case where case_reference = :case"
                                + " union all select reason from flag where case_reference = :case"
                                + " union all select reasons from verification where case_reference = :case"
                                + " union all select known_as from platform_identity where case_reference = :case")
                        .param("case", reference.value())
                        .query((row, number) ->
                                Optional.ofNullable(row.getString(1)).orElse(""))
                        .list());
    }

    /** The words of what was captured since an instant. */
    String captured(CaseReference reference, Instant since) {
        List<String> words = new ArrayList<>();
        jdbc.sql("select media_type, content from evidence where case_reference = ? and state = 'CAPTURED' and"
                        + " captured_at >= ? and (media_type like 'text/%' or media_type like '%json%')")
                .params(reference.value(), stored(since))
                .query(row -> {
                    words.add(words(row.getString("media_type"), shortened(row.getString("content"))));
                });
        return String.join("\n", words);
    }

    private String words(String mediaType, String content) {
        if (!mediaType.contains("json")) {
            return Jsoup.parse(content).text();
        }
        try {
            List<String> texts = new ArrayList<>();
            collect(json.readTree(content), texts);
            return texts.stream().map(text -> Jsoup.parse(text).text()).reduce("", (one, other) -> one + "\n" + other);
        } catch (JsonProcessingException cutOff) {
            return content;
        }
    }

    private static void collect(JsonNode node, List<String> texts) {
        if (node.isTextual()) {
            texts.add(node.asText());
        }
        node.forEach(child -> collect(child, texts));
    }

    private static String shortened(String content) {
        return content.length() <= LONGEST_CAPTURE ? content : content.substring(0, LONGEST_CAPTURE);
    }
}
