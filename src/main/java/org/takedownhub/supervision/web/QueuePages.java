package org.takedownhub.supervision.web;

import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.takedownhub.api.InvalidRequest;
import org.takedownhub.pages.FormErrors;
import org.takedownhub.pages.FormErrors.FormError;
import org.takedownhub.supervision.QueueFlows;

/** What flows into the queues and out of them, day by day. */
@Controller
class QueuePages {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE d MMM", Locale.UK);
    /** How wide the longest bar is, in the units of its picture. */
    private static final int WIDTH = 100;

    private final QueueFlows flows;
    private final Clock clock;

    QueuePages(QueueFlows flows, Clock clock) {
        this.flows = flows;
        this.clock = clock;
    }

    public record Entered(String from, String until) {}

    /** @param id of the section, for links */
    public record QueueRow(
            String id, String name, String group, int cameIn, int wentOut, int openAtEnd, List<DayRow> days) {}

    /** @param in {@code out} and {@code open}: lengths of bars from 0 to 100, by the queue's largest number */
    public record DayRow(
            String day, int cameIn, int wentOut, int openAtEnd, int in, int out, int open, String medianAge) {}

    @GetMapping("/manager/queues")
    String page(
            @RequestParam(defaultValue = "") String from, @RequestParam(defaultValue = "") String until, Model model) {
        FormErrors errors = FormErrors.NONE;
        Period period = Period.of(null, null, SupervisionController.USUAL_FLOW_DAYS, QueueFlows.LONGEST, clock);
        try {
            period = Period.of(from, until, SupervisionController.USUAL_FLOW_DAYS, QueueFlows.LONGEST, clock);
        } catch (InvalidRequest wrong) {
            errors = new FormErrors(wrong.errors().stream()
                    .map(error ->
                            new FormError(error.pointer().substring(1), "Enter another day: it " + error.detail()))
                    .toList());
        }
        List<QueueRow> rows = new ArrayList<>();
        for (QueueFlows.Flow flow : flows.flows(period.from(), period.until())) {
            rows.add(row("queue-" + rows.size(), flow));
        }
        model.addAttribute("queues", rows);
        model.addAttribute(
                "entered", new Entered(period.from().toString(), period.until().toString()));
        model.addAttribute("errors", errors);
        return "manager/queues";
    }

    private static QueueRow row(String id, QueueFlows.Flow flow) {
        int most = Math.max(
                1,
                Collections.max(flow.days().stream()
                        .map(day -> Math.max(day.openAtEnd(), Math.max(day.cameIn(), day.wentOut())))
                        .toList()));
        return new QueueRow(
                id,
                flow.name(),
                flow.group().isEmpty() ? "given by name" : flow.group(),
                flow.cameIn(),
                flow.wentOut(),
                flow.openAtEnd(),
                flow.days().stream()
                        .map(day -> new DayRow(
                                words(day.day()),
                                day.cameIn(),
                                day.wentOut(),
                                day.openAtEnd(),
                                WIDTH * day.cameIn() / most,
                                WIDTH * day.wentOut() / most,
                                WIDTH * day.openAtEnd() / most,
                                day.medianAge().map(Spans::words).orElse("–")))
                        .toList());
    }

    private static String words(LocalDate day) {
        return DAY.format(day);
    }
}
