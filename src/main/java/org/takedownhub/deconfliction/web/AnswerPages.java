package org.takedownhub.deconfliction.web;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.takedownhub.api.NotFound;
import org.takedownhub.deconfliction.AnswerLinks;
import org.takedownhub.deconfliction.AnswerLinks.ShownQuestion;
import org.takedownhub.deconfliction.AnswerLinks.State;
import org.takedownhub.deconfliction.AnsweredAlready;
import org.takedownhub.deconfliction.DeconflictionAnswer;
import org.takedownhub.deconfliction.ForceDesk;
import org.takedownhub.deconfliction.ForceDesk.Asked;
import org.takedownhub.pages.DeadlineChip;
import org.takedownhub.pages.FormErrors;
import org.takedownhub.pages.Moments;
import org.takedownhub.pages.PageSettings;
import org.takedownhub.process.InvalidInput;

/**
 * One page answers whether content may be removed: for whoever has a mailed link, which is all that forces without an
 * account here need, and for officers who have signed in. It shows nothing of the content to the former.
 */
@Controller
class AnswerPages {

    private final AnswerLinks links;
    private final ForceDesk desk;
    private final PageSettings settings;
    private final Clock clock;

    AnswerPages(AnswerLinks links, ForceDesk desk, PageSettings settings, Clock clock) {
        this.links = links;
        this.desk = desk;
        this.settings = settings;
        this.clock = clock;
    }

    /** A row of the list. */
    public record Row(long id, ShownQuestion question, DeadlineChip deadline) {}

    @GetMapping("/deconfliction")
    String list(@Nullable Authentication who, Model model) {
        model.addAttribute(
                "questions",
                desk.open(groups(who)).stream()
                        .map(asked -> new Row(asked.id(), asked.question(), deadline(asked.question())))
                        .toList());
        return "deconfliction/list";
    }

    @GetMapping("/deconfliction/questions/{id}")
    String officersQuestion(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String sent,
            @RequestParam(required = false) @Nullable String second,
            @Nullable Authentication who,
            Model model) {
        Asked asked = asked(id, groups(who));
        shown(model, asked);
        return page(model, asked.question(), sent != null, second != null, AnswerSheet.EMPTY, FormErrors.NONE);
    }

    @PostMapping("/deconfliction/questions/{id}")
    String officersAnswer(
            @PathVariable String id,
            @RequestParam Map<String, String> form,
            @Nullable Authentication who,
            Model model) {
        Collection<String> groups = groups(who);
        Asked asked = asked(id, groups);
        AnswerSheet sheet = AnswerSheet.of(form);
        shown(model, asked);
        return sent(model, asked.question(), sheet, false, "/deconfliction/questions/" + asked.id(), () -> desk.answer(
                        asked.id(), sheet.fields(), groups)
                .map(Asked::question));
    }

    @GetMapping("/deconfliction/{token}")
    String linkedQuestion(
            @PathVariable String token,
            @RequestParam(required = false) @Nullable String sent,
            @RequestParam(required = false) @Nullable String second,
            @RequestParam(required = false) @Nullable String lost,
            Model model,
            HttpServletResponse response) {
        Optional<ShownQuestion> question = links.find(token);
        if (question.isEmpty()) {
            return unknown(model, response);
        }
        linked(model, token, lost != null);
        return page(model, question.get(), sent != null, second != null, AnswerSheet.EMPTY, FormErrors.NONE);
    }

    @PostMapping("/deconfliction/{token}")
    String linkedAnswer(
            @PathVariable String token,
            @RequestParam Map<String, String> form,
            Model model,
            HttpServletResponse response) {
        Optional<ShownQuestion> question = links.find(token);
        if (question.isEmpty()) {
            return unknown(model, response);
        }
        AnswerSheet sheet = AnswerSheet.of(form);
        linked(model, token, false);
        return sent(
                model,
                question.get(),
                sheet,
                true,
                "/deconfliction/" + token,
                () -> links.answer(token, sheet.fields(), sheet.who()));
    }

    /** Gives an answer to the port; empty when its question is none any more. */
    private interface Giving {
        Optional<ShownQuestion> give();
    }

    private String sent(
            Model model, ShownQuestion question, AnswerSheet sheet, boolean named, String path, Giving answer) {
        if (question.state() == State.CLOSED) {
            return "redirect:" + path + "?second";
        }
        FormErrors errors = sheet.errors(clock.instant(), question.latestHold(), named);
        if (!errors.isEmpty()) {
            return page(model, question, false, false, sheet, errors);
        }
        try {
            answer.give();
            return "redirect:" + path + "?sent";
        } catch (AnsweredAlready closed) {
            return "redirect:" + path + "?second";
        } catch (InvalidInput refused) {
            return page(model, question, false, false, sheet, AnswerSheet.refused(refused));
        }
    }

    private String page(
            Model model, ShownQuestion question, boolean sent, boolean second, AnswerSheet entered, FormErrors errors) {
        model.addAttribute("question", question);
        model.addAttribute("help", settings.help());
        if (question.state() == State.CLOSED) {
            model.addAttribute("sent", sent && question.answer().isPresent());
            model.addAttribute("second", second);
            model.addAttribute(
                    "answer",
                    question.answer()
                            .map(AnswerPages::words)
                            .orElse("None of your force. The duty officer of the hub decided, or it was not needed"
                                    + " any more"));
            return "deconfliction/answered";
        }
        model.addAttribute("deadline", deadline(question));
        model.addAttribute("utc", Moments.utc(question.dueAt()));
        model.addAttribute("late", question.state() == State.LATE);
        model.addAttribute("latestHold", AnswerSheet.latestDay(question.latestHold()));
        model.addAttribute("entered", entered);
        model.addAttribute("errors", errors);
        return "deconfliction/question";
    }

    /** The same page, with the same status, for what never was, what is over and what is only mistyped. */
    private String unknown(Model model, HttpServletResponse response) {
        response.setStatus(HttpServletResponse.SC_NOT_FOUND);
        model.addAttribute("help", settings.help());
        return "deconfliction/unknown";
    }

    private static void linked(Model model, String token, boolean lost) {
        model.addAttribute("signedIn", false);
        model.addAttribute("lost", lost);
        model.addAttribute("sendTo", "/deconfliction/" + token);
    }

    private static void shown(Model model, Asked asked) {
        model.addAttribute("signedIn", true);
        model.addAttribute("lost", false);
        model.addAttribute("asked", asked);
        model.addAttribute("sendTo", "/deconfliction/questions/" + asked.id());
    }

    private Asked asked(String id, Collection<String> groups) {
        return Optional.of(id)
                .filter(text -> text.matches("[0-9]{1,18}"))
                .flatMap(number -> desk.find(Long.parseLong(number), groups))
                .orElseThrow(() -> new NotFound("Your force was asked no such question."));
    }

    private DeadlineChip deadline(ShownQuestion question) {
        return DeadlineChip.of(question.dueAt(), clock.instant());
    }

    private static String words(DeconflictionAnswer answer) {
        return switch (answer) {
            case NO_INTEREST -> "No interest: it may be removed";
            case INTEREST_OK_TO_REMOVE -> "An interest, but it may be removed";
            case PRESERVE_FIRST -> "To be preserved first, then removed";
            case HOLD_UNTIL -> "Not to be removed before the date you named";
        };
    }

    private static Collection<String> groups(@Nullable Authentication who) {
        return who == null
                ? List.of()
                : who.getAuthorities().stream()
                        .map(GrantedAuthority::getAuthority)
                        .collect(Collectors.toSet());
    }
}
