package org.takedownhub.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ParseException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.repository.Deployment;
import org.camunda.bpm.engine.task.TaskQuery;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.takedownhub.engine.HostileModels.Model;

@SpringBootTest(
        classes = EngineInTest.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:hostile-models;DB_CLOSE_DELAY=-1",
            "spring.flyway.enabled=false",
            "camunda.bpm.authorization.enabled=false",
            "camunda.bpm.job-execution.enabled=false",
            "camunda.bpm.deployment-resource-pattern=classpath*:engine/none/*.bpmn"
        })
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileModelsTest {

    private final Path marker = Path.of(System.getProperty("java.io.tmpdir"), "hostile-model-" + System.nanoTime());

    @Autowired
    private RepositoryService repository;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private TaskService tasks;

    @Autowired
    private FilterService filters;

    @Autowired
    private IdentityService identity;

    @Autowired
    private TestRestTemplate http;

    @Autowired
    private EngineInTest.CountCalls countCalls;

    Stream<Model> hostileModels() {
        return new HostileModels(marker).all().stream();
    }

    @AfterEach
    void nothingHappenedAndNothingIsLeft() {
        assertThat(marker).doesNotExist();
        assertThat(HostileModels.Constructed.happened).isFalse();
        assertThat(repository
                        .createProcessDefinitionQuery()
                        .processDefinitionKey("hostile")
                        .count())
                .isZero();
        assertThat(repository.createDecisionDefinitionQuery().count()).isZero();
        assertThat(repository.createDeploymentQuery().count()).isZero();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostileModels")
    void refusesAHostileFileThroughRest(Model model) {
        ResponseEntity<String> answer = postDeployment(model);

        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(answer.getBody()).contains("Not deployed");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostileModels")
    void refusesAHostileFileFromOurOwnCode(Model model) {
        Throwable refusal = catchThrowable(() -> deploy(model.fileName(), model.content()));

        assertThat(refusal).isInstanceOf(ParseException.class);
        assertThat(((ParseException) refusal).getResorceReports().get(0).getErrors())
                .isNotEmpty();
    }

    @Test
    void doesNotStartWithAHostileModel() throws java.io.IOException {
        Path folder = Files.createTempDirectory("hostile");
        Path file = folder.resolve("hostile.bpmn");
        Files.write(file, hostileModels().findFirst().orElseThrow().content());

        assertThatThrownBy(() -> new SpringApplicationBuilder(EngineInTest.class)
                        .run(
                                "--spring.datasource.url=jdbc:h2:mem:hostile-start",
                                "--spring.flyway.enabled=false",
                                "--server.port=0",
                                "--camunda.bpm.process-engine-name=hostileStart",
                                "--camunda.bpm.job-execution.enabled=false",
                                "--camunda.bpm.deployment-resource-pattern=file:" + folder + "/*.bpmn"))
                .hasRootCauseInstanceOf(ParseException.class)
                .rootCause()
                .hasMessageContaining("hostile.bpmn");
        Files.delete(file);
        Files.delete(folder);
    }

    @Test
    void saysWhichElementBreaksWhichRuleAndWhatToDo() {
        ResponseEntity<String> answer = postDeployment(new Model(
                "",
                "hostile.bpmn",
                HostileModels.definitions("<serviceTask id=\"Task_Send\" camunda:class=\"a.B\"/>")));

        assertThat(answer.getBody())
                .contains("Task_Send")
                .contains("camunda:class is not allowed")
                .contains("Use camunda:delegateExpression")
                .contains("\"mainElementId\":\"Task_Send\"");
    }

    @Test
    void takesAModelThatKeepsTheRules() {
        Deployment deployment = repository
                .createDeployment()
                .addClasspathResource("engine/benign/benign.bpmn")
                .addClasspathResource("engine/benign/benign-decision.dmn")
                .addClasspathResource("engine/benign/benign-form.form")
                .deploy();
        int callsBefore = countCalls.calls.get();

        runtime.createProcessInstanceByKey("benign")
                .businessKey("TH-2026-000001")
                .setVariable("caseReference", "TH-2026-000001")
                .setVariable("category", "THREAT")
                .setVariable("contentUnlawful", true)
                .setVariable("recipientCount", 2)
                .setVariable("removalDueAt", "2030-01-01T00:00:00Z")
                .execute();

        assertThat(countCalls.calls.get()).isEqualTo(callsBefore + 2);
        assertThat(tasks.createTaskQuery().taskDefinitionKey("Task_Verify").list())
                .extracting("name")
                .containsExactly("Verify content of TH-2026-000001");
        assertThat(tasks.createTaskQuery().list()).hasSize(1);
        repository.deleteDeployment(deployment.getId(), true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"${now()}", "${dateTime().plusHours(4)}"})
    void takesTheDatesOfOurTaskFilters(String expression) {
        assertThat(countOfFilter(tasks.createTaskQuery().dueBeforeExpression(expression)))
                .isZero();
    }

    @Test
    void takesThePeopleOfOurTaskFilters() {
        assertThat(countOfFilter(tasks.createTaskQuery()
                        .taskAssigneeExpression("${currentUser()}")
                        .taskCandidateGroupInExpression("${currentUserGroups()}")))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${dateTime().plusDays(1)}",
                "${''.getClass()}",
                "${now().getClass()}",
                "${dateTime().plusHours(4).getClass()}",
                "#{now()}",
                "${currentUser().concat('x')}",
                "${execution}",
            })
    void refusesOtherExpressionsInTaskFilters(String expression) {
        TaskQuery query = tasks.createTaskQuery().taskAssigneeExpression(expression);

        assertThatThrownBy(() -> countOfFilter(query))
                .isInstanceOf(ProcessEngineException.class)
                .hasStackTraceContaining("Expression not allowed");
    }

    @Test
    void refusesExpressionsInOtherQueries() {
        assertThatThrownBy(() ->
                        tasks.createTaskQuery().dueBeforeExpression("${now()}").count())
                .isInstanceOf(BadUserRequestException.class);
    }

    /** Guards the other tests: a frame that were refused by itself would make every hostile file look refused. */
    @Test
    void takesTheHarmlessFrameOfTheHostileModels() {
        Deployment deployment = deploy(
                "frame.bpmn",
                HostileModels.definitions("<startEvent id=\"s\"/><manualTask id=\"t\"/>")
                        .replace("\"hostile\"", "\"frame\"")
                        .getBytes(StandardCharsets.UTF_8));

        repository.deleteDeployment(deployment.getId(), true);
    }

    @Test
    void keepsVariablesFromTakingTheNameOfADelegate() {
        Deployment deployment = repository
                .createDeployment()
                .addString(
                        "plain.bpmn",
                        """
                        <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="x">
                        <process id="plain" isExecutable="true" camunda:historyTimeToLive="P1D"><startEvent id="s"/><sequenceFlow id="f" sourceRef="s" targetRef="t"/>
                        <serviceTask id="t" camunda:delegateExpression="${countCalls}"/></process></definitions>
                        """)
                .deploy();
        int callsBefore = countCalls.calls.get();

        runtime.createProcessInstanceByKey("plain")
                .setVariable("countCalls", "mine")
                .execute();

        assertThat(countCalls.calls.get()).isEqualTo(callsBefore + 1);
        repository.deleteDeployment(deployment.getId(), true);
    }

    private long countOfFilter(TaskQuery query) {
        Filter filter = filters.saveFilter(filters.newTaskFilter("test").setQuery(query));
        try {
            identity.setAuthentication("caseworker1", List.of("caseworkers"));
            return filters.count(filter.getId());
        } finally {
            identity.clearAuthentication();
            filters.deleteFilter(filter.getId());
        }
    }

    private Deployment deploy(String fileName, byte[] content) {
        return repository
                .createDeployment()
                .addInputStream(fileName, new java.io.ByteArrayInputStream(content))
                .deploy();
    }

    private ResponseEntity<String> postDeployment(Model model) {
        MultiValueMap<String, Object> parts = new LinkedMultiValueMap<>();
        parts.add("deployment-name", "hostile");
        parts.add("file", new ByteArrayResource(model.content()) {
            @Override
            public String getFilename() {
                return model.fileName();
            }
        });
        HttpHeaders headers = new HttpHeaders();
        headers.setContentType(MediaType.MULTIPART_FORM_DATA);
        headers.setAccept(List.of(MediaType.APPLICATION_JSON));
        return http.postForEntity("/engine-rest/deployment/create", new HttpEntity<>(parts, headers), String.class);
    }
}
