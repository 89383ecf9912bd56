package org.takedownhub.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/**
 * Tries every door for a covert case: every address of our own and of the engine, as every role, with what somebody might
 * have heard of it. An outsider must learn neither its reference nor what it is about, nor that it is there.
 *
 * <p>The walk takes its addresses from where {@link EndpointWalkTest} takes them, so a new one is tried unasked.
 */
@RunningHubTest
class CovertDoorsTest {

    private static final String VIDEO = "7301234567890123456";
    private static final String HANDLE = "secretsouthgang";
    private static final String URL = "https://www.tiktok.com/@" + HANDLE + "/video/" + VIDEO;
    private static final String REASON = "An informant inside says so";
    private static final String UNKNOWN = "TH-2026-999999";

    /** One of each role that is no member. */
    private static final List<String> OUTSIDERS = List.of(
            "caseworker1",
            "officer",
            "force-north",
            "manager1",
            "reviewer",
            "duty",
            "leadership",
            "records",
            "auditor",
            "operator");

    /** Those whom the engine shows most. */
    private static final List<String> ENGINE_READERS = List.of("caseworker1", "manager1", "operator");

    /** Answers from the question alone. */
    private static final Set<String> ECHOES = Set.of("GET /api/v1/content-key");

    @Autowired
    private List<RequestMappingInfoHandlerMapping> mappings;

    @Autowired
    private Visitor visitor;

    @Autowired
    private ObjectMapper json;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private TaskService tasks;

    @Autowired
    private HistoryService history;

    @Autowired
    private ManagementService jobs;

    @Autowired
    private IdentityService identities;

    private static String covert = "";
    private static String evidenceId = "";
    private static Map<String, Map<String, String>> before = Map.of();

    /** Once for all tests: only the first finds nothing. */
    @BeforeEach
    void aCovertCaseIsUnderWay() {
        if (!covert.isEmpty()) {
            return;
        }
        String overt = flag("caseworker1", "https://www.tiktok.com/@known/video/7300000000000000001", "FORCE");
        work(overt);
        before = engineAnswers();
        covert = flag("covert1", URL, "COVERT");
        work(covert);
        complete(
                "covert1",
                "Task_VerifyContent",
                """
                {"verdict": "UNLAWFUL", "category": "THREAT", "offence": "OAPA_1861_S16", "reasons": "threatens",
                 "threatToLife": false, "childVisible": false, "artisticContext": "NONE"}""");
        work(covert);
        evidenceId = jdbc.sql("select min(evidence_id) from evidence where case_reference = ?")
                .params(covert)
                .query(String.class)
                .single();
        // Somebody at the platform writes anew about it.
        jdbc.sql(
                        "insert into mail_received (platform, message_key, uid_validity, uid, kind, sender, subject, dkim, body,"
                                + " attachments, size_in_bytes, sha256, raw, said_at, received_at) values ('training', 'm', 1, 1,"
                                + " 'OTHER', 'safety@tiktok.example', ?, 'NONE', ?, 0, 1, 's', 'r', current_timestamp,"
                                + " current_timestamp)")
                .params("About " + covert, "the video " + VIDEO)
                .update();
        // It comes up at the next meeting, as after a whole ladder.
        jdbc.sql("insert into notice (notice_id, case_reference, instrument, route_version, explanation, issued_at)"
                        + " values ('of-the-covert-case', ?, 'VOLUNTARY_REFERRAL', 1, 'because', current_timestamp)")
                .params(covert)
                .update();
        jdbc.sql(
                        "insert into recipient (case_reference, number, notice_id, name, channel, platform, issued_at, rung)"
                                + " values (?, 0, 'of-the-covert-case', 'Provider', 'PORTAL', 'training', current_timestamp, 0)")
                .params(covert)
                .update();
        jdbc.sql(
                        "insert into agenda_item (platform, case_reference, recipient_number, placed_at) values ('training', ?,"
                                + " 0, current_timestamp)")
                .params(covert)
                .update();
        // A second one stands still with an incident.
        String stuck = flag("covert1", URL.replace(VIDEO, VIDEO.replace('7', '8')), "COVERT");
        Job job = jobsOf(stuck).get(0);
        jobs.setJobRetries(job.getId(), 0);
    }

