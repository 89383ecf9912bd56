package org.takedownhub.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.delegate.Expression;
import org.camunda.bpm.engine.impl.event.EventType;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.EventSubscriptionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.task.IdentityLink;
import org.jspecify.annotations.Nullable;

/** A stage inside one command of the engine: everything lives in its cache of entities, nothing in the database. */
final class PlayedStage implements Stage {

    /** Far more than the longest ladder takes; whoever gets here goes in a circle. */
    private static final int MOST_STEPS = 5_000;

    private static final ThreadLocal<PlayedStage> CURRENT = new ThreadLocal<>();

    private final CommandContext context;
    private final Map<String, String> definitions;
    private final List<ExecutionEntity> roots = new ArrayList<>();
    private final Set<String> steps = new LinkedHashSet<>();
    private Instant now = Instant.EPOCH;
    private int passed;

    PlayedStage(CommandContext context, Map<String, String> definitions) {
        this.context = context;
        this.definitions = definitions;
    }

    static boolean isOpen() {
        return CURRENT.get() != null;
    }

    /** What time it is in the story that this thread plays. */
    static Optional<Instant> time() {
        return Optional.ofNullable(CURRENT.get()).map(PlayedStage::now);
    }

    /** A step begins in the story that this thread plays. */
    static void begun(String step) {
        PlayedStage stage = CURRENT.get();
        if (stage != null) {
            stage.steps.add(step);
            stage.passed++;
            if (stage.passed > MOST_STEPS) {
                throw new CutShort(
                        "The models go in a circle: more than " + MOST_STEPS + " steps, the last one " + step);
            }
        }
    }

    void open() {
        if (isOpen()) {
            throw new IllegalStateException("This thread plays a story already");
        }
        CURRENT.set(this);
    }

    /** To be called once the engine has closed its sessions, and with them had its chance to write. */
    static void close() {
        CURRENT.remove();
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public void moveTo(Instant instant) {
        if (instant.isBefore(now)) {
            throw new IllegalArgumentException("Time does not go back from " + now + " to " + instant);
        }
        now = instant;
    }

    @Override
    public void start(String process, String businessKey, Map<String, Object> variables) {
        String id = Optional.ofNullable(definitions.get(process))
                .orElseThrow(() -> new IllegalStateException("The set has no process " + process));
        ProcessDefinitionEntity definition =
                context.getProcessEngineConfiguration().getDeploymentCache().findDeployedProcessDefinitionById(id);
        ExecutionEntity instance = definition.createProcessInstance(businessKey);
        roots.add(instance);
        instance.start(variables);
    }

    @Override
    public List<Waiting> waiting() {
        List<Waiting> found = new ArrayList<>();
        roots.removeIf(ExecutionEntity::isEnded);
        roots.forEach(root -> collect(root, found));
        return found;
    }

    private static void collect(ExecutionEntity execution, List<Waiting> found) {
        for (TaskEntity task : execution.getTasks()) {
            found.add(waiting(execution, task));
        }
        for (EventSubscriptionEntity subscription : execution.getEventSubscriptions()) {
            if (EventType.MESSAGE.name().equals(subscription.getEventType())) {
                found.add(new Waiting(
                        subscription.getId(),
                        Kind.MESSAGE,
                        text(subscription.getActivityId()),
                        label(execution, subscription.getActivityId()),
                        text(subscription.getEventName()),
                        List.of(),
                        Optional.empty(),
                        execution.getId()));
            }
        }
        for (JobEntity job : execution.getJobs()) {
            found.add(new Waiting(
                    job.getId(),
                    Kind.TIMER,
                    text(job.getActivityId()),
                    label(execution, job.getActivityId()),
                    "",
                    List.of(),
                    Optional.ofNullable(job.getDuedate()).map(Date::toInstant),
                    execution.getId()));
        }
        for (ExecutionEntity child : List.copyOf(execution.getExecutions())) {
            collect(child, found);
        }
        ExecutionEntity called = execution.getSubProcessInstance();
        if (called != null) {
            collect(called, found);
        }
    }

    private static Waiting waiting(ExecutionEntity execution, TaskEntity task) {
        Expression form = task.getTaskDefinition().getCamundaFormDefinitionKey();
        return new Waiting(
                task.getId(),
                Kind.TASK,
                task.getTaskDefinitionKey(),
                text(task.getName()),
                form == null ? "" : text(form.getExpressionText()),
                task.getCandidates().stream()
                        .map(IdentityLink::getGroupId)
                        .filter(Objects::nonNull)
                        .sorted()
                        .toList(),
                Optional.ofNullable(task.getDueDate()).map(Date::toInstant),
                execution.getId());
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static String label(ExecutionEntity execution, @Nullable String node) {
        ActivityImpl activity =
                node == null ? null : execution.getProcessDefinition().findActivity(node);
        return activity == null ? text(node) : text((String) activity.getProperty("name"));
    }

    private ExecutionEntity execution(Waiting there) {
        return roots.stream()
                .flatMap(root -> withDescendants(root).stream())
                .filter(execution -> execution.getId().equals(there.execution()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Nothing waits at " + there.node() + " any more"));
    }

    private static List<ExecutionEntity> withDescendants(ExecutionEntity execution) {
        List<ExecutionEntity> found = new ArrayList<>();
        found.add(execution);
        for (ExecutionEntity child : execution.getExecutions()) {
            found.addAll(withDescendants(child));
        }
        ExecutionEntity called = execution.getSubProcessInstance();
        if (called != null) {
            found.addAll(withDescendants(called));
        }
        return found;
    }

    @Override
    public void complete(Waiting there, Map<String, Object> variables) {
        TaskEntity task = execution(there).getTasks().stream()
                .filter(one -> one.getId().equals(there.id()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Task " + there.node() + " is gone"));
        task.setExecutionVariables(variables);
        task.complete();
    }

    @Override
    public void deliver(Waiting there, Map<String, Object> variables) {
        execution(there).getEventSubscriptions().stream()
                .filter(one -> one.getId().equals(there.id()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Nothing waits for " + there.name() + " any more"))
                .eventReceived(variables, false);
    }

    @Override
    public void ring(Waiting there) {
        job(there).execute(context);
    }

    @Override
    public void postpone(Waiting there, Instant until) {
        job(there).setDuedate(Date.from(until));
    }

    private JobEntity job(Waiting there) {
        return execution(there).getJobs().stream()
                .filter(one -> one.getId().equals(there.id()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The timer " + there.node() + " is gone"));
    }

    @Override
    public Optional<Object> variable(Waiting there, String name) {
        return Optional.ofNullable(execution(there).getVariable(name));
    }

    @Override
    public void setVariable(Waiting there, String name, Object value) {
        execution(there).setVariable(name, value);
    }

    @Override
    public int passed() {
        return passed;
    }

    @Override
    public Set<String> steps() {
        return Set.copyOf(steps);
    }
}
