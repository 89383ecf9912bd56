package org.takedownhub.review.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.takedownhub.api.Conflict;
import org.takedownhub.api.InvalidRequest;
import org.takedownhub.api.NotFound;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.cases.CaseViews;
import org.takedownhub.cases.web.FoundCases;
import org.takedownhub.process.FormFields;
import org.takedownhub.review.NoSuchRecipient;
import org.takedownhub.review.NothingToReview;
import org.takedownhub.review.ReceivedTooEarly;
import org.takedownhub.review.Review;
import org.takedownhub.review.Review.RequestChannel;
import org.takedownhub.review.ReviewUnderWay;
import org.takedownhub.review.Reviews;

/**
 * Whoever handles cases takes down here what a recipient or an uploader asked for, however it came in. Recipients have
 * no account: a request that comes by a platform's API, by mail or through its portal reaches a caseworker first.
 */
@RestController
@Tag(name = "Reviews")
class ReviewController {

    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_TEXT = 4000;

    private final FoundCases found;
    private final Reviews reviews;
    private final CaseViews views;
    private final Clock clock;

    ReviewController(FoundCases found, Reviews reviews, CaseViews views, Clock clock) {
        this.found = found;
        this.reviews = reviews;
        this.views = views;
        this.clock = clock;
    }

    @PostMapping("/api/v1/cases/{caseReference}/reviews")
    @Operation(
            summary = "Take down a recipient's request for review",
            description = "A request that came too late is taken down as well, for a person to say so."
                    + " 409 while an earlier request of the same recipient is not decided.")
    ResponseEntity<ReviewBody> review(@PathVariable String caseReference, @RequestBody Request request) {
        CaseReference reference = existing(caseReference);
        String requestedBy = required("/requestedBy", request.requestedBy(), LONGEST_NAME, "say who asks");
        String grounds =
                required("/grounds", request.grounds(), LONGEST_TEXT, "say what the recipient gives as reason");
        RequestChannel channel = channel(request.channel());
        Instant receivedAt = received(request.receivedAt());
        return created(answered(() -> reviews.request(
                reference, Optional.ofNullable(request.recipient()), requestedBy, grounds, channel, receivedAt)));
    }

    @PostMapping("/api/v1/cases/{caseReference}/complaints")
    @Operation(
            summary = "Take down an uploader's complaint",
            description = "The complainant is a reference of the sender's own, no name. 409 while an earlier complaint"
                    + " about the case is not decided.")
    ResponseEntity<ReviewBody> complain(@PathVariable String caseReference, @RequestBody Complaint complaint) {
        CaseReference reference = existing(caseReference);
        String complainant = required(
                "/complainantReference",
                complaint.complainantReference(),
                LONGEST_NAME,
                "send a reference of your own that stands for the person");
        String text = required("/text", complaint.text(), LONGEST_TEXT, "send what the person complains about");
        RequestChannel channel = channel(complaint.channel());
        Instant receivedAt = received(complaint.receivedAt());
        return created(answered(() -> reviews.complain(reference, complainant, text, channel, receivedAt)));
    }

    @GetMapping(
            path = "/api/v1/cases/{caseReference}/reviews/{reviewId}/decision-notice",
            produces = MediaType.TEXT_PLAIN_VALUE)
    @Operation(summary = "Read a decision notice exactly as it went out")
    ResponseEntity<String> decisionNotice(@PathVariable String caseReference, @PathVariable String reviewId) {
        CaseReference reference = existing(caseReference);
        Review.DecisionNotice notice = reviews.find(reference, reviewId)
                .flatMap(Review::decisionNotice)
                .orElseThrow(() -> new NotFound("Case " + reference + " has no such decision notice"));
        views.viewed(reference, "decision notice");
        return ResponseEntity.ok()
                .eTag('"' + notice.sha256() + '"')
                .contentType(new MediaType(MediaType.TEXT_PLAIN, java.nio.charset.StandardCharsets.UTF_8))
                .body(notice.text());
    }

    private static Review answered(Supplier<Review> work) {
        try {
            return work.get();
        } catch (NothingToReview | ReviewUnderWay conflict) {
            throw new Conflict(conflict.getMessage());
        } catch (NoSuchRecipient unknown) {
            throw new InvalidRequest(422, "/recipient", unknown.getMessage());
        } catch (ReceivedTooEarly early) {
            throw new InvalidRequest(422, "/receivedAt", early.getMessage());
        }
    }

    private static ResponseEntity<ReviewBody> created(Review review) {
        return ResponseEntity.created(URI.create("/api/v1/cases/" + review.reference()))
                .body(new ReviewBody(
                        review.id(),
                        review.reference().value(),
                        review.kind(),
                        review.recipientNumber().orElse(null),
                        review.channel(),
                        review.receivedAt(),
                        review.windowEndsAt().orElse(null),
                        review.late(),
                        review.dueAt(),
                        review.policyCode(),
                        review.policyVersion(),
                        review.legalReference(),
                        review.legalVerified()));
    }

    private CaseReference existing(String text) {
        return found.require(text).reference();
    }

    private static String required(String pointer, @Nullable String text, int longest, String what) {
        if (text == null || text.isBlank()) {
            throw new InvalidRequest(400, pointer, pointer.substring(1) + " is missing; " + what);
        }
        if (text.length() > longest) {
            throw new InvalidRequest(422, pointer, "is longer than " + longest + " characters; shorten it");
        }
        if (!text.codePoints().allMatch(FormFields::isText)) {
            throw new InvalidRequest(422, pointer, "has characters that are no text; send plain text");
        }
        return text.strip();
    }

    private static RequestChannel channel(@Nullable String name) {
        if (name == null) {
            return RequestChannel.BY_HAND;
        }
        return Arrays.stream(RequestChannel.values())
                .filter(channel -> channel.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidRequest(
                        422, "/channel", "channel must be one of " + List.of(RequestChannel.values())));
    }

    private Instant received(@Nullable Instant at) {
        Instant now = clock.instant();
        if (at != null && at.isAfter(now)) {
            throw new InvalidRequest(
                    422, "/receivedAt", "receivedAt lies in the future; send when the request came in, in UTC");
        }
        return at == null ? now : at;
    }

    /**
     * @param recipient  by name; may be left out where there is only one
     * @param channel    how it came in; {@code BY_HAND} when left out
     * @param receivedAt UTC; now when left out
     */
    record Request(
            @Nullable String recipient,
            @Nullable String requestedBy,
            @Nullable String grounds,
            @Nullable Instant receivedAt,
            @Nullable String channel) {}

    /**
     * @param complainantReference stands for a person, no name
     * @param receivedAt           UTC; now when left out
     * @param channel              how it came in; {@code BY_HAND} when left out
     */
    record Complaint(
            @Nullable String complainantReference,
            @Nullable String text,
            @Nullable Instant receivedAt,
            @Nullable String channel) {}

    /**
     * @param recipientNumber absent for a complaint, which concerns every recipient
     * @param windowEndsAt    the first instant that was too late to ask; absent where nothing sets an end
     * @param legalVerified   whether the rule was checked against its source
     */
    record ReviewBody(
            String reviewId,
            String caseReference,
            Review.Kind kind,
            @Nullable Integer recipientNumber,
            RequestChannel channel,
            Instant receivedAt,
            @Nullable Instant windowEndsAt,
            boolean late,
            Instant dueAt,
            String policy,
            int policyVersion,
            String legalReference,
            boolean legalVerified) {}
}
