package org.takedownhub.process;

import java.util.Date;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.VariableScope;

/** A variable with its type, so that a name is spelled and a type is chosen in one place only. */
public final class ProcessVariable<T> {

    private final String name;
    private final Class<T> type;

    private ProcessVariable(String name, Class<T> type) {
        this.name = name;
        this.type = type;
    }

    static ProcessVariable<String> text(String name) {
        return new ProcessVariable<>(name, String.class);
    }

    static ProcessVariable<Boolean> flag(String name) {
        return new ProcessVariable<>(name, Boolean.class);
    }

    static ProcessVariable<Integer> number(String name) {
        return new ProcessVariable<>(name, Integer.class);
    }

    /** An absolute instant. The engine keeps it as a {@link Date}, which timers take as it is. */
    static ProcessVariable<Date> instant(String name) {
        return new ProcessVariable<>(name, Date.class);
    }

    public String name() {
        return name;
    }

    Class<T> type() {
        return type;
    }

    /** @throws IllegalStateException the variable is not there; the message names it and the process instance */
    public T of(VariableScope scope) {
        return in(scope)
                .orElseThrow(() -> new IllegalStateException(
                        "Variable " + name + " is missing in " + scope.getVariableScopeKey()));
    }

    public Optional<T> in(VariableScope scope) {
        return Optional.ofNullable(type.cast(scope.getVariable(name)));
    }

    public void set(VariableScope scope, T value) {
        scope.setVariable(name, value);
    }

    /** Sets the variable where it belongs to this scope alone, such as one recipient's follow-up. */
    public void setLocal(VariableScope scope, T value) {
        scope.setVariableLocal(name, value);
    }

    public Map.Entry<String, Object> with(T value) {
        return Map.entry(name, value);
    }
}
