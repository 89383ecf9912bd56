package org.takedownhub.process;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ActivityInstance;
import org.camunda.bpm.engine.runtime.Execution;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.casefile.CaseReference;

/**
 * The engine behind {@link RemovalTimers}. A job that another node executes at the same moment makes one of the two
 * transactions fail with an optimistic lock; whoever comes second looks again.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class EngineRemovalTimers implements RemovalTimers {

    private final RuntimeService runtime;
    private final ManagementService management;
    private final AsSystem system;

    EngineRemovalTimers(RuntimeService runtime, ManagementService management, AsSystem system) {
        this.runtime = runtime;
        this.management = management;
        this.system = system;
    }

    @Override
    public Standing standing(CaseReference reference, int recipientNumber) {
        return system.call(() -> {
            Optional<Execution> followUp = waiting(TakedownProcess.MESSAGE_NOTICE_SETTLED, reference, recipientNumber);
            if (followUp.isEmpty()) {
                return new Standing(Place.NOWHERE, List.of(), false);
            }
            String instance = followUp.get().getProcessInstanceId();
            if (isSuspended(instance)) {
                return new Standing(Place.SUSPENDED, List.of(), false);
            }
            Optional<Execution> awaiting = awaiting(reference, recipientNumber);
            if (awaiting.isPresent()) {
                return new Standing(Place.AWAITING, alarms(awaiting.get()), sendsReminder(instance));
            }
            boolean escalated = waiting(TakedownProcess.MESSAGE_DUE_MOVED, reference, recipientNumber)
                    .isPresent();
            return new Standing(escalated ? Place.ESCALATED : Place.ELSEWHERE, List.of(), false);
        });
    }

    @Override
    public void move(Alarm alarm, Instant at) {
        system.call(done(() -> management.setJobDuedate(alarm.id(), Date.from(at))));
    }

    @Override
    public void resume(Alarm alarm) {
        system.call(done(() -> management.activateJobById(alarm.id())));
    }

    @Override
    public void drop(Alarm alarm) {
        system.call(done(() -> management.deleteJob(alarm.id())));
    }

    @Override
    public void renew(CaseReference reference, int recipientNumber, Instant dueAt, Instant remindAt) {
        system.call(done(() -> awaiting(reference, recipientNumber).ifPresent(execution -> {
            runtime.setVariables(
                    execution.getId(),
                    Map.of(
                            TakedownProcess.REMOVAL_DUE_AT.name(),
                            Date.from(dueAt),
                            TakedownProcess.REMINDER_DUE_AT.name(),
                            Date.from(remindAt)));
            ActivityInstance wait = activityInstance(execution);
            runtime.createProcessInstanceModification(execution.getProcessInstanceId())
                    .startBeforeActivity(TakedownProcess.NODE_AWAIT_REMOVAL, wait.getParentActivityInstanceId())
                    .cancelActivityInstance(wait.getId())
                    .setAnnotation("alarms were missing")
                    // The case does not move: no listener is to say that it did.
                    .execute(true, false);
        })));
    }

    private List<Alarm> alarms(Execution awaiting) {
        List<Alarm> alarms = new ArrayList<>();
        alarms.addAll(alarms(awaiting, TakedownProcess.EVENT_REMOVAL_DEADLINE_PASSED, Kind.DEADLINE));
        alarms.addAll(alarms(awaiting, TakedownProcess.EVENT_REMINDER_DUE, Kind.REMINDER));
        return alarms;
    }

    private List<Alarm> alarms(Execution awaiting, String event, Kind kind) {
        return management.createJobQuery().executionId(awaiting.getId()).activityId(event).list().stream()
                .map(job -> alarm(kind, job))
                .toList();
    }

    private static Alarm alarm(Kind kind, Job job) {
        return new Alarm(kind, job.getId(), job.getDuedate().toInstant(), job.isSuspended(), job.getRetries() == 0);
    }

    private boolean sendsReminder(String instance) {
        return management
                        .createJobQuery()
                        .processInstanceId(instance)
                        .activityId(TakedownProcess.NODE_SEND_REMINDER)
                        .count()
                > 0;
    }

    private boolean isSuspended(String instance) {
        ProcessInstance found =
                runtime.createProcessInstanceQuery().processInstanceId(instance).singleResult();
        return found != null && found.isSuspended();
    }

    /** Only the wait listens for a stop of the clock. */
    private Optional<Execution> awaiting(CaseReference reference, int recipientNumber) {
        return waiting(TakedownProcess.MESSAGE_CLOCK_STOPPED, reference, recipientNumber);
    }

    private Optional<Execution> waiting(String message, CaseReference reference, int recipientNumber) {
        return runtime
                .createExecutionQuery()
                .messageEventSubscriptionName(message)
                .processInstanceBusinessKey(reference.value())
                .list()
                .stream()
                .filter(execution -> Objects.equals(
                        runtime.getVariable(execution.getId(), TakedownProcess.RECIPIENT_NUMBER.name()),
                        recipientNumber))
                .findFirst();
    }

    private ActivityInstance activityInstance(Execution execution) {
        return all(runtime.getActivityInstance(execution.getProcessInstanceId()))
                .filter(instance -> instance.getActivityId().equals(TakedownProcess.NODE_AWAIT_REMOVAL)
                        && Arrays.asList(instance.getExecutionIds()).contains(execution.getId()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Execution " + execution.getId() + " waits nowhere"));
    }

    private static Stream<ActivityInstance> all(ActivityInstance instance) {
        return Stream.concat(
                Stream.of(instance),
                Arrays.stream(instance.getChildActivityInstances()).flatMap(EngineRemovalTimers::all));
    }

    private static Supplier<Boolean> done(Runnable work) {
        return () -> {
            work.run();
            return true;
        };
    }
}
