package org.takedownhub.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.BusinessRuleTask;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.ConditionExpression;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.Event;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Gateway;
import org.camunda.bpm.model.bpmn.instance.Message;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.TimeDate;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AssignableTypeFilter;

/** Models and code say the same words, and the models keep to the house's rules. */
class TakedownModelTest {

    private static final Pattern CONDITION = Pattern.compile("\\$\\{[a-zA-Z]+( == '[A-Z_]+')?}");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([a-zA-Z]+)}");

    static Stream<Path> processes() {
        return Models.processes();
    }

    static Stream<Path> tables() {
        return Models.files(".dmn");
    }

    @ParameterizedTest
    @MethodSource("processes")
    void isNamedLikeItsFileAndKeepsItsHistory(Path file) {
        Process process = only(Models.read(file), Process.class);
        assertThat(process.getId()).isEqualTo(Models.name(file));
        assertThat(process.getCamundaHistoryTimeToLiveString()).isNotBlank();
    }

    @ParameterizedTest
    @MethodSource("processes")
    void namesEveryNodeByItsKind(Path file) {
        for (FlowNode node : all(Models.read(file), FlowNode.class)) {
            assertThat(node.getId()).matches(prefix(node) + "[A-Z][A-Za-z]+");
            assertThat(node.getName()).as("label of %s", node.getId()).isNotBlank();
            assertThat(node.getName().substring(0, 1)).isUpperCase();
            if (node instanceof Gateway) {
                assertThat(node.getName())
                        .as("label of %s is a question", node.getId())
                        .endsWith("?");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("processes")
    void readsOneBooleanOrOneEqualityInEveryCondition(Path file) {
        assertThat(all(Models.read(file), ConditionExpression.class))
                .allSatisfy(condition -> assertThat(condition.getTextContent()).matches(CONDITION));
    }

    @ParameterizedTest
    @MethodSource("processes")
    void givesEveryGatewayThatSplitsADefault(Path file) {
        assertThat(all(Models.read(file), SequenceFlow.class).stream()
                        .filter(flow -> flow.getSource() instanceof Gateway && flow.getConditionExpression() == null)
                        .map(flow -> flow.getSource().getAttributeValue("default")))
                .doesNotContainNull();
    }

    @ParameterizedTest
    @MethodSource("processes")
    void readsAbsoluteInstantsInEveryTimer(Path file) {
        Set<String> instants = variables().entrySet().stream()
                .filter(variable -> variable.getValue().equals(java.util.Date.class))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        for (TimerEventDefinition timer : all(Models.read(file), TimerEventDefinition.class)) {
            TimeDate date = timer.getTimeDate();
            assertThat(date)
                    .as("%s has a timeDate, no duration and no cycle", timer.getId())
                    .isNotNull();
            assertThat(instants).contains(variable(date.getTextContent()));
        }
    }

    @ParameterizedTest
    @MethodSource("processes")
    void startsEveryServiceInATransactionOfItsOwn(Path file) {
        BpmnModelInstance model = Models.read(file);
        assertThat(Stream.concat(all(model, ServiceTask.class).stream(), all(model, BusinessRuleTask.class).stream())
                        .map(Activity.class::cast)
                        .filter(task -> !task.isCamundaAsyncBefore())
                        .map(Activity::getId))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("processes")
    void callsOnlyDelegatesThatExistUnderTheNameOfTheStep(Path file) {
        Set<String> delegates = delegates();
        BpmnModelInstance model = Models.read(file);
        Function<String, String> bean = id -> {
            String words = id.substring(id.indexOf('_') + 1);
            return Character.toLowerCase(words.charAt(0)) + words.substring(1);
        };
        for (ServiceTask task : all(model, ServiceTask.class)) {
            assertThat(task.getCamundaDelegateExpression()).isEqualTo("${" + bean.apply(task.getId()) + "}");
            assertThat(delegates).contains(bean.apply(task.getId()));
        }
        for (BusinessRuleTask task : all(model, BusinessRuleTask.class)) {
            if (task.getCamundaDecisionRef() == null) {
                assertThat(task.getCamundaDelegateExpression()).isEqualTo("${" + bean.apply(task.getId()) + "}");
                assertThat(delegates).contains(bean.apply(task.getId()));
            } else {
                assertThat(Path.of("bpmn", task.getCamundaDecisionRef() + ".dmn"))
                        .exists();
                assertThat(task.getCamundaDecisionRefBinding()).isEqualTo("deployment");
            }
        }
    }

    @Test
    void usesEveryDelegate() {
        Set<String> used = Models.processes()
                .flatMap(file -> Stream.concat(
                        all(Models.read(file), ServiceTask.class).stream()
                                .map(ServiceTask::getCamundaDelegateExpression),
                        all(Models.read(file), BusinessRuleTask.class).stream()
                                .map(BusinessRuleTask::getCamundaDelegateExpression)))
                .filter(expression -> expression != null)
                .map(TakedownModelTest::variable)
                .collect(Collectors.toSet());
        assertThat(delegates()).isNotEmpty().isEqualTo(new TreeSet<>(used));
    }

    @ParameterizedTest
    @MethodSource("processes")
    void givesEveryUserTaskAFormAGroupAndADueDate(Path file) {
        for (UserTask task : all(Models.read(file), UserTask.class)) {
            assertThat(Path.of("forms", task.getCamundaFormRef() + ".form")).exists();
            assertThat(task.getCamundaFormRefBinding()).isEqualTo("deployment");
            assertThat(task.getCamundaCandidateGroupsList()).isNotEmpty();
            assertThat(variables().get(variable(task.getCamundaDueDate()))).isEqualTo(java.util.Date.class);
            assertThat(taskForms()).contains(task.getId());
        }
    }

    @Test
    void knowsEveryMessageOfTheModelsAndNoOther() throws IllegalAccessException {
        Set<String> inModels = Models.processes()
                .flatMap(file -> all(Models.read(file), Message.class).stream())
                .map(Message::getName)
                .collect(Collectors.toSet());
        assertThat(inModels).isEqualTo(constants("MESSAGE_"));
    }

    @Test
    void knowsEveryUserTaskOfTheModelsAndNoOther() throws IllegalAccessException {
        Set<String> inModels = Models.processes()
                .flatMap(file -> all(Models.read(file), UserTask.class).stream())
                .map(UserTask::getId)
                .collect(Collectors.toSet());
        assertThat(inModels).isEqualTo(constants("TASK_"));
    }

    @Test
    void knowsEveryDecisionTable() throws IllegalAccessException {
        assertThat(Models.files(".dmn").map(Models::name).collect(Collectors.toSet()))
                .isEqualTo(constants("DECISION_"));
    }

    @Test
    void findsEveryNodeThatACaseStateDependsOn() {
        Set<String> ids = Models.processes()
                .flatMap(file -> all(Models.read(file), FlowNode.class).stream())
                .map(FlowNode::getId)
                .collect(Collectors.toSet());
        assertThat(ids).containsAll(TakedownProcess.STATES.keySet());
    }

    @Test
    void callsProcessesOfTheSameDeploymentUnderTheSameBusinessKey() {
        List<CallActivity> calls = Models.processes()
                .flatMap(file -> all(Models.read(file), CallActivity.class).stream())
                .toList();
        assertThat(calls).isNotEmpty().allSatisfy(call -> {
            assertThat(Path.of("bpmn", call.getCalledElement() + ".bpmn")).exists();
            assertThat(call.getCamundaCalledElementBinding()).isEqualTo("deployment");
            assertThat(Files.readString(Path.of("bpmn/takedown.bpmn"))).contains("businessKey=\"${caseReference}\"");
        });
    }

    @ParameterizedTest
    @MethodSource("tables")
    void citesASourceInEveryRuleOfATableThatIsUnique(Path file) throws Exception {
        var model = org.camunda.bpm.model.dmn.Dmn.readModelFromFile(file.toFile());
        var table = model.getModelElementsByType(org.camunda.bpm.model.dmn.instance.DecisionTable.class)
                .iterator()
                .next();
        assertThat(table.getHitPolicy()).isEqualTo(org.camunda.bpm.model.dmn.HitPolicy.UNIQUE);
        assertThat(table.getRules()).isNotEmpty().allSatisfy(rule -> {
            assertThat(rule.getDescription()).isNotNull();
            assertThat(rule.getDescription().getTextContent()).isNotBlank();
        });
        try (var in = Files.newInputStream(file)) {
            var decision = DmnEngineConfiguration.createDefaultDmnEngineConfiguration()
                    .buildEngine()
                    .parseDecisions(in)
                    .get(0);
            assertThat(decision.getKey()).isEqualTo(Models.name(file));
        }
    }

    private static String prefix(FlowNode node) {
        if (node instanceof StartEvent) {
            return "StartEvent_";
        }
        if (node instanceof EndEvent) {
            return "EndEvent_";
        }
        if (node instanceof Event) {
            return "Event_";
        }
        if (node instanceof Gateway) {
            return "Gateway_";
        }
        return node instanceof SubProcess || node instanceof CallActivity ? "Process_" : "Task_";
    }

    private static Set<String> constants(String prefix) throws IllegalAccessException {
        Set<String> values = new TreeSet<>();
        for (Field field : TakedownProcess.class.getDeclaredFields()) {
            if (field.getName().startsWith(prefix) && Modifier.isStatic(field.getModifiers())) {
                values.add((String) field.get(null));
            }
        }
        return values;
    }

    /** The variables the code knows, each with its type. */
    private static Map<String, Class<?>> variables() {
        return Arrays.stream(TakedownProcess.class.getDeclaredFields())
                .filter(field -> field.getType().equals(ProcessVariable.class))
                .collect(Collectors.toMap(TakedownModelTest::nameOf, TakedownModelTest::typeOf));
    }

    private static String nameOf(Field field) {
        try {
            return ((ProcessVariable<?>) field.get(null)).name();
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Class<?> typeOf(Field field) {
        return (Class<?>) ((java.lang.reflect.ParameterizedType) field.getGenericType()).getActualTypeArguments()[0];
    }

    private static String variable(String expression) {
        var matcher = VARIABLE.matcher(expression);
        assertThat(matcher.matches()).as(expression).isTrue();
        return matcher.group(1);
    }

    private static Set<String> delegates() {
        return components(JavaDelegate.class).stream()
                .map(type -> Character.toLowerCase(type.charAt(0)) + type.substring(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> taskForms() {
        return components(TaskForm.class).stream()
                .map(type -> "Task_" + type.substring(0, type.length() - "Form".length()))
                .collect(Collectors.toSet());
    }

    private static Set<String> components(Class<?> type) {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AssignableTypeFilter(type));
        return scanner.findCandidateComponents("org.takedownhub").stream()
                .map(bean -> bean.getBeanClassName())
                .filter(name -> !name.contains("$") && !name.contains("Test"))
                .map(name -> name.substring(name.lastIndexOf('.') + 1))
                .collect(Collectors.toSet());
    }

    private static <T extends org.camunda.bpm.model.xml.instance.ModelElementInstance> T only(
            BpmnModelInstance model, Class<T> type) {
        List<T> found = all(model, type);
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private static <T extends org.camunda.bpm.model.xml.instance.ModelElementInstance> List<T> all(
            BpmnModelInstance model, Class<T> type) {
        return List.copyOf(model.getModelElementsByType(type));
    }
}
