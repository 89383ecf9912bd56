package org.takedownhub.api;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.takedownhub.api.InvalidRequest.FieldError;

/**
 * A problem document (RFC 9457).
 *
 * @param type     a URN that names the kind of problem and never changes
 * @param title    the kind in words, the same for every problem of the type
 * @param status   the HTTP status once more
 * @param detail   what is wrong this time, and what to do
 * @param instance the address that was asked
 * @param traceId  finds the request in the log
 * @param errors   each field that is wrong; empty when no single field is
 * @param extensions members of this one problem only (RFC 9457, section 3.2)
 */
@Schema(description = "A problem document (RFC 9457)")
record Problem(
        @Schema(example = "urn:takedown-hub:problem:invalid-request") URI type,
        @Schema(example = "The request cannot be taken as it is") String title,
        @Schema(example = "422") int status,
        @Schema(example = "reason must say why this content is flagged") String detail,
        @Schema(example = "/api/v1/flags") String instance,
        @Schema(example = "4bf92f3577b34da6a3ce929d0e0e4736") String traceId,
        List<FieldError> errors,
        @JsonAnyGetter Map<String, Object> extensions) {

    static final String MEDIA_TYPE = "application/problem+json";
}
