package org.takedownhub.engine;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.history.HistoricVariableInstance;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.rest.security.auth.AuthenticationResult;
import org.camunda.bpm.engine.rest.security.auth.impl.ContainerBasedAuthenticationProvider;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.webapp.impl.security.auth.ContainerBasedAuthenticationFilter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.filter.OncePerRequestFilter;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.process.InvalidInput;
import org.takedownhub.process.NotAllowed;
import org.takedownhub.process.Person;
import org.takedownhub.process.StartForm;
import org.takedownhub.process.TaskForm;
import org.takedownhub.process.TaskInHand;

/** Everybody here holds every authorisation of the engine, so that what is refused was refused by the door. */
@SpringBootTest(
        classes = {EngineInTest.class, DoorTest.Setting.class},
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:door;DB_CLOSE_DELAY=-1",
            "spring.flyway.enabled=false",
            "camunda.bpm.job-execution.enabled=false",
            "camunda.bpm.deployment-resource-pattern=classpath*:engine/none/*.bpmn"
        })
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DoorTest {

    private static final String REST = "/engine-rest";
    private static final String WEB_APP = "/camunda/api/engine/engine/default";

    @Autowired
    private RepositoryService repository;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private TaskService tasks;

    @Autowired
    private HistoryService history;

    @Autowired
    private ManagementService management;

    @Autowired
    private IdentityService identity;

    @Autowired
    private AuthorizationService authorizations;

    @Autowired
    private JdbcClient database;

    @Autowired
    private TestRestTemplate http;

    @Autowired
    private DecideForm form;

    @Autowired
    private EngineInTest.CountCalls countCalls;

    private String taskId;
    private String instanceId;

    @BeforeAll
    void deploy() {
        repository
                .createDeployment()
                .name("door")
                .addClasspathResource("engine/door/door.bpmn")
                .addClasspathResource("engine/door/door-form.form")
                .deploy();
        identity.saveGroup(identity.newGroup("caseworkers"));
        for (String person : List.of("caseworker1", "caseworker2")) {
            User user = identity.newUser(person);
            user.setPassword("correct-Horse-1-battery");
            identity.saveUser(user);
            identity.createMembership(person, "caseworkers");
        }
        database.sql("create table door_note (task_id varchar(64), note varchar(4000))")
                .update();
        for (String group : List.of("caseworkers", "managers", "operators")) {
            for (Resources resource : Resources.values()) {
                Authorization all = authorizations.createNewAuthorization(Authorization.AUTH_TYPE_GRANT);
                all.setGroupId(group);
                all.setResource(resource);
                all.setResourceId(Authorization.ANY);
                all.addPermission(Permissions.ALL);
                authorizations.saveAuthorization(all);
            }
        }
    }

    @BeforeEach
    void flag() {
        ProcessInstance instance = runtime.createProcessInstanceByKey("door")
                .businessKey("TH-2026-000001")
                .setVariable("caseReference", "TH-2026-000001")
                .setVariable("removalDueAt", "2099-01-01T00:00:00Z")
                .setVariable("recipientNumber", 3)
                .execute();
        instanceId = instance.getId();
        taskId = tasks.createTaskQuery()
                .processInstanceId(instanceId)
                .singleResult()
                .getId();
    }

    @AfterEach
    void clear() {
        form.reset();
        runtime.createProcessInstanceQuery()
                .list()
                .forEach(instance -> runtime.deleteProcessInstance(instance.getId(), "end of test"));
        database.sql("delete from door_note").update();
    }

    @Nested
    class Completing {

        @ParameterizedTest
        @ValueSource(strings = {REST, WEB_APP})
        void keepsInTheEngineOnlyWhatTheFormLetsIn(String api) {
            for (String way : List.of("complete", "submit-form")) {
                ResponseEntity<String> answer = caseworker(api)
                        .post("/task/" + taskId + "/" + way, values("verdict", "UNLAWFUL", "reasons", "a threat"));

                assertThat(answer.getStatusCode().value()).isEqualTo(204);
                assertThat(runtime.createProcessInstanceQuery()
                                .processInstanceId(instanceId)
                                .count())
                        .isZero();
                assertThat(keptVariables())
                        .containsEntry("contentUnlawful", true)
                        .containsEntry("removalDueAt", "2099-01-01T00:00:00Z")
                        .doesNotContainKeys("verdict", "reasons");
                assertThat(notes()).containsExactly("a threat");
                clear();
                flag();
            }
        }

        @Test
        void tellsTheFormWhichTaskWhichCaseAndWho() {
            caseworker(REST).post("/task/" + taskId + "/complete", values("verdict", "UNLAWFUL"));

            assertThat(form.lastTask.get())
                    .isEqualTo(new TaskInHand(
                            taskId,
                            "Task_Decide",
                            new CaseReference("TH-2026-000001"),
                            OptionalInt.of(3),
                            new Person("caseworker1", Set.of("caseworkers"))));
        }

        @ParameterizedTest
        @ValueSource(strings = {"complete", "submit-form"})
        void refusesAVariableThatIsNoField(String way) {
            ResponseEntity<String> answer = caseworker(REST)
                    .post(
                            "/task/" + taskId + "/" + way,
                            values("verdict", "UNLAWFUL", "removalDueAt", "2020-01-01T00:00:00Z"));

            assertThat(answer.getStatusCode().value()).isEqualTo(400);
            assertThat(answer.getBody()).contains("removalDueAt");
            assertNothingHappened();
        }

        @ParameterizedTest
        @ValueSource(strings = {"complete", "submit-form"})
        void refusesAMissingValueAndNamesItsField(String way) {
            ResponseEntity<String> answer = caseworker(REST).post("/task/" + taskId + "/" + way, values());

            assertThat(answer.getStatusCode().value()).isEqualTo(400);
            assertThat(answer.getBody()).contains("verdict");
            assertNothingHappened();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"value\":\"{}\",\"type\":\"Json\"}",
                    "{\"value\":[1,2]}",
                    "{\"value\":{\"a\":1}}",
                    "{\"value\":\"eA==\",\"type\":\"Bytes\"}",
                    "{\"value\":\"eA==\",\"type\":\"File\",\"valueInfo\":{\"filename\":\"x\"}}",
                    "{\"value\":\"{}\",\"type\":\"Object\",\"valueInfo\":{\"objectTypeName\":\"java.util.HashMap\",\"serializationDataFormat\":\"application/json\"}}",
                })
        void refusesValuesThatAreNotPlain(String value) {
            for (String way : List.of("complete", "submit-form")) {
                ResponseEntity<String> answer = caseworker(REST)
                        .post("/task/" + taskId + "/" + way, "{\"variables\":{\"verdict\":" + value + "}}");

                assertThat(answer.getStatusCode().value()).as(answer.getBody()).isEqualTo(400);
                assertNothingHappened();
            }
        }

        @Test
        void takesBackWhatTheFormStoredWhenTheStepAfterItFails() {
            form.variables = Map.of("contentUnlawful", true);
            countCalls.failure.set(new IllegalStateException("broken"));
            try {
                ResponseEntity<String> answer = caseworker(REST)
                        .post("/task/" + taskId + "/complete", values("verdict", "UNLAWFUL", "reasons", "a threat"));

                assertThat(answer.getStatusCode().value()).isEqualTo(500);
                assertNothingHappened();
            } finally {
                countCalls.failure.set(null);
            }
        }

        @Test
        void refusesWhoTheFormRefuses() {
            form.refusal.set("The person who verified may not approve");

            ResponseEntity<String> answer =
                    caseworker(REST).post("/task/" + taskId + "/complete", values("verdict", "UNLAWFUL"));

            assertThat(answer.getStatusCode().value()).isEqualTo(403);
            assertThat(answer.getBody()).contains("The person who verified may not approve");
            assertNothingHappened();
        }

        @ParameterizedTest
        @ValueSource(strings = {"managers", "operators"})
        void refusesWhoeverIsNoCandidate(String group) {
            ResponseEntity<String> answer =
                    as("somebody", group, REST).post("/task/" + taskId + "/complete", values("verdict", "UNLAWFUL"));

            assertThat(answer.getStatusCode().value()).isEqualTo(403);
            assertNothingHappened();
        }

        @Test
        void refusesATaskThatSomebodyElseHasClaimed() {
            tasks.claim(taskId, "caseworker2");

            ResponseEntity<String> answer =
                    caseworker(REST).post("/task/" + taskId + "/complete", values("verdict", "UNLAWFUL"));

            assertThat(answer.getStatusCode().value()).isEqualTo(403);
            assertThat(answer.getBody()).contains("claimed");
            assertNothingHappened();
        }

        @Test
        void refusesATaskWithoutAForm() {
            String other = runtime.startProcessInstanceByKey("unattended", "TH-2026-000002")
                    .getId();
            String task = tasks.createTaskQuery()
                    .processInstanceId(other)
                    .singleResult()
                    .getId();

            ResponseEntity<String> answer = caseworker(REST).post("/task/" + task + "/complete", values());

            assertThat(answer.getStatusCode().value()).isEqualTo(403);
            assertThat(tasks.createTaskQuery().taskId(task).count()).isEqualTo(1);
        }

        @Test
        void saysThatATaskIsDoneAlready() {
            caseworker(REST).post("/task/" + taskId + "/complete", values("verdict", "UNLAWFUL"));

            ResponseEntity<String> answer =
                    caseworker(REST).post("/task/" + taskId + "/complete", values("verdict", "UNLAWFUL"));

            assertThat(answer.getStatusCode().value()).isEqualTo(404);
            assertThat(answer.getBody()).contains("completed");
        }

        @ParameterizedTest
        @ValueSource(strings = {"complete", "submit-form"})
        void letsOneOfTwoWinAndTellsTheOther(String way) {
            form.meeting.set(new CyclicBarrier(2));

            List<Integer> answers = Stream.of("caseworker1", "caseworker2")
                    .map(person -> CompletableFuture.supplyAsync(() -> as(person, "caseworkers", REST)
                            .post("/task/" + taskId + "/" + way, values("verdict", "UNLAWFUL", "reasons", person))
                            .getStatusCode()
                            .value()))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .sorted()
                    .toList();

            assertThat(answers).containsExactly(204, 404);
            assertThat(notes()).hasSize(1);
        }

        private void assertNothingHappened() {
            assertThat(tasks.createTaskQuery().taskId(taskId).count()).isEqualTo(1);
            assertThat(runtime.getVariable(instanceId, "removalDueAt")).isEqualTo("2099-01-01T00:00:00Z");
            assertThat(runtime.getVariables(instanceId))
                    .containsOnlyKeys("caseReference", "removalDueAt", "recipientNumber");
            assertThat(notes()).isEmpty();
        }
    }

    @Nested
    class Starting {

        @ParameterizedTest
        @ValueSource(strings = {"submit-form", "start"})
        void givesTheProcessItsCaseReferenceWhateverWasSent(String way) {
            ResponseEntity<String> answer = caseworker(REST)
                    .post(
                            "/process-definition/key/door/" + way,
                            "{\"businessKey\":\"mine\",\"variables\":{\"url\":{\"value\":\"https://example.org/1\"}}}");

            assertThat(answer.getStatusCode().value()).isEqualTo(200);
            assertThat(answer.getBody())
                    .contains("\"businessKey\":\"TH-2026-000077\"")
                    .contains("\"links\"");
            ProcessInstance started = runtime.createProcessInstanceQuery()
                    .processInstanceBusinessKey("TH-2026-000077")
                    .singleResult();
            assertThat(runtime.getVariables(started.getId())).containsOnlyKeys("caseReference");
        }

        @ParameterizedTest
        @ValueSource(strings = {"submit-form", "start"})
        void answersWithTheOpenCaseWhenTheContentIsKnown(String way) {
            ResponseEntity<String> answer = caseworker(REST)
                    .post("/process-definition/key/door/" + way, values("url", "https://example.org/known"));

            assertThat(answer.getStatusCode().value()).isEqualTo(200);
            assertThat(answer.getBody()).contains(instanceId).contains("TH-2026-000001");
            assertThat(runtime.createProcessInstanceQuery().count()).isEqualTo(1);
        }

        @ParameterizedTest
        @ValueSource(strings = {"submit-form", "start"})
        void refusesAStartWithoutItsFields(String way) {
            ResponseEntity<String> answer =
                    caseworker(REST).post("/process-definition/key/door/" + way, values("verdict", "LAWFUL"));

            assertThat(answer.getStatusCode().value()).isEqualTo(400);
            assertThat(answer.getBody()).contains("url");
            assertThat(runtime.createProcessInstanceQuery().count()).isEqualTo(1);
        }

        @Test
        void refusesAStartInTheMiddle() {
            for (String group : List.of("caseworkers", "operators")) {
                ResponseEntity<String> answer = as("somebody", group, REST)
                        .post(
                                "/process-definition/key/door/start",
                                """
                                {"variables":{"url":{"value":"https://example.org/1"}},
                                 "startInstructions":[{"type":"startBeforeActivity","activityId":"Task_Count"}]}
                                """);

                assertThat(answer.getStatusCode().value()).isEqualTo(403);
            }
            assertThat(runtime.createProcessInstanceQuery().count()).isEqualTo(1);
        }

        @Test
        void refusesAProcessThatPeopleDoNotStart() {
            ResponseEntity<String> answer = caseworker(REST).post("/process-definition/key/unattended/start", values());

            assertThat(answer.getStatusCode().value()).isEqualTo(403);
        }
    }

    @Nested
    class Claiming {

        @Test
        void letsACandidateClaimAndGiveBack() {
            assertThat(post("/task/" + taskId + "/claim", "{\"userId\":\"caseworker1\"}"))
                    .isEqualTo(204);
            assertThat(assignee()).isEqualTo("caseworker1");
            assertThat(post("/task/" + taskId + "/unclaim", "{}")).isEqualTo(204);
            assertThat(assignee()).isNull();
            assertThat(post("/task/" + taskId + "/assignee", "{\"userId\":\"caseworker1\"}"))
                    .isEqualTo(204);
            assertThat(assignee()).isEqualTo("caseworker1");
        }

        @Test
        void refusesToClaimForSomebodyElse() {
            assertThat(post("/task/" + taskId + "/claim", "{\"userId\":\"caseworker2\"}"))
                    .isEqualTo(403);
            assertThat(post("/task/" + taskId + "/assignee", "{\"userId\":\"caseworker2\"}"))
                    .isEqualTo(403);
            assertThat(assignee()).isNull();
        }

        @Test
        void refusesToTakeATaskFromSomebodyElse() {
            tasks.claim(taskId, "caseworker2");

            assertThat(post("/task/" + taskId + "/claim", "{\"userId\":\"caseworker1\"}"))
                    .isEqualTo(403);
            assertThat(post("/task/" + taskId + "/assignee", "{\"userId\":\"caseworker1\"}"))
                    .isEqualTo(403);
            assertThat(post("/task/" + taskId + "/unclaim", "{}")).isEqualTo(403);
            assertThat(assignee()).isEqualTo("caseworker2");
        }

        @Test
        void refusesWhoeverIsNoCandidate() {
            ResponseEntity<String> answer =
                    as("manager1", "managers", REST).post("/task/" + taskId + "/claim", "{\"userId\":\"manager1\"}");

            assertThat(answer.getStatusCode().value()).isEqualTo(403);
        }

        @Test
        void takesCommentsOfThoseWhoMayDoTheTask() {
            assertThat(post("/task/" + taskId + "/comment/create", "{\"message\":\"seen\"}"))
                    .isEqualTo(200);
            assertThat(as("manager1", "managers", REST)
                            .post("/task/" + taskId + "/comment/create", "{\"message\":\"seen\"}")
                            .getStatusCode()
                            .value())
                    .isEqualTo(400);
            assertThat(tasks.getTaskComments(taskId)).hasSize(1);
        }

        private int post(String path, String body) {
            return caseworker(REST).post(path, body).getStatusCode().value();
        }

        private String assignee() {
            return tasks.createTaskQuery().taskId(taskId).singleResult().getAssignee();
        }
    }

    @Nested
    class Reading {

        @ParameterizedTest
        @ValueSource(strings = {REST, WEB_APP})
        void joinsInWhatTheFormShows(String api) {
            String body = caseworker(api)
                    .send(HttpMethod.GET, "/task/" + taskId + "/form-variables?deserializeValues=false", null)
                    .getBody();

            assertThat(body)
                    .contains("\"removalDueAt\"")
                    .contains("\"defangedUrl\":{\"type\":\"String\",\"value\":\"hxxps://example.org/post\"")
                    .contains("\"recipients\":{\"type\":\"Json\",\"value\":\"[{\\\"name\\\":\\\"provider\\\"}]\"");
            assertThat(runtime.getVariables(instanceId)).doesNotContainKey("defangedUrl");
        }

        @Test
        void joinsInOnlyTheNamesThatWereAskedFor() {
            String body = caseworker(REST)
                    .send(HttpMethod.GET, "/task/" + taskId + "/form-variables?variableNames=defangedUrl", null)
                    .getBody();

            assertThat(body).contains("hxxps").doesNotContain("recipients").doesNotContain("removalDueAt");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/task",
                    "/task/count",
                    "/task/{task}",
                    "/task/{task}/form",
                    "/task/{task}/deployed-form",
                    "/task/{task}/rendered-form",
                    "/task/{task}/variables",
                    "/task/{task}/localVariables",
                    "/task/{task}/identity-links",
                    "/task/{task}/comment",
                    "/task/{task}/attachment",
                    "/filter",
                    "/filter/count",
                    "/history/task?taskId={task}",
                    "/history/user-operation?taskId={task}",
                    "/history/activity-instance?processInstanceId={instance}",
                    "/history/process-instance/{instance}",
                    "/history/variable-instance?processInstanceId={instance}",
                    "/process-definition?latest=true&startableInTasklist=true",
                    "/process-definition/key/door/xml",
                    "/process-definition/key/door/startForm",
                    "/process-definition/key/door/form-variables",
                    "/process-definition/key/door/deployed-start-form",
                    "/process-definition/statistics",
                    "/process-instance/{instance}",
                    "/process-instance/{instance}/variables",
                    "/process-instance/{instance}/activity-instances",
                    "/execution?processInstanceId={instance}",
                    "/variable-instance?processInstanceIdIn={instance}",
                    "/job?processInstanceId={instance}",
                    "/incident",
                    "/decision-definition",
                    "/deployment",
                    "/user",
                    "/group",
                    "/identity/groups?userId=caseworker1",
                    "/authorization/check?permissionName=READ&permissionValue=2&resourceName=filter&resourceType=5",
                    "/history/task/report?reportType=count&groupBy=taskName",
                    "/task/report/candidate-group-count",
                    "/history/process-instance/report?reportType=duration&periodUnit=month",
                })
        void letsPeopleReadWhatTheEngineAllows(String path) {
            for (String api : List.of(REST, WEB_APP)) {
                ResponseEntity<String> answer = caseworker(api)
                        .send(HttpMethod.GET, path.replace("{task}", taskId).replace("{instance}", instanceId), null);

                // a form of a form-js kind has no rendered form: that is the engine's own answer
                assertThat(answer.getStatusCode().value()).as(answer.getBody()).isIn(200, 204, 404);
                assertThat(answer.getBody() == null ? "" : answer.getBody()).doesNotContain("Only the group");
            }
        }
    }

    /** One call that changes something. {task}, {instance}, {definition}, {job}, {deployment} stand for real ids. */
    record Change(HttpMethod method, String path, String body) {}

    static Stream<Change> changesForOperatorsOnly() {
        return Stream.of(
                new Change(HttpMethod.POST, "/task/{task}/bpmnError", "{\"errorCode\":\"door.refused\"}"),
                new Change(HttpMethod.POST, "/task/{task}/bpmnEscalation", "{\"escalationCode\":\"x\"}"),
                new Change(HttpMethod.POST, "/task/{task}/resolve", "{}"),
                new Change(HttpMethod.POST, "/task/{task}/delegate", "{\"userId\":\"caseworker2\"}"),
                new Change(HttpMethod.PUT, "/task/{task}/variables/removalDueAt", "{\"value\":\"x\"}"),
                new Change(HttpMethod.DELETE, "/task/{task}/variables/removalDueAt", null),
                new Change(
                        HttpMethod.POST,
                        "/task/{task}/variables",
                        "{\"modifications\":{\"removalDueAt\":{\"value\":\"x\"}}}"),
                new Change(HttpMethod.PUT, "/task/{task}/localVariables/removalDueAt", "{\"value\":\"x\"}"),
                new Change(
                        HttpMethod.POST,
                        "/task/{task}/localVariables",
                        "{\"modifications\":{\"x\":{\"value\":\"x\"}}}"),
                new Change(
                        HttpMethod.POST,
                        "/task/{task}/identity-links",
                        "{\"userId\":\"caseworker1\",\"type\":\"candidate\"}"),
                new Change(
                        HttpMethod.POST,
                        "/task/{task}/identity-links/delete",
                        "{\"groupId\":\"caseworkers\",\"type\":\"candidate\"}"),
                new Change(HttpMethod.PUT, "/task/{task}", "{\"name\":\"x\",\"due\":\"2099-01-01T00:00:00.000+0000\"}"),
                new Change(HttpMethod.POST, "/task/create", "{\"name\":\"x\"}"),
                new Change(HttpMethod.DELETE, "/task/{task}", null),
                new Change(HttpMethod.PUT, "/process-instance/{instance}/variables/removalDueAt", "{\"value\":\"x\"}"),
                new Change(
                        HttpMethod.POST,
                        "/process-instance/{instance}/variables",
                        "{\"modifications\":{\"removalDueAt\":{\"value\":\"x\"}}}"),
                new Change(
                        HttpMethod.POST,
                        "/process-instance/{instance}/modification",
                        "{\"instructions\":[{\"type\":\"cancel\",\"activityId\":\"Task_Decide\"}]}"),
                new Change(
                        HttpMethod.POST,
                        "/process-instance/{instance}/modification-async",
                        "{\"instructions\":[{\"type\":\"cancel\",\"activityId\":\"Task_Decide\"}]}"),
                new Change(HttpMethod.PUT, "/process-instance/{instance}/suspended", "{\"suspended\":true}"),
                new Change(HttpMethod.DELETE, "/process-instance/{instance}", null),
                new Change(HttpMethod.POST, "/process-instance/delete", "{\"processInstanceIds\":[\"{instance}\"]}"),
                new Change(
                        HttpMethod.POST,
                        "/process-instance/variables-async",
                        "{\"processInstanceIds\":[\"{instance}\"],\"variables\":{\"x\":{\"value\":1}}}"),
                new Change(
                        HttpMethod.POST,
                        "/process-instance/message-async",
                        "{\"messageName\":\"door.answered\",\"processInstanceIds\":[\"{instance}\"]}"),
                new Change(HttpMethod.PUT, "/execution/{instance}/localVariables/removalDueAt", "{\"value\":\"x\"}"),
                new Change(HttpMethod.POST, "/execution/{instance}/signal", "{}"),
                new Change(HttpMethod.POST, "/execution/{instance}/messageSubscriptions/door.answered/trigger", "{}"),
                new Change(
                        HttpMethod.POST,
                        "/message",
                        "{\"messageName\":\"door.answered\",\"businessKey\":\"TH-2026-000001\"}"),
                new Change(HttpMethod.POST, "/message", "{\"messageName\":\"door.answered\",\"all\":true}"),
                new Change(HttpMethod.POST, "/signal", "{\"name\":\"door.stop\"}"),
                new Change(HttpMethod.POST, "/condition", "{\"variables\":{\"x\":{\"value\":1}}}"),
                new Change(HttpMethod.PUT, "/job/{job}/duedate", "{\"duedate\":\"2020-01-01T00:00:00.000+0000\"}"),
                new Change(HttpMethod.POST, "/job/{job}/execute", "{}"),
                new Change(HttpMethod.PUT, "/job/{job}/retries", "{\"retries\":0}"),
                new Change(HttpMethod.PUT, "/job/{job}/suspended", "{\"suspended\":true}"),
                new Change(HttpMethod.POST, "/job/{job}/duedate/recalculate", "{}"),
                new Change(HttpMethod.DELETE, "/job/{job}", null),
                new Change(HttpMethod.PUT, "/process-definition/{definition}/suspended", "{\"suspended\":true}"),
                new Change(HttpMethod.DELETE, "/process-definition/{definition}", null),
                new Change(
                        HttpMethod.PUT,
                        "/process-definition/{definition}/history-time-to-live",
                        "{\"historyTimeToLive\":1}"),
                new Change(
                        HttpMethod.POST,
                        "/process-definition/{definition}/restart",
                        "{\"processInstanceIds\":[\"{instance}\"],\"instructions\":[{\"type\":\"startBeforeActivity\",\"activityId\":\"Task_Count\"}]}"),
                new Change(
                        HttpMethod.POST,
                        "/modification/execute",
                        "{\"processDefinitionId\":\"{definition}\",\"processInstanceIds\":[\"{instance}\"],\"instructions\":[{\"type\":\"startBeforeActivity\",\"activityId\":\"Task_Count\"}]}"),
                new Change(
                        HttpMethod.POST,
                        "/migration/generate",
                        "{\"sourceProcessDefinitionId\":\"{definition}\",\"targetProcessDefinitionId\":\"{definition}\"}"),
                new Change(
                        HttpMethod.POST,
                        "/migration/execute",
                        "{\"migrationPlan\":{\"sourceProcessDefinitionId\":\"{definition}\",\"targetProcessDefinitionId\":\"{definition}\",\"instructions\":[{\"sourceActivityIds\":[\"Task_Decide\"],\"targetActivityIds\":[\"Task_Decide\"]}]},\"processInstanceIds\":[\"{instance}\"]}"),
                new Change(HttpMethod.DELETE, "/deployment/{deployment}?cascade=true", null),
                new Change(HttpMethod.POST, "/deployment/{deployment}/redeploy", "{}"),
                new Change(
                        HttpMethod.POST, "/filter/create", "{\"resourceType\":\"Task\",\"name\":\"x\",\"query\":{}}"),
                new Change(
                        HttpMethod.POST,
                        "/authorization/create",
                        "{\"type\":1,\"permissions\":[\"ALL\"],\"userId\":\"caseworker1\",\"resourceType\":7,\"resourceId\":\"*\"}"),
                new Change(
                        HttpMethod.POST,
                        "/user/create",
                        "{\"profile\":{\"id\":\"x\"},\"credentials\":{\"password\":\"a-Long-Passw0rd!\"}}"),
                new Change(HttpMethod.POST, "/group/create", "{\"id\":\"x\",\"name\":\"x\"}"),
                new Change(HttpMethod.PUT, "/group/operators/members/caseworker1", null),
                new Change(HttpMethod.POST, "/identity/verify", "{\"username\":\"operator\",\"password\":\"guess\"}"),
                new Change(
                        HttpMethod.POST,
                        "/external-task/fetchAndLock",
                        "{\"workerId\":\"x\",\"maxTasks\":1,\"topics\":[{\"topicName\":\"x\",\"lockDuration\":1000}]}"),
                new Change(HttpMethod.DELETE, "/history/process-instance/{instance}", null),
                new Change(HttpMethod.DELETE, "/history/process-instance/{instance}/variable-instances", null),
                new Change(HttpMethod.POST, "/history/cleanup", "{}"),
                new Change(HttpMethod.GET, "/process-instance/{instance}/comment", null),
                new Change(HttpMethod.GET, "/metrics", null));
    }

    @ParameterizedTest
    @MethodSource("changesForOperatorsOnly")
    void refusesAnyOtherChangeToWhoIsNoOperator(Change change) {
        for (String group : List.of("caseworkers", "managers")) {
            ResponseEntity<String> answer =
                    as("caseworker1", group, REST).send(change.method(), filled(change.path()), filled(change.body()));

            assertThat(answer.getStatusCode().value()).as(answer.getBody()).isEqualTo(403);
        }
        assertThat(tasks.createTaskQuery().taskId(taskId).active().count()).isEqualTo(1);
        assertThat(runtime.getVariables(instanceId))
                .containsOnlyKeys("caseReference", "removalDueAt", "recipientNumber");
        assertThat(runtime.getVariable(instanceId, "removalDueAt")).isEqualTo("2099-01-01T00:00:00Z");
    }

    @Test
    void refusesADeploymentToWhoIsNoOperator() {
        for (String group : List.of("caseworkers", "managers")) {
            assertThat(deployment(group)).isEqualTo(403);
        }
        assertThat(deployment("operators")).isEqualTo(200);
    }

    @Test
    void letsAnOperatorRepair() {
        Caller operator = as("operator", "operators", REST);

        assertThat(operator.send(
                                HttpMethod.PUT,
                                "/process-instance/" + instanceId + "/variables/removalDueAt",
                                "{\"value\":\"2098-01-01T00:00:00Z\"}")
                        .getStatusCode()
                        .value())
                .isEqualTo(204);
        assertThat(operator.send(
                                HttpMethod.PUT,
                                filled("/job/{job}/duedate"),
                                "{\"duedate\":\"2098-01-01T00:00:00.000+0000\"}")
                        .getStatusCode()
                        .value())
                .isEqualTo(204);
        assertThat(operator.post("/message", "{\"messageName\":\"door.answered\",\"businessKey\":\"TH-2026-000001\"}")
                        .getStatusCode()
                        .value())
                .isEqualTo(204);
        assertThat(runtime.createProcessInstanceQuery()
                        .processInstanceId(instanceId)
                        .count())
                .isZero();
    }

    @Test
    void leavesOurOwnCodeAlone() {
        runtime.setVariable(instanceId, "removalDueAt", "2097-01-01T00:00:00Z");
        tasks.complete(taskId);

        assertThat(runtime.createProcessInstanceQuery()
                        .processInstanceId(instanceId)
                        .count())
                .isZero();
    }

    private int deployment(String group) {
        MultiValueMap<String, Object> parts = new LinkedMultiValueMap<>();
        parts.add(
                "file",
                new ByteArrayResource(HostileModels.definitions("<startEvent id=\"s\"/>")
                        .replace("\"hostile\"", "\"by-" + group + "\"")
                        .getBytes()) {
                    @Override
                    public String getFilename() {
                        return "by-" + group + ".bpmn";
                    }
                });
        HttpHeaders headers = headersOf("somebody", group);
        headers.setContentType(MediaType.MULTIPART_FORM_DATA);
        return http.postForEntity(REST + "/deployment/create", new HttpEntity<>(parts, headers), String.class)
                .getStatusCode()
                .value();
    }

    private String filled(String text) {
        if (text == null) {
            return null;
        }
        String definition = repository
                .createProcessDefinitionQuery()
                .processDefinitionKey("door")
                .singleResult()
                .getId();
        return text.replace("{task}", taskId)
                .replace("{instance}", instanceId)
                .replace("{definition}", definition)
                .replace(
                        "{deployment}",
                        repository
                                .createDeploymentQuery()
                                .deploymentName("door")
                                .singleResult()
                                .getId())
                .replace(
                        "{job}",
                        management
                                .createJobQuery()
                                .processInstanceId(instanceId)
                                .singleResult()
                                .getId());
    }

    private Map<String, Object> keptVariables() {
        Map<String, Object> kept = new LinkedHashMap<>();
        for (HistoricVariableInstance variable : history.createHistoricVariableInstanceQuery()
                .processInstanceId(instanceId)
                .list()) {
            kept.put(variable.getName(), variable.getValue());
        }
        return kept;
    }

    private List<String> notes() {
        return database.sql("select note from door_note").query(String.class).list();
    }

    private static String values(String... namesAndValues) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.add("\"%s\":{\"value\":\"%s\"}".formatted(namesAndValues[i], namesAndValues[i + 1]));
        }
        return "{\"variables\":{" + String.join(",", values) + "}}";
    }

    private Caller caseworker(String api) {
        return as("caseworker1", "caseworkers", api);
    }

    private Caller as(String person, String group, String api) {
        return new Caller(person, group, api);
    }

    private static HttpHeaders headersOf(String person, String group) {
        HttpHeaders headers = new HttpHeaders();
        headers.set("X-Person", person);
        headers.set("X-Group", group);
        return headers;
    }

    /** One person at one of the engine's two HTTP interfaces. */
    private final class Caller {

        private final HttpHeaders headers;
        private final String api;

        Caller(String person, String group, String api) {
            this.api = api;
            this.headers = headersOf(person, group);
            headers.setContentType(MediaType.APPLICATION_JSON);
            if (api.equals(WEB_APP)) {
                ResponseEntity<String> welcome =
                        http.exchange(api + "/task/count", HttpMethod.GET, new HttpEntity<>(headers), String.class);
                Map<String, String> cookies =
                        welcome.getHeaders().getOrDefault(HttpHeaders.SET_COOKIE, List.of()).stream()
                                .map(cookie -> cookie.split(";")[0].split("=", 2))
                                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (first, last) -> last));
                headers.set(
                        HttpHeaders.COOKIE,
                        cookies.entrySet().stream()
                                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                                .collect(Collectors.joining("; ")));
                headers.set("X-XSRF-TOKEN", cookies.getOrDefault("XSRF-TOKEN", ""));
            }
        }

        ResponseEntity<String> post(String path, String body) {
            return send(HttpMethod.POST, path, body);
        }

        ResponseEntity<String> send(HttpMethod method, String path, String body) {
            return http.exchange(api + path, method, new HttpEntity<>(body, headers), String.class);
        }
    }

    static final class DecideForm implements TaskForm {

        private final JdbcClient database;
        final AtomicReference<TaskInHand> lastTask = new AtomicReference<>();
        final AtomicReference<String> refusal = new AtomicReference<>();
        final AtomicReference<CyclicBarrier> meeting = new AtomicReference<>();
        final AtomicInteger calls = new AtomicInteger();
        volatile Map<String, Object> variables = Map.of("contentUnlawful", true);

        DecideForm(JdbcClient database) {
            this.database = database;
        }

        void reset() {
            refusal.set(null);
            meeting.set(null);
            calls.set(0);
        }

        @Override
        public String taskDefinitionKey() {
            return "Task_Decide";
        }

        @Override
        public Set<String> fields() {
            return Set.of("verdict", "reasons");
        }

        @Override
        public Map<String, Object> shown(TaskInHand task) {
            return Map.of("defangedUrl", "hxxps://example.org/post", "recipients", List.of(Map.of("name", "provider")));
        }

        @Override
        public Map<String, Object> accept(TaskInHand task, Map<String, Object> submitted) {
            lastTask.set(task);
            if (refusal.get() != null) {
                throw new NotAllowed(refusal.get());
            }
            Set<String> unknown = new HashSet<>(submitted.keySet());
            unknown.removeAll(Set.of("verdict", "reasons"));
            unknown.forEach(field -> {
                throw new InvalidInput(field, "is no field of this form");
            });
            if (!(submitted.get("verdict") instanceof String)) {
                throw new InvalidInput("verdict", "is missing");
            }
            if (submitted.get("reasons") instanceof String reasons) {
                database.sql("insert into door_note (task_id, note) values (?, ?)")
                        .params(task.taskId(), reasons)
                        .update();
            }
            meet();
            return variables;
        }

        /** Holds the first two until both are here, so that they really race. */
        private void meet() {
            CyclicBarrier barrier = meeting.get();
            if (barrier != null && calls.incrementAndGet() <= 2) {
                try {
                    barrier.await(20, TimeUnit.SECONDS);
                } catch (InterruptedException | BrokenBarrierException | TimeoutException alone) {
                    throw new IllegalStateException("The other one never came", alone);
                }
            }
        }
    }

    static final class Setting {

        @Bean
        DecideForm decideForm(JdbcClient database) {
            return new DecideForm(database);
        }

        @Bean
        StartForm flagForm() {
            return new StartForm() {
                @Override
                public String processDefinitionKey() {
                    return "door";
                }

                @Override
                public Set<String> fields() {
                    return Set.of("url");
                }

                @Override
                public Start accept(Person person, Map<String, Object> submitted) {
                    if (!(submitted.get("url") instanceof String url)) {
                        throw new InvalidInput("url", "is missing");
                    }
                    return url.endsWith("known")
                            ? new Start(new CaseReference("TH-2026-000001"), true, Map.of())
                            : new Start(
                                    new CaseReference("TH-2026-000077"),
                                    false,
                                    Map.of("caseReference", "TH-2026-000077"));
                }
            };
        }

        /** Who somebody is stands in a header; how they prove it is another test's question. */
        @Bean
        FilterRegistrationBean<OncePerRequestFilter> peopleAtRest(IdentityService identity) {
            FilterRegistrationBean<OncePerRequestFilter> registration =
                    new FilterRegistrationBean<>(new OncePerRequestFilter() {
                        @Override
                        protected void doFilterInternal(
                                HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                                throws ServletException, IOException {
                            identity.setAuthentication(
                                    request.getHeader("X-Person"), List.of(request.getHeader("X-Group")));
                            try {
                                chain.doFilter(request, response);
                            } finally {
                                identity.clearAuthentication();
                            }
                        }
                    });
            registration.addUrlPatterns(REST + "/*");
            return registration;
        }

        @Bean
        FilterRegistrationBean<ContainerBasedAuthenticationFilter> peopleAtTheWebApps() {
            FilterRegistrationBean<ContainerBasedAuthenticationFilter> registration =
                    new FilterRegistrationBean<>(new ContainerBasedAuthenticationFilter());
            registration.setInitParameters(Map.of("authentication-provider", ByHeader.class.getName()));
            registration.setOrder(201);
            registration.addUrlPatterns("/camunda/app/*", "/camunda/api/*");
            return registration;
        }
    }

    /** Made by the filter by its name. */
    public static final class ByHeader extends ContainerBasedAuthenticationProvider {

        @Override
        public AuthenticationResult extractAuthenticatedUser(HttpServletRequest request, ProcessEngine engine) {
            AuthenticationResult result = AuthenticationResult.successful(request.getHeader("X-Person"));
            result.setGroups(List.of(request.getHeader("X-Group")));
            return result;
        }
    }
}
