package org.takedownhub.modelling.web;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.takedownhub.api.Conflict;
import org.takedownhub.api.InvalidRequest;
import org.takedownhub.api.NotFound;
import org.takedownhub.modelling.PublishedModels;
import org.takedownhub.modelling.change.ChangeRequest;
import org.takedownhub.modelling.change.ChangeRequests;
import org.takedownhub.modelling.replay.Difference;
import org.takedownhub.modelling.replay.Replay;
import org.takedownhub.modelling.replay.Replays;
import org.takedownhub.modelling.replay.Summary;

/** What a draft would have made of past cases: asked for, watched, called off, read. Covert cases are never among them. */
@RestController
class ReplaysController {

    static final Duration USUAL_SPAN = Duration.ofDays(365);

    private static final String ALL = "/api/v1/change-requests/{reference}/replays";

    private final ChangeRequests requests;
    private final PublishedModels published;
    private final Replays replays;
    private final Clock clock;

    ReplaysController(ChangeRequests requests, PublishedModels published, Replays replays, Clock clock) {
        this.requests = requests;
        this.published = published;
        this.replays = replays;
        this.clock = clock;
    }

    /**
     * @param from  cases flagged from then on; a year ago when left out
     * @param to    and before then; now when left out
     * @param limit at most so many of the newest; as many as a replay takes when left out
     */
    record Wish(@Nullable Instant from, @Nullable Instant to, @Nullable Integer limit) {}

    /** @param items the newest first, without what each found */
    record Listed(List<Body> items) {}

    /**
     * @param forOlderDraft the draft has changed since, so the replay says nothing about it as it is now
     * @param differences   the first 1,000 cases about which the draft changes something; null in lists
     */
    record Body(
            long id,
            String changeRequest,
            Replay.State state,
            String startedBy,
            Instant startedAt,
            @Nullable Instant finishedAt,
            @Nullable Double seconds,
            String draftSha256,
            String liveSha256,
            boolean forOlderDraft,
            Instant from,
            Instant to,
            int limit,
            int cases,
            int done,
            boolean covertCasesLeftOut,
            @Nullable Summary summary,
            @Nullable String failure,
            @Nullable List<Difference> differences) {}

    @PostMapping(ALL)
    ResponseEntity<Body> start(@PathVariable String reference, @RequestBody(required = false) @Nullable Wish wish) {
        ChangeRequest request = existing(reference);
        if (!request.state().isOpen()) {
            throw new Conflict(reference + " is decided; only what may still be published is tried on past cases");
        }
        Instant now = clock.instant();
        Instant until = wish == null || wish.to() == null ? now : wish.to();
        Instant from = wish == null || wish.from() == null ? until.minus(USUAL_SPAN) : wish.from();
        int limit = wish == null || wish.limit() == null ? Replays.MOST_CASES : wish.limit();
        List<InvalidRequest.FieldError> errors = new ArrayList<>();
        if (!from.isBefore(until)) {
            errors.add(new InvalidRequest.FieldError("/from", "must lie before to"));
        }
        if (limit < 1 || limit > Replays.MOST_CASES) {
            errors.add(new InvalidRequest.FieldError("/limit", "must lie between 1 and " + Replays.MOST_CASES));
        }
        if (!errors.isEmpty()) {
            throw new InvalidRequest(422, errors);
        }
        Replay started;
        try {
            started = replays.start(
                    request.reference().number(),
                    requests.draft(request.reference()),
                    published.live().files(),
                    from,
                    until,
                    limit);
        } catch (Replays.TooManyWaiting full) {
            throw new Conflict(full.getMessage());
        }
        return ResponseEntity.accepted()
                .location(URI.create("/api/v1/change-requests/" + request.reference() + "/replays/" + started.id()))
                .body(body(request, started, null));
    }

    @GetMapping(ALL)
    Listed list(@PathVariable String reference) {
        ChangeRequest request = existing(reference);
        return new Listed(replays.of(request.reference().number()).stream()
                .map(replay -> body(request, replay, null))
                .toList());
    }

    @GetMapping(ALL + "/{id}")
    Body one(@PathVariable String reference, @PathVariable long id) {
        ChangeRequest request = existing(reference);
        Replay replay = replay(request, id);
        return body(request, replay, replays.differences(replay));
    }

    @PostMapping(ALL + "/{id}/cancellation")
    Body cancel(@PathVariable String reference, @PathVariable long id) {
        ChangeRequest request = existing(reference);
        Replay replay = replay(request, id);
        if (!replays.cancel(request.reference().number(), replay.id())) {
            throw new Conflict("Replay " + id + " is over already");
        }
        return body(request, replay(request, id), null);
    }

    private Body body(ChangeRequest request, Replay replay, @Nullable List<Difference> differences) {
        return new Body(
                replay.id(),
                request.reference().toString(),
                replay.state(),
                replay.startedBy(),
                replay.startedAt(),
                replay.finishedAt().orElse(null),
                replay.took().map(took -> took.toMillis() / 1000.0).orElse(null),
                replay.draftHash(),
                replay.liveHash(),
                !replay.draftHash().equals(requests.draft(request.reference()).sha256()),
                replay.from(),
                replay.until(),
                replay.limit(),
                replay.cases(),
                replay.done(),
                true,
                replay.summary().orElse(null),
                replay.failure().orElse(null),
                differences);
    }

    private Replay replay(ChangeRequest request, long id) {
        return replays.find(request.reference().number(), id)
                .orElseThrow(() -> new NotFound("There is no replay " + id + " of " + request.reference()));
    }

    private ChangeRequest existing(String reference) {
        return requests.find(Bodies.reference(reference))
                .orElseThrow(() -> new NotFound("There is no change request " + reference));
    }
}
