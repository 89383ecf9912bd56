package org.takedownhub.access;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.rest.impl.DefaultProcessEngineRestServiceImpl;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;
import org.takedownhub.modelling.PublishedModels;
import org.takedownhub.modelling.change.ChangeRequests;
import org.takedownhub.modelling.change.Origin;

/**
 * Walks every address the program answers, as every role and as nobody, and holds what happens against a table of its
 * own: one that is written from the outside, user by user.
 */
@RunningHubTest
class EndpointWalkTest {

    private static final Set<String> EVERYBODY = new TreeSet<>(TrainingAccounts.GROUPS_BY_USER.keySet());
    private static final Set<String> CASE_READERS = except("force-north", "force-south");
    private static final Set<String> CASE_HANDLERS = Set.of(
            "caseworker1", "caseworker2", "officer", "manager1", "manager2", "duty", "covert1", "covert2", "covert3");
    private static final Set<String> SUPERVISORS = Set.of("manager1", "manager2", "operator");
    private static final Set<String> MANAGERS = Set.of("manager1", "manager2");
    private static final Set<String> FLAGGERS = Set.of(
            "caseworker1",
            "caseworker2",
            "officer",
            "manager1",
            "manager2",
            "duty",
            "force-north",
            "force-south",
            "covert1",
            "covert2",
            "covert3");

