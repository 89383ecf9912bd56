package org.takedownhub.api;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.takedownhub.TakedownHub;

/** Sends what a page's controller refuses to {@link ErrorAnswers}; the API's controllers have {@link ProblemAdvice}. */
@ControllerAdvice(basePackageClasses = TakedownHub.class)
@Order(Ordered.LOWEST_PRECEDENCE)
class PageAdvice {

    @ExceptionHandler
    void notFound(NotFound missing, HttpServletResponse response) throws IOException {
        response.sendError(HttpServletResponse.SC_NOT_FOUND);
    }

    @ExceptionHandler
    void invalid(InvalidRequest refused, HttpServletResponse response) throws IOException {
        response.sendError(refused.status());
    }

    @ExceptionHandler
    void conflict(Conflict conflict, HttpServletResponse response) throws IOException {
        response.sendError(HttpServletResponse.SC_CONFLICT);
    }
}
