package org.takedownhub.platform.reddit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.takedownhub.platform.ContractServer;

/**
 * Reddit's API as its generated clients agree on it: {@code api/report}, {@code api/info}, {@code about/rules}, the token
 * endpoint, the rate headers, and errors with HTTP 200.
 */
final class RedditStub extends ContractServer {

    static final String REPORT = "POST /api/report";
    static final String INFO = "GET /api/info";
    static final String RULES = "GET /r/knives/about/rules";
    static final String TOKEN = "POST /api/v1/access_token";
    static final String THREATENS = "It threatens violence or physical harm at someone else";

    private static final Map<String, Integer> FIELDS = Map.ofEntries(
            Map.entry("api_type", 4),
            Map.entry("thing_id", 20),
            Map.entry("reason", 100),
            Map.entry("rule_reason", 100),
            Map.entry("site_reason", 100),
            Map.entry("other_reason", 100),
            Map.entry("custom_text", 2000),
            Map.entry("additional_info", 2000),
            Map.entry("sr_name", 1000),
            Map.entry("usernames", 1000),
            Map.entry("strict_freeform_reports", 5),
            Map.entry("from_modmail", 5),
            Map.entry("from_help_desk", 5),
            Map.entry("modmail_conv_id", 20));

    private final Map<String, ObjectNode> things = new ConcurrentHashMap<>();
    private final Set<String> reasons = ConcurrentHashMap.newKeySet();
    private final List<Map<String, String>> reports = new CopyOnWriteArrayList<>();
    private final AtomicInteger tokens = new AtomicInteger();
    private final AtomicInteger used = new AtomicInteger();
    private volatile int expired;
    private volatile int allowance = 1000;
    private volatile boolean grantWithdrawn;

    RedditStub() {
        reasons.addAll(Set.of(THREATENS, "It's a transaction for prohibited goods or services"));
    }

    ObjectNode post(String id) {
        ObjectNode post = thing("t3_" + id);
        return post.put("title", "A post").putNull("removed_by_category");
    }

    ObjectNode comment(String id) {
        return thing("t1_" + id).put("body", "A comment");
    }

    private ObjectNode thing(String name) {
        ObjectNode thing = JSON.createObjectNode()
                .put("name", name)
                .put("author", "someone")
                .put("subreddit", "knives");
        things.put(name, thing);
        return thing;
    }

    void remove(String name) {
        things.remove(name);
    }

    void withdraw(String reason) {
        reasons.remove(reason);
    }

    void expireTokens() {
        expired = tokens.get();
    }

    void withdrawGrant() {
        grantWithdrawn = true;
    }

    void allow(int requests) {
        allowance = requests;
    }

    List<Map<String, String>> reports() {
        return List.copyOf(reports);
    }

    static Reply errors(String code) {
        ObjectNode body = JSON.createObjectNode();
        body.putObject("json")
                .put("ratelimit", 90.5)
                .putArray("errors")
                .addArray()
                .add(code)
                .add("the words of " + code)
                .add("reason");
        return Reply.json(200, body);
    }

    @Override
    protected Reply answer(Call call) throws IOException {
        if (call.headers()
                .first("User-Agent")
                .filter(agent -> agent.contains("/u/hub"))
                .isEmpty()) {
            throw new Refused(Reply.json(429, Map.of("message", "Too Many Requests", "error", 429)));
        }
        if (call.line().equals(TOKEN)) {
            return token(call);
        }
        boolean valid = call.bearer()
                .filter(token -> token.matches("token-[0-9]{1,6}"))
                .map(token -> Integer.parseInt(token.substring(6)))
                .filter(number -> number > expired && number <= tokens.get())
                .isPresent();
        if (!valid) {
            throw new Refused(Reply.json(401, Map.of("message", "Unauthorized", "error", 401)));
        }
        return paced(
                switch (call.line()) {
                    case REPORT -> report(call);
                    case INFO -> info(call);
                    case RULES -> rules();
                    default -> Reply.json(404, Map.of("message", "Not Found", "error", 404));
                });
    }

