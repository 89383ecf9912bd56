package org.takedownhub.engine;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.camunda.bpm.dmn.feel.impl.FeelEngine;
import org.camunda.bpm.engine.variable.context.VariableContext;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.jspecify.annotations.Nullable;

/**
 * FEEL that remembers what it found: thousands of cases ask the same cells of a table about the same few values, and the
 * library reads a cell anew each time. Remembered is only what depends on nothing else: cells of literals, asked about a
 * text or a truth value.
 */
final class RememberedFeel implements FeelEngine {

    private static final int MOST = 100_000;
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9]*+");
    private static final Pattern LITERALS =
            Pattern.compile("(?:\"(?:[^\"\\\\]|\\\\.)*\"|\\b(?:true|false|not|null)\\b|[\\s0-9.,<>=()\\[\\]-])*+");

    private final FeelEngine feel;
    private final Map<Asked, Boolean> answers = new ConcurrentHashMap<>();
    private final Map<String, Boolean> literal = new ConcurrentHashMap<>();

    private record Asked(String expression, Object value) {}

    RememberedFeel(FeelEngine feel) {
        this.feel = feel;
    }

    /** The name of a text or a truth value is what almost every column asks for. */
    @Override
    @SuppressWarnings("unchecked")
    public <T> T evaluateSimpleExpression(String expression, VariableContext context) {
        Object value = NAME.matcher(expression).matches() ? value(context.resolve(expression)) : null;
        return value instanceof String || value instanceof Boolean
                ? (T) value
                : feel.evaluateSimpleExpression(expression, context);
    }

    @Override
    public boolean evaluateSimpleUnaryTests(String expression, String inputVariable, VariableContext context) {
        Object value = value(context.resolve(inputVariable));
        if (!(value instanceof String || value instanceof Boolean) || !isLiteral(expression)) {
            return feel.evaluateSimpleUnaryTests(expression, inputVariable, context);
        }
        Asked asked = new Asked(expression, value);
        Boolean known = answers.get(asked);
        if (known == null) {
            known = feel.evaluateSimpleUnaryTests(expression, inputVariable, context);
            if (answers.size() < MOST) {
                answers.put(asked, known);
            }
        }
        return known;
    }

    private static @Nullable Object value(@Nullable TypedValue typed) {
        return typed == null ? null : typed.getValue();
    }

    private boolean isLiteral(String expression) {
        return literal.computeIfAbsent(
                expression, text -> LITERALS.matcher(text).matches());
    }
}
