package org.takedownhub.supervision.web;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.takedownhub.api.InvalidRequest;
import org.takedownhub.pages.DeadlineChip;
import org.takedownhub.pages.FormErrors;
import org.takedownhub.pages.FormErrors.FormError;
import org.takedownhub.pages.Moments;
import org.takedownhub.process.Person;
import org.takedownhub.supervision.Handovers;
import org.takedownhub.supervision.KnownPeople;
import org.takedownhub.supervision.TeamBoard;

/** Who has how much to do, and handing tasks from one person to another. */
@Controller
class TeamPages {

    private static final int SHOWN = 200;

    private final TeamBoard team;
    private final Handovers handovers;
    private final KnownPeople people;

    TeamPages(TeamBoard team, Handovers handovers, KnownPeople people) {
        this.team = team;
        this.handovers = handovers;
        this.people = people;
    }

    public record Row(String name, int open, int unclaimed, int dueToday, int overdue, String oldest, int doneToday) {}

    public record TaskRow(
            String taskId,
            String name,
            String caseReference,
            String assignee,
            String since,
            @Nullable DeadlineChip due) {}

    /**
     * @param person whose tasks are shown; empty for none
     * @param queue  whose tasks are shown; empty for none
     * @param where  {@code person}, {@code queue}, or empty when nothing was chosen
     */
    public record Entered(String person, String queue, List<String> tasks, String where, String to, String reason) {}

    @GetMapping("/manager/team")
    String board(
            @RequestParam(defaultValue = "") String person,
            @RequestParam(defaultValue = "") String queue,
            Model model) {
        return page(model, new Entered(person, queue, List.of(), "", "", ""), FormErrors.NONE);
    }

    @PostMapping("/manager/team")
    String handOver(
            @RequestParam(defaultValue = "") String person,
            @RequestParam(defaultValue = "") String queue,
            @RequestParam(name = "task", required = false) @Nullable List<String> task,
            @RequestParam(defaultValue = "") String where,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(required = false) @Nullable String all,
            Model model,
            RedirectAttributes next) {
        List<String> chosen =
                task == null ? List.of() : task.stream().limit(SHOWN).toList();
        Entered entered = new Entered(person, queue, chosen, where, to, reason);
        boolean everything = all != null && !person.isBlank();
        List<FormError> wrong = new ArrayList<>();
        if (!everything && chosen.isEmpty()) {
            wrong.add(new FormError("tasks", "Choose the tasks to hand over"));
        }
        Optional<String> receiver = Optional.empty();
        if (where.equals("person")) {
            try {
                receiver = Wishes.name("to", to);
                if (receiver.isEmpty()) {
                    wrong.add(new FormError("to", "Enter who gets the tasks"));
                }
            } catch (InvalidRequest noName) {
                wrong.add(new FormError("to", "Enter the name that somebody signs in with"));
            }
        } else if (!where.equals("queue")) {
            wrong.add(new FormError("where-person", "Choose where the tasks go"));
        }
        Optional<String> why = Wishes.reason(reason);
        if (why.isEmpty()) {
            wrong.add(new FormError("reason", "Enter why, in 1 to " + Wishes.LONGEST_REASON + " characters"));
        }
        if (!wrong.isEmpty() || why.isEmpty()) {
            return page(model, entered, new FormErrors(wrong));
        }
        List<Handovers.Handover> results = new ArrayList<>();
        if (everything) {
            results.addAll(handovers.giveAll(person, receiver, why.get()));
        } else {
            for (String one : chosen) {
                results.add(handovers.give(one, receiver, why.get()));
            }
        }
        long moved = results.stream()
                .filter(one -> one.result() == Handovers.Result.HANDED_OVER)
                .count();
        if (moved > 0) {
            next.addFlashAttribute(
                    "done",
                    moved + (moved == 1 ? " task" : " tasks") + " handed over to " + receiver.orElse("the queue"));
        }
        next.addFlashAttribute(
                "left",
                results.stream()
                        .filter(one -> one.result() != Handovers.Result.HANDED_OVER)
                        .map(one -> (one.caseReference() + " " + one.name()).strip() + ": "
                                + (one.result() == Handovers.Result.UNCHANGED ? "is there already" : one.detail()))
                        .toList());
        next.addAttribute(person.isBlank() ? "queue" : "person", person.isBlank() ? queue : person);
        return "redirect:/manager/team";
    }

    private String page(Model model, Entered entered, FormErrors errors) {
        TeamBoard.Board board = team.board();
        Instant now = board.asOf();
        model.addAttribute("asOf", Moments.words(now));
        model.addAttribute(
                "members",
                board.members().stream()
                        .map(one -> row(one.person(), one.load(), one.doneToday(), now))
                        .toList());
        model.addAttribute(
                "queues",
                board.queues().stream()
                        .map(one -> row(one.group(), one.load(), 0, now))
                        .toList());
        List<TeamBoard.OpenTask> tasks = !entered.person().isBlank()
                ? team.tasksOf(entered.person(), SHOWN)
                : !entered.queue().isBlank() ? team.tasksIn(entered.queue(), SHOWN) : List.of();
        model.addAttribute("whose", entered.person().isBlank() ? entered.queue() : entered.person());
        model.addAttribute(
                "tasks",
                tasks.stream()
                        .map(one -> new TaskRow(
                                one.taskId(),
                                one.name(),
                                one.caseReference(),
                                one.assignee().orElse("–"),
                                Spans.words(Duration.between(one.since(), now)),
                                one.dueAt()
                                        .map(due -> DeadlineChip.of(due, now))
                                        .orElse(null)))
                        .toList());
        TreeSet<String> names = new TreeSet<>();
        board.members().forEach(one -> names.add(one.person()));
        people.recent().stream().map(Person::id).forEach(names::add);
        model.addAttribute("names", names);
        model.addAttribute("entered", entered);
        model.addAttribute("errors", errors);
        return "manager/team";
    }

    private static Row row(String name, TeamBoard.Load load, int done, Instant now) {
        return new Row(
                name,
                load.open(),
                load.unclaimed(),
                load.dueToday(),
                load.overdue(),
                load.oldest()
                        .map(since -> Spans.words(Duration.between(since, now)))
                        .orElse("–"),
                done);
    }
}
