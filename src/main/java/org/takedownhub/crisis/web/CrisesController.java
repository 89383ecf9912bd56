package org.takedownhub.crisis.web;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.takedownhub.api.Conflict;
import org.takedownhub.api.InvalidRequest;
import org.takedownhub.api.NotFound;
import org.takedownhub.crisis.Crisis;
import org.takedownhub.crisis.CrisisMode;
import org.takedownhub.process.FormFields;

/** Crisis mode, for managers. */
@RestController
class CrisesController {

    private static final int SHOWN = 200;
    private static final int TERMS = 50;
    private static final int SHORTEST_TERM = 2;
    private static final int LONGEST_TERM = 100;
    private static final int LONGEST_REASON = 1000;

    private final CrisisMode crisisMode;
    private final Clock clock;

    CrisesController(CrisisMode crisisMode, Clock clock) {
        this.crisisMode = crisisMode;
        this.clock = clock;
    }

    @GetMapping("/api/v1/crises")
    Listed list() {
        Instant now = clock.instant();
        return new Listed(crisisMode.all(SHOWN).stream()
                .map(crisis -> Body.of(crisis, now))
                .toList());
    }

    @PostMapping("/api/v1/crises")
    @ResponseStatus(HttpStatus.CREATED)
    Body declare(@RequestBody Wish wish) {
        List<InvalidRequest.FieldError> errors = new ArrayList<>();
        List<String> names = terms("/names", wish.names(), errors);
        List<String> tags = terms("/tags", wish.tags(), errors);
        if (errors.isEmpty() && names.isEmpty() && tags.isEmpty()) {
            errors.add(new InvalidRequest.FieldError("/names", "names or tags are missing; send what links the cases"));
        }
        String reason = wish.reason() == null ? "" : wish.reason().strip();
        if (reason.isEmpty() || reason.length() > LONGEST_REASON || !isText(reason)) {
            errors.add(new InvalidRequest.FieldError(
                    "/reason", "must be 1 to " + LONGEST_REASON + " characters of text; say why"));
        }
        Integer priority = wish.priority();
        if (priority != null && (priority < 1 || priority > 100)) {
            errors.add(new InvalidRequest.FieldError("/priority", "must lie between 1 and 100"));
        }
        Instant endsAt = wish.endsAt();
        if (endsAt == null) {
            errors.add(new InvalidRequest.FieldError(
                    "/endsAt", "endsAt is missing; a crisis ends by itself: send when, in UTC"));
        }
        if (endsAt == null || !errors.isEmpty()) {
            throw new InvalidRequest(400, errors);
        }
        if (!endsAt.isAfter(clock.instant()) || endsAt.isAfter(crisisMode.latestEnd())) {
            throw new InvalidRequest(422, "/endsAt", "must lie later than now and not after " + crisisMode.latestEnd());
        }
        return Body.of(crisisMode.declare(names, tags, reason, Optional.ofNullable(priority), endsAt), clock.instant());
    }

    @DeleteMapping("/api/v1/crises/{crisisId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void end(@PathVariable String crisisId) {
        Crisis crisis = crisisMode.find(crisisId).orElseThrow(() -> new NotFound("There is no crisis " + crisisId));
        if (!crisisMode.end(crisis)) {
            throw new Conflict("Crisis " + crisisId + " is over already");
        }
    }

    private static List<String> terms(
            String pointer, @Nullable List<String> sent, List<InvalidRequest.FieldError> errors) {
        List<String> terms = sent == null ? List.of() : sent;
        if (terms.size() > TERMS) {
            errors.add(new InvalidRequest.FieldError(pointer, "may be at most " + TERMS));
            return List.of();
        }
        List<String> good = new ArrayList<>();
        for (int i = 0; i < terms.size(); i++) {
            String term = terms.get(i) == null ? "" : terms.get(i).strip();
            String bare = term.replaceFirst("^[@#]", "");
            if (bare.length() < SHORTEST_TERM
                    || bare.length() > LONGEST_TERM
                    || !isText(bare)
                    || bare.codePoints().noneMatch(Character::isLetterOrDigit)) {
                errors.add(new InvalidRequest.FieldError(
                        pointer + "/" + i,
                        "must be " + SHORTEST_TERM + " to " + LONGEST_TERM + " characters with letters or digits"));
            } else {
                good.add(term);
            }
        }
        return good;
    }

    private static boolean isText(String text) {
        return text.codePoints().allMatch(FormFields::isText);
    }

    /** @param priority 1 to 100; the usual one when left out */
    record Wish(
            @Nullable List<String> names,
            @Nullable List<String> tags,
            @Nullable String reason,
            @Nullable Integer priority,
            @Nullable Instant endsAt) {}

    /** @param items the newest first */
    record Listed(List<Body> items) {}

    /** @param cases how many open cases it is about */
    record Body(
            String crisisId,
            boolean active,
            List<String> names,
            List<String> tags,
            String reason,
            int priority,
            String declaredBy,
            Instant declaredAt,
            Instant endsAt,
            @Nullable Instant endedAt,
            @Nullable String endedBy,
            int cases) {

        private static Body of(Crisis crisis, Instant now) {
            return new Body(
                    crisis.crisisId(),
                    crisis.raises(now),
                    crisis.names(),
                    crisis.tags(),
                    crisis.reason(),
                    crisis.priority(),
                    crisis.declaredBy(),
                    crisis.declaredAt(),
                    crisis.endsAt(),
                    crisis.endedAt().orElse(null),
                    crisis.endedBy().orElse(null),
                    crisis.cases());
        }
    }
}
