package org.takedownhub.api;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.springframework.boot.web.servlet.error.ErrorController;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/**
 * Answers what never reached a controller, or fell out of one: a problem document for programs, a page in plain words
 * for browsers, and never what went wrong inside.
 */
@Controller
class ErrorAnswers implements ErrorController {

    private final Problems problems;

    ErrorAnswers(Problems problems) {
        this.problems = problems;
    }

    @RequestMapping("${server.error.path:${error.path:/error}}")
    Object answer(HttpServletRequest request) {
        HttpStatus status = status(request);
        String detail = detail(status);
        Problem problem = problems.problem(request, status, ProblemType.of(status), detail);
        if (page(request)) {
            return new ModelAndView(
                    "problem",
                    Map.of("title", problem.title(), "detail", detail, "traceId", problem.traceId()),
                    status);
        }
        return Problems.answer(problem, HttpHeaders.EMPTY);
    }

    private static HttpStatus status(HttpServletRequest request) {
        if (request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code) {
            HttpStatus known = HttpStatus.resolve(code);
            return known == null ? HttpStatus.INTERNAL_SERVER_ERROR : known;
        }
        return HttpStatus.NOT_FOUND;
    }

    private static boolean page(HttpServletRequest request) {
        String accepted = request.getHeader(HttpHeaders.ACCEPT);
        String path = Requests.originalPath(request);
        return accepted != null
                && accepted.contains(MediaType.TEXT_HTML_VALUE)
                && !Requests.api(path)
                && !path.startsWith("/engine-rest/");
    }

    private static String detail(HttpStatus status) {
        return switch (ProblemType.of(status)) {
            case NOT_FOUND -> "Nothing lives at this address. Check it for a typing mistake.";
            case METHOD_NOT_ALLOWED -> "Use one of the methods that the Allow header names.";
            case NOT_ACCEPTABLE -> "Ask for application/json in the Accept header.";
            case UNSUPPORTED_MEDIA_TYPE -> "Send the body as one of the types that the API description names.";
            case UNAUTHENTICATED -> "Sign in first.";
            case FORBIDDEN -> "Your account may not do this. Ask your manager for the role that may.";
            case INTERNAL_ERROR -> "Something went wrong on our side. Tell the operator the trace id of this answer.";
            case TOO_MANY_REQUESTS -> "Wait as long as the Retry-After header says, then try again.";
            default -> "Check the request against the API description.";
        };
    }
}
