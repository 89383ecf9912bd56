package org.takedownhub.access;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/**
 * One row of the {@link AccessTable}.
 *
 * @param method {@code null} stands for every method
 * @param path   a Spring path pattern: {@code *} is one segment, {@code /**} whatever follows, or nothing
 */
record Rule(@Nullable HttpMethod method, String path, Who who) {

    static Rule get(String path, Who who) {
        return new Rule(HttpMethod.GET, path, who);
    }

    static Rule post(String path, Who who) {
        return new Rule(HttpMethod.POST, path, who);
    }

    static Rule put(String path, Who who) {
        return new Rule(HttpMethod.PUT, path, who);
    }

    static Rule options(String path, Who who) {
        return new Rule(HttpMethod.OPTIONS, path, who);
    }

    static Rule any(String path, Who who) {
        return new Rule(null, path, who);
    }

    Rule under(String prefix) {
        return new Rule(method, prefix + path, who);
    }

    /**
     * Matches the whole path of a request. (A pattern given to Spring Security as text would be tied to one servlet,
     * and the engine's REST API is a servlet of its own.)
     */
    PathPatternRequestMatcher matcher() {
        PathPatternRequestMatcher.Builder builder = PathPatternRequestMatcher.withDefaults();
        return method == null ? builder.matcher(path) : builder.matcher(method, path);
    }
}
