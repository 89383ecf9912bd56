package org.takedownhub.engine;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.util.function.SingletonSupplier;

/**
 * The only beans a model can name: those that are delegates. A bean is created when a model first calls it, because
 * delegates need the engine and the engine must not need them to start.
 */
final class DelegateBeans {

    private final ListableBeanFactory beans;
    private final Supplier<Set<String>> names;

    DelegateBeans(ListableBeanFactory beans) {
        this.beans = beans;
        this.names = SingletonSupplier.of(() -> Set.of(beans.getBeanNamesForType(JavaDelegate.class, true, false)));
    }

    Set<String> names() {
        return names.get();
    }

    Map<Object, Object> asMap() {
        return new AbstractMap<>() {
            @Override
            public boolean containsKey(@Nullable Object name) {
                return name instanceof String && names().contains(name);
            }

            @Override
            public @Nullable Object get(@Nullable Object name) {
                return name instanceof String text && names().contains(text) ? beans.getBean(text) : null;
            }

            @Override
            public Set<Entry<Object, Object>> entrySet() {
                return names().stream()
                        .map(name -> new SimpleImmutableEntry<Object, Object>(name, beans.getBean(name)))
                        .collect(Collectors.toUnmodifiableSet());
            }
        };
    }
}