    @Test
    void showsTheCaseToItsGroup() throws Exception {
        for (String member : List.of("covert1", "covert2", "covert3")) {
            assertThat(get(member, "/api/v1/cases/" + covert).statusCode()).isEqualTo(200);
            assertThat(get(member, "/api/v1/cases/" + covert + "/timeline").body())
                    .contains("case.opened");
            assertThat(get(member, "/api/v1/cases?q=" + HANDLE).body()).contains(covert);
            assertThat(get(member, "/engine-rest/history/process-instance?processInstanceBusinessKey=" + covert)
                            .body())
                    .contains(covert);
            assertThat(visitor.signedIn(member).get("/cases/" + covert).body()).contains(covert, VIDEO);
        }
        assertThat(json.readTree(get("covert1", "/engine-rest/process-instance?businessKey=" + covert)
                        .body()))
                .isNotEmpty();
    }

    @Test
    void runsInATenantOfItsOwnToTheLastProcessItCalls() {
        assertThat(history.createHistoricProcessInstanceQuery()
                        .processInstanceBusinessKey(covert)
                        .list())
                .isNotEmpty()
                .allSatisfy(instance -> assertThat(instance.getTenantId()).isEqualTo("covert"));
        assertThat(history.createHistoricTaskInstanceQuery()
                        .tenantIdIn("covert")
                        .list())
                .extracting(task -> task.getTaskDefinitionKey())
                .contains("Task_VerifyContent");
        assertThat(runtime.createIncidentQuery().tenantIdIn("covert").count()).isEqualTo(1);
        assertThat(history.createHistoricDecisionInstanceQuery()
                        .tenantIdIn("covert")
                        .count())
                .isPositive();
        assertThat(history.createHistoricProcessInstanceQuery()
                        .withoutTenantId()
                        .count())
                .isPositive();
    }

    @Test
    void answersOutsidersAtOurAddressesAsIfThereWereNothing() {
        Map<String, String> leaks = new LinkedHashMap<>();
        Set<String> addresses = EndpointWalkTest.springMappings(mappings);
        assertThat(addresses).hasSizeGreaterThan(20);
        List<String> everybody = new ArrayList<>(OUTSIDERS);
        everybody.add(null);
        for (String user : everybody) {
            Visitor.Browser browser = user == null ? visitor.stranger() : visitor.signedIn(user);
            for (String address : addresses) {
                String asked = filled(address, covert, evidenceId);
                String heard = answer(browser, user, address, asked);
                note(leaks, address + " as " + user, heard);
                if (!asked.equals(address)) {
                    String nothing = answer(browser, user, address, filled(address, UNKNOWN, "no-such-evidence"));
                    if (!heard.equals(nothing)) {
                        leaks.put(address + " as " + user, heard + " and of nothing " + nothing);
                    }
                } else if (address.startsWith("GET ") && !ECHOES.contains(address)) {
                    note(leaks, address + " as " + user, answer(browser, user, address, asked + "?q=" + HANDLE));
                }
            }
        }
        assertThat(leaks).isEmpty();
    }

    @Test
    void findsACovertCaseForNoOutsiderHoweverTheySearch() throws Exception {
        for (String question : List.of(HANDLE, "@" + HANDLE, encoded(URL), covert, "tiktok:item:" + VIDEO)) {
            for (String user : List.of("caseworker1", "manager1", "auditor", "operator")) {
                JsonNode found =
                        json.readTree(get(user, "/api/v1/cases?q=" + question).body());
                assertThat(found.path("items")).as("%s by %s", question, user).isEmpty();
            }
            assertThat(json.readTree(get("covert1", "/api/v1/cases?q=" + question)
                                    .body())
                            .path("items"))
                    .as(question)
                    .isNotEmpty();
        }
    }

    @Test
    void leavesWhatTheEngineListsAndCountsAsItWas() {
        Map<String, Map<String, String>> after = engineAnswers();
        before.forEach((user, answers) -> {
            assertThat(answers).as("the walk found the engine's lists").hasSizeGreaterThan(40);
            answers.forEach((path, answer) -> assertThat(after.get(user).get(path))
                    .as(path + " as " + user)
                    .isEqualTo(answer));
        });
    }

