package org.takedownhub.engine;

import java.util.Optional;
import java.util.function.Supplier;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.cases.CaseVisibility;
import org.takedownhub.process.AsSystem;
import org.takedownhub.process.NotAllowed;
import org.takedownhub.process.Person;
import org.takedownhub.process.TaskHandover;

/** Hands tasks over by the rules by which the door lets people take them. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class DoorHandover implements TaskHandover {

    private final ProcessEngineConfigurationImpl engine;
    private final TaskService tasks;
    private final PeoplesForms forms;
    private final AsSystem system;

    DoorHandover(ProcessEngineConfigurationImpl engine, TaskService tasks, PeoplesForms forms, AsSystem system) {
        this.engine = engine;
        this.tasks = tasks;
        this.forms = forms;
        this.system = system;
    }

    @Override
    public Optional<Held> find(String taskId) {
        return personal(taskId)
                .filter(task -> !task.caseReference().isEmpty())
                .map(task -> new Held(
                        taskId,
                        task.definitionKey(),
                        name(taskId),
                        new CaseReference(task.caseReference()),
                        Optional.ofNullable(task.assignee()),
                        task.tenantId() != null));
    }

    @Override
    public void give(Held task, Person to) {
        PersonalTask open = open(task);
        if (task.covert() && !to.groups().contains(CaseVisibility.COVERT_OFFICERS)) {
            throw new NotAllowed("This task is for members of " + CaseVisibility.COVERT_OFFICERS + " only");
        }
        open.mustBeFor(to);
        call(() -> {
            forms.find(open).ifPresent(form -> form.mayBeTaken(open.inHandOf(to)));
            tasks.setAssignee(task.taskId(), to.id());
            return null;
        });
    }

    @Override
    public void giveBack(Held task) {
        PersonalTask open = open(task);
        if (open.candidateGroups().isEmpty() && open.candidateUsers().isEmpty()) {
            throw new NotAllowed("This task belongs to no queue, so nobody would find it there");
        }
        call(() -> {
            tasks.setAssignee(task.taskId(), null);
            return null;
        });
    }

    private PersonalTask open(Held task) {
        return personal(task.taskId())
                .orElseThrow(() -> new IllegalStateException("Task " + task.taskId() + " is not open any more"));
    }

    private Optional<PersonalTask> personal(String taskId) {
        return call(() -> Optional.ofNullable(
                engine.getCommandExecutorTxRequired().execute(context -> PersonalTask.find(context, taskId))));
    }

    private String name(String taskId) {
        return call(() -> {
            var task = tasks.createTaskQuery().taskId(taskId).singleResult();
            return task == null || task.getName() == null ? "" : task.getName();
        });
    }

    private <T> T call(Supplier<T> work) {
        return system.call(work);
    }
}
