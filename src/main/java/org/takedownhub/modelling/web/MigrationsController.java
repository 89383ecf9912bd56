package org.takedownhub.modelling.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.takedownhub.api.Conflict;
import org.takedownhub.api.Cursor;
import org.takedownhub.api.InvalidRequest;
import org.takedownhub.api.InvalidRequest.FieldError;
import org.takedownhub.api.NotFound;
import org.takedownhub.api.Page;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.modelling.change.ChangeRequest;
import org.takedownhub.modelling.change.ChangeRequests;
import org.takedownhub.modelling.migration.MigratedCase;
import org.takedownhub.modelling.migration.Migration;
import org.takedownhub.modelling.migration.Migration.CaseState;
import org.takedownhub.modelling.migration.Migrations;
import org.takedownhub.modelling.migration.Order;
import org.takedownhub.modelling.migration.Ordered;
import org.takedownhub.modelling.migration.TimerChoice;

/** Moving open cases to the set of a published change request. */
@RestController
class MigrationsController {

    private static final String ALL = "/api/v1/change-requests/{reference}/migrations";
    private static final String ONE = ALL + "/{migrationId}";
    private static final int CASES = 20_000;
    private static final int TIMERS = 500;
    private static final int LONGEST_REPLAN_REASON = 900;

    private final ChangeRequests requests;
    private final MigrationTargets targets;
    private final Migrations migrations;

    MigrationsController(ChangeRequests requests, MigrationTargets targets, Migrations migrations) {
        this.requests = requests;
        this.targets = targets;
        this.migrations = migrations;
    }

    /** @param cases {@code "ALL_THAT_FIT"}, or a list of references */
    record Wish(
            @Nullable JsonNode cases,
            @Nullable Map<String, String> timers,
            @Nullable List<Replan> replan,
            @Nullable String reason) {}

    record Replan(@Nullable String caseReference, @Nullable String reason) {}

    record Cancellation(@Nullable String reason) {}

    /** @param counts cases per state */
    record Body(
            String id,
            String changeRequest,
            String deploymentId,
            String state,
            String reason,
            String createdBy,
            Instant createdAt,
            @Nullable Instant finishedAt,
            Map<String, String> timers,
            Map<String, Integer> counts,
            @Nullable Page<Case> cases) {}

    /** @param from versions before, such as {@code takedown 3, escalation 3} */
    record Case(
            String caseReference,
            String state,
            String message,
            String from,
            String to,
            @Nullable String replanReason,
            List<Moved> replanned,
            @Nullable Instant settledAt) {}

    record Moved(int recipientNumber, String recipient, Instant dueAtBefore, Instant dueAt) {}

    @GetMapping(ALL)
    Map<String, List<Body>> list(@PathVariable String reference) {
        ChangeRequest request = existing(reference);
        return Map.of(
                "items",
                migrations.of(request.reference().number()).stream()
                        .map(one -> body(request, one, null))
                        .toList());
    }

    @PostMapping(ALL)
    ResponseEntity<Body> start(@PathVariable String reference, @RequestBody Wish wish) {
        ChangeRequest request = existing(reference);
        String reason = Bodies.reason(wish.reason());
        List<FieldError> errors = new ArrayList<>();
        Optional<Set<CaseReference>> cases = cases(wish.cases(), errors);
        Map<String, TimerChoice> timers = timers(wish.timers(), errors);
        Map<CaseReference, String> replanned = replanned(wish.replan(), errors);
        if (!errors.isEmpty()) {
            throw new InvalidRequest(422, errors);
        }
        String live = targets.live(request).orElseThrow(() -> notLive(request));
        Ordered ordered =
                migrations.start(new Order(request.reference().number(), live, cases, timers, replanned, reason));
        if (ordered instanceof Ordered.Refused refused) {
            throw new InvalidRequest(
                    422,
                    refused.problems().stream()
                            .map(problem -> new FieldError("/" + problem.about(), problem.detail() + "."))
                            .toList());
        }
        String id = ((Ordered.Started) ordered).migration();
        return ResponseEntity.accepted()
                .location(URI.create("/api/v1/change-requests/" + request.reference() + "/migrations/" + id))
                .body(body(request, migrations.find(id).orElseThrow(), null));
    }

    @GetMapping(ONE)
    Body one(
            @PathVariable String reference,
            @PathVariable String migrationId,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable String limit) {
        ChangeRequest request = existing(reference);
        Migration migration = existing(request, migrationId);
        int most = Cursor.limit(limit);
        List<MigratedCase> cases = migrations.cases(
                migrationId,
                state(state),
                Cursor.read(cursor, ImpactController.PLACE)
                        .map(MatchResult::group)
                        .orElse(""),
                most + 1);
        return body(request, migration, Page.of(cases, most, MigrationsController::shown, one -> one.reference()
                .value()));
    }

    /** What has moved stays moved; the rest stays where it is. */
    @PostMapping(ONE + "/cancellation")
    Body cancel(
            @PathVariable String reference, @PathVariable String migrationId, @RequestBody Cancellation cancellation) {
        ChangeRequest request = existing(reference);
        existing(request, migrationId);
        if (!migrations.cancel(migrationId, Bodies.reason(cancellation.reason()))) {
            throw new Conflict("This migration is over already.");
        }
        return body(request, existing(request, migrationId), null);
    }