    @Test
    void hidesEverythingOfItInTheEngineFromWhoeverKnowsItsIds() {
        Map<String, String> leaks = new LinkedHashMap<>();
        int tried = 0;
        Map<String, Set<String>> ids = engineIds();
        for (String resource : EndpointWalkTest.engineResources()) {
            String path = resource.substring(resource.indexOf(' ') + 1);
            if (!resource.startsWith("GET ") || !path.contains("{")) {
                continue;
            }
            for (String id : ids.entrySet().stream()
                    .filter(kind -> path.startsWith(kind.getKey()))
                    .flatMap(kind -> kind.getValue().stream())
                    .toList()) {
                String asked = path.replaceFirst("\\{[^}]*}", id).replaceAll("\\{[^}]*}", "caseReference");
                for (String user : List.of("caseworker1", "manager1", "operator")) {
                    HttpResponse<String> answer = get(user, "/engine-rest" + asked);
                    tried++;
                    note(leaks, path + " as " + user, answer.body());
                    boolean nothing = answer.body().matches("\\[]|\\{}|\\{\"count\":0}");
                    if (answer.statusCode() < 300 && !nothing) {
                        leaks.put(path + " as " + user, answer.body());
                    }
                }
            }
        }
        assertThat(tried).isGreaterThan(100);
        assertThat(leaks).isEmpty();
    }

    @Test
    void showsNothingOfItInCockpitAndTasklist() {
        Map<String, String> leaks = new LinkedHashMap<>();
        String definition = latestDefinition();
        for (String user : List.of("manager1", "operator")) {
            Visitor.Browser browser = visitor.signedIn(user);
            for (String instance : instances()) {
                for (String path : List.of(
                        "/camunda/app/cockpit/default/",
                        "/camunda/api/cockpit/plugin/base/default/incident",
                        "/camunda/api/cockpit/plugin/base/default/incident/count",
                        "/camunda/api/cockpit/plugin/base/default/process-definition/" + definition
                                + "/called-process-definitions",
                        "/camunda/api/cockpit/plugin/base/default/process-instance/" + instance + "/incidents",
                        "/camunda/api/cockpit/plugin/base/default/process-instance/" + instance
                                + "/called-process-instances",
                        "/camunda/api/engine/engine/default/process-instance?processDefinitionId=" + definition,
                        "/camunda/api/engine/engine/default/process-definition/" + definition + "/statistics",
                        "/camunda/api/engine/engine/default/process-definition/statistics?incidents=true",
                        "/camunda/api/engine/engine/default/process-instance/" + instance,
                        "/camunda/api/engine/engine/default/task?processInstanceBusinessKey=" + covert)) {
                    note(leaks, path + " as " + user, browser.get(path).body());
                }
                for (String query :
                        List.of("process-instance", "process-instance/count", "incident", "incident/count")) {
                    HttpResponse<String> answer = browser.queried(
                            "/camunda/api/cockpit/plugin/base/default/" + query,
                            "{\"processDefinitionId\": \"" + definition + "\"}");
                    assertThat(answer.statusCode()).as(query).isEqualTo(200);
                    note(leaks, query + " as " + user, answer.body());
                }
            }
        }
        for (String user : OUTSIDERS) {
            for (JsonNode filter : tree(get(user, "/engine-rest/filter?resourceType=Task"))) {
                String path = "/engine-rest/filter/" + filter.path("id").asText() + "/list";
                note(leaks, filter.path("name") + " as " + user, get(user, path).body());
            }
        }
        assertThat(leaks).isEmpty();
    }

    @Test
    void letsNoOutsiderWorkOnItsTasksNorOnItsCase() {
        String task = openTask();
        for (String user : List.of("caseworker1", "officer", "duty")) {
            for (String action : List.of("claim", "complete", "submit-form", "unclaim")) {
                HttpResponse<String> answer = post(
                        user,
                        "/engine-rest/task/" + task + "/" + action,
                        action.equals("claim") ? "{\"userId\": \"" + user + "\"}" : "{}");
                HttpResponse<String> unknown = post(
                        user,
                        "/engine-rest/task/no-such-task/" + action,
                        action.equals("claim") ? "{\"userId\": \"" + user + "\"}" : "{}");
                assertThat(answer.statusCode()).as("%s as %s", action, user).isEqualTo(unknown.statusCode());
                assertThat(withoutTrace(answer.body()).replace(task, "no-such-task"))
                        .isEqualTo(withoutTrace(unknown.body()));
            }
        }
        for (String action : List.of("complete", "submit-form", "unclaim", "bpmnEscalation")) {
            assertThat(post("operator", "/engine-rest/task/" + task + "/" + action, "{\"escalationCode\": \"any\"}")
                            .statusCode())
                    .as(action)
                    .isEqualTo(404);
        }
        Map.of("withdrawal", "{\"reason\": \"wrong\"}", "answers", "{\"answer\": \"REMOVED\"}")
                .forEach(
                        (change, body) -> assertThat(post("caseworker1", "/api/v1/cases/" + covert + "/" + change, body)
                                        .statusCode())
                                .as(change)
                                .isEqualTo(404));
        String message = "{\"messageName\": \"notice.settled\", \"businessKey\": \"%s\"}";
        assertThat(withoutTrace(post("operator", "/engine-rest/message", message.formatted(covert))
                                .body())
                        .replace(covert, UNKNOWN))
                .isEqualTo(withoutTrace(post("operator", "/engine-rest/message", message.formatted(UNKNOWN))
                        .body()));
    }

