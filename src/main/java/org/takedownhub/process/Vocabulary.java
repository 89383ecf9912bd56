package org.takedownhub.process;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The words of {@link TakedownProcess} by kind, for whoever checks that a model says no other. */
public final class Vocabulary {

    private Vocabulary() {}

    /** Every process variable by its name, with the type of its value. */
    public static Map<String, Class<?>> variables() {
        return variables(name -> true)
                .collect(Collectors.toUnmodifiableMap(ProcessVariable::name, ProcessVariable::type));
    }

    /** Variables that hold the id of a group of people. */
    public static Set<String> groupVariables() {
        return variables(name -> name.endsWith("_GROUP"))
                .map(ProcessVariable::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    public static Set<String> messages() {
        return texts(name -> name.startsWith("MESSAGE_"));
    }

    /** Codes of the errors that delegates throw. */
    public static Set<String> errors() {
        return texts(name -> name.startsWith("ERROR_"));
    }

    public static Set<String> processes() {
        return texts(name -> name.equals("KEY") || name.endsWith("_KEY"));
    }

    public static Set<String> decisions() {
        return texts(name -> name.startsWith("DECISION_"));
    }

    /** Ids of steps and events that the code finds cases and timers by. User tasks are not among them. */
    public static Set<String> steps() {
        Set<String> steps = new TreeSet<>(texts(name -> name.startsWith("EVENT_") || name.startsWith("NODE_")));
        steps.addAll(TakedownProcess.STATES.keySet());
        steps.removeAll(texts(name -> name.startsWith("TASK_")));
        return steps;
    }

    private static Set<String> texts(Predicate<String> named) {
        return constants(named, String.class).collect(Collectors.toUnmodifiableSet());
    }

    private static Stream<ProcessVariable<?>> variables(Predicate<String> named) {
        return constants(named, ProcessVariable.class).map(variable -> (ProcessVariable<?>) variable);
    }

    private static <T> Stream<T> constants(Predicate<String> named, Class<T> type) {
        return Arrays.stream(TakedownProcess.class.getDeclaredFields())
                .filter(field -> Modifier.isStatic(field.getModifiers())
                        && field.getType().equals(type))
                .filter(field -> named.test(field.getName()))
                .map(field -> type.cast(value(field)));
    }

    private static Object value(Field field) {
        try {
            return field.get(null);
        } catch (IllegalAccessException ownPackage) {
            throw new IllegalStateException("Constants of this package can be read", ownPackage);
        }
    }
}
