package org.takedownhub.modelling.web;

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
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.takedownhub.api.Cursor;
import org.takedownhub.api.InvalidRequest.FieldError;
import org.takedownhub.api.NotFound;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.modelling.change.ChangeRequest;
import org.takedownhub.modelling.change.ChangeRequests;
import org.takedownhub.modelling.migration.Fit;
import org.takedownhub.modelling.migration.Impact;
import org.takedownhub.modelling.migration.Impacts;
import org.takedownhub.modelling.migration.MigratedCase;
import org.takedownhub.modelling.migration.Migration;
import org.takedownhub.modelling.migration.Migration.CaseState;
import org.takedownhub.modelling.migration.Migrations;
import org.takedownhub.modelling.migration.Order;
import org.takedownhub.modelling.migration.Ordered;
import org.takedownhub.modelling.migration.Target;
import org.takedownhub.modelling.migration.TimerChoice;
import org.takedownhub.modelling.migration.UnreadableDraft;
import org.takedownhub.pages.FormErrors;
import org.takedownhub.pages.FormErrors.FormError;
import org.takedownhub.pages.Moments;
import org.takedownhub.process.FormFields;
import org.takedownhub.removal.Replannings.Clocked;

/** Where managers see which open cases a change concerns, move them, and watch them move. */
@Controller
class MigrationPages {

    private static final String ONE = "/manager/changes/{reference}";
    private static final String TIMER = "timer-";
    private static final int PAGE = 50;
    private static final int LONGEST_REASON = 2000;
    private static final int LONGEST_REPLAN_REASON = 900;

    private final ChangeRequests requests;
    private final MigrationTargets targets;
    private final Impacts impacts;
    private final Migrations migrations;

    MigrationPages(ChangeRequests requests, MigrationTargets targets, Impacts impacts, Migrations migrations) {
        this.requests = requests;
        this.targets = targets;
        this.impacts = impacts;
        this.migrations = migrations;
    }

    public record CaseRow(
            String reference, List<String> places, String fit, List<String> problems, List<DueRow> dues) {}

    /** @param note why the deadline cannot be computed anew, or what it would mean; empty for nothing to say */
    public record DueRow(String recipient, String now, String newer, String note) {}

    public record TimerRow(String event, String name, String process, int cases, boolean gone, String chosen) {}

    /** What was typed, to stay on the page when something is wrong with it. */
    public record Entered(String cases, String named, String replan, String replanReason, String reason) {}

    public record MovedRow(
            String reference, String state, String message, String versions, List<String> replanned, String when) {}

    @GetMapping(ONE + "/impact")
    String impact(
            @PathVariable String reference, @RequestParam(required = false) @Nullable String cursor, Model model) {
        ChangeRequest request = existing(reference);
        Target target =
                targets.of(request).orElseThrow(() -> new NotFound(reference + " means nothing for open cases"));
        Optional<String> after = Cursor.read(cursor, ImpactController.PLACE).map(MatchResult::group);
        model.addAttribute("request", request);
        try {
            Impact impact = impacts.of(target, Map.of(), after, PAGE);
            List<Impact.Affected> cases = impact.cases();
            model.addAttribute("sentences", after.isEmpty() ? ImpactSection.sentences(impact) : List.of());
            model.addAttribute("rows", cases.stream().map(MigrationPages::row).toList());
            model.addAttribute(
                    "next",
                    impact.more()
                            ? Cursor.of(cases.get(cases.size() - 1).reference().value())
                            : null);
        } catch (UnreadableDraft unreadable) {
            model.addAttribute("sentences", List.of(unreadable.getMessage()));
            model.addAttribute("rows", List.of());
        }
        return "manager/open-cases";
    }

    @GetMapping(ONE + "/migrations/new")
    String prepare(@PathVariable String reference, Model model) {
        ChangeRequest request = existing(reference);
        String live = targets.live(request).orElseThrow(() -> MigrationsController.notLive(request));
        return form(request, live, new Entered("all", "", "", "", ""), Map.of(), FormErrors.NONE, model);
    }

