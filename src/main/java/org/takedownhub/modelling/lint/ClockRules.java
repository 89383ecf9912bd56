package org.takedownhub.modelling.lint;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.takedownhub.engine.ModelXml.Element;
import org.takedownhub.modelling.lint.ProcessFile.Node;
import org.takedownhub.process.TakedownProcess;

/** No case is forgotten: whatever waits has a clock, and clocks read instants that the program has worked out. */
final class ClockRules implements ProcessRule {

    /**
     * Messages that the hub itself sends, whatever happens: a submission ends as sent, refused or uncertain, also after
     * a restart, and what cannot be delivered becomes an incident. No outsider is waited for.
     */
    private static final Set<String> ANSWERED_BY_THE_HUB = Set.of("referral.answered");

    @Override
    public void check(ProcessFile process, SetUnderLint set, Report report) {
        process.nodes().filter(ClockRules::waits).forEach(node -> {
            if (!hasClock(node) && !ANSWERED_BY_THE_HUB.contains(word(process, node))) {
                report.error(
                        "wait-without-clock",
                        node.element,
                        node.title() + " may wait for ever",
                        "Attach a timer event to it, or to the subprocess around it");
            }
        });
        process.nodes().forEach(node -> node.definition()
                .filter(definition -> definition.name().equals("timerEventDefinition"))
                .ifPresent(timer -> timer(node, timer, set, report)));
        if (process.id().equals(TakedownProcess.KEY)) {
            awaitRemoval(process, report);
        }
        clocksLost(process, set, report);
    }

    private static boolean waits(Node node) {
        return node.is("receiveTask")
                || node.is("eventBasedGateway")
                || node.is("intermediateCatchEvent")
                        && !node.trigger().equals("timer")
                        && !node.trigger().equals("link")
                        && node.incoming.stream()
                                .noneMatch(flow -> flow.source().is("eventBasedGateway"));
    }

    private static boolean hasClock(Node node) {
        if (node.is("eventBasedGateway")
                && node.outgoing.stream()
                        .anyMatch(flow -> flow.target().trigger().equals("timer"))) {
            return true;
        }
        for (Node around = node; around != null; around = around.scope) {
            if (timers(around).findAny().isPresent()) {
                return true;
            }
        }
        return false;
    }

    /** Timers at a node's border, and those that start an event subprocess in it. */
    private static Stream<Node> timers(Node node) {
        return Stream.concat(
                        node.boundary.stream(),
                        node.children.stream()
                                .filter(Node::isEventSubProcess)
                                .flatMap(inner -> inner.children.stream())
                                .filter(inner -> inner.is("startEvent")))
                .filter(event -> event.trigger().equals("timer"));
    }

    private static String word(ProcessFile process, Node node) {
        return process.word(node.definition().orElse(node.element));
    }

    private static void timer(Node node, Element timer, SetUnderLint set, Report report) {
        Optional<Element> time = timer.children().stream()
                .filter(child -> child.name().startsWith("time"))
                .findFirst();
        if (time.isEmpty() || time.get().text().isEmpty()) {
            report.error(
                    "timer-empty",
                    node.element,
                    "The timer " + node.title() + " has no time",
                    "Give it a date that reads an instant, such as ${removalDueAt}");
            return;
        }
        String text = time.get().text();
        if (!time.get().name().equals("timeDate")) {
            report.error(
                    "timer-not-absolute",
                    node.element,
                    "The timer " + node.title()
                            + " counts a period of its own: a migrated or restarted case would be given new time",
                    "Use a date that reads an instant of the case, such as ${removalDueAt}; "
                            + "periods stand in the decision tables");
            return;
        }
        String variable = Words.variable(text);
        if (variable.isEmpty()) {
            fixed(node, text, set.now(), report);
        } else if (set.words().variables().containsKey(variable)
                && !Date.class.equals(set.words().variables().get(variable))) {
            report.error(
                    "timer-not-absolute",
                    node.element,
                    "The timer " + node.title() + " reads " + variable + ", which is no instant",
                    "Read an instant, such as ${removalDueAt}");
        }
    }

    private static void fixed(Node node, String text, Instant now, Report report) {
        Optional<Instant> instant = instant(text);
        if (instant.isEmpty()) {
            report.error(
                    "timer-unreadable",
                    node.element,
                    "The timer " + node.title() + " has the time " + text + ", which is no instant",
                    "Read an instant of the case, such as ${removalDueAt}");
        } else if (instant.get().isBefore(now)) {
            report.error(
                    "timer-in-the-past",
                    node.element,
                    "The timer " + node.title() + " is set to " + text + ", which is over",
                    "Read an instant of the case, such as ${removalDueAt}");
        } else {
            report.error(
                    "timer-fixed",
                    node.element,
                    "The timer " + node.title() + " goes off on the same day for every case",
                    "Read an instant of the case, such as ${removalDueAt}");
        }
    }

    private static Optional<Instant> instant(String text) {
        for (Reading reading : List.<Reading>of(
                Instant::parse,
                value -> OffsetDateTime.parse(value).toInstant(),
                value -> LocalDateTime.parse(value).toInstant(ZoneOffset.UTC),
                value -> LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toInstant())) {
            try {
                return Optional.of(reading.of(text));
            } catch (DateTimeException another) {
                continue;
            }
        }
        return Optional.empty();
    }

    private interface Reading {

        Instant of(String text);
    }

    private static void awaitRemoval(ProcessFile process, Report report) {
        Node await = process.nodesById().get(TakedownProcess.NODE_AWAIT_REMOVAL);
        if (await == null) {
            // said by the rule on steps that the program needs
            return;
        }
        if (!kept(await, false, TakedownProcess.REMINDER_DUE_AT.name())) {
            report.error(
                    "await-removal-reminder",
                    await.element,
                    await.title() + " has no reminder before the deadline",
                    "Attach a timer that does not interrupt, with the date ${reminderDueAt}");
        }
        if (!kept(await, true, TakedownProcess.REMOVAL_DUE_AT.name())) {
            report.error(
                    "await-removal-deadline",
                    await.element,
                    await.title() + " has no deadline",
                    "Attach a timer that interrupts, with the date ${removalDueAt}");
        }
    }

    private static boolean kept(Node await, boolean interrupting, String variable) {
        return await.boundary.stream()
                .filter(event -> event.interrupts() == interrupting)
                .flatMap(event -> event.definition().stream())
                .flatMap(definition -> definition.children("timeDate"))
                .anyMatch(date -> Words.variable(date.text()).equals(variable));
    }

    /** A step that loses a clock may be meant to; whoever publishes it should know. */
    private static void clocksLost(ProcessFile process, SetUnderLint set, Report report) {
        ProcessFile live = set.liveProcesses().get(process.file());
        if (live == null) {
            return;
        }
        live.nodes().filter(before -> !before.isEvent()).forEach(before -> {
            Node now = process.nodesById().get(set.idInDraft(before.id()));
            if (now != null && timers(before).count() > timers(now).count()) {
                report.advice(
                        "clock-removed",
                        now.element,
                        now.title() + " has fewer timers than in the live model, where it has "
                                + String.join(
                                        ", ", timers(before).map(Node::title).toList()),
                        "Check that nobody relies on being told");
            }
        });
    }
}
