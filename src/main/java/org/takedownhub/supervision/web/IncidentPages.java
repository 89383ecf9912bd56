package org.takedownhub.supervision.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.takedownhub.pages.FormErrors;
import org.takedownhub.pages.FormErrors.FormError;
import org.takedownhub.pages.Moments;
import org.takedownhub.supervision.Incident;
import org.takedownhub.supervision.Incidents;

/** What got stuck, in plain words, and the two things a manager can do about it. */
@Controller
class IncidentPages {

    private static final int SHOWN = 50;

    private final Incidents incidents;
    private final Clock clock;

    IncidentPages(Incidents incidents, Clock clock) {
        this.incidents = incidents;
        this.clock = clock;
    }

    /** @param since in words, with how long ago that is */
    public record Item(Incident incident, String caseReference, String since) {}

    /** What was typed for one incident. */
    public record Entered(String incidentId, String reason) {}

    @GetMapping("/manager/incidents")
    String list(Model model) {
        return page(model, new Entered("", ""), FormErrors.NONE);
    }

    @PostMapping("/manager/incidents/{incidentId}")
    String settle(
            @PathVariable String incidentId,
            @RequestParam(defaultValue = "") String act,
            @RequestParam(defaultValue = "") String reason,
            Model model,
            RedirectAttributes next) {
        String field = "reason-" + incidentId;
        Optional<String> why = Wishes.reason(reason);
        boolean byHand = act.equals("by-hand");
        if (why.isEmpty() || !byHand && !act.equals("attempt")) {
            return page(
                    model,
                    new Entered(incidentId, reason),
                    new FormErrors(List.of(new FormError(
                            field,
                            why.isEmpty()
                                    ? "Enter why, in 1 to " + Wishes.LONGEST_REASON + " characters"
                                    : "Choose what to do"))));
        }
        Incidents.Result result =
                byHand ? incidents.byHand(incidentId, why.get()) : incidents.tryAgain(incidentId, why.get());
        switch (result) {
            case DONE -> next.addFlashAttribute(
                    "done",
                    byHand
                            ? "Done. The task waits in the queue To pick up"
                            : "The hub tries it once more. If it fails, it comes back to this page within a minute");
            case GONE, UNKNOWN -> next.addFlashAttribute(
                    "note", "Somebody has settled this already, or it settled itself. Nothing was changed.");
            case NO_WAY -> next.addFlashAttribute(
                    "note", "Nothing was changed: the case has no such way from where it stands.");
        }
        return "redirect:/manager/incidents";
    }

    private String page(Model model, Entered entered, FormErrors errors) {
        Instant now = clock.instant();
        model.addAttribute("total", incidents.count());
        model.addAttribute(
                "items",
                incidents.open(SHOWN).stream()
                        .map(one -> new Item(
                                one,
                                one.caseReference().orElse(""),
                                Moments.words(one.since()) + ", " + Spans.words(Duration.between(one.since(), now))
                                        + " ago"))
                        .toList());
        model.addAttribute("entered", entered);
        model.addAttribute("errors", errors);
        return "manager/incidents";
    }
}
