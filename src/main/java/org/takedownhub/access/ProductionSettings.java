package org.takedownhub.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.Environment;

/**
 * Refuses to start for production as long as a setting is missing that has no safe default. Runs before any bean is
 * made, so that all are named at once and no database is touched.
 */
class ProductionSettings implements BeanFactoryPostProcessor, PriorityOrdered {

    private static final String RESOURCE_SERVER = "spring.security.oauth2.resourceserver.jwt.";
    private static final String NOTICE = "takedown.notice.";
    private static final String REGISTRATION = "spring.security.oauth2.client.registration";
    private static final String PROVIDER = "spring.security.oauth2.client.provider";
    private static final Bindable<Map<String, Map<String, String>>> NAMED =
            Bindable.of(ResolvableType.forClassWithGenerics(
                    Map.class,
                    ResolvableType.forClass(String.class),
                    ResolvableType.forClassWithGenerics(Map.class, String.class, String.class)));

    private final Environment environment;

    ProductionSettings(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        List<String> missing = missing(environment);
        if (!missing.isEmpty()) {
            throw new MissingSettings(missing);
        }
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    static List<String> missing(Environment environment) {
        List<String> missing = new ArrayList<>();
        if (isUnset(environment, "spring.datasource.url")) {
            missing.add("spring.datasource.url");
        }
        // with a key set alone, nobody would look at who issued a token
        if (isUnset(environment, RESOURCE_SERVER + "issuer-uri")) {
            missing.add(RESOURCE_SERVER + "issuer-uri");
        }
        // without it, a token that the same server gave out for another program would be good here
        if (isUnset(environment, RESOURCE_SERVER + "audiences")
                && isUnset(environment, RESOURCE_SERVER + "audiences[0]")) {
            missing.add(RESOURCE_SERVER + "audiences");
        }
        // what every notice says about its sender cannot be guessed
        for (String key : List.of("authority-name", "authority-address", "contact", "review-address", "parts-of-uk")) {
            if (isUnset(environment, NOTICE + key)) {
                missing.add(NOTICE + key);
            }
        }
        Binder binder = Binder.get(environment);
        Map<String, Map<String, String>> registrations =
                binder.bind(REGISTRATION, NAMED).orElse(Map.of("hub", Map.of()));
        Map<String, Map<String, String>> providers =
                binder.bind(PROVIDER, NAMED).orElse(Map.of());
        registrations.forEach((name, registration) -> {
            for (String key : List.of("client-id", "client-secret")) {
                if (registration.getOrDefault(key, "").isBlank()) {
                    missing.add(REGISTRATION + "." + name + "." + key);
                }
            }
            String provider = registration.getOrDefault("provider", name);
            Map<String, String> stated = providers.getOrDefault(provider, Map.of());
            if (stated.getOrDefault("issuer-uri", "").isBlank()
                    && stated.getOrDefault("authorization-uri", "").isBlank()) {
                missing.add(PROVIDER + "." + provider + ".issuer-uri");
            }
        });
        return missing;
    }

    private static boolean isUnset(Environment environment, String name) {
        String value = environment.getProperty(name);
        return value == null || value.isBlank();
    }
}