    @Test
    void opensACaseOfItsOwnForAnOutsiderWhoFlagsTheSameContent() {
        String flag = "{\"url\": \"" + URL + "\", \"reason\": \"seen in the street\"}";
        HttpResponse<String> first = post("duty", "/api/v1/flags", flag, Map.of("Idempotency-Key", "the-same-key"));
        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(tree(first).path("duplicate").asBoolean()).isFalse();
        String own = tree(first).path("caseReference").asText();
        assertThat(own).isNotEqualTo(covert);
        assertThat(post("caseworker1", "/api/v1/flags", flag, Map.of("Idempotency-Key", "the-same-key"))
                        .statusCode())
                .as("one's own key of the same name, and one's own overt case")
                .isEqualTo(200);
        for (String user : List.of("duty", "caseworker1", "manager1", "auditor")) {
            String seen = visitor.signedIn(user).get("/cases/" + own).body()
                    + get(user, "/api/v1/cases/" + own).body()
                    + get(user, "/api/v1/cases/" + own + "/timeline").body();
            assertThat(seen).as(user).contains(own).doesNotContain(covert, REASON);
        }
        work(own);
        String task = tasks.createTaskQuery()
                .processInstanceBusinessKey(own)
                .taskDefinitionKey("Task_VerifyContent")
                .singleResult()
                .getId();
        assertThat(get("caseworker1", "/engine-rest/task/" + task + "/form-variables")
                        .body())
                .contains(VIDEO)
                .doesNotContain(covert);
        assertThat(visitor.signedIn("covert1").get("/cases/" + covert).body())
                .as("the group is told of the overt case")
                .contains(own);
        jdbc.sql("update takedown_case set outcome = 'NOT_REFERRED', open_content_key = null, state = 'CLOSED',"
                        + " url = 'https://gone.example/1', content_key = 'web:page:gone', canonical_url ="
                        + " 'https://gone.example/1', account_key = null where case_reference = ?")
                .params(own)
                .update();
        jdbc.sql(
                        "update flag set url = 'https://gone.example/1', content_key = 'web:page:gone' where case_reference = ?")
                .params(own)
                .update();
        runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(own)
                .list()
                .forEach(instance -> runtime.deleteProcessInstance(instance.getId(), "end of the test"));
        history.createHistoricProcessInstanceQuery()
                .processInstanceBusinessKey(own)
                .list()
                .forEach(instance -> history.deleteHistoricProcessInstance(instance.getId()));
    }

    @Test
    void startsACovertCaseFromTasklistForMembersOnly() {
        String form =
                """
                {"variables": {"url": {"value": "https://www.tiktok.com/@another/video/7301111111111111111"},
                 "reason": {"value": "heard"}, "category": {"value": "THREAT"}, "source": {"value": "COVERT"}}}""";
        HttpResponse<String> refused =
                post("caseworker1", "/engine-rest/process-definition/key/takedown/submit-form", form);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("for members of the covert group");
        HttpResponse<String> started =
                post("covert1", "/engine-rest/process-definition/key/takedown/submit-form", form);
        assertThat(started.statusCode()).isEqualTo(200);
        assertThat(tree(started).path("tenantId").asText()).isEqualTo("covert");
    }

    @Test
    void keepsTheSourceOutOfWhatLeaves() {
        List<String> written = new ArrayList<>();
        for (String column : List.of("notice.explanation", "letter.body", "submission.explanation")) {
            String table = column.substring(0, column.indexOf('.'));
            written.addAll(jdbc.sql("select " + column + " from " + table + " where case_reference = ?")
                    .params(covert)
                    .query(String.class)
                    .list());
        }
        assertThat(String.join("\n", written)).doesNotContain(REASON).doesNotContainIgnoringCase("covert");
        assertThat(jdbc.sql("select state from letter where case_reference = ?")
                        .params(covert)
                        .query(String.class)
                        .list())
                .doesNotContain("QUEUED", "SENT");
    }