    private Reply paced(Reply reply) {
        int left = Math.max(allowance - used.incrementAndGet(), 0);
        return new Reply(
                reply.status(),
                reply.type(),
                reply.body(),
                Map.of(
                        "X-Ratelimit-Used",
                        used.toString(),
                        "X-Ratelimit-Remaining",
                        left + ".0",
                        "X-Ratelimit-Reset",
                        "240"));
    }

    private Reply token(Call call) {
        String basic = "Basic "
                + Base64.getEncoder().encodeToString("client:the-client-secret".getBytes(StandardCharsets.UTF_8));
        if (call.headers().first("Authorization").filter(basic::equals).isEmpty()) {
            return Reply.json(401, Map.of("message", "Unauthorized", "error", 401));
        }
        Map<String, String> form = call.form();
        if (!form.keySet().equals(Set.of("grant_type", "refresh_token"))
                || !form.get("grant_type").equals("refresh_token")) {
            return Reply.json(200, Map.of("error", "unsupported_grant_type"));
        }
        if (!form.get("refresh_token").equals("the-refresh-token") || grantWithdrawn) {
            return Reply.json(400, Map.of("message", "Bad Request", "error", "invalid_grant"));
        }
        return Reply.json(
                200,
                Map.of(
                        "access_token",
                        "token-" + tokens.incrementAndGet(),
                        "token_type",
                        "bearer",
                        "expires_in",
                        86_400,
                        "scope",
                        "read report"));
    }

    private Reply report(Call call) {
        Map<String, String> form = call.form();
        if (Call.stranger(form.keySet(), FIELDS.keySet()).isPresent()) {
            return errors("INVALID_OPTION");
        }
        for (Map.Entry<String, String> field : form.entrySet()) {
            if (field.getValue().length() > FIELDS.get(field.getKey())) {
                return errors("TOO_LONG");
            }
        }
        if (!"json".equals(form.get("api_type"))) {
            return new Reply(200, "application/json", "{\"jquery\":[]}", Map.of());
        }
        if (!things.containsKey(form.getOrDefault("thing_id", ""))) {
            return errors("NO_THING_ID");
        }
        boolean known = form.containsKey("site_reason")
                && reasons.contains(form.get("site_reason"))
                && form.get("site_reason").equals(form.get("reason"));
        if (!known && "true".equals(form.get("strict_freeform_reports"))) {
            return errors("FREE_FORM_REPORTS_NOT_ALLOWED");
        }
        // without "strict" it disappears, with the very same answer
        if (known) {
            reports.add(form);
        }
        return Reply.json(200, Map.of("json", Map.of("errors", List.of())));
    }

    private Reply info(Call call) {
        List<String> names = Arrays.asList(call.query().getOrDefault("id", "").split(","));
        if (names.size() > 100
                || Call.stranger(call.query().keySet(), Set.of("id", "raw_json"))
                        .isPresent()) {
            return Reply.json(400, Map.of("message", "Bad Request", "error", 400));
        }
        ObjectNode listing = JSON.createObjectNode().put("kind", "Listing");
        ArrayNode children = listing.putObject("data").putArray("children");
        names.stream().filter(things::containsKey).forEach(name -> children.addObject()
                .put("kind", name.substring(0, 2))
                .set("data", things.get(name)));
        return Reply.json(200, listing);
    }

    private Reply rules() {
        ObjectNode rules = JSON.createObjectNode();
        rules.putArray("rules")
                .addObject()
                .put("violation_reason", "No selling")
                .put("kind", "all");
        rules.putArray("site_rules").add("Spam");
        ArrayNode flow = rules.putArray("site_rules_flow");
        flow.addObject().put("reasonTextToShow", "This is spam").put("reasonText", "This is spam");
        ArrayNode steps = flow.addObject()
                .put("reasonTextToShow", "Other issues")
                .put("reasonText", "")
                .putArray("nextStepReasons");
        reasons.forEach(reason -> steps.addObject().put("reasonText", reason));
        steps.addObject().put("reasonText", "It infringes my copyright").put("fileComplaint", true);
        return Reply.json(200, rules);
    }
}