    /** Every mapping of our own, and who gets past the door. */
    private static final Map<String, Set<String>> MAPPED = new TreeMap<>(Map.ofEntries(
            Map.entry("GET /api/v1/models", MANAGERS),
            Map.entry("GET /api/v1/models/sets", MANAGERS),
            Map.entry("GET /api/v1/models/tables", MANAGERS),
            Map.entry("GET /api/v1/models/tables/{table}", MANAGERS),
            Map.entry("GET /api/v1/change-requests/{reference}/tables/{table}", MANAGERS),
            Map.entry("PUT /api/v1/change-requests/{reference}/tables/{table}", MANAGERS),
            Map.entry("GET /api/v1/change-requests/{reference}/tables/{table}/cases", MANAGERS),
            Map.entry("PUT /api/v1/change-requests/{reference}/tables/{table}/cases", MANAGERS),
            Map.entry("POST /api/v1/change-requests/{reference}/tables/{table}/cases/runs", MANAGERS),
            Map.entry("GET /api/v1/change-requests/{reference}/tables/{table}/cases.csv", MANAGERS),
            Map.entry("PUT /api/v1/change-requests/{reference}/tables/{table}/cases.csv", MANAGERS),
            Map.entry("POST /api/v1/change-requests/{reference}/tables/{table}/answer", MANAGERS),
            Map.entry("GET /api/v1/models/files/{name}", MANAGERS),
            Map.entry("GET /api/v1/models/files/{name}/outline", MANAGERS),
            Map.entry("GET /api/v1/models/step-templates", MANAGERS),
            Map.entry("POST /api/v1/models/lint", MANAGERS),
            Map.entry("POST /api/v1/models/compare", MANAGERS),
            Map.entry("GET /api/v1/change-requests/{reference}/comparison", MANAGERS),
            Map.entry("GET /api/v1/change-requests/{reference}/comparison/{name}/markers", MANAGERS),
            Map.entry("GET /api/v1/change-requests/{reference}/comparison/{name}/before", MANAGERS),
            Map.entry("POST /api/v1/models/sets/{id}/rollback", MANAGERS),
            Map.entry("GET /api/v1/change-requests", MANAGERS),
            Map.entry("POST /api/v1/change-requests", MANAGERS),
            Map.entry("GET /api/v1/change-requests/{reference}", MANAGERS),
            Map.entry("GET /api/v1/change-requests/{reference}/findings", MANAGERS),
            Map.entry("GET /api/v1/change-requests/{reference}/files/{name}", MANAGERS),
            Map.entry("PUT /api/v1/change-requests/{reference}/files/{name}", MANAGERS),
            Map.entry("DELETE /api/v1/change-requests/{reference}/files/{name}", MANAGERS),
            Map.entry("GET /api/v1/change-requests/{reference}/files/{name}/outline", MANAGERS),
            Map.entry("PUT /api/v1/change-requests/{reference}/files", MANAGERS),
            Map.entry("POST /api/v1/change-requests/{reference}/submission", MANAGERS),
            Map.entry("POST /api/v1/change-requests/{reference}/approval", MANAGERS),
            Map.entry("POST /api/v1/change-requests/{reference}/rejection", MANAGERS),
            Map.entry("POST /api/v1/change-requests/{reference}/withdrawal", MANAGERS),
            Map.entry("POST /api/v1/change-requests/{reference}/reopening", MANAGERS),
            Map.entry("GET /api/v1/change-requests/{reference}/impact", MANAGERS),
            Map.entry("GET /api/v1/change-requests/{reference}/migrations", MANAGERS),
            Map.entry("POST /api/v1/change-requests/{reference}/migrations", MANAGERS),
            Map.entry("GET /api/v1/change-requests/{reference}/migrations/{migrationId}", MANAGERS),
            Map.entry("POST /api/v1/change-requests/{reference}/migrations/{migrationId}/cancellation", MANAGERS),
            Map.entry("GET /api/v1/change-requests/{reference}/replays", MANAGERS),
            Map.entry("POST /api/v1/change-requests/{reference}/replays", MANAGERS),
            Map.entry("GET /api/v1/change-requests/{reference}/replays/{id}", MANAGERS),
            Map.entry("POST /api/v1/change-requests/{reference}/replays/{id}/cancellation", MANAGERS),
            Map.entry("POST /api/v1/flags", FLAGGERS),
            Map.entry(
                    "POST /api/v1/flags/batch",
                    Set.of("caseworker1", "caseworker2", "officer", "manager1", "manager2", "covert1", "covert2")),
            Map.entry("GET /api/v1/cases", CASE_READERS),
            Map.entry("GET /api/v1/cases/{caseReference}", CASE_READERS),
            Map.entry("GET /api/v1/cases/{caseReference}/timeline", CASE_READERS),
            Map.entry("POST /api/v1/cases/{caseReference}/withdrawal", CASE_HANDLERS),
            Map.entry("POST /api/v1/cases/{caseReference}/answers", CASE_HANDLERS),
            Map.entry("POST /api/v1/cases/{caseReference}/reviews", CASE_HANDLERS),
            Map.entry("POST /api/v1/cases/{caseReference}/complaints", CASE_HANDLERS),
            Map.entry("GET /api/v1/cases/{caseReference}/reviews/{reviewId}/decision-notice", CASE_READERS),
            Map.entry(
                    "POST /api/v1/cases/{caseReference}/extension",
                    Set.of("officer", "covert2", "manager1", "manager2")),
            Map.entry("POST /api/v1/cases/{caseReference}/proofs", CASE_HANDLERS),
            Map.entry("GET /api/v1/cases/{caseReference}/proofs/{evidenceId}", minus(CASE_HANDLERS, "reviewer")),
            Map.entry(
                    "GET /api/v1/cases/{caseReference}/files/{documentId}",
                    Set.of(
                            "covert1",
                            "covert2",
                            "covert3",
                            "caseworker1",
                            "caseworker2",
                            "officer",
                            "manager1",
                            "manager2",
                            "duty",
                            "leadership",
                            "reviewer")),
            Map.entry("GET /api/v1/platforms/{instance}/agenda", Set.of("manager1", "manager2", "leadership")),
            Map.entry(
                    "POST /api/v1/platforms/{instance}/agenda/{itemId}/closing",
                    Set.of("manager1", "manager2", "leadership")),
            Map.entry("GET /api/v1/cases/{caseReference}/notices/{noticeId}/documents/{kind}", CASE_READERS),
            Map.entry("GET /api/v1/instruments", EVERYBODY),
            Map.entry("GET /api/v1/notice-templates/{instrument}", Set.of("manager1", "manager2")),
            Map.entry("PUT /api/v1/notice-templates/{instrument}", Set.of("manager1", "manager2")),
            Map.entry("POST /api/v1/notice-templates/{instrument}/preview", Set.of("manager1", "manager2")),
            Map.entry(
                    "POST /api/v1/cases/{caseReference}/strands/{id}/closure",
                    Set.of("force-north", "force-south", "duty", "covert3", "manager1", "manager2")),
            Map.entry("GET /api/v1/forces", CASE_HANDLERS),
            Map.entry("POST /api/v1/forces/{force}/contact", Set.of("manager1", "manager2")),
            Map.entry("POST /api/v1/forces/{force}/interests", Set.of("force-north", "force-south")),
            Map.entry("GET /api/v1/forces/{force}/interests", Set.of("force-north", "force-south")),
            Map.entry("DELETE /api/v1/forces/{force}/interests/{entry}", Set.of("force-north", "force-south")),
            Map.entry("GET /api/v1/forces/{force}/strands", Set.of("force-north", "force-south")),
            Map.entry("GET /api/v1/deconfliction/figures", Set.of("manager1", "manager2", "leadership")),
            Map.entry("GET /api/v1/content-key", EVERYBODY),
            Map.entry("GET /api/v1/deadline", EVERYBODY),
            Map.entry("GET /api/v1/clock-reconciliation", Set.of("operator")),
            Map.entry("GET /api/v1/supervision/steps", MANAGERS),
            Map.entry("GET /api/v1/supervision/times", MANAGERS),
            Map.entry("GET /api/v1/supervision/drawing", MANAGERS),
            Map.entry("GET /api/v1/supervision/incidents", MANAGERS),
            Map.entry("POST /api/v1/supervision/incidents/{incidentId}/attempt", MANAGERS),
            Map.entry("POST /api/v1/supervision/incidents/{incidentId}/by-hand", MANAGERS),
            Map.entry("GET /api/v1/supervision/team", MANAGERS),
            Map.entry("GET /api/v1/supervision/tasks", MANAGERS),
            Map.entry("POST /api/v1/supervision/handovers", MANAGERS),
            Map.entry("GET /api/v1/supervision/queues", MANAGERS),
            Map.entry("GET /api/v1/crises", Set.of("manager1", "manager2")),
            Map.entry("POST /api/v1/crises", Set.of("manager1", "manager2")),
            Map.entry("DELETE /api/v1/crises/{crisisId}", Set.of("manager1", "manager2")),
            Map.entry("GET /api/v1/platforms", SUPERVISORS),
            Map.entry("GET /api/v1/platforms/{instance}/contacts", SUPERVISORS),
            Map.entry("PUT /api/v1/platforms/{instance}/contacts", SUPERVISORS),
            Map.entry("GET /api/v1/platforms/{instance}/unmatched-mail", Set.of("operator")),
            Map.entry("GET /api/v1/platforms/kinds", SUPERVISORS),
            Map.entry("POST /api/v1/platforms/draft", Set.of("operator")),
            Map.entry("POST /api/v1/platforms/{instance}/check", Set.of("operator")),
            Map.entry("GET /v3/api-docs", EVERYBODY),
            Map.entry("GET /v3/api-docs.yaml", EVERYBODY),
            Map.entry("GET /v3/api-docs/swagger-config", EVERYBODY),
            Map.entry("GET /swagger-ui.html", EVERYBODY),
            Map.entry("GET /actuator", Set.of("operator")),
            Map.entry("GET /actuator/health", Set.of("operator")),
            Map.entry("GET /actuator/health/db", Set.of("operator")),
            Map.entry("GET /actuator/prometheus", Set.of("operator"))));

