package org.takedownhub.engine;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.impl.juel.AstBinary;
import org.camunda.bpm.impl.juel.AstComposite;
import org.camunda.bpm.impl.juel.AstEval;
import org.camunda.bpm.impl.juel.AstIdentifier;
import org.camunda.bpm.impl.juel.AstLiteral;
import org.camunda.bpm.impl.juel.AstNested;
import org.camunda.bpm.impl.juel.AstText;
import org.camunda.bpm.impl.juel.AstUnary;
import org.camunda.bpm.impl.juel.Builder;
import org.camunda.bpm.impl.juel.Node;
import org.camunda.bpm.impl.juel.Tree;
import org.camunda.bpm.impl.juel.TreeBuilderException;

/**
 * What an expression in a model may say: read a variable, compare it, negate it, ask whether it is empty. Nothing that
 * reaches a property, a method, a function or an engine object, because every one of those leads to running code.
 */
final class PlainExpression {

    private static final int MAX_LENGTH = 500;
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{\\s*([A-Za-z][A-Za-z0-9_]{0,63})\\s*}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,63}");
    private static final Set<String> ENGINE_OBJECTS =
            Set.of("execution", "caseExecution", "task", "externalTask", "authenticatedUserId");
    private static final Set<AstBinary.Operator> COMPARISONS =
            Set.of(AstBinary.EQ, AstBinary.NE, AstBinary.LT, AstBinary.LE, AstBinary.GT, AstBinary.GE);
    private static final Set<AstUnary.Operator> QUESTIONS = Set.of(AstUnary.NOT, AstUnary.EMPTY);

    /** With method calls understood, so that one is seen for what it is and refused by name. */
    private static final Builder PARSER = new Builder(Builder.Feature.METHOD_INVOCATIONS);

    private PlainExpression() {}

    static boolean isLiteral(String text) {
        return !text.contains("${") && !text.contains("#{");
    }

    /** The name in {@code ${name}}, when the text is nothing else. */
    static Optional<String> variableIn(String text) {
        Matcher matcher = VARIABLE.matcher(text.strip());
        return matcher.matches() && !ENGINE_OBJECTS.contains(matcher.group(1))
                ? Optional.of(matcher.group(1))
                : Optional.empty();
    }

    /** Why this text must not be evaluated, or empty when it may be. */
    static Optional<String> refusalOf(String text) {
        if (isLiteral(text)) {
            return Optional.empty();
        }
        if (text.length() > MAX_LENGTH) {
            return Optional.of("longer than " + MAX_LENGTH + " characters");
        }
        try {
            Tree tree = PARSER.build(text);
            return tree.isDeferred() ? Optional.of("#{} is not for models, write ${}") : refusalOf(tree.getRoot());
        } catch (TreeBuilderException unreadable) {
            return Optional.of("cannot be read at position " + unreadable.getPosition());
        }
    }

    private static Optional<String> refusalOf(Node node) {
        if (node instanceof AstText || node instanceof AstLiteral) {
            return Optional.empty();
        }
        if (node instanceof AstIdentifier identifier) {
            return refusalOfName(identifier.getName());
        }
        if (node instanceof AstBinary binary && !COMPARISONS.contains(binary.getOperator())) {
            return Optional.of("the operator " + binary.getOperator() + " belongs in a decision table");
        }
        if (node instanceof AstUnary unary && !QUESTIONS.contains(unary.getOperator())) {
            return Optional.of("the operator " + unary.getOperator() + " belongs in a decision table");
        }
        boolean open = node instanceof AstBinary
                || node instanceof AstUnary
                || node instanceof AstEval
                || node instanceof AstNested
                || node instanceof AstComposite;
        return open ? refusalOfChildren(node) : Optional.of("calls, properties and choices are not allowed: " + node);
    }

    private static Optional<String> refusalOfChildren(Node node) {
        for (int child = 0; child < node.getCardinality(); child++) {
            Optional<String> refusal = refusalOf(node.getChild(child));
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> refusalOfName(String name) {
        if (ENGINE_OBJECTS.contains(name)) {
            return Optional.of(name + " is an engine object");
        }
        return NAME.matcher(name).matches() ? Optional.empty() : Optional.of(name + " is no variable name");
    }
}
