package org.takedownhub.removal.web;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.takedownhub.api.Conflict;
import org.takedownhub.api.InvalidRequest;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.cases.web.FoundCases;
import org.takedownhub.process.FormFields;
import org.takedownhub.removal.Answer;
import org.takedownhub.removal.AnsweredTooEarly;
import org.takedownhub.removal.Answers;
import org.takedownhub.removal.NothingToSettle;
import org.takedownhub.removal.UnknownRecipient;
import org.takedownhub.removal.Withdrawals;

/** What a person can say about a notice at any time: a platform's answer, or that it is taken back. */
@RestController
class AnswerController {

    private static final int TEXT = 4000;
    private static final Pattern TERRITORY = Pattern.compile("[A-Z]{2}");

    private final FoundCases found;
    private final Answers answers;
    private final Withdrawals withdrawals;
    private final Clock clock;

    AnswerController(FoundCases found, Answers answers, Withdrawals withdrawals, Clock clock) {
        this.found = found;
        this.answers = answers;
        this.withdrawals = withdrawals;
        this.clock = clock;
    }

    @PostMapping("/api/v1/cases/{caseReference}/answers")
    Map<String, Object> answer(@PathVariable String caseReference, @RequestBody ToldAnswer told) {
        CaseReference reference = existing(caseReference);
        if (told.answer() == null) {
            throw new InvalidRequest(400, "/answer", "answer is missing; send one of " + List.of(Answer.values()));
        }
        String detail = limited("/detail", told.detail());
        Optional<String> territory = Optional.ofNullable(told.territory());
        if (territory.isPresent() && told.answer() != Answer.RESTRICTED) {
            throw new InvalidRequest(422, "/territory", "territory goes with the answer RESTRICTED only; leave it out");
        }
        if (territory.filter(code -> !TERRITORY.matcher(code).matches()).isPresent()) {
            throw new InvalidRequest(
                    422,
                    "/territory",
                    "territory must be a country of two letters such as GB, or EU for all of the Union");
        }
        Instant now = clock.instant();
        Instant at = told.at() == null ? now : told.at();
        if (at.isAfter(now)) {
            throw new InvalidRequest(422, "/at", "at lies in the future; send when the platform answered, in UTC");
        }
        try {
            String recipient = answers.told(
                    reference, Optional.ofNullable(told.recipient()), told.answer(), territory, detail, at);
            return Map.of(
                    "caseReference", reference.value(), "recipient", recipient, "answer", told.answer(), "at", at);
        } catch (NothingToSettle e) {
            throw new Conflict(e.getMessage());
        } catch (AnsweredTooEarly e) {
            throw new InvalidRequest(422, "/at", e.getMessage());
        } catch (UnknownRecipient e) {
            throw new InvalidRequest(422, "/recipient", e.getMessage());
        }
    }

    @PostMapping("/api/v1/cases/{caseReference}/withdrawal")
    Map<String, Object> withdraw(@PathVariable String caseReference, @RequestBody Withdrawal withdrawal) {
        CaseReference reference = existing(caseReference);
        String reason = limited("/reason", withdrawal.reason());
        if (reason.isBlank()) {
            throw new InvalidRequest(400, "/reason", "reason is missing; say why the notice is withdrawn");
        }
        try {
            return Map.of(
                    "caseReference",
                    reference.value(),
                    "withdrawn",
                    withdrawals.withdraw(reference, reason, Optional.ofNullable(withdrawal.recipient())));
        } catch (NothingToSettle e) {
            throw new Conflict(e.getMessage());
        }
    }

    private CaseReference existing(String text) {
        return found.require(text).reference();
    }

    private static String limited(String pointer, @Nullable String text) {
        if (text != null && text.length() > TEXT) {
            throw new InvalidRequest(422, pointer, "is longer than " + TEXT + " characters; shorten it");
        }
        if (text != null && !text.codePoints().allMatch(FormFields::isText)) {
            throw new InvalidRequest(422, pointer, "has characters that are no text; send plain text");
        }
        return text == null ? "" : text.strip();
    }

    /**
     * @param territory where a restriction holds: a country (ISO 3166 alpha-2) or {@code EU}; the hub's own when left out
     * @param at        when the platform said so; now when left out
     */
    record ToldAnswer(
            @Nullable String recipient,
            @Nullable Answer answer,
            @Nullable String territory,
            @Nullable String detail,
            @Nullable Instant at) {}

    /** @param recipient one recipient by name; all that are open when left out */
    record Withdrawal(@Nullable String reason, @Nullable String recipient) {}
}