    @PostMapping(ONE + "/migrations/new")
    String start(
            @PathVariable String reference,
            @RequestParam(defaultValue = "") String cases,
            @RequestParam(defaultValue = "") String named,
            @RequestParam(defaultValue = "") String replan,
            @RequestParam(defaultValue = "") String replanReason,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam Map<String, String> parameters,
            Model model) {
        ChangeRequest request = existing(reference);
        String live = targets.live(request).orElseThrow(() -> MigrationsController.notLive(request));
        Entered entered = new Entered(cases, named.strip(), replan.strip(), replanReason.strip(), reason.strip());
        Map<String, TimerChoice> timers = timers(parameters);
        List<FormError> errors = new ArrayList<>();
        Set<CaseReference> chosen = references(entered.named(), "named", errors);
        Set<CaseReference> replanned = references(entered.replan(), "replan", errors);
        if (!cases.equals("all") && !cases.equals("named")) {
            errors.add(new FormError("cases", "Choose which cases are to move"));
        } else if (cases.equals("named") && chosen.isEmpty() && errors.isEmpty()) {
            errors.add(new FormError("named", "Enter the references of the cases that are to move"));
        }
        if (!replanned.isEmpty()) {
            text("replanReason", entered.replanReason(), LONGEST_REPLAN_REASON, "Say why their deadlines move")
                    .ifPresent(errors::add);
        }
        text("reason", entered.reason(), LONGEST_REASON, "Say why the cases are to move")
                .ifPresent(errors::add);
        if (errors.isEmpty()) {
            Map<CaseReference, String> anew = new LinkedHashMap<>();
            replanned.forEach(one -> anew.put(one, entered.replanReason()));
            Ordered ordered = migrations.start(new Order(
                    request.reference().number(),
                    live,
                    cases.equals("all") ? Optional.empty() : Optional.of(chosen),
                    timers,
                    anew,
                    entered.reason()));
            if (ordered instanceof Ordered.Started started) {
                return "redirect:/manager/changes/" + request.reference() + "/migrations/" + started.migration();
            }
            ((Ordered.Refused) ordered)
                    .problems()
                    .forEach(problem -> errors.add(new FormError(
                            switch (problem.about()) {
                                case "replan" -> "replan";
                                case "timers" -> "reason";
                                default -> cases.equals("named") ? "named" : "cases";
                            },
                            problem.detail())));
        }
        return form(request, live, entered, timers, new FormErrors(errors), model);
    }

    @GetMapping(ONE + "/migrations/{migrationId}")
    String one(
            @PathVariable String reference,
            @PathVariable String migrationId,
            @RequestParam(required = false) @Nullable String cursor,
            Model model) {
        ChangeRequest request = existing(reference);
        return progress(request, existing(request, migrationId), cursor, FormErrors.NONE, model);
    }

    @PostMapping(ONE + "/migrations/{migrationId}")
    String cancel(
            @PathVariable String reference,
            @PathVariable String migrationId,
            @RequestParam(defaultValue = "") String reason,
            Model model) {
        ChangeRequest request = existing(reference);
        Migration migration = existing(request, migrationId);
        Optional<FormError> wrong = text("reason", reason.strip(), LONGEST_REASON, "Say why you stop it");
        if (wrong.isPresent()) {
            return progress(request, migration, null, new FormErrors(List.of(wrong.get())), model);
        }
        migrations.cancel(migrationId, reason.strip());
        return "redirect:/manager/changes/" + request.reference() + "/migrations/" + migrationId;
    }

    private String form(
            ChangeRequest request,
            String live,
            Entered entered,
            Map<String, TimerChoice> timers,
            FormErrors errors,
            Model model) {
        Impact impact = impacts.of(new Target.Published(live), Map.of(), Optional.empty(), 1);
        model.addAttribute("request", request);
        model.addAttribute("sentences", ImpactSection.sentences(impact));
        model.addAttribute("any", impact.all() > 0);
        model.addAttribute("entered", entered);
        model.addAttribute("errors", errors);
        model.addAttribute(
                "timers",
                impact.timers().stream()
                        .filter(timer -> !timer.clock())
                        .map(timer -> new TimerRow(
                                timer.event(),
                                timer.name(),
                                timer.process(),
                                timer.cases(),
                                timer.gone(),
                                timers.getOrDefault(timer.event(), TimerChoice.KEEP)
                                        .name()))
                        .toList());
        return "manager/migrate";
    }

