package org.takedownhub.platform.web;

import io.swagger.v3.oas.annotations.Operation;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.takedownhub.api.NotFound;
import org.takedownhub.platform.Platform;
import org.takedownhub.platform.PlatformEvent;
import org.takedownhub.platform.Platforms;

/**
 * The door for platforms' webhooks. Nobody is signed in here: the signature over the raw bytes is what proves the
 * sender, and each connector checks its own.
 */
@RestController
class PlatformEventsController {

    private final Platforms platforms;
    private final PlatformEvents events;

    PlatformEventsController(Platforms platforms, PlatformEvents events) {
        this.platforms = platforms;
        this.events = events;
    }

    @Operation(summary = "Take a platform's webhook", description = "Repeated deliveries change nothing.")
    @PostMapping("/api/v1/platforms/{instance}/events")
    ResponseEntity<Void> receive(
            @PathVariable String instance,
            @RequestHeader HttpHeaders headers,
            @RequestBody(required = false) byte[] body) {
        Platform platform = platforms
                .configured(instance)
                .orElseThrow(() -> new NotFound("There is no platform of this name in the settings"));
        PlatformEvent event = platform.receive(body == null ? new byte[0] : body, lowerCase(headers))
                .orElseThrow(PlatformEventsController::unsigned);
        events.received(instance, event);
        return ResponseEntity.accepted().build();
    }

    private static Map<String, String> lowerCase(HttpHeaders headers) {
        Map<String, String> lowerCase = new HashMap<>();
        headers.forEach((String name, List<String> values) ->
                lowerCase.put(name.toLowerCase(Locale.ROOT), values.isEmpty() ? "" : values.get(0)));
        return lowerCase;
    }

    private static ErrorResponseException unsigned() {
        return new ErrorResponseException(
                HttpStatus.UNAUTHORIZED,
                ProblemDetail.forStatusAndDetail(
                        HttpStatus.UNAUTHORIZED,
                        "The signature does not hold, or this platform is set up without a webhook secret"),
                null);
    }
}
