package org.takedownhub.modelling.web;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.takedownhub.api.NotFound;
import org.takedownhub.modelling.PublishedModels;
import org.takedownhub.modelling.change.ChangeRequest;
import org.takedownhub.modelling.change.ChangeRequests;
import org.takedownhub.modelling.replay.Difference;
import org.takedownhub.modelling.replay.Replay;
import org.takedownhub.modelling.replay.Replays;
import org.takedownhub.pages.FormErrors;
import org.takedownhub.pages.FormErrors.FormError;
import org.takedownhub.pages.Moments;

/** Replays of a change request: start one, watch it, call it off, read what it found. */
@Controller
class ReplayPages {

    private static final String ALL = "/manager/changes/{reference}/replays";

    private final ChangeRequests requests;
    private final PublishedModels published;
    private final Replays replays;
    private final Clock clock;

    ReplayPages(ChangeRequests requests, PublishedModels published, Replays replays, Clock clock) {
        this.requests = requests;
        this.published = published;
        this.replays = replays;
        this.clock = clock;
    }

    /** What was entered: days as {@code 2026-01-31}. */
    public record Entered(String from, String until, String limit) {}

    /** One case in the list of changes. */
    public record ChangedCase(String reference, List<Difference> differences) {}

    @GetMapping(ALL)
    String list(@PathVariable String reference, Model model) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), Moments.LONDON);
        return page(
                existing(reference),
                new Entered(
                        today.minus(Period.ofDays((int) ReplaysController.USUAL_SPAN.toDays()))
                                .toString(),
                        today.toString(),
                        Integer.toString(Replays.MOST_CASES)),
                FormErrors.NONE,
                model);
    }

    private String page(ChangeRequest request, Entered entered, FormErrors errors, Model model) {
        String draft = requests.draft(request.reference()).sha256();
        model.addAttribute("request", request);
        model.addAttribute("entered", entered);
        model.addAttribute("errors", errors);
        model.addAttribute(
                "replays",
                replays.of(request.reference().number()).stream()
                        .map(replay -> ReplayWords.of(replay, draft))
                        .toList());
        return "manager/replays";
    }

    @PostMapping(ALL)
    String start(
            @PathVariable String reference,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String until,
            @RequestParam(defaultValue = "") String limit,
            Model model) {
        ChangeRequest request = existing(reference);
        Entered entered = new Entered(from.strip(), until.strip(), limit.strip());
        List<FormError> errors = new ArrayList<>();
        Optional<Instant> begin = day("from", entered.from(), errors).map(ReplayPages::begin);
        Optional<Instant> end = day("until", entered.until(), errors).map(last -> begin(last.plusDays(1)));
        if (begin.isPresent() && end.isPresent() && !begin.get().isBefore(end.get())) {
            errors.add(new FormError("until", "Enter a last day that is not before the first"));
        }
        Optional<Integer> most = number(entered.limit(), errors);
        if (!request.state().isOpen()) {
            errors.add(new FormError("from", "This request is decided; only what may still be published is tried"));
        }
        if (!errors.isEmpty()) {
            return page(request, entered, new FormErrors(errors), model);
        }
        try {
            Replay started = replays.start(
                    request.reference().number(),
                    requests.draft(request.reference()),
                    published.live().files(),
                    begin.orElseThrow(),
                    end.orElseThrow(),
                    most.orElseThrow());
            return "redirect:/manager/changes/" + request.reference() + "/replays/" + started.id();
        } catch (Replays.TooManyWaiting full) {
            return page(request, entered, new FormErrors(List.of(new FormError("from", full.getMessage()))), model);
        }
    }

    private static Optional<LocalDate> day(String field, String text, List<FormError> errors) {
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeParseException unreadable) {
            errors.add(new FormError(field, "Enter a day such as 2026-01-31"));
            return Optional.empty();
        }
    }

    private static Instant begin(LocalDate day) {
        return day.atStartOfDay(Moments.LONDON).toInstant();
    }

    private static Optional<Integer> number(String text, List<FormError> errors) {
        if (text.matches("[0-9]{1,5}")) {
            int number = Integer.parseInt(text);
            if (number >= 1 && number <= Replays.MOST_CASES) {
                return Optional.of(number);
            }
        }
        errors.add(new FormError("limit", "Enter a number from 1 to " + Replays.MOST_CASES));
        return Optional.empty();
    }

    @GetMapping(ALL + "/{id}")
    String one(@PathVariable String reference, @PathVariable long id, Model model) {
        ChangeRequest request = existing(reference);
        Replay replay = replay(request, id);
        Map<String, List<Difference>> cases = new LinkedHashMap<>();
        replays.differences(replay).forEach(one -> cases.computeIfAbsent(one.reference(), found -> new ArrayList<>())
                .add(one));
        model.addAttribute("request", request);
        model.addAttribute(
                "replay",
                ReplayWords.of(replay, requests.draft(request.reference()).sha256()));
        model.addAttribute(
                "cases",
                cases.entrySet().stream()
                        .map(entry -> new ChangedCase(entry.getKey(), entry.getValue()))
                        .toList());
        model.addAttribute(
                "unlisted",
                replay.summary()
                        .map(summary -> summary.changed() - cases.size())
                        .orElse(0));
        return "manager/replay-result";
    }

    @PostMapping(ALL + "/{id}/cancellation")
    String cancel(@PathVariable String reference, @PathVariable long id, RedirectAttributes next) {
        ChangeRequest request = existing(reference);
        boolean cancelled =
                replays.cancel(request.reference().number(), replay(request, id).id());
        next.addFlashAttribute("done", cancelled ? "The replay is called off" : "The replay was over already");
        return "redirect:/manager/changes/" + request.reference() + "/replays/" + id;
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