    private String progress(
            ChangeRequest request, Migration migration, @Nullable String cursor, FormErrors errors, Model model) {
        List<MigratedCase> cases = migrations.cases(
                migration.id(),
                Optional.empty(),
                Cursor.read(cursor, ImpactController.PLACE)
                        .map(MatchResult::group)
                        .orElse(""),
                PAGE + 1);
        boolean more = cases.size() > PAGE;
        List<MigratedCase> page = more ? cases.subList(0, PAGE) : cases;
        model.addAttribute("request", request);
        model.addAttribute("migration", migration);
        model.addAttribute("running", migration.state() == Migration.State.RUNNING);
        model.addAttribute("state", MigrationSection.state(migration.state()));
        model.addAttribute(
                "counts",
                Arrays.stream(CaseState.values())
                        .filter(state -> migration.count(state) > 0)
                        .map(state -> List.of(state(state), Integer.toString(migration.count(state))))
                        .toList());
        model.addAttribute("started", Moments.words(migration.createdAt()));
        model.addAttribute(
                "finished", migration.finishedAt().map(Moments::words).orElse(""));
        model.addAttribute("rows", page.stream().map(MigrationPages::row).toList());
        model.addAttribute(
                "next", more ? Cursor.of(page.get(page.size() - 1).reference().value()) : null);
        model.addAttribute("errors", errors);
        return "manager/migrating";
    }

    private static CaseRow row(Impact.Affected one) {
        return new CaseRow(
                one.reference().value(),
                one.places().stream()
                        .map(place -> place.name() + " (" + place.process() + " " + place.version() + ")")
                        .toList(),
                fit(one.fit()),
                one.problems(),
                one.clocks().stream().map(MigrationPages::row).toList());
    }

    private static DueRow row(Clocked clock) {
        return new DueRow(
                clock.recipient(),
                Moments.words(clock.dueAt()),
                clock.newDueAt().map(Moments::words).orElse("no time"),
                clock.overdueAtOnce()
                        ? "Would be overdue at once"
                        : clock.hindrance()
                                .map(why -> "Not to be re-planned: " + why)
                                .orElse(""));
    }

    private static MovedRow row(MigratedCase one) {
        return new MovedRow(
                one.reference().value(),
                state(one.state()),
                one.message(),
                one.to().isEmpty() ? one.from() : one.from() + " → " + one.to(),
                one.replanned().stream()
                        .map(clock -> clock.recipient() + ": " + Moments.words(clock.before()) + " → "
                                + Moments.words(clock.after()))
                        .toList(),
                one.settledAt().map(Moments::words).orElse(""));
    }

    private static String fit(Fit fit) {
        return switch (fit) {
            case FITS -> "Could move as it is";
            case NEEDS_MAPPING -> "Needs a mapping";
            case CANNOT -> "Cannot move";
        };
    }

    private static String state(CaseState state) {
        return switch (state) {
            case PENDING -> "Waits for its turn";
            case MIGRATED -> "Moved";
            case UNCHANGED -> "Was there already";
            case FAILED -> "Stayed where it was";
            case SKIPPED -> "Left out";
        };
    }

    private static Map<String, TimerChoice> timers(Map<String, String> parameters) {
        Map<String, TimerChoice> timers = new TreeMap<>();
        parameters.forEach((name, value) -> Arrays.stream(TimerChoice.values())
                .filter(choice -> name.startsWith(TIMER) && choice.name().equals(value))
                .findFirst()
                .ifPresent(choice -> timers.put(name.substring(TIMER.length()), choice)));
        return timers;
    }

    private static Set<CaseReference> references(String text, String field, List<FormError> errors) {
        Set<CaseReference> references = new TreeSet<>(Comparator.comparing(CaseReference::value));
        for (String word : text.split("[\\s,;]+")) {
            List<FieldError> wrong = new ArrayList<>();
            if (!word.isEmpty()) {
                MigrationsController.reference(word, field, wrong).ifPresent(references::add);
            }
            wrong.forEach(one -> errors.add(new FormError(field, word + " is no case reference: " + one.detail())));
        }
        return references;
    }

    private static Optional<FormError> text(String field, String text, int limit, String otherwise) {
        if (text.isEmpty()) {
            return Optional.of(new FormError(field, otherwise));
        }
        if (text.length() > limit) {
            return Optional.of(new FormError(field, "Shorten it to " + limit + " characters"));
        }
        return text.codePoints().allMatch(FormFields::isText)
                ? Optional.empty()
                : Optional.of(new FormError(field, "Enter plain text"));
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
