package org.takedownhub.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.takedownhub.api.SecurityProblems;

/**
 * Refuses a program with a problem document, and sends a browser that merely came to an address of the API to the
 * sign-in page. A browser is never asked for HTTP Basic: it would keep the password and send it with requests that
 * other sites make it send.
 *
 * @param scheme     {@code Basic} or {@code Bearer}, as RFC 9110 section 11.6.1 wants it named in a 401
 * @param signInPage where a browser is sent
 */
record ProgramRefusals(SecurityProblems problems, String scheme, String signInPage)
        implements AuthenticationEntryPoint, AccessDeniedHandler {

    /** Browsers know no scheme of this name, so none asks for a password in a window of its own. */
    private static final String SCHEME_FOR_SCRIPTS = "Session";

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException refused)
            throws IOException {
        String mode = request.getHeader("Sec-Fetch-Mode");
        if (refused instanceof TooManyAttempts tooMany) {
            response.setHeader(
                    HttpHeaders.RETRY_AFTER, Long.toString(tooMany.retryAfter().toSeconds() + 1));
            response.sendError(HttpStatus.TOO_MANY_REQUESTS.value());
        } else if ("navigate".equals(mode)) {
            response.sendRedirect(request.getContextPath() + signInPage);
        } else {
            response.setHeader(
                    HttpHeaders.WWW_AUTHENTICATE,
                    (mode == null ? scheme : SCHEME_FOR_SCRIPTS) + " realm=\"Takedown Hub\", charset=\"UTF-8\"");
            problems.commence(request, response, refused);
        }
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException refused)
            throws IOException {
        problems.handle(request, response, refused);
    }
}