    /** What the engine lists, user by user, without naming anything of the case. */
    private Map<String, Map<String, String>> engineAnswers() {
        Map<String, Map<String, String>> all = new TreeMap<>();
        String definition = latestDefinition();
        List<String> paths = EndpointWalkTest.engineResources().stream()
                .filter(resource -> resource.startsWith("GET "))
                .map(resource -> resource.substring(4))
                // CMMN is switched off, and its tables are not there
                .filter(path -> !path.contains("case-"))
                .flatMap(path -> filledForDefinition(path, definition))
                .toList();
        for (String user : ENGINE_READERS) {
            Map<String, String> answers = new TreeMap<>();
            for (String path : paths) {
                answers.put(path, withoutTrace(get(user, "/engine-rest" + path).body()));
            }
            for (String query : List.of("task", "process-instance", "execution", "variable-instance", "job")) {
                for (String path : List.of("/engine-rest/" + query, "/engine-rest/history/" + query)) {
                    answers.put(
                            "POST " + path, withoutTrace(post(user, path, "{}").body()));
                }
            }
            all.put(user, answers);
        }
        return all;
    }

    private static Stream<String> filledForDefinition(String path, String definition) {
        if (!path.contains("{")) {
            return Stream.of(path, path.contains("report") ? path + "?reportType=duration&periodUnit=month" : path)
                    .distinct();
        }
        boolean ofDefinition =
                path.contains("process-definition/{id}") || path.contains("process-definition/key/{key}");
        return ofDefinition
                ? Stream.of(path.replace("{id}", definition)
                        .replace("{key}", "takedown")
                        .replace("{tenantId}", "covert"))
                : Stream.empty();
    }

    /** Ids of everything of the covert cases, by the beginning of the paths that take them. */
    private Map<String, Set<String>> engineIds() {
        Map<String, Set<String>> ids = new LinkedHashMap<>();
        ids.put("/process-instance/{", new LinkedHashSet<>(instances()));
        ids.put("/execution/{", new LinkedHashSet<>(instances()));
        ids.put("/history/process-instance/{", new LinkedHashSet<>(instances()));
        ids.put("/task/{", Set.of(openTask()));
        ids.put("/job/{", tenant("select min(id_) from act_ru_job where tenant_id_ = 'covert'"));
        ids.put("/incident/{", tenant("select min(id_) from act_ru_incident where tenant_id_ = 'covert'"));
        ids.put("/variable-instance/{", tenant("select min(id_) from act_ru_variable where tenant_id_ = 'covert'"));
        ids.put(
                "/history/variable-instance/{",
                tenant("select min(id_) from act_hi_varinst where tenant_id_ = 'covert'"));
        ids.put(
                "/history/activity-instance/{",
                tenant("select min(id_) from act_hi_actinst where tenant_id_ = 'covert'"));
        ids.put("/history/job-log/{", tenant("select min(id_) from act_hi_job_log where tenant_id_ = 'covert'"));
        ids.put("/history/detail/{", tenant("select min(id_) from act_hi_detail where tenant_id_ = 'covert'"));
        ids.put(
                "/history/decision-instance/{",
                tenant("select min(id_) from act_hi_decinst where tenant_id_ = 'covert'"));
        return ids;
    }

    private Set<String> tenant(String query) {
        return Set.of(jdbc.sql(query).query(String.class).single());
    }

    private List<String> instances() {
        return runtime.createProcessInstanceQuery().tenantIdIn("covert").list().stream()
                .map(instance -> instance.getId())
                .sorted()
                .limit(2)
                .toList();
    }

    private String openTask() {
        return tasks.createTaskQuery().tenantIdIn("covert").list().get(0).getId();
    }

    private String latestDefinition() {
        return runtime.createProcessInstanceQuery()
                .processDefinitionKey("takedown")
                .list()
                .get(0)
                .getProcessDefinitionId();
    }

    private static void note(Map<String, String> leaks, String door, String answer) {
        for (String secret : Arrays.asList(VIDEO, VIDEO.replace('7', '8'), HANDLE, REASON)) {
            if (answer.contains(secret)) {
                leaks.put(door, answer);
            }
        }
    }

