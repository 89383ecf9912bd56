package org.takedownhub.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.takedownhub.api.InvalidRequest.FieldError;

/** Makes problem documents, for controllers and for the filters in front of them. */
@Component
class Problems {

    private final ObjectMapper json;

    Problems(ObjectMapper json) {
        this.json = json;
    }

    Problem problem(HttpServletRequest request, HttpStatusCode status, ProblemType type, String detail) {
        return problem(request, status, type, detail, List.of());
    }

    Problem problem(
            HttpServletRequest request,
            HttpStatusCode status,
            ProblemType type,
            String detail,
            List<FieldError> errors) {
        return problem(request, status, type, detail, errors, Map.of());
    }

    Problem problem(
            HttpServletRequest request,
            HttpStatusCode status,
            ProblemType type,
            String detail,
            List<FieldError> errors,
            Map<String, Object> extensions) {
        return new Problem(
                type.urn(),
                type.title(),
                status.value(),
                detail,
                Requests.originalPath(request),
                TraceFilter.traceId(request),
                errors,
                extensions);
    }

    /** The content type is set beforehand so that no {@code Accept} header can turn the problem into another one. */
    static ResponseEntity<Object> answer(Problem problem, HttpHeaders headers) {
        return ResponseEntity.status(problem.status())
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }

    void write(HttpServletResponse response, Problem problem) throws IOException {
        response.setStatus(problem.status());
        response.setContentType(Problem.MEDIA_TYPE);
        byte[] body = json.writeValueAsBytes(problem);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