    /** Reached without a sign-in, on purpose. */
    private static final Set<String> OPEN = Set.of(
            "GET /login",
            "GET /accessibility",
            "GET /deconfliction/{token}",
            "POST /deconfliction/{token}",
            "POST /api/v1/platforms/{instance}/events",
            "GET /.well-known/webfinger",
            "GET /ap/actors/{name}",
            "GET /ap/actors/{name}/outbox",
            "POST /ap/actors/{name}/inbox",
            "GET /actuator/health/liveness",
            "GET /actuator/health/readiness");

    /** Patterns whose members stand in the tables above one by one. */
    private static final Set<String> FAMILIES = Set.of("GET /actuator/health/**");

    /** Pages: on a session; a program that knows a password gets nothing there. */
    private static final Map<String, Set<String>> PAGES = Map.ofEntries(
            Map.entry("GET /manager/live", MANAGERS),
            Map.entry("GET /manager/incidents", MANAGERS),
            Map.entry("GET /manager/team", MANAGERS),
            Map.entry("GET /manager/queues", MANAGERS),
            Map.entry("GET /manager", MANAGERS),
            Map.entry("GET /manager/changes", MANAGERS),
            Map.entry("GET /manager/changes/new", MANAGERS),
            Map.entry("GET /manager/tables", MANAGERS),
            Map.entry("GET /manager/tables/{table}", MANAGERS),
            Map.entry("GET /manager/changes/{reference}/tables/{table}", MANAGERS),
            Map.entry("GET /manager/changes/{reference}/tables/{table}/rows/{rule}", MANAGERS),
            Map.entry("GET /manager/changes/{reference}/tables/{table}/cases", MANAGERS),
            Map.entry("GET /manager/changes/{reference}/tables/{table}/cases.csv", MANAGERS),
            Map.entry("GET /manager/changes/{reference}/tables/{table}/cases/one", MANAGERS),
            Map.entry("GET /manager/changes/{reference}", MANAGERS),
            Map.entry("GET /manager/changes/{reference}/compare/{name}", MANAGERS),
            Map.entry("GET /manager/changes/{reference}/impact", MANAGERS),
            Map.entry("GET /manager/changes/{reference}/migrations/new", MANAGERS),
            Map.entry("GET /manager/changes/{reference}/migrations/{migrationId}", MANAGERS),
            Map.entry("GET /manager/changes/{reference}/models/{file}", MANAGERS),
            Map.entry("GET /manager/changes/{reference}/models/{file}/steps/{elementId}", MANAGERS),
            Map.entry("POST /manager/changes/{reference}/models/{file}/steps/{elementId}", MANAGERS),
            Map.entry("GET /manager/changes/{reference}/replays", MANAGERS),
            Map.entry("GET /manager/changes/{reference}/replays/{id}", MANAGERS),
            Map.entry("GET /notices/templates", Set.of("manager1", "manager2")),
            Map.entry("GET /notices/templates/{instrument}", Set.of("manager1", "manager2")),
            Map.entry("GET /", EVERYBODY),
            Map.entry("GET /cases/{caseReference}", CASE_READERS),
            Map.entry("GET /deconfliction", Set.of("force-north", "force-south")),
            Map.entry("GET /deconfliction/questions/{id}", Set.of("force-north", "force-south")),
            Map.entry("GET /platforms", SUPERVISORS),
            Map.entry("GET /platforms/{instance}/contacts", SUPERVISORS),
            Map.entry("GET /platforms/new", Set.of("operator")));

