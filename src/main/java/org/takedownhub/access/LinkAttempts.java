package org.takedownhub.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/** Makes whoever tries links that lead nowhere wait, as after wrong passwords. */
class LinkAttempts extends OncePerRequestFilter {

    /** Stands where a user name stands for passwords. */
    private static final String LINKS = "links";

    private final Attempts attempts;

    LinkAttempts(Attempts attempts) {
        this.attempts = attempts;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String source = request.getRemoteAddr();
        try {
            attempts.check(source, LINKS);
        } catch (TooManyAttempts wait) {
            response.setHeader(
                    HttpHeaders.RETRY_AFTER, Long.toString(wait.retryAfter().toSeconds() + 1));
            response.sendError(HttpStatus.TOO_MANY_REQUESTS.value());
            return;
        }
        chain.doFilter(request, response);
        if (response.getStatus() == HttpServletResponse.SC_NOT_FOUND) {
            attempts.failed(source, LINKS);
        }
    }
}
