package org.takedownhub.modelling.lint;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.takedownhub.modelling.lint.ProcessFile.Flow;
import org.takedownhub.modelling.lint.ProcessFile.Node;

/** A case can always go on: every gateway knows a way, every step is reached, and from each an end can be reached. */
final class FlowRules implements ProcessRule {

    private static final Pattern CONDITION = Pattern.compile(
            "\\$\\{\\s*(!\\s*|not\\s+)?([A-Za-z][A-Za-z0-9_]*)(\\s*==\\s*['\"][A-Za-z0-9_]+['\"])?\\s*}");

    @Override
    public void check(ProcessFile process, SetUnderLint set, Report report) {
        process.nodes().forEach(node -> {
            if (node.is("exclusiveGateway") || node.is("inclusiveGateway")) {
                gateway(node, report);
            } else {
                splits(node, report);
            }
            ends(node, process, report);
        });
        process.flows().forEach(flow -> condition(flow, report));
        starts(process, report);
        Set<Node> reached = reached(process);
        process.nodes()
                .filter(node -> !reached.contains(node))
                .forEach(node -> report.error(
                        "unreachable",
                        node.element,
                        "No case ever comes to " + node.title(),
                        "Lead a flow to it, or remove it"));
        Set<Node> leaving = leaving(process);
        process.nodes()
                .filter(node -> reached.contains(node) && !leaving.contains(node) && !stops(node))
                .forEach(node -> report.error(
                        "no-way-out",
                        node.element,
                        "A case that comes to " + node.title() + " never ends",
                        "Lead a flow out of the circle to an end event"));
    }

    private static void gateway(Node gateway, Report report) {
        List<Flow> ways = gateway.outgoing;
        if (ways.size() < 2) {
            return;
        }
        String fallback = gateway.element.attribute("default");
        Set<String> seen = new HashSet<>();
        for (Flow way : ways) {
            boolean other = way.id().equals(fallback);
            if (way.condition().isEmpty() && !other) {
                report.error(
                        fallback.isEmpty() ? "gateway-without-default" : "flow-without-condition",
                        fallback.isEmpty() ? gateway.element : way.element(),
                        fallback.isEmpty()
                                ? gateway.title() + " may find no way to go on"
                                : "The flow from " + gateway.title() + " to "
                                        + way.target().title() + " says nothing about when it is taken",
                        fallback.isEmpty()
                                ? "Make one of its flows the default flow"
                                : "Give it a condition, such as ${contentUnlawful}");
            } else if (way.condition().isPresent() && other) {
                report.error(
                        "default-with-condition",
                        way.element(),
                        "The default flow of " + gateway.title() + " has a condition, which is never asked",
                        "Remove the condition, or make another flow the default");
            }
            way.condition()
                    .filter(text -> !seen.add(text.replaceAll("\\s", "")))
                    .ifPresent(text -> report.error(
                            "condition-twice",
                            way.element(),
                            "Two flows out of " + gateway.title() + " have the same condition",
                            "Change one of them, or remove it"));
        }
        if (fallback.isEmpty() && ways.stream().allMatch(way -> way.condition().isPresent()) && !exhaustive(ways)) {
            report.error(
                    "gateway-without-default",
                    gateway.element,
                    gateway.title() + " may find no way to go on",
                    "Make one of its flows the default flow");
        }
    }

    /** One flow for a yes or no, and one for its opposite. */
    private static boolean exhaustive(List<Flow> ways) {
        Set<String> yes = new HashSet<>();
        Set<String> no = new HashSet<>();
        for (Flow way : ways) {
            Matcher condition = CONDITION.matcher(way.condition().orElse(""));
            if (condition.matches() && condition.group(3) == null) {
                (condition.group(1) == null ? yes : no).add(condition.group(2));
            }
        }
        return !Collections.disjoint(yes, no);
    }

    private static void condition(Flow flow, Report report) {
        flow.condition()
                .filter(text -> !CONDITION.matcher(text).matches())
                .ifPresent(text -> report.error(
                        "condition-too-clever",
                        flow.element(),
                        "The condition " + text + " is more than one yes or no, or one comparison with a word",
                        "Write ${contentUnlawful} or ${channel == 'PORTAL'}; put anything more into a decision table"));
    }

    /** Whatever is not a gateway has one way on, without a condition. */
    private static void splits(Node node, Report report) {
        if (!node.isGateway() && node.outgoing.size() > 1) {
            report.error(
                    "implicit-split",
                    node.element,
                    node.title() + " has " + node.outgoing.size()
                            + " flows out of it, which would all be taken at once",
                    "Put a gateway behind it");
        } else {
            node.outgoing.stream()
                    .filter(flow -> flow.condition().isPresent())
                    .forEach(flow -> report.error(
                            "implicit-split",
                            flow.element(),
                            "The flow out of " + node.title() + " has a condition, but comes from no gateway that asks",
                            "Put an exclusive gateway before it"));
        }
    }

