package org.takedownhub.engine;

import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.exception.NotValidException;
import org.camunda.bpm.engine.impl.el.JuelExpressionManager;
import org.camunda.bpm.engine.impl.el.ReadOnlyMapELResolver;
import org.camunda.bpm.engine.impl.el.VariableScopeElResolver;
import org.camunda.bpm.impl.juel.jakarta.el.BeanELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.CompositeELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.ELContext;
import org.camunda.bpm.impl.juel.jakarta.el.ELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.ValueExpression;
import org.joda.time.DateTime;

/**
 * Lock 1: reads every expression before the engine can evaluate it, wherever it stands, and refuses all but plain ones.
 * The few calls that a stored task filter needs are admitted letter by letter; the {@link ModelGuard} keeps them out
 * of models.
 */
final class ExpressionLock extends JuelExpressionManager {

    /** What "my tasks", "my groups' tasks", "overdue" and "due soon" are made of. */
    static final Set<String> FILTER_EXPRESSIONS =
            Set.of("${now()}", "${dateTime().plusHours(4)}", "${currentUser()}", "${currentUserGroups()}");

    ExpressionLock(Map<Object, Object> delegates) {
        super(delegates);
    }

    @Override
    public ValueExpression createValueExpression(String expression) {
        if (!FILTER_EXPRESSIONS.contains(expression)) {
            PlainExpression.refusalOf(expression).ifPresent(reason -> {
                throw new NotValidException("Expression not allowed (" + reason + "). Use a plain variable, a literal,"
                        + " a comparison, not or empty.");
            });
        }
        return super.createValueExpression(expression);
    }

    /** Delegates come first, so that no variable can take the place of one. */
    @Override
    protected ELResolver createElResolver() {
        CompositeELResolver resolver = new CompositeELResolver();
        resolver.add(new ReadOnlyMapELResolver(beans));
        resolver.add(new VariableScopeElResolver());
        resolver.add(new FilterDatesOnly());
        return resolver;
    }

    /** The second net, at run time: the only object whose method can be called is a filter's date. */
    private static final class FilterDatesOnly extends BeanELResolver {

        FilterDatesOnly() {
            super(true);
        }

        @Override
        public Object getValue(ELContext context, Object base, Object property) {
            if (base != null) {
                throw refusal();
            }
            return super.getValue(context, null, property);
        }

        @Override
        public Object invoke(
                ELContext context, Object base, Object method, Class<?>[] parameterTypes, Object[] parameters) {
            if (!(base instanceof DateTime) || !"plusHours".equals(method)) {
                throw refusal();
            }
            return super.invoke(context, base, method, parameterTypes, parameters);
        }

        private static NotValidException refusal() {
            return new NotValidException("Expression not allowed: it reaches into an object");
        }
    }
}
