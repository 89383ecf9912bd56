package org.takedownhub.api;

import java.net.URI;
import java.util.Locale;
import org.springframework.http.HttpStatusCode;

/** The kinds of problem a client can tell apart. The names become URNs that never change. */
enum ProblemType {
    INVALID_REQUEST("The request cannot be taken as it is"),
    MALFORMED_BODY("The body cannot be read"),
    UNAUTHENTICATED("Nobody is signed in"),
    FORBIDDEN("This is not allowed"),
    NOT_FOUND("There is nothing here"),
    METHOD_NOT_ALLOWED("This address does not take this method"),
    NOT_ACCEPTABLE("The answer cannot be given in the wanted format"),
    CONFLICT("The request does not fit the present state"),
    TOO_LARGE("The body is too large"),
    UNSUPPORTED_MEDIA_TYPE("The body has a format that is not taken here"),
    IDEMPOTENCY_KEY_REUSED("The idempotency key belongs to another request"),
    IDEMPOTENCY_KEY_IN_PROGRESS("The request with this idempotency key is still being worked on"),
    TOO_MANY_REQUESTS("Too many requests"),
    REFUSED("The request was refused"),
    BUSY("The hub is busy"),
    INTERNAL_ERROR("The hub made a mistake");

    private final String title;

    ProblemType(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    URI urn() {
        return URI.create(
                "urn:takedown-hub:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    static ProblemType of(HttpStatusCode status) {
        return switch (status.value()) {
            case 400, 422 -> INVALID_REQUEST;
            case 401 -> UNAUTHENTICATED;
            case 403 -> FORBIDDEN;
            case 404, 410 -> NOT_FOUND;
            case 405 -> METHOD_NOT_ALLOWED;
            case 406 -> NOT_ACCEPTABLE;
            case 409, 412 -> CONFLICT;
            case 413 -> TOO_LARGE;
            case 415 -> UNSUPPORTED_MEDIA_TYPE;
            case 429 -> TOO_MANY_REQUESTS;
            case 503 -> BUSY;
            default -> status.is5xxServerError() ? INTERNAL_ERROR : REFUSED;
        };
    }
}
