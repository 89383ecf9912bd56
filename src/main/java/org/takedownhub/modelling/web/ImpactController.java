package org.takedownhub.modelling.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.takedownhub.api.Conflict;
import org.takedownhub.api.Cursor;
import org.takedownhub.api.NotFound;
import org.takedownhub.modelling.change.ChangeRequest;
import org.takedownhub.modelling.change.ChangeRequests;
import org.takedownhub.modelling.migration.Impact;
import org.takedownhub.modelling.migration.Impacts;
import org.takedownhub.modelling.migration.Target;
import org.takedownhub.modelling.migration.UnreadableDraft;
import org.takedownhub.removal.Replannings.Clocked;

/** What a change request would mean for open cases. */
@RestController
class ImpactController {

    static final Pattern PLACE = Pattern.compile("(TH-[0-9]{4}-[0-9]{1,12})");

    private final ChangeRequests requests;
    private final MigrationTargets targets;
    private final Impacts impacts;

    ImpactController(ChangeRequests requests, MigrationTargets targets, Impacts impacts) {
        this.requests = requests;
        this.targets = targets;
        this.impacts = impacts;
    }

    /** @param waits and timers are of all open cases, items of one page */
    record Body(
            String changeRequest,
            int openCases,
            int fits,
            int needMapping,
            int cannot,
            @Nullable Integer overdueAtOnce,
            List<Wait> waits,
            List<Timer> timers,
            List<Item> items,
            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String next) {}

    /** @param newStep null where the newer set has none in its place */
    record Wait(String process, int version, String step, String name, @Nullable String newStep, int cases) {}

    record Timer(String process, String event, String name, boolean followsClock, boolean gone, int cases) {}

    record Item(String caseReference, List<Place> places, String fit, List<String> problems, List<Due> clocks) {}

    /** @param newName null where the newer set has no such step */
    record Place(String process, int version, String step, String name, @Nullable String newName) {}

    /** @param notReplannable why the deadline cannot be computed anew; null when it can */
    record Due(
            int recipientNumber,
            String recipient,
            Instant dueAt,
            @Nullable Instant newDueAt,
            boolean overdueAtOnce,
            @Nullable String notReplannable) {

        static Due of(Clocked clock) {
            return new Due(
                    clock.recipientNumber(),
                    clock.recipient(),
                    clock.dueAt(),
                    clock.newDueAt().orElse(null),
                    clock.overdueAtOnce(),
                    clock.hindrance().orElse(null));
        }
    }

    @GetMapping("/api/v1/change-requests/{reference}/impact")
    Body impact(
            @PathVariable String reference,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable String limit) {
        ChangeRequest request = requests.find(Bodies.reference(reference))
                .orElseThrow(() -> new NotFound("There is no change request " + reference));
        Target target = targets.of(request)
                .orElseThrow(() -> new Conflict(reference + " came to nothing, so it means nothing for open cases."));
        Optional<String> after = Cursor.read(cursor, PLACE).map(MatchResult::group);
        try {
            return body(request, impacts.of(target, Map.of(), after, Cursor.limit(limit)));
        } catch (UnreadableDraft unreadable) {
            throw new Conflict(unreadable.getMessage());
        }
    }

    private static Body body(ChangeRequest request, Impact impact) {
        List<Impact.Affected> cases = impact.cases();
        return new Body(
                request.reference().toString(),
                impact.all(),
                impact.fits(),
                impact.needMapping(),
                impact.cannot(),
                impact.overdueAtOnce().isPresent() ? impact.overdueAtOnce().getAsInt() : null,
                impact.waits().stream()
                        .map(wait -> new Wait(
                                wait.process(),
                                wait.version(),
                                wait.step(),
                                wait.name(),
                                wait.counterpart().orElse(null),
                                wait.cases()))
                        .toList(),
                impact.timers().stream()
                        .map(timer -> new Timer(
                                timer.process(),
                                timer.event(),
                                timer.name(),
                                timer.clock(),
                                timer.gone(),
                                timer.cases()))
                        .toList(),
                cases.stream()
                        .map(one -> new Item(
                                one.reference().value(),
                                one.places().stream()
                                        .map(place -> new Place(
                                                place.process(),
                                                place.version(),
                                                place.step(),
                                                place.name(),
                                                place.counterpart().orElse(null)))
                                        .toList(),
                                one.fit().name(),
                                one.problems(),
                                one.clocks().stream().map(Due::of).toList()))
                        .toList(),
                impact.more()
                        ? Cursor.of(cases.get(cases.size() - 1).reference().value())
                        : null);
    }
}
