package org.takedownhub.access;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;

/**
 * Refuses a program with a problem document (RFC 9457), and sends a browser that merely came to an address of the API
 * to the sign-in page. A browser is never asked for HTTP Basic: it would keep the password and send it with requests
 * that other sites make it send.
 *
 * @param scheme     {@code Basic} or {@code Bearer}, as RFC 9110 section 11.6.1 wants it named in a 401
 * @param signInPage where a browser is sent
 */
record Problem(ObjectMapper json, String scheme, String signInPage)
        implements AuthenticationEntryPoint, AccessDeniedHandler {

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException refused)
            throws IOException {
        if (refused instanceof TooManyAttempts tooMany) {
            response.setHeader(
                    HttpHeaders.RETRY_AFTER, Long.toString(tooMany.retryAfter().toSeconds() + 1));
            write(response, HttpStatus.TOO_MANY_REQUESTS, tooMany.getMessage());
        } else if ("navigate".equals(request.getHeader("Sec-Fetch-Mode"))) {
            response.sendRedirect(request.getContextPath() + signInPage);
        } else {
            if (request.getHeader("Sec-Fetch-Mode") == null) {
                response.setHeader(HttpHeaders.WWW_AUTHENTICATE, scheme + " realm=\"Takedown Hub\"");
            }
            write(response, HttpStatus.UNAUTHORIZED, "Sign in to call this.");
        }
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException refused)
            throws IOException {
        write(response, HttpStatus.FORBIDDEN, "Your role does not allow this.");
    }

    private void write(HttpServletResponse response, HttpStatus status, String detail) throws IOException {
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("type", "about:blank");
        problem.put("title", status.getReasonPhrase());
        problem.put("status", status.value());
        problem.put("detail", detail);
        problem.put("errors", List.of());
        response.setStatus(status.value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.getWriter().write(json.writeValueAsString(problem));
    }
}
