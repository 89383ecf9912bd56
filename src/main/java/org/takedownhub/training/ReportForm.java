package org.takedownhub.training;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parameters of {@code POST /api/v1/reports}, form or JSON, read as the real platform reads them: a field it does
 * not know, or a scalar where it expects a list, is dropped without a word. We note it in the log, since it is nearly
 * always a mistake of the caller.
 */
record ReportForm(
        String accountId,
        List<String> statusIds,
        List<String> collectionIds,
        String comment,
        Optional<String> category,
        List<String> ruleIds) {

    private static final Logger LOG = LoggerFactory.getLogger(ReportForm.class);
    private static final Set<String> SCALARS = Set.of("account_id", "comment", "category", "forward");
    private static final Set<String> LISTS = Set.of("status_ids", "collection_ids", "rule_ids");

    static ReportForm ofParameters(HttpServletRequest request) {
        Map<String, String[]> given = request.getParameterMap();
        for (String name : given.keySet()) {
            boolean list = name.endsWith("[]") && LISTS.contains(name.substring(0, name.length() - 2));
            if (!list && !SCALARS.contains(name)) {
                dropped(name);
            }
        }
        return new ReportForm(
                last(given, "account_id").orElse(""),
                all(given, "status_ids[]"),
                all(given, "collection_ids[]"),
                last(given, "comment").orElse(""),
                last(given, "category"),
                all(given, "rule_ids[]"));
    }

    static ReportForm ofJson(JsonNode body) {
        body.fieldNames().forEachRemaining(name -> {
            boolean list = LISTS.contains(name) && body.get(name).isArray();
            boolean scalar = SCALARS.contains(name) && body.get(name).isValueNode();
            if (!list && !scalar && !body.get(name).isNull()) {
                dropped(name);
            }
        });
        return new ReportForm(
                text(body, "account_id").orElse(""),
                texts(body, "status_ids"),
                texts(body, "collection_ids"),
                text(body, "comment").orElse(""),
                text(body, "category"),
                texts(body, "rule_ids"));
    }

    private static void dropped(String name) {
        String printable = name.matches("[A-Za-z0-9_\\[\\]]{1,40}") ? name : "with an odd name";
        LOG.warn("A report has the parameter {}, which Mastodon drops", printable);
    }

    private static Optional<String> last(Map<String, String[]> given, String name) {
        String[] values = given.get(name);
        return values == null || values.length == 0 ? Optional.empty() : Optional.of(values[values.length - 1]);
    }

    private static List<String> all(Map<String, String[]> given, String name) {
        String[] values = given.get(name);
        return values == null ? List.of() : List.of(values);
    }

    private static Optional<String> text(JsonNode body, String name) {
        JsonNode value = body.get(name);
        return value == null || !value.isValueNode() || value.isNull() ? Optional.empty() : Optional.of(value.asText());
    }

    private static List<String> texts(JsonNode body, String name) {
        List<String> values = new ArrayList<>();
        JsonNode list = body.get(name);
        if (list != null && list.isArray()) {
            list.forEach(value -> values.add(value.asText()));
        }
        return values;
    }
}
