package org.takedownhub.platform.mastodon;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The relatives of {@link MastodonStub}: what each does otherwise, as its own source says. */
final class DialectStubs {

    private DialectStubs() {}

    private static String known(JsonNode body, Set<String> fields) {
        for (Iterator<String> names = body.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!fields.contains(name)) {
                throw new MastodonStub.Refused(400, "Unexpected field: " + name);
            }
        }
        return body.path("comment").asText("");
    }

    /** GoToSocial 0.20 (reportcreate.go, reportget.go, statusget.go, thread.go). */
    static final class GoToSocial extends MastodonStub {

        static final String ACCOUNT = "01F8MH5ZK5VRH73AKHQM6Y9VNX";
        static final String POST = "01FVW7JHQFSFK166WWKR8CBA6M";
        static final String SECOND = "01FVW7JHQFSFK166WWKR8CBA6N";
        static final String CONTROL = "01FVW7JHQFSFK166WWKR8CBA7A";

        private static final String ULID = "[0-7][0-9A-HJKMNP-TV-Z]{25}";
        private final Map<String, ObjectNode> filed = new ConcurrentHashMap<>();
        private volatile boolean blockingUs;

        GoToSocial() {
            post(POST, ACCOUNT);
            post(SECOND, ACCOUNT);
            post(CONTROL, "01F8MH5ZK5VRH73AKHQM6Y9VNZ");
        }

        /** An old report of ours. */
        String file(int number) {
            String id = "01AAAAAAAAAAAAAAAAAAAA%04d".formatted(number);
            filed.put(
                    id,
                    JSON.createObjectNode()
                            .put("id", id)
                            .put("created_at", "2026-10-01T12:00:00.000Z")
                            .put("action_taken", false));
            return id;
        }

        void close(String id, String comment) {
            filed.get(id)
                    .put("action_taken", true)
                    .put("action_taken_at", "2026-11-22T13:00:00.000Z")
                    .put("action_taken_comment", comment);
        }

        /** The author blocks our account: the API hides the post from us alone. */
        void blockUs() {
            blockingUs = true;
        }

        @Override
        Set<String> scopesOf(String token) {
            return switch (token) {
                case TOKEN -> Set.of("write:reports", "read:reports", "read:search", "read:accounts", "read:statuses");
                case NARROW_TOKEN -> Set.of("write:reports", "read:search", "read:accounts", "read:statuses");
                default -> null;
            };
        }

        @Override
        ObjectNode instance() {
            ObjectNode instance = JSON.createObjectNode()
                    .put("version", "0.20.2+git-27f52d4")
                    .put("source_url", "https://codeberg.org/superseriousbusiness/gotosocial");
            instance.putArray("rules").addObject().put("id", "01GP3AWY4CRDVRNZKW0TEAMB51");
            return instance;
        }

        @Override
        void answer(HttpExchange exchange, String call) throws IOException {
            String last = call.substring(call.lastIndexOf('/') + 1);
            if (call.startsWith("GET /@")) {
                boolean up = call.matches("GET /@author/statuses/" + ULID) && posts.containsKey(last);
                send(exchange, up ? 200 : 404, "text/html", "<!DOCTYPE html><title>Thread</title>");
            } else if (call.equals("GET /api/v1/reports")) {
                require(exchange, "read:reports");
                Map<String, String> query = query(exchange, Set.of("limit", "max_id", "resolved"));
                String before = query.getOrDefault("max_id", "~");
                ArrayNode page = JSON.createArrayNode();
                filed.entrySet().stream()
                        .filter(report -> report.getKey().compareTo(before) < 0)
                        .sorted(Map.Entry.<String, ObjectNode>comparingByKey().reversed())
                        .limit(Math.min(100, Integer.parseInt(query.getOrDefault("limit", "20"))))
                        .forEach(report -> page.add(report.getValue()));
                json(exchange, page);
            } else if (call.startsWith("GET /api/v1/reports/")) {
                require(exchange, "read:reports");
                if (!filed.containsKey(last)) {
                    throw new Refused(404, "Not Found");
                }
                json(exchange, filed.get(last));
            } else {
                if (!call.contains("/instance") && scopes(exchange) == null) {
                    throw new Refused(401, "Unauthorized: token was not provided");
                }
                if (blockingUs && call.equals("GET /api/v1/statuses/" + POST)) {
                    throw new Refused(404, "Not Found");
                }
                super.answer(exchange, call);
            }
        }

        @Override
        void report(HttpExchange exchange) throws IOException {
            require(exchange, "write:reports");
            JsonNode body = JSON.readTree(exchange.getRequestBody());
            String comment =
                    known(body, Set.of("account_id", "status_ids", "comment", "forward", "category", "rule_ids"));
            if (!text(body, "account_id").matches(ULID)) {
                throw new Refused(400, "Bad Request: account_id was not valid");
            }
            if (comment.codePointCount(0, comment.length()) > 1000) {
                throw new Refused(400, "Bad Request: comment length must be no more than 1000 chars");
            }
            if (!body.path("category").asText("other").equals("other")) {
                throw new Refused(400, "This stub takes the one category that is honoured");
            }
            for (JsonNode id : body.path("status_ids")) {
                if (!posts.containsKey(id.textValue())) {
                    throw new Refused(404, "Not Found");
                }
            }
            reports.add(body);
            ObjectNode report = JSON.createObjectNode()
                    .put("id", "01GP3AWY4CRDVRNZKW0TEAMB5" + "ABCDEFGHJK".charAt(reports.size()))
                    .put("created_at", "2026-11-22T12:00:01.000Z")
                    .put("action_taken", false)
                    .putNull("action_taken_at")
                    .putNull("action_taken_comment")
                    .put("category", "other")
                    .put("comment", comment);
            report.set("status_ids", body.path("status_ids"));
            filed.put(report.get("id").textValue(), report);
            json(exchange, report);
        }
    }

    /** Pleroma 2.7 and Akkoma 3 (report_operation.ex, make_report_content_html). */
    static final class Pleroma extends MastodonStub {

        static final String ACCOUNT = "9n2ciuz1wdesFnrGJU";
        static final String POST = "AVtKJxNxLHTPDvRm6y";

        Pleroma() {
            post(POST, ACCOUNT);
            version("2.7.2 (compatible; Akkoma 3.15.1)");
        }

        @Override
        void report(HttpExchange exchange) throws IOException {
            require(exchange, "write:reports");
            JsonNode body = JSON.readTree(exchange.getRequestBody());
            String comment = known(body, Set.of("account_id", "status_ids", "comment", "forward", "rule_ids"));
            if (comment.codePointCount(0, comment.length()) > 1000) {
                throw new Refused(400, "Comment must be up to 1000 characters");
            }
            if (!accounts.containsKey(text(body, "account_id"))) {
                throw new Refused(400, "Account not found");
            }
            reports.add(body);
            json(
                    exchange,
                    JSON.createObjectNode().put("id", "AVtKKxNxLHTPDvRm6z").put("action_taken", false));
        }
    }

    /** Pixelfed 0.12 (ApiV1Dot1Controller::report, Exceptions/Handler). */
    static final class Pixelfed extends MastodonStub {

        private static final Set<String> TYPES = Set.of(
                "spam",
                "sensitive",
                "abusive",
                "underage",
                "violence",
                "copyright",
                "impersonation",
                "scam",
                "terrorism");

        private final Set<String> filed = ConcurrentHashMap.newKeySet();

        Pixelfed() {
            post("703", "11");
            post("900", "19");
            version("3.5.3 (compatible; Pixelfed 0.12.7)");
        }

        @Override
        Set<String> scopesOf(String token) {
            return switch (token) {
                case TOKEN -> Set.of("write", "read", "read:search", "read:accounts", "read:statuses");
                case READ_ONLY_TOKEN -> Set.of("read", "read:search", "read:accounts", "read:statuses");
                default -> null;
            };
        }

        @Override
        void answer(HttpExchange exchange, String call) throws IOException {
            if (call.equals("POST /api/v1.1/report")) {
                reportOnce(exchange);
            } else if (call.startsWith("POST")) {
                throw new Refused(404, "");
            } else if (call.startsWith("GET /p/")) {
                boolean up = posts.containsKey(call.substring(call.lastIndexOf('/') + 1));
                send(exchange, up ? 200 : 404, "text/html", "<!DOCTYPE html><title>Pixelfed</title>");
            } else if (!call.contains("/instance") && scopes(exchange) == null) {
                throw new Refused(403, "");
            } else {
                super.answer(exchange, call);
            }
        }

        private void reportOnce(HttpExchange exchange) throws IOException {
            if (scopes(exchange) == null || !scopes(exchange).contains("write")) {
                throw new Refused(403, "");
            }
            JsonNode body = JSON.readTree(exchange.getRequestBody());
            known(body, Set.of("report_type", "object_type", "object_id"));
            String id = body.path("object_id").asText("");
            String type = body.path("object_type").asText("");
            if (id.isEmpty()
                    || type.isEmpty()
                    || body.path("report_type").asText("").isEmpty()) {
                error(exchange, "ERROR_INVALID_PARAMS");
            } else if (!TYPES.contains(body.get("report_type").asText())) {
                error(exchange, "ERROR_TYPE_INVALID");
            } else if (type.equals("user") && id.equals("1")) {
                error(exchange, "ERROR_NO_SELF_REPORTS");
            } else if (!type.equals("post") && !type.equals("user")) {
                error(exchange, "ERROR_REPORT_OBJECT_TYPE_INVALID");
            } else if (type.equals("post") ? !posts.containsKey(id) : !accounts.containsKey(id)) {
                error(exchange, "ERROR_INVALID_OBJECT_ID");
            } else if (!filed.add(type + id)) {
                error(exchange, "ERROR_REPORT_DUPLICATE");
            } else {
                reports.add(body);
                json(
                        exchange,
                        JSON.createObjectNode()
                                .put("msg", "Successfully sent report")
                                .put("code", 200));
            }
        }

        private static void error(HttpExchange exchange, String code) throws IOException {
            send(exchange, 400, "application/json", refusal(code));
        }

        static String refusal(String code) {
            return "{\"msg\":\"No\",\"code\":400,\"error_code\":\"" + code + "\"}";
        }
    }
}
