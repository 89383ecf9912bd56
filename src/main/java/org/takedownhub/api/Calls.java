package org.takedownhub.api;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Which calls there are. Access denies by default, so a refused call may be one that never was. */
@Component
class Calls {

    private final ObjectProvider<RequestMappingHandlerMapping> mappings;

    Calls(@Qualifier("requestMappingHandlerMapping") ObjectProvider<RequestMappingHandlerMapping> mappings) {
        this.mappings = mappings;
    }

    /** The methods that an address takes; empty when nothing lives there. */
    Optional<Set<String>> methods(String path) {
        PathContainer address = PathContainer.parsePath(path);
        Set<RequestMappingInfo> there = mappings.getObject().getHandlerMethods().keySet().stream()
                .filter(mapping -> mapping.getPathPatternsCondition() != null
                        && mapping.getPathPatternsCondition().getPatterns().stream()
                                .anyMatch(pattern -> pattern.matches(address)))
                .collect(Collectors.toSet());
        return there.isEmpty()
                ? Optional.empty()
                : Optional.of(there.stream()
                        .flatMap(mapping -> mapping.getMethodsCondition().getMethods().stream())
                        .map(Enum::name)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }
}