    /** What their forms send. */
    private static final Map<String, Set<String>> FORMS = Map.ofEntries(
            Map.entry("POST /manager/incidents/{incidentId}", MANAGERS),
            Map.entry("POST /manager/team", MANAGERS),
            Map.entry("POST /manager/changes/new", MANAGERS),
            Map.entry("POST /manager/tables/{table}", MANAGERS),
            Map.entry("POST /manager/changes/{reference}/tables/{table}/rows/{rule}", MANAGERS),
            Map.entry("POST /manager/changes/{reference}/tables/{table}/rows/{rule}/removal", MANAGERS),
            Map.entry("POST /manager/changes/{reference}/tables/{table}/rows/{rule}/restoration", MANAGERS),
            Map.entry("POST /manager/changes/{reference}/tables/{table}/rows/{rule}/place", MANAGERS),
            Map.entry("POST /manager/changes/{reference}/tables/{table}/cases/file", MANAGERS),
            Map.entry("POST /manager/changes/{reference}/tables/{table}/cases/adoption", MANAGERS),
            Map.entry("POST /manager/changes/{reference}/tables/{table}/cases/removal", MANAGERS),
            Map.entry("POST /manager/changes/{reference}/tables/{table}/cases/one", MANAGERS),
            Map.entry("POST /manager/changes/roll-back", MANAGERS),
            Map.entry("POST /manager/changes/{reference}/files", MANAGERS),
            Map.entry("POST /manager/changes/{reference}/revert", MANAGERS),
            Map.entry("POST /manager/changes/{reference}/submission", MANAGERS),
            Map.entry("POST /manager/changes/{reference}/decision", MANAGERS),
            Map.entry("POST /manager/changes/{reference}/migrations/new", MANAGERS),
            Map.entry("POST /manager/changes/{reference}/migrations/{migrationId}", MANAGERS),
            Map.entry("POST /manager/changes/{reference}/replays", MANAGERS),
            Map.entry("POST /manager/changes/{reference}/replays/{id}/cancellation", MANAGERS),
            Map.entry("POST /notices/templates/{instrument}", Set.of("manager1", "manager2")),
            Map.entry("POST /deconfliction/questions/{id}", Set.of("force-north", "force-south")),
            Map.entry("POST /platforms/new", Set.of("operator")),
            Map.entry("POST /platforms/{instance}/contacts", SUPERVISORS),
            Map.entry("POST /platforms/{instance}/check", Set.of("operator")));

