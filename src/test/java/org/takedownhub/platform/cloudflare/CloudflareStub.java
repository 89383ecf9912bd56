package org.takedownhub.platform.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.takedownhub.platform.ContractServer;

/**
 * Cloudflare's abuse reports as documented in November 2026 (submit, submitted, details, mitigations, token
 * verification), with the words of its errors. The error codes are not published; these here are made up.
 */
final class CloudflareStub extends ContractServer {

    static final String ACCOUNT = "0123456789abcdef0123456789abcdef";
    static final String TOKEN = "a-good-token";
    static final String REPORTS = "/client/v4/accounts/" + ACCOUNT + "/abuse-reports";

    private static final Set<String> FIELDS = Set.of(
            "act",
            "email",
            "email2",
            "name",
            "urls",
            "justification",
            "host_notification",
            "owner_notification",
            "comments",
            "company",
            "title",
            "tele",
            "reported_country",
            "reported_user_agent");
    private static final Set<String> REQUIRED = Set.of(
            "act", "email", "email2", "name", "urls", "justification", "host_notification", "owner_notification");
    private static final Set<String> TYPES = Set.of("abuse_threat", "abuse_general");

    private final Set<String> served = ConcurrentHashMap.newKeySet();
    private final Map<String, ObjectNode> reports = new ConcurrentHashMap<>();
    private final Map<String, ObjectNode> mitigations = new ConcurrentHashMap<>();
    private final List<JsonNode> bodies = new CopyOnWriteArrayList<>();
    private volatile boolean entitled = true;
    private volatile boolean ownedByAccount;
    private volatile boolean showsDetails = true;

    CloudflareStub serving(String... hosts) {
        served.addAll(List.of(hosts));
        return this;
    }

    void withdrawEntitlement() {
        entitled = false;
    }

    void giveTokensToTheAccount() {
        ownedByAccount = true;
    }

    void hideDetails() {
        showsDetails = false;
    }

    List<JsonNode> reports() {
        return List.copyOf(bodies);
    }

    /** What became of a report. */
    void decide(String id, String status, String denialReason) {
        reports.get(id).put("status", status).put("denial_reason", denialReason);
    }

    void notifyHost(String id) {
        reports.get(id).put("host_notified", true);
    }

    void mitigate(String id, String mitigation, String type, String status) {
        ((ArrayNode) mitigations
                        .computeIfAbsent(id, key -> {
                            ObjectNode result = JSON.createObjectNode();
                            result.putArray("mitigations");
                            return result;
                        })
                        .get("mitigations"))
                .addObject()
                .put("id", mitigation)
                .put("effective_date", "2026-11-23T09:00:00Z")
                .put("entity_id", "url")
                .put("entity_type", "url_pattern")
                .put("status", status)
                .put("type", type);
    }

    static Reply refused(int status, String code, String words) {
        ObjectNode body = JSON.createObjectNode().put("error_code", code).put("msg", words);
        body.putObject("request").put("act", "abuse_threat");
        return Reply.json(status, body.put("result", "error"));
    }

    private static Reply unauthenticated(int status) {
        ObjectNode body = JSON.createObjectNode().put("success", false);
        body.putArray("errors").addObject().put("code", 10000).put("message", "Authentication error");
        body.putArray("messages");
        return Reply.json(status, body.putNull("result"));
    }

    private static Reply result(JsonNode result) {
        ObjectNode body = JSON.createObjectNode().put("success", true);
        body.putArray("errors");
        body.putArray("messages");
        body.set("result", result);
        return Reply.json(200, body);
    }

    @Override
    protected Reply answer(Call call) throws IOException {
        boolean good = call.bearer().filter(TOKEN::equals).isPresent();
        String path = call.path();
        if (path.equals("/page") && call.bearer().isEmpty()) {
            return new Reply(200, "text/html", "<title>A page</title>", Map.of());
        }
        if (path.endsWith("/user/tokens/verify") || path.endsWith(ACCOUNT + "/tokens/verify")) {
            boolean here = path.contains("/user/") != ownedByAccount;
            return good && here
                    ? result(JSON.createObjectNode().put("id", "t").put("status", "active"))
                    : unauthenticated(401);
        }
        if (!path.startsWith("/client/v4/accounts/" + ACCOUNT + "/")) {
            return unauthenticated(404);
        }
        if (!good || !entitled) {
            return unauthenticated(401);
        }
        String rest = path.substring(REPORTS.length());
        return call.method().equals("POST") ? submit(call, rest.substring(1)) : read(call, rest);
    }

