package org.takedownhub.engine;

import static org.takedownhub.process.TakedownProcess.CASE_REFERENCE;
import static org.takedownhub.process.TakedownProcess.RECIPIENT_NUMBER;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.task.IdentityLink;
import org.jspecify.annotations.Nullable;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.process.NotAllowed;
import org.takedownhub.process.Person;
import org.takedownhub.process.TaskInHand;

/** An open task as the door sees it: whose it is, and what it is about. */
record PersonalTask(
        String id,
        String definitionKey,
        String processInstanceId,
        @Nullable String assignee,
        Set<String> candidateGroups,
        Set<String> candidateUsers,
        String caseReference,
        OptionalInt recipientNumber,
        @Nullable String tenantId) {

    /** The task, or null when it is not open. Asked of the engine without the rights of whoever is signed in. */
    static @Nullable PersonalTask find(CommandContext context, String taskId) {
        return context.runWithoutAuthorization(() -> {
            TaskEntity task = context.getTaskManager().findTaskById(taskId);
            return task == null || task.getExecution() == null ? null : of(task);
        });
    }

    private static PersonalTask of(TaskEntity task) {
        Optional<Integer> recipient = RECIPIENT_NUMBER.in(task);
        String businessKey = task.getProcessInstance().getBusinessKey();
        return new PersonalTask(
                task.getId(),
                task.getTaskDefinitionKey(),
                task.getProcessInstanceId(),
                task.getAssignee(),
                task.getCandidates().stream()
                        .map(IdentityLink::getGroupId)
                        .filter(group -> group != null)
                        .collect(Collectors.toUnmodifiableSet()),
                task.getCandidates().stream()
                        .map(IdentityLink::getUserId)
                        .filter(user -> user != null)
                        .collect(Collectors.toUnmodifiableSet()),
                businessKey != null ? businessKey : CASE_REFERENCE.in(task).orElse(""),
                recipient.isPresent() ? OptionalInt.of(recipient.get()) : OptionalInt.empty(),
                task.getTenantId());
    }

    /** Tasks of a tenant are there for those alone who are signed in with it. */
    boolean isThereFor(Authentication signedIn) {
        return tenantId == null
                || (signedIn.getTenantIds() != null && signedIn.getTenantIds().contains(tenantId));
    }

    /** Open to this person: not claimed by somebody else, and theirs by group or by name. */
    void mustBeDoneBy(Person person) {
        if (assignee != null && !assignee.equals(person.id())) {
            throw new NotAllowed("Somebody else has claimed this task");
        }
        boolean nobodysCandidate = candidateUsers.isEmpty() && candidateGroups.isEmpty();
        if (!(nobodysCandidate && assignee != null)) {
            mustBeFor(person);
        }
    }

    /** Theirs by group or by name, whoever has claimed it. */
    void mustBeFor(Person person) {
        if (!candidateUsers.contains(person.id()) && candidateGroups.stream().noneMatch(person.groups()::contains)) {
            throw new NotAllowed("This task is for " + String.join(", ", new TreeSet<>(candidateGroups)));
        }
    }

    void mustBeHeldBy(Person person) {
        if (!person.id().equals(assignee)) {
            throw new NotAllowed("Only the person who has claimed a task can give it back");
        }
    }

    TaskInHand inHandOf(Person person) {
        if (caseReference.isEmpty()) {
            throw new NotAllowed("This task belongs to no case");
        }
        return new TaskInHand(id, definitionKey, new CaseReference(caseReference), recipientNumber, person);
    }
}
