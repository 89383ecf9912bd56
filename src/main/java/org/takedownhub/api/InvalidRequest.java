package org.takedownhub.api;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A request that cannot be taken as it is. Answered with a problem document (RFC 9457) that names each field. */
public final class InvalidRequest extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient List<FieldError> errors;
    private final transient Map<String, Object> extensions;

    /** @param status 400 for what cannot be read, 422 for what can be read but not be true */
    public InvalidRequest(int status, List<FieldError> errors) {
        this(status, errors, Map.of());
    }

    /** @param extensions further members of the problem document (RFC 9457, section 3.2), for programs */
    public InvalidRequest(int status, List<FieldError> errors, Map<String, Object> extensions) {
        super(errors.stream().map(FieldError::detail).collect(Collectors.joining(" ")));
        this.status = status;
        this.errors = List.copyOf(errors);
        this.extensions = Map.copyOf(extensions);
    }

    public InvalidRequest(int status, String pointer, String detail) {
        this(status, List.of(new FieldError(pointer, detail)));
    }

    public int status() {
        return status;
    }

    public List<FieldError> errors() {
        return errors;
    }

    public Map<String, Object> extensions() {
        return extensions;
    }

    /**
     * @param pointer JSON Pointer (RFC 6901) into the body such as {@code /url}, or the name of a query parameter or
     *                header after {@code #}
     */
    public record FieldError(String pointer, String detail) {}
}
