package org.takedownhub.training;

import java.util.LinkedHashMap;
import java.util.Map;

/** An answer other than the one that was asked for. */
final class Refusal extends RuntimeException {

    private final int status;
    private final transient Map<String, String> headers;
    private final transient Map<String, Object> body;

    private Refusal(int status, Map<String, Object> body, Map<String, String> headers) {
        super(String.valueOf(body.get("error")), null, false, false);
        this.status = status;
        this.body = body;
        this.headers = Map.copyOf(headers);
    }

    static Refusal of(int status, String error) {
        return new Refusal(status, Map.of("error", error), Map.of());
    }

    static Refusal of(int status, String error, Map<String, String> headers) {
        return new Refusal(status, Map.of("error", error), headers);
    }

    /** Bad input of a scene: says which field and what is wrong with it. */
    static Refusal field(String field, String detail) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("error", field + ": " + detail);
        body.put("field", field);
        return new Refusal(400, body, Map.of());
    }

    static Refusal notFound() {
        return of(404, "Record not found");
    }

    static Refusal invalidToken() {
        return of(
                401,
                "The access token is invalid",
                Map.of(
                        "WWW-Authenticate",
                        "Bearer realm=\"Doorkeeper\", error=\"invalid_token\","
                                + " error_description=\"The access token is invalid\""));
    }

    int status() {
        return status;
    }

    Map<String, String> headers() {
        return headers;
    }

    Map<String, Object> body() {
        return body;
    }
}
