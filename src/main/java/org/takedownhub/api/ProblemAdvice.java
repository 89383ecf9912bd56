package org.takedownhub.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.takedownhub.api.InvalidRequest.FieldError;
import org.takedownhub.casefile.InvalidContentUrl;

/** Turns what goes wrong in a controller of the API into problem documents. Pages have {@link ErrorAnswers}. */
@RestControllerAdvice(annotations = RestController.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
class ProblemAdvice extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

    private final Problems problems;
    private final SecurityProblems security;

    ProblemAdvice(Problems problems, SecurityProblems security) {
        this.problems = problems;
        this.security = security;
    }

    @ExceptionHandler
    ResponseEntity<Object> invalid(InvalidRequest refused, HttpServletRequest request) {
        HttpStatusCode status = HttpStatusCode.valueOf(refused.status());
        return answer(problems.problem(
                request,
                status,
                ProblemType.of(status),
                String.valueOf(refused.getMessage()),
                refused.errors(),
                refused.extensions()));
    }

    @ExceptionHandler
    ResponseEntity<Object> invalidUrl(InvalidContentUrl refused, HttpServletRequest request) {
        String detail = String.valueOf(refused.getMessage());
        boolean query = request.getParameter("url") != null;
        return answer(problems.problem(
                request,
                HttpStatus.BAD_REQUEST,
                ProblemType.INVALID_REQUEST,
                detail,
                List.of(new FieldError(query ? "#url" : "/url", detail))));
    }

    @ExceptionHandler
    ResponseEntity<Object> notFound(NotFound missing, HttpServletRequest request) {
        return plain(request, HttpStatus.NOT_FOUND, String.valueOf(missing.getMessage()));
    }

    @ExceptionHandler
    ResponseEntity<Object> conflict(Conflict conflict, HttpServletRequest request) {
        return plain(request, HttpStatus.CONFLICT, String.valueOf(conflict.getMessage()));
    }

    @ExceptionHandler
    ResponseEntity<Object> tooLarge(BodyTooLarge tooLarge, HttpServletRequest request) {
        return plain(request, HttpStatus.PAYLOAD_TOO_LARGE, String.valueOf(tooLarge.getMessage()));
    }

    /** Two requests wanted the same rows at once and ours waited too long: nothing was changed. */
    @ExceptionHandler
    ResponseEntity<Object> busy(TransientDataAccessException failure, HttpServletRequest request) {
        LOG.warn(
                "{} {} gave way to other work on the same rows", request.getMethod(), request.getRequestURI(), failure);
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.RETRY_AFTER, "5");
        return Problems.answer(
                problems.problem(
                        request,
                        HttpStatus.SERVICE_UNAVAILABLE,
                        ProblemType.BUSY,
                        "Others are working on the same case just now. Nothing was changed; try again in a few seconds."),
                headers);
    }

    @ExceptionHandler
    void denied(AccessDeniedException denied, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        security.handle(request, response, denied);
    }

    @ExceptionHandler
    void unauthenticated(AuthenticationException failed, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        security.commence(request, response, failed);
    }

    /** A fault of ours: the log has everything, the client only the trace id. */
    @ExceptionHandler
    ResponseEntity<Object> fault(RuntimeException fault, HttpServletRequest request) {
        LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), fault);
        return plain(
                request,
                HttpStatus.INTERNAL_SERVER_ERROR,
                "Something went wrong on our side. Tell the operator the traceId of this answer.");
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException unreadable,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        if (unreadable.getMostSpecificCause() instanceof BodyTooLarge tooLarge) {
            return tooLarge(tooLarge, servlet(request));
        }
        FieldError error = unreadable.getCause() instanceof JsonProcessingException cause
                ? JsonErrors.explain(cause)
                : new FieldError("", JsonErrors.EMPTY);
        return answer(
                problems.problem(servlet(request), status, ProblemType.MALFORMED_BODY, error.detail(), List.of(error)));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMissingServletRequestParameter(
            MissingServletRequestParameterException missing,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        String detail = missing.getParameterName() + " is missing from the query.";
        return answer(problems.problem(
                servlet(request),
                status,
                ProblemType.INVALID_REQUEST,
                detail,
                List.of(new FieldError("#" + missing.getParameterName(), detail))));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException mismatch, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String name = mismatch instanceof MethodArgumentTypeMismatchException argument
                ? argument.getName()
                : String.valueOf(mismatch.getPropertyName());
        String detail = name + " must be " + JsonErrors.wanted(mismatch.getRequiredType()) + ".";
        return answer(problems.problem(
                servlet(request),
                status,
                ProblemType.INVALID_REQUEST,
                detail,
                List.of(new FieldError("#" + name, detail))));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception failure, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String detail = status.is4xxClientError() && failure instanceof ErrorResponse response
                ? String.valueOf(response.getBody().getDetail())
                : ProblemType.of(status).title() + ".";
        if (status.is5xxServerError()) {
            LOG.error("{} failed", servlet(request).getRequestURI(), failure);
        }
        return Problems.answer(problems.problem(servlet(request), status, ProblemType.of(status), detail), headers);
    }

    private ResponseEntity<Object> plain(HttpServletRequest request, HttpStatus status, String detail) {
        return answer(problems.problem(request, status, ProblemType.of(status), detail));
    }

    private static ResponseEntity<Object> answer(Problem problem) {
        return Problems.answer(problem, HttpHeaders.EMPTY);
    }

    private static HttpServletRequest servlet(WebRequest request) {
        return ((ServletWebRequest) request).getRequest();
    }
}
