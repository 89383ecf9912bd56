package org.takedownhub.api;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;

/** Which requests the rules of the API are for. */
final class Requests {

    private static final Pattern EVENTS = Pattern.compile("/api/v1/platforms/[^/]+/events");

    private static final Pattern PROOFS = Pattern.compile("/api/v1/cases/[^/]+/proofs");

    private Requests() {}

    static boolean api(String path) {
        return path.startsWith("/api/");
    }

    static boolean batch(HttpServletRequest request) {
        return path(request).equals("/api/v1/flags/batch");
    }

    static boolean models(HttpServletRequest request) {
        String path = path(request);
        return path.startsWith("/api/v1/models/") || path.startsWith("/api/v1/change-requests");
    }

    /** A file that somebody hands in. */
    static boolean proofs(HttpServletRequest request) {
        return PROOFS.matcher(path(request)).matches();
    }

    /** A platform's webhook: it repeats deliveries as it likes and knows nothing of our keys. */
    static boolean platformEvents(HttpServletRequest request) {
        return EVENTS.matcher(path(request)).matches();
    }

    static String path(HttpServletRequest request) {
        return request.getRequestURI().substring(request.getContextPath().length());
    }

    /** The path that was asked for, also while an error page is made for it. */
    static String originalPath(HttpServletRequest request) {
        Object failed = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        return failed == null ? request.getRequestURI() : failed.toString();
    }
}
