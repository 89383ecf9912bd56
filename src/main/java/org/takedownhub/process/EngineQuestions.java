package org.takedownhub.process;

import java.util.Optional;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.casefile.CaseReference;

/** The engine behind {@link Questions}. */
@Component
@Transactional(propagation = Propagation.SUPPORTS)
class EngineQuestions implements Questions {

    private static final String NUMBER = TakedownProcess.QUESTION_NUMBER.name();

    private final TaskService tasks;
    private final AsSystem system;

    EngineQuestions(TaskService tasks, AsSystem system) {
        this.tasks = tasks;
        this.system = system;
    }

    @Override
    public int number(String taskId) {
        return system.call(() -> {
            if (tasks.getVariable(taskId, NUMBER) instanceof Integer number) {
                return number;
            }
            throw new IllegalStateException("Task " + taskId + " is about no question");
        });
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean answered(CaseReference reference, int number) {
        return system.call(() -> {
            Optional<Task> open = tasks
                    .createTaskQuery()
                    .processInstanceBusinessKey(reference.value())
                    .taskDefinitionKey(TakedownProcess.TASK_ANSWER_DECONFLICTION)
                    .list()
                    .stream()
                    .filter(task -> tasks.getVariable(task.getId(), NUMBER) instanceof Integer found && found == number)
                    .findFirst();
            open.ifPresent(task -> tasks.complete(task.getId()));
            return open.isPresent();
        });
    }
}