    /** What changes anything in the engine, and who gets past the door. Any other change is refused to everybody. */
    private static final Map<String, Set<String>> ENGINE_CHANGES = engineChanges();

    @Autowired
    private List<RequestMappingInfoHandlerMapping> mappings;

    @Autowired
    private Visitor visitor;

    @Autowired
    private PublishedModels published;

    @Autowired
    private ChangeRequests requests;

    @Test
    void admitsToEveryMappingWhomTheTableNames() {
        Set<String> known = new TreeSet<>(MAPPED.keySet());
        known.addAll(OPEN);
        known.addAll(PAGES.keySet());
        known.addAll(FORMS.keySet());
        known.addAll(FAMILIES);
        assertThat(springMappings(mappings))
                .as("every address stands in this test's table")
                .isSubsetOf(known);
        Map<String, String> wrong = new LinkedHashMap<>();
        MAPPED.forEach((mapping, admitted) -> {
            expect(mapping, null, status(mapping, null), 401, wrong);
            for (String user : EVERYBODY) {
                int status = status(mapping, user);
                if ((status == 403) == admitted.contains(user) || status == 401) {
                    wrong.put(mapping + " as " + user, Integer.toString(status));
                }
            }
        });
        assertThat(wrong).isEmpty();
    }

    @Test
    void opensOnlyWhatProvesItselfOtherwise() {
        for (String mapping : OPEN) {
            assertThat(status(mapping, null)).as(mapping).isNotIn(401, 403, 302);
        }
    }

    @Test
    void showsPagesToWhomTheTableNames() {
        Map<String, String> wrong = new LinkedHashMap<>();
        Map<String, Set<String>> pages = new LinkedHashMap<>(PAGES);
        pages.put("GET /camunda/app/tasklist/default/", EVERYBODY);
        pages.put("GET /camunda/app/cockpit/default/", SUPERVISORS);
        pages.put("GET /camunda/app/admin/default/", Set.of());
        pages.put("GET /camunda/api/cockpit/plugin/base/default/incident", SUPERVISORS);
        pages.put("GET /cases/TH-2026-000001/evidence/1", minus(CASE_HANDLERS, "reviewer"));
        for (String user : EVERYBODY) {
            Visitor.Browser browser = visitor.signedIn(user);
            pages.forEach((page, admitted) -> {
                int status = browser.get(path(page)).statusCode();
                if (page.contains("/admin/") ? status == 200 : (status == 403) == admitted.contains(user)) {
                    wrong.put(page + " as " + user, Integer.toString(status));
                }
            });
        }
        pages.keySet().forEach(page -> {
            int status = visitor.call("GET", path(page), null).statusCode();
            if (status != 302 && status != 401) {
                wrong.put(page + " as nobody", Integer.toString(status));
            }
        });
        assertThat(wrong).isEmpty();
    }

