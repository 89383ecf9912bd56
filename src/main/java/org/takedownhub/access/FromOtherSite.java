package org.takedownhub.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * A changing request that a browser may have been made to send: it needs a CSRF token. That is so when nothing but the
 * session's cookie says who sends it, or when the browser itself says that another site is behind it (Fetch Metadata
 * Request Headers, W3C), whatever else it carries.
 */
final class FromOtherSite implements RequestMatcher {

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
    private static final Set<String> OWN = Set.of("same-origin", "none");

    @Override
    public boolean matches(HttpServletRequest request) {
        if (SAFE.contains(request.getMethod())) {
            return false;
        }
        String site = request.getHeader("Sec-Fetch-Site");
        return request.getHeader(HttpHeaders.AUTHORIZATION) == null
                ? request.isRequestedSessionIdValid()
                : site != null && !OWN.contains(site);
    }
}