    private Reply read(Call call, String rest) {
        if (rest.equals("/submitted")) {
            Call.stranger(
                            call.query().keySet(),
                            Set.of(
                                    "id",
                                    "created_after",
                                    "created_before",
                                    "domain",
                                    "page",
                                    "per_page",
                                    "sort",
                                    "status",
                                    "type"))
                    .ifPresent(name -> {
                        throw new Refused(unauthenticated(400));
                    });
            ObjectNode list = JSON.createObjectNode();
            ArrayNode found = list.putArray("reports");
            reports.values().stream()
                    .filter(report -> !call.query().containsKey("domain")
                            || report.get("domain")
                                    .textValue()
                                    .equals(call.query().get("domain")))
                    .forEach(report -> {
                        ObjectNode shown = report.deepCopy();
                        shown.remove(List.of("urls", "host_notified"));
                        found.add(shown);
                    });
            return result(list);
        }
        String[] parts = rest.substring(1).split("/");
        String id = parts[0].equals("submitted") ? parts[1] : parts[0];
        ObjectNode report = reports.get(id);
        if (report == null || !parts[0].equals("submitted") && !showsDetails) {
            return unauthenticated(404);
        }
        if (parts[0].equals("submitted")) {
            ObjectNode shown = report.deepCopy();
            shown.remove("host_notified");
            return result(shown);
        }
        if (parts.length == 1) {
            ObjectNode details = JSON.createObjectNode().put("id", id).put("status", "in_review");
            details.putObject("mitigation_summary")
                    .put("accepted_url_count", 0)
                    .put("active_count", 0)
                    .put("external_host_notified", report.path("host_notified").asBoolean())
                    .put("in_review_count", 0)
                    .put("pending_count", 0);
            return result(details);
        }
        return result(mitigations.getOrDefault(id, JSON.createObjectNode().set("mitigations", JSON.createArrayNode())));
    }

    private Reply submit(Call call, String type) throws IOException {
        JsonNode body = call.json();
        if (!TYPES.contains(type) || !type.equals(body.path("act").textValue())) {
            return refused(400, "bad_act", "Invalid report type");
        }
        if (Call.stranger(body::fieldNames, FIELDS).isPresent()) {
            return refused(400, "unknown_field", "Unknown field");
        }
        for (String field : REQUIRED) {
            if (body.path(field).asText().isEmpty()) {
                return refused(400, "missing_field", "Missing a required field");
            }
        }
        if (!body.get("email").equals(body.get("email2"))) {
            return refused(400, "diff_email", "Provided emails did not match");
        }
        for (Map.Entry<String, Integer> limit : Map.of(
                        "name", 255, "company", 100, "title", 255, "comments", 2000, "justification", 5000)
                .entrySet()) {
            if (body.path(limit.getKey()).asText().length() > limit.getValue()) {
                return refused(400, "bad_" + limit.getKey(), "Provided value has invalid size");
            }
        }
        for (String field : List.of("host_notification", "owner_notification")) {
            if (!Set.of("send", "send-anon").contains(body.get(field).textValue())) {
                return refused(400, "invalid_notify", "Invalid value for notification preference");
            }
        }
        List<String> urls = Arrays.asList(body.get("urls").textValue().split("\n"));
        Reply wrong = wrong(urls);
        if (wrong != null) {
            return wrong;
        }
        bodies.add(body);
        String id = "rand" + bodies.size();
        ObjectNode report = JSON.createObjectNode()
                .put("id", id)
                .put("cdate", "2026-11-22T12:00:01Z")
                .put("domain", URI.create(urls.get(0)).getHost())
                .put("status", "submitted")
                .putNull("denial_reason")
                .put("type", type.equals("abuse_threat") ? "THREAT" : "GEN");
        urls.forEach(report.putArray("urls")::add);
        reports.put(id, report);
        Map<String, Object> taken = new LinkedHashMap<>();
        taken.put("abuse_rand", id);
        taken.put("request", Map.of("act", type));
        taken.put("result", "success");
        return Reply.json(200, taken);
    }

    private Reply wrong(List<String> urls) {
        if (urls.size() > 250 || new HashSet<>(urls).size() < urls.size()) {
            return refused(400, "bad_urls", "Invalid URL list");
        }
        Set<String> hosts = new HashSet<>();
        for (String url : urls) {
            URI uri = URI.create(url);
            if (!Set.of("http", "https").contains(uri.getScheme())) {
                return refused(400, "bad_urls", "Invalid URL Scheme (http or https)");
            }
            hosts.add(uri.getHost());
        }
        if (hosts.size() > 1) {
            return refused(400, "multiple_hosts", "More than one hostname in urls");
        }
        if (!served.containsAll(hosts)) {
            return refused(400, "not_orange", "The URL is not orange: it is not on Cloudflare");
        }
        for (ObjectNode report : reports.values()) {
            for (JsonNode known : report.get("urls")) {
                if (urls.contains(known.textValue())) {
                    return refused(400, "dedupe", "You have already submitted this URL in the last 7 days");
                }
            }
        }
        return null;
    }
}
