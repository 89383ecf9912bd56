package org.takedownhub.modelling.lint;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.takedownhub.engine.ModelXml.Element;
import org.takedownhub.modelling.Finding;
import org.takedownhub.modelling.ModelFile.Kind;

/** What only the whole set shows: whether everything is there, and whether processes call each other in a circle. */
final class SetRules {

    private static final int MOST_FILES = 200;

    private SetRules() {}

    static boolean isTooLarge(int files) {
        return files > MOST_FILES;
    }

    static Finding tooLarge(int files) {
        return Finding.ofFile(
                "too-large", "", "The set has " + files + " files, more than " + MOST_FILES, "Leave some out");
    }

    static List<Finding> check(SetUnderLint set) {
        List<Finding> findings = new ArrayList<>();
        missing(set.words().processes(), Kind.PROCESS, set, findings);
        missing(set.words().decisions(), Kind.DECISION, set, findings);
        unused(set, findings);
        circles(set, findings);
        moves(set, findings);
        return findings;
    }

    private static void missing(Set<String> ids, Kind kind, SetUnderLint set, List<Finding> findings) {
        ids.stream()
                .sorted()
                .map(id -> id + "." + kind.ending())
                .filter(name -> !set.has(name))
                .forEach(name -> findings.add(Finding.ofFile(
                        "file-missing", name, "The set lacks " + name + ", which the program needs", "Add the file")));
    }

    private static void unused(SetUnderLint set, List<Finding> findings) {
        Set<String> used = new HashSet<>();
        set.words().processes().forEach(id -> used.add(id + ".bpmn"));
        set.words().decisions().forEach(id -> used.add(id + ".dmn"));
        set.processes().values().stream().flatMap(ProcessFile::elements).forEach(element -> {
            used.add(element.attribute("calledElement") + ".bpmn");
            used.add(element.attribute(Words.CAMUNDA + "decisionRef") + ".dmn");
            used.add(element.attribute(Words.CAMUNDA + "formRef") + ".form");
        });
        set.draft().files().keySet().stream()
                .filter(name -> name.endsWith("." + Kind.DECISION.ending()))
                .map(name -> name.substring(0, name.lastIndexOf('.')) + "." + Kind.TEST_CASES.ending())
                .forEach(used::add);
        set.draft().files().keySet().stream()
                .filter(name -> !used.contains(name))
                .forEach(name -> {
                    Report report = new Report(name);
                    report.advice("file-unused", "", "", "Nothing uses " + name, "Use it, or leave it out");
                    findings.addAll(report.findings());
                });
    }

    private static void circles(SetUnderLint set, List<Finding> findings) {
        Map<String, List<Element>> calls = new HashMap<>();
        set.processes()
                .values()
                .forEach(process -> calls.put(
                        process.id(),
                        process.nodes("callActivity").map(node -> node.element).toList()));
        Function<Element, String> called = call -> call.attribute("calledElement");
        calls.forEach((id, out) -> out.stream()
                .filter(call -> comesBack(called.apply(call), id, calls, new HashSet<>()))
                .forEach(call -> {
                    Report report = new Report(id + ".bpmn");
                    report.error(
                            "cyclic-calls",
                            call,
                            Words.title(call) + " calls " + called.apply(call) + ", which comes back to " + id
                                    + ": no case would ever end",
                            "Break the circle");
                    findings.addAll(report.findings());
                }));
    }

    private static boolean comesBack(String from, String to, Map<String, List<Element>> calls, Set<String> seen) {
        if (from.equals(to)) {
            return true;
        }
        return seen.add(from)
                && calls.getOrDefault(from, List.of()).stream()
                        .anyMatch(call -> comesBack(call.attribute("calledElement"), to, calls, seen));
    }

    private static void moves(SetUnderLint set, List<Finding> findings) {
        set.moved().entrySet().stream()
                .filter(move -> set.liveProcesses().values().stream()
                        .noneMatch(process -> process.nodesById().containsKey(move.getKey())))
                .forEach(move -> findings.add(Finding.ofFile(
                        "move-unknown",
                        "",
                        "There is no step " + move.getKey() + " in the live models to be mapped to " + move.getValue(),
                        "Remove the line, or correct the id")));
    }
}
