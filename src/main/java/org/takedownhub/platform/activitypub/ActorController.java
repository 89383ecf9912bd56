package org.takedownhub.platform.activitypub;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.takedownhub.platform.Platforms;

/**
 * Shows our actors to the servers that get reports from them, which fetch the actor before they believe its signature.
 * Everybody may read here, and there is nothing here but the actor, its public key and its name.
 *
 * <p>The inbox answers 202 and reads nothing. No server sends anything back for a report, and to verify strangers'
 * signatures would mean to call the addresses that strangers name.
 */
@RestController
@Hidden
class ActorController {

    private static final String DESCRIPTOR = "application/jrd+json";
    private static final Duration KEPT = Duration.ofMinutes(10);

    private final List<ActivityPubPlatform> platforms;
    private final Visits visits = new Visits();

    /** @throws IllegalStateException two entries of the settings give their actors the same name */
    ActorController(Platforms platforms) {
        this.platforms = platforms.all().stream()
                .filter(ActivityPubPlatform.class::isInstance)
                .map(ActivityPubPlatform.class::cast)
                .toList();
        Map<String, String> instances = new HashMap<>();
        for (ActivityPubPlatform platform : this.platforms) {
            String name = platform.actor().name();
            String other = instances.put(name, platform.instance());
            if (other != null) {
                throw new IllegalStateException("The setting takedown.platforms." + platform.instance()
                        + ".identifier is " + name + ", as takedown.platforms." + other + ".identifier is already");
            }
        }
    }

    @GetMapping("/.well-known/webfinger")
    ResponseEntity<byte[]> webFinger(@RequestParam String resource, HttpServletRequest visitor) {
        Optional<ActivityPubPlatform> found = platforms.stream()
                .filter(platform -> resource.equalsIgnoreCase(platform.actor().account())
                        || resource.equals(platform.actor().id().toString()))
                .findFirst();
        return answer(
                visitor,
                found,
                DESCRIPTOR,
                platform -> Optional.of(platform.actor().descriptor()));
    }

    @GetMapping("/ap/actors/{name}")
    ResponseEntity<byte[]> actor(@PathVariable String name, HttpServletRequest visitor) {
        return answer(visitor, named(name), Actor.ACTIVITY_JSON, platform -> platform.key()
                .map(platform.actor()::document));
    }

    @GetMapping("/ap/actors/{name}/outbox")
    ResponseEntity<byte[]> outbox(@PathVariable String name, HttpServletRequest visitor) {
        return answer(
                visitor,
                named(name),
                Actor.ACTIVITY_JSON,
                platform -> Optional.of(platform.actor().outbox()));
    }

    @PostMapping("/ap/actors/{name}/inbox")
    ResponseEntity<Void> inbox(@PathVariable String name, HttpServletRequest visitor) {
        if (!visits.admit(visitor.getRemoteAddr())) {
            return ResponseEntity.status(HttpStatus.TOO_MANY_REQUESTS)
                    .header(HttpHeaders.RETRY_AFTER, "60")
                    .build();
        }
        return ResponseEntity.status(named(name).isPresent() ? HttpStatus.ACCEPTED : HttpStatus.NOT_FOUND)
                .build();
    }

    private Optional<ActivityPubPlatform> named(String name) {
        return platforms.stream()
                .filter(platform -> platform.actor().name().equals(name))
                .findFirst();
    }

    private ResponseEntity<byte[]> answer(
            HttpServletRequest visitor,
            Optional<ActivityPubPlatform> platform,
            String type,
            Function<ActivityPubPlatform, Optional<byte[]>> document) {
        if (!visits.admit(visitor.getRemoteAddr())) {
            return ResponseEntity.status(HttpStatus.TOO_MANY_REQUESTS)
                    .header(HttpHeaders.RETRY_AFTER, "60")
                    .build();
        }
        if (platform.isEmpty()) {
            return ResponseEntity.notFound().build();
        }
        return document.apply(platform.get())
                .map(bytes -> ResponseEntity.ok()
                        .header(HttpHeaders.CONTENT_TYPE, type)
                        // RFC 7033 section 5, and what clients in browsers need of an actor, too
                        .header(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*")
                        .cacheControl(CacheControl.maxAge(KEPT).cachePublic())
                        .body(bytes))
                .orElseGet(() ->
                        ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).build());
    }
}
