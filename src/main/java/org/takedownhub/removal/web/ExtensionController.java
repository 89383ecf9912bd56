package org.takedownhub.removal.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.takedownhub.api.Conflict;
import org.takedownhub.api.InvalidRequest;
import org.takedownhub.api.NotFound;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.cases.Cases;
import org.takedownhub.process.FormFields;
import org.takedownhub.removal.ExtensionRefused;
import org.takedownhub.removal.ExtensionTooEarly;
import org.takedownhub.removal.Extensions;
import org.takedownhub.removal.NothingToSettle;
import org.takedownhub.removal.UnknownRecipient;

/** More time for a recipient, where the rule of its clock lets the issuer give it. */
@RestController
class ExtensionController {

    private static final int TEXT = 1000;

    /** A later date than this is a slip of the pen. */
    private static final Duration LONGEST = Duration.ofDays(366);

    private final Cases cases;
    private final Extensions extensions;
    private final Clock clock;

    ExtensionController(Cases cases, Extensions extensions, Clock clock) {
        this.cases = cases;
        this.extensions = extensions;
        this.clock = clock;
    }

    @PostMapping("/api/v1/cases/{caseReference}/extension")
    Extension extend(@PathVariable String caseReference, @RequestBody Wish wish) {
        CaseReference reference = existing(caseReference);
        String reason = wish.reason() == null ? "" : wish.reason().strip();
        Instant until = checked(wish, reason);
        try {
            Extensions.Extended extended =
                    extensions.extend(reference, Optional.ofNullable(wish.recipient()), until, reason);
            return new Extension(reference.value(), extended.recipient(), extended.before(), extended.dueAt());
        } catch (NothingToSettle | ExtensionRefused e) {
            throw new Conflict(e.getMessage());
        } catch (UnknownRecipient e) {
            throw new InvalidRequest(422, "/recipient", e.getMessage());
        } catch (ExtensionTooEarly e) {
            throw new InvalidRequest(422, "/until", e.getMessage());
        }
    }

    private Instant checked(Wish wish, String reason) {
        List<InvalidRequest.FieldError> missing = new ArrayList<>();
        if (wish.until() == null) {
            missing.add(new InvalidRequest.FieldError("/until", "until is missing; send when removal is due, in UTC"));
        }
        if (reason.isEmpty()) {
            missing.add(new InvalidRequest.FieldError("/reason", "reason is missing; say why there is more time"));
        }
        Instant until = wish.until();
        if (until == null || !missing.isEmpty()) {
            throw new InvalidRequest(400, missing);
        }
        if (reason.length() > TEXT) {
            throw new InvalidRequest(422, "/reason", "is longer than " + TEXT + " characters; shorten it");
        }
        if (!reason.codePoints().allMatch(FormFields::isText)) {
            throw new InvalidRequest(422, "/reason", "has characters that are no text; send plain text");
        }
        if (until.isAfter(clock.instant().plus(LONGEST))) {
            throw new InvalidRequest(422, "/until", "lies more than a year ahead; check the date");
        }
        return until;
    }

    private CaseReference existing(String text) {
        try {
            return cases.find(new CaseReference(text))
                    .orElseThrow(() -> new NotFound("There is no case " + text))
                    .reference();
        } catch (IllegalArgumentException e) {
            throw new NotFound("There is no case " + text);
        }
    }

    /** @param recipient needed when more than one is open */
    record Wish(@Nullable String recipient, @Nullable Instant until, @Nullable String reason) {}

    /** @param previousDueAt when removal was due before */
    record Extension(String caseReference, String recipient, Instant previousDueAt, Instant dueAt) {}
}