    /** Status and body without what differs from call to call. */
    private String answer(Visitor.Browser browser, String user, String address, String filled) {
        String method = filled.substring(0, filled.indexOf(' '));
        String path = filled.substring(filled.indexOf(' ') + 1);
        Supplier<HttpResponse<String>> call = method.equals("GET")
                ? () -> browser.get(path, Map.of("Accept", "application/json, text/html"))
                : () -> visitor.call(
                        method, path, user, address.endsWith("/batch") ? Map.of("Content-Type", "text/csv") : Map.of());
        // Who asks so many addresses in a row is made to wait for the mailed links; that tells nothing of a case.
        HttpResponse<String> answer = Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollDelay(Duration.ZERO)
                .until(call::get, heard -> heard.statusCode() != 429);
        return answer.statusCode()
                + " "
                + withoutTrace(answer.body())
                        .replaceAll("name=\"_csrf\" value=\"[^\"]*\"", "")
                        .replace(path.replaceAll("\\?.*", ""), "")
                        .replace(UNKNOWN, "TH")
                        .replace(covert, path.contains(covert) || isAskedThere(user, address) ? "TH" : covert + REASON);
    }

    /** A force that was asked blind learns the reference, by when to answer, and nothing else. */
    private static boolean isAskedThere(String user, String address) {
        return address.equals("GET /deconfliction") && user != null && user.startsWith("force-");
    }

    private static String withoutTrace(String body) {
        return body.replaceAll("[0-9a-f]{32}", "").replaceAll("[0-9-]{10}T[0-9:.]{8,}Z", "");
    }

    /** An address with what somebody may have heard of in its holes. */
    private static String filled(String address, String reference, String evidence) {
        return address.replaceAll("\\{(evidence|exhibit)\\w*}", evidence)
                .replaceAll("\\{(instance|name|kind)}", "training")
                .replaceAll("\\{[^}]*}", reference);
    }

    private static String encoded(String text) {
        return java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8);
    }

    private String flag(String user, String url, String source) {
        HttpResponse<String> flagged = post(
                user,
                "/api/v1/flags",
                "{\"url\": \"%s\", \"reason\": \"%s\", \"category\": \"THREAT\", \"source\": \"%s\"}"
                        .formatted(url, REASON, source));
        assertThat(flagged.statusCode()).as(flagged.body()).isEqualTo(201);
        return tree(flagged).path("caseReference").asText();
    }

    private void complete(String user, String definitionKey, String variables) {
        String task = tasks.createTaskQuery()
                .processInstanceBusinessKey(covert)
                .taskDefinitionKey(definitionKey)
                .singleResult()
                .getId();
        StringBuilder body = new StringBuilder();
        tree(variables).fields().forEachRemaining(field -> body.append(body.isEmpty() ? "" : ",")
                .append("\"")
                .append(field.getKey())
                .append("\": {\"value\": ")
                .append(field.getValue())
                .append("}"));
        HttpResponse<String> completed =
                post(user, "/engine-rest/task/" + task + "/complete", "{\"variables\": {" + body + "}}");
        assertThat(completed.statusCode()).as(completed.body()).isEqualTo(204);
    }

    /** Runs what is due of a case, as the job executor would. */
    private void work(String reference) {
        identities.clearAuthentication();
        for (List<Job> due = jobsOf(reference); !due.isEmpty(); due = jobsOf(reference)) {
            due.forEach(job -> jobs.executeJob(job.getId()));
        }
    }

    private List<Job> jobsOf(String reference) {
        return runtime.createProcessInstanceQuery().processInstanceBusinessKey(reference).list().stream()
                .flatMap(
                        instance -> jobs
                                .createJobQuery()
                                .processInstanceId(instance.getId())
                                .messages()
                                .withRetriesLeft()
                                .list()
                                .stream())
                .limit(1)
                .toList();
    }

    private HttpResponse<String> get(String user, String path) {
        return visitor.call("GET", path, user);
    }

    private HttpResponse<String> post(String user, String path, String body) {
        return visitor.post(path, user, body, Map.of());
    }

    private HttpResponse<String> post(String user, String path, String body, Map<String, String> headers) {
        return visitor.post(path, user, body, headers);
    }

    private JsonNode tree(HttpResponse<String> answer) {
        return tree(answer.body());
    }

    private JsonNode tree(String text) {
        try {
            return json.readTree(text);
        } catch (com.fasterxml.jackson.core.JsonProcessingException broken) {
            throw new AssertionError(text, broken);
        }
    }
}
