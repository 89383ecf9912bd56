package org.takedownhub.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.stereotype.Component;

/**
 * Answers 401 and 403 of the API with problem documents. The access room plugs it into its filter chains, and sets the
 * {@code WWW-Authenticate} header where another challenge than a name and a password fits.
 */
@Component
public class SecurityProblems implements AuthenticationEntryPoint, AccessDeniedHandler {

    private final Problems problems;
    private final Calls calls;

    SecurityProblems(Problems problems, Calls calls) {
        this.problems = problems;
        this.calls = calls;
    }

    @Override
    public void commence(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException authException)
            throws IOException {
        if (!response.containsHeader(HttpHeaders.WWW_AUTHENTICATE)) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"Takedown Hub\", charset=\"UTF-8\"");
        }
        problems.write(
                response,
                problems.problem(
                        request,
                        HttpStatus.UNAUTHORIZED,
                        ProblemType.UNAUTHENTICATED,
                        "Sign in: send a name and a password, or a bearer token."));
    }

    /** A call of the API that does not exist is not forbidden: whoever mistypes it is told so. */
    @Override
    public void handle(
            HttpServletRequest request, HttpServletResponse response, AccessDeniedException accessDeniedException)
            throws IOException {
        HttpStatus status = HttpStatus.FORBIDDEN;
        String detail = "Your account may not do this. Ask your manager for the role that may.";
        if (Requests.api(Requests.path(request))) {
            Optional<Set<String>> methods = calls.methods(Requests.path(request));
            if (methods.isEmpty()) {
                status = HttpStatus.NOT_FOUND;
                detail = "Nothing lives at this address. Check it for a typing mistake.";
            } else if (!methods.get().contains(request.getMethod())) {
                status = HttpStatus.METHOD_NOT_ALLOWED;
                detail = "Use one of the methods that the Allow header names.";
                response.setHeader(HttpHeaders.ALLOW, String.join(", ", methods.get()));
            }
        }
        problems.write(response, problems.problem(request, status, ProblemType.of(status), detail));
    }
}
