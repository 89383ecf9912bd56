package org.takedownhub.modelling.lint;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.takedownhub.modelling.lint.ProcessFile.Node;

/** Open cases find their steps again: where they wait, what they wait for, and what the program looks for by its id. */
final class LiveRules implements ProcessRule {

    /** Something that is waited for, and the step or subprocess it is waited for at. */
    private record Catch(String trigger, String word, String at) {}

    @Override
    public void check(ProcessFile process, SetUnderLint set, Report report) {
        ProcessFile live = set.liveProcesses().get(process.file());
        if (live == null) {
            return;
        }
        live.nodes().filter(LiveRules::waits).forEach(before -> kept(before, process, set, report));
        steps(process, live, set, report);
        Set<Catch> caught = catches(process).collect(Collectors.toCollection(HashSet::new));
        catches(live)
                .map(wanted -> new Catch(wanted.trigger, wanted.word, set.idInDraft(wanted.at)))
                .filter(wanted -> process.nodesById().containsKey(wanted.at) || wanted.at.equals(process.id()))
                .filter(wanted -> !caught.contains(wanted))
                .distinct()
                .forEach(lost -> {
                    Node at = process.nodesById().get(lost.at);
                    report.error(
                            lost.trigger + "-not-caught",
                            lost.at,
                            at == null ? "" : at.name(),
                            "Nothing catches the " + lost.trigger + " " + lost.word + " at "
                                    + (at == null ? "the process" : at.title())
                                    + " any more, where the live model does",
                            "Draw the event again: the program goes on sending it");
                });
    }

    private static boolean waits(Node node) {
        return node.is("userTask")
                || node.is("receiveTask")
                || node.is("eventBasedGateway")
                || node.is("callActivity")
                || node.is("subProcess") && !node.isEventSubProcess()
                || node.is("intermediateCatchEvent") && !node.trigger().equals("link");
    }

    private static void kept(Node before, ProcessFile process, SetUnderLint set, Report report) {
        String id = set.idInDraft(before.id());
        Node now = process.nodesById().get(id);
        if (now == null || !now.kind().equals(before.kind()) || !now.trigger().equals(before.trigger())) {
            report.error(
                    "wait-state-gone",
                    before.id(),
                    before.name(),
                    now == null
                            ? "Cases may be waiting at " + before.title() + " (" + before.id() + "), which is gone"
                                    + (id.equals(before.id()) ? "" : ", and so is " + id + " that it is mapped to")
                            : "Cases may be waiting at " + before.title() + " (" + before.id() + "), and " + now.title()
                                    + " (" + id + ") is of another kind",
                    "Keep its id, or say which step of the same kind takes its cases over");
        }
    }

    private static void steps(ProcessFile process, ProcessFile live, SetUnderLint set, Report report) {
        set.words().steps().stream()
                .filter(step -> live.nodesById().containsKey(step))
                .filter(step -> !process.nodesById().containsKey(step))
                .filter(step -> !waits(live.nodesById().get(step)))
                .forEach(step -> {
                    Node before = live.nodesById().get(step);
                    report.error(
                            "step-missing",
                            step,
                            before.name(),
                            "The program looks for the step " + step + " (" + before.title() + "), which is gone",
                            "Keep the step and its id");
                });
        set.words().steps().stream()
                .filter(step ->
                        set.moved().containsKey(step) && live.nodesById().containsKey(step))
                .filter(step -> !process.nodesById().containsKey(step)
                        && waits(live.nodesById().get(step)))
                .forEach(step -> report.error(
                        "step-missing",
                        step,
                        live.nodesById().get(step).name(),
                        "The program looks for the step " + step + " by its id, so it cannot be mapped to another",
                        "Keep the step and its id"));
    }

    private static Stream<Catch> catches(ProcessFile process) {
        return process.nodes().flatMap(node -> {
            String at = at(node, process);
            String trigger = node.is("receiveTask") ? "message" : node.trigger();
            boolean word = Set.of("message", "error", "escalation").contains(trigger);
            return at.isEmpty() || !word
                    ? Stream.empty()
                    : Stream.of(
                            new Catch(trigger, process.word(node.definition().orElse(node.element)), at));
        });
    }

    private static String at(Node node, ProcessFile process) {
        if (node.is("receiveTask") || node.is("intermediateCatchEvent")) {
            return node.id();
        }
        if (node.is("boundaryEvent")) {
            return node.host == null ? "" : node.host.id();
        }
        if (node.is("startEvent") && node.scope != null && node.scope.isEventSubProcess()) {
            return node.scope.scope == null ? process.id() : node.scope.scope.id();
        }
        return "";
    }
}