    private static void ends(Node node, ProcessFile process, Report report) {
        if (node.outgoing.isEmpty() && !stops(node)) {
            report.error(
                    "dead-end",
                    node.element,
                    "Nothing comes after " + node.title(),
                    node.is("boundaryEvent")
                            ? "Lead a flow from it to a step, or remove it"
                            : "Lead a flow from it to a step or an end event");
        }
        if ((node.is("endEvent") || linkThrow(node)) && !node.outgoing.isEmpty()) {
            report.error(
                    "flow-after-end",
                    node.element,
                    "A flow leads on from " + node.title() + ", which is an end",
                    "Make it an intermediate event, or remove the flow");
        }
        if ((node.is("startEvent") || node.is("boundaryEvent") || linkCatch(node)) && !node.incoming.isEmpty()) {
            report.error(
                    "flow-into-start",
                    node.element,
                    "A flow leads into " + node.title() + ", where only a start is",
                    "Lead it to the step behind");
        }
        if (linkThrow(node) && linked(process, node).isEmpty()) {
            report.error(
                    "dead-end",
                    node.element,
                    "The link " + node.title() + " leads nowhere",
                    "Draw the link event of the same name that it leads to");
        }
    }

    private static boolean stops(Node node) {
        return node.is("endEvent") || node.isEventSubProcess() || linkThrow(node);
    }

    private static boolean linkThrow(Node node) {
        return node.is("intermediateThrowEvent") && node.trigger().equals("link");
    }

    private static boolean linkCatch(Node node) {
        return node.is("intermediateCatchEvent") && node.trigger().equals("link");
    }

    private static Optional<Node> linked(ProcessFile process, Node thrower) {
        String link = thrower.definition()
                .map(definition -> definition.attribute("name"))
                .orElse("");
        return process.nodes("intermediateCatchEvent")
                .filter(FlowRules::linkCatch)
                .filter(node -> node.scope == thrower.scope)
                .filter(node -> node.definition()
                        .map(definition -> definition.attribute("name"))
                        .filter(link::equals)
                        .isPresent())
                .findFirst();
    }

    private static void starts(ProcessFile process, Report report) {
        process.processes().findFirst().ifPresent(top -> {
            List<Node> starts =
                    process.top().stream().filter(node -> node.is("startEvent")).toList();
            if (starts.size() != 1 || !starts.get(0).trigger().isEmpty()) {
                report.error(
                        "start-event",
                        starts.stream()
                                .filter(start -> !start.trigger().isEmpty())
                                .findFirst()
                                .map(start -> start.element)
                                .orElse(top),
                        "The program starts a case at one plain start event; here "
                                + (starts.isEmpty() ? "is none" : "is another one"),
                        "Keep one start event without a timer, a message or a signal");
            }
        });
        process.nodes("subProcess").forEach(scope -> {
            List<Node> starts = scope.children.stream()
                    .filter(node -> node.is("startEvent"))
                    .toList();
            boolean fits = starts.size() == 1 && starts.get(0).trigger().isEmpty() != scope.isEventSubProcess();
            if (!fits) {
                report.error(
                        "start-event",
                        scope.element,
                        "The subprocess " + scope.title() + " does not begin at one "
                                + (scope.isEventSubProcess() ? "event" : "plain start event"),
                        scope.isEventSubProcess()
                                ? "Give it one start event with a message, a timer or an escalation"
                                : "Give it one start event without a trigger");
            }
        });
    }

    private static Set<Node> reached(ProcessFile process) {
        Set<Node> reached = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Node> open = new ArrayDeque<>();
        begins(process.top()).forEach(open::add);
        while (!open.isEmpty()) {
            Node node = open.poll();
            if (!reached.add(node)) {
                continue;
            }
            node.outgoing.forEach(flow -> open.add(flow.target()));
            open.addAll(node.boundary);
            begins(node.children).forEach(open::add);
            if (linkThrow(node)) {
                linked(process, node).ifPresent(open::add);
            }
        }
        return reached;
    }

    private static Stream<Node> begins(List<Node> children) {
        return children.stream().filter(node -> node.is("startEvent") || node.isEventSubProcess());
    }

    /** Nodes from which an end can be reached. */
    private static Set<Node> leaving(ProcessFile process) {
        Set<Node> leaving = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Node> open = new ArrayDeque<>();
        process.nodes().filter(node -> node.outgoing.isEmpty()).forEach(open::add);
        while (!open.isEmpty()) {
            Node node = open.poll();
            if (!leaving.add(node)) {
                continue;
            }
            node.incoming.forEach(flow -> open.add(flow.source()));
            if (node.host != null && node.interrupts()) {
                open.add(node.host);
                everythingIn(node.host).forEach(open::add);
            }
            if (node.is("startEvent") && node.scope != null && node.scope.isEventSubProcess() && node.interrupts()) {
                (node.scope.scope == null ? process.top() : node.scope.scope.children)
                        .forEach(one -> everythingIn(one).forEach(open::add));
            }
            if (linkCatch(node)) {
                process.nodes("intermediateThrowEvent")
                        .filter(other -> linkThrow(other)
                                && linked(process, other).filter(node::equals).isPresent())
                        .forEach(open::add);
            }
        }
        return leaving;
    }

    private static Stream<Node> everythingIn(Node node) {
        return Stream.concat(Stream.of(node), node.children.stream().flatMap(FlowRules::everythingIn));
    }
}