    @Test
    void takesFormsOfPagesFromWhomTheTableNamesAndFromNoOtherSite() {
        Map<String, String> wrong = new LinkedHashMap<>();
        for (String user : EVERYBODY) {
            Visitor.Browser browser = visitor.signedIn(user);
            FORMS.forEach((form, admitted) -> {
                int status = browser.sendForm(path(form), Map.of()).statusCode();
                if ((status == 403) == admitted.contains(user)) {
                    wrong.put(form + " as " + user, Integer.toString(status));
                }
                int forged = browser.post(path(form), "", Map.of("Content-Type", "application/x-www-form-urlencoded"))
                        .statusCode();
                if (forged != 403) {
                    wrong.put(form + " without its token as " + user, Integer.toString(forged));
                }
            });
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void letsNobodyUnknownReadAnythingOfTheEngine() {
        List<String> resources = engineResources();
        assertThat(resources).as("the walk found the engine's API").hasSizeGreaterThan(300);
        Map<String, String> wrong = new LinkedHashMap<>();
        for (String resource : resources) {
            for (String prefix : List.of("/engine-rest", "/engine-rest/engine/default")) {
                String mapping = resource.replaceFirst(" ", " " + prefix);
                expect(mapping, null, status(mapping, null), 401, wrong);
            }
            String ofTheWebApplications = resource.replaceFirst(" ", " /camunda/api/engine/engine/default");
            int status = status(ofTheWebApplications, null);
            if (status != 401 && status != 403) {
                wrong.put(ofTheWebApplications + " as nobody", Integer.toString(status));
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void admitsToChangesOfTheEngineWhomTheTableNames() {
        List<String> changes = engineResources().stream()
                .filter(resource -> !resource.startsWith("GET ") && !resource.startsWith("OPTIONS "))
                .toList();
        assertThat(changes).containsAll(ENGINE_CHANGES.keySet());
        Map<String, String> wrong = new LinkedHashMap<>();
        for (String change : changes) {
            Set<String> admitted =
                    ENGINE_CHANGES.getOrDefault(change, isInterference(change) ? Set.of("operator") : Set.of());
            for (String user : List.of(
                    "caseworker1",
                    "officer",
                    "force-north",
                    "manager1",
                    "reviewer",
                    "duty",
                    "leadership",
                    "records",
                    "auditor",
                    "operator")) {
                boolean passes = passesTheDoor(change, user);
                if (passes != admitted.contains(user)) {
                    wrong.put(change + " as " + user, passes ? "passes" : "refused");
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void refusesEverythingThatNobodyListed() {
        for (String path : List.of(
                "/nothing",
                "/api/v2/cases",
                "/api/v1/nothing",
                "/engine-rest/nothing",
                "/engine-rest/message/",
                "/engine-rest/telemetry/configuration",
                "/webjars/camunda/app/tasklist/index.html",
                "/camunda-welcome/index.html",
                "/plugin/tasklist/app/plugin.js",
                "/h2-console",
                "/error")) {
            for (String user : Arrays.asList(null, "caseworker1", "operator")) {
                assertThat(visitor.call("GET", path, user).statusCode())
                        .as("%s as %s", path, user)
                        .isIn(401, 403, 404);
            }
        }
    }

    @Test
    void makesADraftOfWhatCamundaModelerDeploys() throws IOException {
        String live = published.live().id();
        String table = Files.readString(java.nio.file.Path.of("bpmn/removal-deadline.dmn"));
        for (String address :
                List.of("/engine-rest/deployment/create", "/engine-rest/engine/default/deployment/create")) {
            HttpResponse<String> taken =
                    deployed(address, "removal-deadline.dmn", table.replace("\"PT24H\"", "\"PT12H\""));

            assertThat(taken.statusCode()).as(taken.body()).isEqualTo(200);
            assertThat(taken.body()).contains("\"id\":\"CR-", "not live", "\"state\":\"DRAFT\"", "\"lint\"");
        }
        assertThat(requests.all().stream()
                        .filter(request -> request.origin() == Origin.MODELER)
                        .toList())
                .as("sending again goes into the same draft")
                .singleElement()
                .satisfies(request -> assertThat(request.createdBy()).isEqualTo("manager1"))
                .satisfies(request -> assertThat(request.changed()).containsExactly("removal-deadline.dmn"));
        assertThat(published.live().id()).isEqualTo(live);
    }

    @Test
    void refusesAHostileModelFromCamundaModelerAtItsElement() throws IOException {
        int before = requests.all().size();
        String model = Files.readString(java.nio.file.Path.of("bpmn/review.bpmn"))
                .replaceFirst("camunda:delegateExpression=\"[^\"]*\"", "camunda:class=\"java.lang.Runtime\"");

        HttpResponse<String> refused = deployed("/engine-rest/deployment/create", "review.bpmn", model);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body())
                .contains(
                        "\"type\":\"ParseException\"",
                        "\"review.bpmn\":{",
                        "camunda:class",
                        "\"mainElementId\":\"Task_");
        assertThat(requests.all()).hasSize(before);
        assertThat(deployed("/engine-rest/deployment/create", "x.bpmn", "x".repeat(1_500_000))
                        .body())
                .contains("larger than 1048576 bytes");
        assertThat(visitor.call("GET", "/api/v1/models", "manager1").statusCode())
                .isEqualTo(200);
    }

    /** As Camunda Modeler sends it. */
    private HttpResponse<String> deployed(String address, String file, String content) {
        String boundary = "----modeler";
        String body = "--" + boundary
                + "\r\nContent-Disposition: form-data; name=\"deployment-name\"\r\n\r\nweapons\r\n--"
                + boundary
                + "\r\nContent-Disposition: form-data; name=\"deployment-source\"\r\n\r\nCamunda Modeler\r\n--"
                + boundary + "\r\nContent-Disposition: form-data; name=\"" + file + "\"; filename=\"" + file
                + "\"\r\nContent-Type: application/octet-stream\r\n\r\n" + content + "\r\n--" + boundary + "--\r\n";
        return visitor.post(
                address, "manager1", body, Map.of("Content-Type", "multipart/form-data; boundary=" + boundary));
    }

    private static Map<String, Set<String>> engineChanges() {
        Map<String, Set<String>> changes = new TreeMap<>();
        Set<String> taskWorkers = except("leadership", "auditor");
        for (String action : List.of("claim", "unclaim", "complete", "submit-form")) {
            changes.put("POST /task/{id}/" + action, taskWorkers);
        }
        changes.put("POST /task/{id}/assignee", Set.of("manager1", "manager2"));
        for (String query : List.of("/task", "/task/count", "/process-instance", "/process-instance/count")) {
            changes.put("POST " + query, EVERYBODY);
        }
        for (String query : List.of("/list", "/count", "/singleResult")) {
            changes.put("POST /filter/{id}" + query, EVERYBODY);
        }
        for (String definition : List.of("{id}", "key/{key}")) {
            changes.put("POST /process-definition/" + definition + "/start", FLAGGERS);
            changes.put("POST /process-definition/" + definition + "/submit-form", FLAGGERS);
            changes.put("POST /decision-definition/" + definition + "/evaluate", SUPERVISORS);
            changes.put("PUT /process-definition/" + definition + "/suspended", Set.of("operator"));
        }
        for (String query : List.of("/execution", "/variable-instance", "/job", "/job-definition")) {
            changes.put("POST " + query, SUPERVISORS);
            changes.put("POST " + query + "/count", SUPERVISORS);
        }
        for (String query : List.of(
                "activity-instance",
                "variable-instance",
                "process-instance",
                "task",
                "job-log",
                "external-task-log",
                "detail")) {
            engineQuery(query).forEach(path -> changes.put("POST " + path, SUPERVISORS));
        }
        for (String change : List.of(
                "POST /message",
                "POST /signal",
                "POST /task/{id}/bpmnError",
                "POST /task/{id}/bpmnEscalation",
                "PUT /process-definition/suspended")) {
            changes.put(change, Set.of("operator"));
        }
        changes.put("POST /deployment/create", SUPERVISORS);
        return changes;
    }

    private static List<String> engineQuery(String name) {
        return name.equals("detail")
                ? List.of("/history/" + name)
                : List.of("/history/" + name, "/history/" + name + "/count");
    }

    /** Changes that operators alone may make, and that come in many forms. */
    private static boolean isInterference(String change) {
        String path = path(change);
        return Stream.of(
                                "/process-instance/",
                                "/execution/",
                                "/job/",
                                "/job-definition/",
                                "/incident/",
                                "/batch/",
                                "/migration/",
                                "/modification/")
                        .anyMatch(path::startsWith)
                || path.matches("/task/[^/]+/(variables|localVariables)(/.*)?");
    }

    private boolean passesTheDoor(String change, String user) {
        String mapping = change.replaceFirst(" ", " /engine-rest");
        var answer = visitor.call(method(mapping), path(mapping), user, headers(mapping));
        return !answer.body().contains("urn:takedown-hub:problem:forbidden");
    }

    private static void expect(String mapping, String user, int status, int expected, Map<String, String> wrong) {
        if (status != expected) {
            wrong.put(mapping + " as " + user, Integer.toString(status));
        }
    }

    private int status(String mapping, String user) {
        return visitor.call(method(mapping), path(mapping), user, headers(mapping))
                .statusCode();
    }

    private static Map<String, String> headers(String mapping) {
        return mapping.endsWith("/batch") ? Map.of("Content-Type", "text/csv") : Map.of();
    }

    private static String method(String mapping) {
        return mapping.substring(0, mapping.indexOf(' '));
    }

    /** The path with something in each of its holes. */
    private static String path(String mapping) {
        return mapping.substring(mapping.indexOf(' ') + 1).replaceAll("\\{[^}]*}", "TH-2026-999999");
    }

    /** Every address of our own, as {@code METHOD pattern}. */
    static Set<String> springMappings(List<RequestMappingInfoHandlerMapping> mappings) {
        Set<String> found = new TreeSet<>();
        for (RequestMappingInfoHandlerMapping mapping : mappings) {
            mapping.getHandlerMethods().forEach((info, handler) -> {
                if (isPartOfATest(handler.getBeanType())) {
                    return;
                }
                Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
                info.getPatternValues().stream()
                        .filter(pattern -> !pattern.equals("/error"))
                        .forEach(pattern -> (methods.isEmpty() ? Set.of(RequestMethod.GET) : methods)
                                .forEach(method -> found.add(method + " " + pattern)));
            });
        }
        return found;
    }

    /** Other tests bring controllers of their own, and they are found like the hub's. */
    private static boolean isPartOfATest(Class<?> controller) {
        return controller
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .equals(EndpointWalkTest.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation());
    }

    /** Every method and path of the engine's REST API, read from its own annotations. */
    static List<String> engineResources() {
        Set<String> found = new TreeSet<>();
        walk(DefaultProcessEngineRestServiceImpl.class, "", 0, found);
        return List.copyOf(found);
    }

    private static void walk(Class<?> type, String prefix, int depth, Set<String> found) {
        for (Method method : type.getMethods()) {
            Optional<Path> path = annotation(method, Path.class);
            String here = path.map(value -> join(prefix, value.value())).orElse(prefix);
            Optional<String> verb = verb(method);
            if (verb.isPresent()) {
                found.add(verb.get() + " " + (here.isEmpty() ? "/" : here));
            } else if (path.isPresent()
                    && depth < 6
                    && method.getReturnType().getName().startsWith("org.camunda")) {
                walk(method.getReturnType(), here, depth + 1, found);
            }
        }
    }

    private static Optional<String> verb(Method method) {
        return hierarchy(method)
                .flatMap(declared -> Arrays.stream(declared.getAnnotations()))
                .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                .filter(Objects::nonNull)
                .map(HttpMethod::value)
                .findFirst();
    }

    private static <A extends Annotation> Optional<A> annotation(Method method, Class<A> type) {
        return hierarchy(method)
                .map(declared -> declared.getAnnotation(type))
                .filter(Objects::nonNull)
                .findFirst();
    }

    private static Stream<Method> hierarchy(Method method) {
        List<Method> declared = new ArrayList<>(List.of(method));
        for (Class<?> contract : method.getDeclaringClass().getInterfaces()) {
            Arrays.stream(contract.getMethods())
                    .filter(other -> other.getName().equals(method.getName())
                            && Arrays.equals(other.getParameterTypes(), method.getParameterTypes()))
                    .forEach(declared::add);
        }
        return declared.stream();
    }

    private static String join(String prefix, String path) {
        String joined = (prefix + "/" + path).replaceAll("\\{\\s*(\\w+)\\s*:[^}]*}", "{$1}");
        return joined.replaceAll("/{2,}", "/").replaceAll("/$", "");
    }

    private static Set<String> except(String... users) {
        return EVERYBODY.stream()
                .filter(user -> !Set.of(users).contains(user))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> minus(Set<String> users, String more) {
        return Stream.concat(users.stream(), Stream.of(more)).collect(Collectors.toSet());
    }
}
