package org.takedownhub.process;

import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.Execution;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.cases.CaseFile;
import org.takedownhub.cases.Cases;

/** The engine behind {@link Takedowns}. A waiting execution is found by case, message and recipient, never by message alone. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class EngineTakedowns implements Takedowns {

    /** People come before content. */
    private static final int SAFEGUARDING_PRIORITY = 85;

    private final Cases cases;
    private final RuntimeService runtime;
    private final TaskService tasks;
    private final ManagementService management;
    private final RepositoryService repository;
    private final AsSystem system;
    private final Clock clock;

    EngineTakedowns(
            Cases cases,
            RuntimeService runtime,
            TaskService tasks,
            ManagementService management,
            RepositoryService repository,
            AsSystem system,
            Clock clock) {
        this.cases = cases;
        this.runtime = runtime;
        this.tasks = tasks;
        this.management = management;
        this.repository = repository;
        this.system = system;
        this.clock = clock;
    }

    @Override
    public String start(CaseReference reference, Map<String, Object> variables) {
        ProcessInstance started = runtime.startProcessInstanceByKey(TakedownProcess.KEY, reference.value(), variables);
        int version = repository
                .getProcessDefinition(started.getProcessDefinitionId())
                .getVersion();
        return TakedownProcess.KEY + ":" + version;
    }

    @Override
    public void safeguard(CaseReference reference, Instant dueAt) {
        CaseFile file = cases.require(reference);
        system.call(() -> runtime.startProcessInstanceByKey(
                TakedownProcess.SAFEGUARDING_KEY,
                reference.value(),
                Map.ofEntries(
                        TakedownProcess.CASE_REFERENCE.with(reference.value()),
                        TakedownProcess.CATEGORY.with(file.category().name()),
                        TakedownProcess.PLATFORM.with(file.platform()),
                        TakedownProcess.CASE_PRIORITY.with(SAFEGUARDING_PRIORITY),
                        TakedownProcess.CASE_DUE_AT.with(Date.from(dueAt)),
                        TakedownProcess.SAFEGUARDING_DUE_AT.with(Date.from(dueAt)))));
    }

    @Override
    public boolean referralAnswered(CaseReference reference, int recipientNumber, String answer) {
        return deliver(
                TakedownProcess.MESSAGE_REFERRAL_ANSWERED,
                reference,
                recipientNumber,
                Map.of(TakedownProcess.REFERRAL_ANSWER.name(), answer));
    }

    @Override
    public boolean removalConfirmed(CaseReference reference, int recipientNumber) {
        // Between two waits (a job about to run) nobody waits for the confirmation itself, but the follow-up always
        // listens for the end of its notice.
        return deliver(TakedownProcess.MESSAGE_REMOVAL_CONFIRMED, reference, recipientNumber, Map.of())
                || noticeSettled(reference, recipientNumber);
    }

    @Override
    public boolean removalRefused(CaseReference reference, int recipientNumber) {
        return deliver(TakedownProcess.MESSAGE_REMOVAL_REFUSED, reference, recipientNumber, Map.of());
    }

    @Override
    public boolean clarificationAsked(CaseReference reference, int recipientNumber, Instant answerBy) {
        return deliver(
                TakedownProcess.MESSAGE_CLARIFICATION_ASKED,
                reference,
                recipientNumber,
                clarification(false, answerBy));
    }

    @Override
    public boolean clockStopped(CaseReference reference, int recipientNumber, Instant answerBy) {
        return deliver(
                TakedownProcess.MESSAGE_CLOCK_STOPPED, reference, recipientNumber, clarification(true, answerBy));
    }

    @Override
    public boolean clarificationEnded(CaseReference reference, int recipientNumber) {
        List<Task> open = tasks
                .createTaskQuery()
                .processInstanceBusinessKey(reference.value())
                .taskDefinitionKey(TakedownProcess.TASK_ANSWER_CLARIFICATION)
                .list()
                .stream()
                .filter(task -> isOf(recipientNumber, task.getExecutionId()))
                .toList();
        open.forEach(task -> tasks.complete(task.getId()));
        return !open.isEmpty();
    }

    @Override
    public boolean noticeSettled(CaseReference reference, int recipientNumber) {
        return deliver(TakedownProcess.MESSAGE_NOTICE_SETTLED, reference, recipientNumber, Map.of());
    }

    @Override
    public boolean removalUnclear(CaseReference reference, int recipientNumber, Instant lookBy) {
        return deliver(
                TakedownProcess.MESSAGE_REMOVAL_UNCLEAR,
                reference,
                recipientNumber,
                Map.of(TakedownProcess.CHECK_REMOVAL_DUE_AT.name(), Date.from(lookBy)));
    }

    @Override
    public boolean dueMoved(CaseReference reference, int recipientNumber, Instant dueAt, Instant remindAt) {
        Map<String, Object> alarms = Map.of(
                TakedownProcess.REMOVAL_DUE_AT.name(),
                Date.from(dueAt),
                TakedownProcess.REMINDER_DUE_AT.name(),
                Date.from(remindAt),
                TakedownProcess.CASE_DUE_AT.name(),
                Date.from(dueAt));
        if (deliver(TakedownProcess.MESSAGE_DUE_MOVED, reference, recipientNumber, alarms)) {
            return true;
        }
        return system.call(() -> {
            Optional<Execution> awaiting =
                    waiting(TakedownProcess.MESSAGE_REMOVAL_CONFIRMED, reference, recipientNumber);
            awaiting.ifPresent(execution -> {
                runtime.setVariables(execution.getId(), alarms);
                wakeAt(execution, TakedownProcess.EVENT_REMOVAL_DEADLINE_PASSED, dueAt);
                wakeAt(execution, TakedownProcess.EVENT_REMINDER_DUE, remindAt);
            });
            return awaiting.isPresent();
        });
    }

    /** A reminder that went out is not sent again: its job is gone. */
    private void wakeAt(Execution execution, String timer, Instant at) {
        management
                .createJobQuery()
                .executionId(execution.getId())
                .activityId(timer)
                .list()
                .forEach(job -> management.setJobDuedate(job.getId(), Date.from(at)));
    }

    @Override
    public boolean contentReturned(CaseReference reference) {
        return system.call(() -> {
            Optional<Execution> watching = subscribed(TakedownProcess.MESSAGE_CONTENT_RETURNED, reference)
                    .findFirst();
            watching.ifPresent(found -> deliver(TakedownProcess.MESSAGE_CONTENT_RETURNED, found, Map.of()));
            return watching.isPresent();
        });
    }

    @Override
    public boolean returnWatchEnds(CaseReference reference) {
        return system.call(() -> {
            List<Job> alarms = subscribed(TakedownProcess.MESSAGE_CONTENT_RETURNED, reference)
                    .flatMap(watching -> management
                            .createJobQuery()
                            .processInstanceId(watching.getProcessInstanceId())
                            .activityId(TakedownProcess.EVENT_RETURN_WATCH_ENDED)
                            .list()
                            .stream())
                    .toList();
            // The alarm rings now: closing is a job of its own, which the caller does not wait for.
            alarms.forEach(alarm -> management.setJobDuedate(alarm.getId(), Date.from(clock.instant())));
            return !alarms.isEmpty();
        });
    }

    @Override
    @Transactional(readOnly = true)
    public boolean following(CaseReference reference, int recipientNumber) {
        return system.call(() -> waiting(TakedownProcess.MESSAGE_NOTICE_SETTLED, reference, recipientNumber)
                .isPresent());
    }

    private boolean deliver(
            String message, CaseReference reference, int recipientNumber, Map<String, Object> variables) {
        return system.call(() -> {
            Optional<Execution> execution = waiting(message, reference, recipientNumber);
            execution.ifPresent(found -> deliver(message, found, variables));
            return execution.isPresent();
        });
    }

    /**
     * A timer may take the execution elsewhere between finding it and telling it. The engine then stumbles over whatever
     * is missing, so any failure here means: look again.
     */
    private void deliver(String message, Execution execution, Map<String, Object> variables) {
        try {
            runtime.messageEventReceived(message, execution.getId(), variables);
        } catch (ProcessEngineException | NullPointerException moved) {
            throw new ConcurrencyFailureException("The case moved on before it could be told of " + message, moved);
        }
    }

    private Optional<Execution> waiting(String message, CaseReference reference, int recipientNumber) {
        return subscribed(message, reference)
                .filter(execution -> isOf(recipientNumber, execution.getId()))
                .findFirst();
    }

    private Stream<Execution> subscribed(String message, CaseReference reference) {
        return runtime
                .createExecutionQuery()
                .messageEventSubscriptionName(message)
                .processInstanceBusinessKey(reference.value())
                .list()
                .stream();
    }

    private boolean isOf(int recipientNumber, String executionId) {
        return Objects.equals(
                runtime.getVariable(executionId, TakedownProcess.RECIPIENT_NUMBER.name()), recipientNumber);
    }

    private static Map<String, Object> clarification(boolean stopped, Instant answerBy) {
        return Map.of(
                TakedownProcess.CLOCK_STOPPED.name(),
                stopped,
                TakedownProcess.CLARIFICATION_DUE_AT.name(),
                Date.from(answerBy));
    }
}
