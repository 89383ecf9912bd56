package org.takedownhub.engine;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.util.function.SingletonSupplier;
import org.takedownhub.process.NotAllowed;
import org.takedownhub.process.StartForm;
import org.takedownhub.process.TaskDone;
import org.takedownhub.process.TaskForm;
import org.takedownhub.process.TaskInHand;

/** The forms of all tasks and processes. They are looked for when a person first comes, since many need the engine. */
final class PeoplesForms {

    private final Supplier<Map<String, TaskForm>> tasks;
    private final Supplier<Map<String, StartForm>> starts;
    private final ObjectProvider<TaskDone> listeners;

    PeoplesForms(ObjectProvider<TaskForm> tasks, ObjectProvider<StartForm> starts, ObjectProvider<TaskDone> listeners) {
        this.listeners = listeners;
        this.tasks = SingletonSupplier.of(() -> byKey(tasks.stream(), TaskForm::taskDefinitionKey));
        this.starts = SingletonSupplier.of(() -> byKey(starts.stream(), StartForm::processDefinitionKey));
    }

    /** Tells whoever wants to know that this person has completed this task. */
    void done(TaskInHand task) {
        listeners.forEach(listener -> listener.done(task));
    }

    Optional<TaskForm> find(PersonalTask task) {
        return Optional.ofNullable(tasks.get().get(task.definitionKey()));
    }

    /** @throws NotAllowed a task without a form is not for people */
    TaskForm of(PersonalTask task) {
        return find(task).orElseThrow(() -> new NotAllowed("The task " + task.definitionKey() + " takes no input"));
    }

    /** @throws NotAllowed a process without a form is started by the hub, not by people */
    StartForm of(String processDefinitionKey) {
        StartForm form = starts.get().get(processDefinitionKey);
        if (form == null) {
            throw new NotAllowed("The process " + processDefinitionKey + " is not started by people");
        }
        return form;
    }

    private static <F> Map<String, F> byKey(Stream<F> forms, Function<F, String> key) {
        return forms.collect(Collectors.toUnmodifiableMap(key, form -> form));
    }
}
