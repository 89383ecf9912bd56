package org.takedownhub.engine;

import java.lang.reflect.Field;
import org.camunda.bpm.engine.impl.ProcessInstantiationBuilderImpl;
import org.camunda.bpm.engine.impl.cmd.AbstractAddIdentityLinkCmd;
import org.camunda.bpm.engine.impl.cmd.AbstractSetTaskPropertyCmd;
import org.camunda.bpm.engine.impl.cmd.AddCommentCmd;
import org.camunda.bpm.engine.impl.cmd.ClaimTaskCmd;
import org.camunda.bpm.engine.impl.cmd.CompleteTaskCmd;
import org.camunda.bpm.engine.impl.cmd.StartProcessInstanceCmd;
import org.camunda.bpm.engine.impl.cmd.SubmitStartFormCmd;
import org.camunda.bpm.engine.impl.cmd.SubmitTaskFormCmd;
import org.camunda.bpm.engine.variable.VariableMap;
import org.jspecify.annotations.Nullable;

/**
 * What the engine's commands carry. They do not tell, so this looks; a field that a newer engine has renamed stops the
 * program at its start, not a person at a task.
 */
final class CommandFields {

    static final Slot<String> COMPLETED_TASK = slot(CompleteTaskCmd.class, "taskId");
    static final Slot<Object> COMPLETED_VALUES = slot(CompleteTaskCmd.class, "variables");
    static final Slot<Boolean> COMPLETED_RETURNS = slot(CompleteTaskCmd.class, "returnVariables");
    static final Slot<Boolean> COMPLETED_DESERIALIZES = slot(CompleteTaskCmd.class, "deserializeReturnedVariables");

    static final Slot<String> SUBMITTED_TASK = slot(SubmitTaskFormCmd.class, "taskId");
    static final Slot<VariableMap> SUBMITTED_VALUES = slot(SubmitTaskFormCmd.class, "properties");
    static final Slot<Boolean> SUBMITTED_RETURNS = slot(SubmitTaskFormCmd.class, "returnVariables");
    static final Slot<Boolean> SUBMITTED_DESERIALIZES = slot(SubmitTaskFormCmd.class, "deserializeValues");

    static final Slot<String> STARTED_DEFINITION = slot(SubmitStartFormCmd.class, "processDefinitionId");
    static final Slot<VariableMap> STARTED_VALUES = slot(SubmitStartFormCmd.class, "variables");
    static final Slot<ProcessInstantiationBuilderImpl> INSTANTIATION =
            slot(StartProcessInstanceCmd.class, "instantiationBuilder");

    static final Slot<String> CLAIMED_TASK = slot(ClaimTaskCmd.class, "taskId");
    static final Slot<String> CLAIMED_BY = slot(ClaimTaskCmd.class, "userId");
    static final Slot<String> ASSIGNED_TASK = slot(AbstractSetTaskPropertyCmd.class, "taskId");
    static final Slot<String> ASSIGNED_TO = slot(AbstractAddIdentityLinkCmd.class, "userId");

    static final Slot<String> COMMENTED_TASK = slot(AddCommentCmd.class, "taskId");
    static final Slot<String> COMMENTED_INSTANCE = slot(AddCommentCmd.class, "processInstanceId");
    static final Slot<String> COMMENT = slot(AddCommentCmd.class, "message");

    private CommandFields() {}

    /** One field of one kind of command. */
    static final class Slot<V> {

        private final Field field;

        private Slot(Field field) {
            this.field = field;
        }

        @SuppressWarnings("unchecked")
        @Nullable
        V of(Object command) {
            try {
                return (V) field.get(command);
            } catch (IllegalAccessException closed) {
                throw new IllegalStateException("The field was open at the start", closed);
            }
        }
    }

    private static <V> Slot<V> slot(Class<?> command, String name) {
        try {
            Field field = command.getDeclaredField(name);
            field.setAccessible(true);
            return new Slot<>(field);
        } catch (NoSuchFieldException renamed) {
            throw new IllegalStateException("This engine's " + command.getName() + " has no " + name, renamed);
        }
    }
}