    static Conflict notLive(ChangeRequest request) {
        return new Conflict(
                request.deploymentId().isEmpty()
                        ? request.reference() + " is not published, so no case can move to it."
                        : "Newer models are live than those of " + request.reference()
                                + ". Move open cases to the live ones, or roll back first.");
    }

    private static Optional<Set<CaseReference>> cases(@Nullable JsonNode cases, List<FieldError> errors) {
        if (cases != null && cases.isTextual() && cases.textValue().equals("ALL_THAT_FIT")) {
            return Optional.empty();
        }
        Set<CaseReference> named = new TreeSet<>(Comparator.comparing(CaseReference::value));
        if (cases == null || !cases.isArray() || cases.isEmpty() || cases.size() > CASES) {
            errors.add(new FieldError(
                    "/cases", "must be \"ALL_THAT_FIT\" or a list of 1 to " + CASES + " case references"));
            return Optional.of(named);
        }
        for (int i = 0; i < cases.size(); i++) {
            String pointer = "/cases/" + i;
            reference(cases.get(i).isTextual() ? cases.get(i).textValue() : "", pointer, errors)
                    .ifPresent(named::add);
        }
        return Optional.of(named);
    }

    static Optional<CaseReference> reference(@Nullable String text, String pointer, List<FieldError> errors) {
        try {
            return Optional.of(new CaseReference(text == null ? "" : text.strip()));
        } catch (IllegalArgumentException none) {
            errors.add(new FieldError(pointer, none.getMessage()));
            return Optional.empty();
        }
    }

    private static Map<String, TimerChoice> timers(@Nullable Map<String, String> timers, List<FieldError> errors) {
        Map<String, TimerChoice> choices = new TreeMap<>();
        if (timers == null) {
            return choices;
        }
        if (timers.size() > TIMERS) {
            errors.add(new FieldError("/timers", "has more than " + TIMERS + " events"));
            return choices;
        }
        timers.forEach((event, choice) -> {
            Optional<TimerChoice> known = Arrays.stream(TimerChoice.values())
                    .filter(one -> one.name().equals(choice))
                    .findFirst();
            if (known.isEmpty() || event.length() > 128) {
                errors.add(new FieldError("/timers/" + event, "must be KEEP, NEW or END"));
            } else {
                choices.put(event, known.get());
            }
        });
        return choices;
    }

    private static Map<CaseReference, String> replanned(@Nullable List<Replan> wishes, List<FieldError> errors) {
        Map<CaseReference, String> replanned = new LinkedHashMap<>();
        List<Replan> all = wishes == null ? List.of() : wishes;
        for (int i = 0; i < all.size(); i++) {
            Replan wish = all.get(i);
            String pointer = "/replan/" + i;
            String reason =
                    wish == null || wish.reason() == null ? "" : wish.reason().strip();
            Optional<CaseReference> reference =
                    reference(wish == null ? null : wish.caseReference(), pointer + "/caseReference", errors);
            if (reason.isEmpty() || reason.length() > LONGEST_REPLAN_REASON) {
                errors.add(new FieldError(
                        pointer + "/reason",
                        "must say, in at most " + LONGEST_REPLAN_REASON
                                + " characters, why this case's deadline moves"));
            } else if (reference.isPresent() && replanned.put(reference.get(), reason) != null) {
                errors.add(new FieldError(pointer + "/caseReference", "stands there twice; name each case once"));
            }
        }
        return replanned;
    }

    private static Optional<CaseState> state(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(CaseState.values())
                .filter(one -> one.name().equals(text))
                .findFirst()
                .orElseThrow(() -> new InvalidRequest(
                        400, "#state", "state must be one of " + Arrays.toString(CaseState.values()) + ".")));
    }

    private Body body(ChangeRequest request, Migration migration, @Nullable Page<Case> cases) {
        Map<String, String> timers = new TreeMap<>();
        migration.timers().forEach((event, choice) -> timers.put(event, choice.name()));
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (CaseState state : CaseState.values()) {
            counts.put(state.name(), migration.count(state));
        }
        return new Body(
                migration.id(),
                request.reference().toString(),
                migration.deploymentId(),
                migration.state().name(),
                migration.reason(),
                migration.createdBy(),
                migration.createdAt(),
                migration.finishedAt().orElse(null),
                timers,
                counts,
                cases);
    }

    private static Case shown(MigratedCase one) {
        return new Case(
                one.reference().value(),
                one.state().name(),
                one.message(),
                one.from(),
                one.to(),
                one.replanReason().orElse(null),
                one.replanned().stream()
                        .map(clock ->
                                new Moved(clock.recipientNumber(), clock.recipient(), clock.before(), clock.after()))
                        .toList(),
                one.settledAt().orElse(null));
    }

    private Migration existing(ChangeRequest request, String migrationId) {
        return migrations
                .find(migrationId)
                .filter(one -> one.change() == request.reference().number())
                .orElseThrow(() -> new NotFound("There is no such migration of " + request.reference()));
    }

    private ChangeRequest existing(String reference) {
        return requests.find(Bodies.reference(reference))
                .orElseThrow(() -> new NotFound("There is no change request " + reference));
    }
}
