package org.takedownhub.modelling.lint;

import java.util.Date;
import java.util.Set;
import java.util.regex.Pattern;
import org.takedownhub.modelling.lint.ProcessFile.Node;
import org.takedownhub.process.TakedownProcess;

/** What people do has a group that may, a form that asks, a day it is due and a place in the order of work. */
final class TaskRules implements ProcessRule {

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,3}");

    @Override
    public void check(ProcessFile process, SetUnderLint set, Report report) {
        ProgramWords words = set.words();
        process.nodes("userTask").forEach(task -> {
            if (!words.taskFields().containsKey(task.id())) {
                report.error(
                        "task-unknown",
                        task.element,
                        "The program cannot take what people enter at " + task.title(),
                        "Use one of the tasks it knows: "
                                + String.join(
                                        ", ",
                                        words.taskFields().keySet().stream()
                                                .sorted()
                                                .toList()));
            }
            group(task, words, report);
            form(task, set, report);
            due(task, words, report);
            priority(task, words, report);
        });
        process.nodes("startEvent").filter(start -> start.scope == null).forEach(start -> {
            Set<String> taken = words.startFields().get(process.id());
            String form = start.camunda("formRef");
            if (!form.isEmpty() && taken == null) {
                report.error(
                        "task-unknown",
                        start.element,
                        "People do not start the process " + process.id(),
                        "Remove the form from its start event");
            } else if (form.isEmpty() && taken != null) {
                report.error(
                        "task-without-form",
                        start.element,
                        "People start this process, but its start event has no form",
                        "Give it a Camunda form of this set");
            }
        });
        process.nodes()
                .filter(node -> node.is("serviceTask") || node.is("sendTask") || node.is("businessRuleTask"))
                .filter(node -> !node.camunda("asyncBefore").equals("true"))
                .forEach(node -> report.error(
                        "service-not-async",
                        node.element,
                        "When " + node.title() + " fails, what a person has entered before it is lost",
                        "Tick “Asynchronous before” at it"));
        process.nodes("callActivity")
                .filter(call -> !passesTheCase(call))
                .forEach(call -> report.error(
                        "business-key",
                        call.element,
                        call.title() + " does not tell the called process which case it works on",
                        "Pass the business key ${caseReference}"));
        process.nodes()
                .filter(node -> node.is("task") || node.is("manualTask"))
                .forEach(node -> report.advice(
                        "task-does-nothing",
                        node.element,
                        node.title() + " is passed without anybody doing anything",
                        "Make it a user task or a service task"));
    }

    private static boolean passesTheCase(Node call) {
        return call.element
                .children("extensionElements")
                .flatMap(extensions -> extensions.children("in"))
                .anyMatch(in ->
                        Words.variable(in.attribute("businessKey")).equals(TakedownProcess.CASE_REFERENCE.name()));
    }

    private static void group(Node task, ProgramWords words, Report report) {
        String groups = task.camunda("candidateGroups");
        if (groups.isEmpty()) {
            report.error(
                    "task-without-group",
                    task.element,
                    "Nobody may do " + task.title() + ": it has no candidate group",
                    "Name a group, such as caseworkers");
        }
        for (String group : groups.isEmpty() ? new String[0] : groups.split(",")) {
            String variable = Words.variable(group);
            boolean known = variable.isEmpty()
                    ? words.groups().contains(group.strip())
                    : words.groupVariables().contains(variable);
            if (!known) {
                report.error(
                        "task-group-unknown",
                        task.element,
                        "There is no group " + group.strip() + ", so nobody would see " + task.title(),
                        "Name one of "
                                + String.join(
                                        ", ", words.groups().stream().sorted().toList()));
            }
        }
        if (!task.camunda("assignee").isEmpty()) {
            report.error(
                    "task-assigned",
                    task.element,
                    task.title() + " belongs to one person from the start, who may be away",
                    "Remove the assignee and leave the task to its group");
        }
    }

    private static void form(Node task, SetUnderLint set, Report report) {
        String form = task.camunda("formRef");
        if (form.isEmpty()) {
            report.error(
                    "task-without-form",
                    task.element,
                    task.title() + " asks nothing: it has no form",
                    "Give it a Camunda form of this set");
            return;
        }
        Set<String> taken = set.words().taskFields().get(task.id());
        if (taken == null) {
            return;
        }
        set.form(form).ifPresent(asked -> FormFileRules.components(asked)
                .map(component -> component.path("key").asText())
                .filter(key -> !key.isEmpty() && !taken.contains(key))
                .forEach(key -> report.error(
                        "field-unknown",
                        task.element,
                        "The form " + form + " asks for " + key + ", which " + task.title() + " does not take",
                        "Remove the field; the task takes "
                                + String.join(", ", taken.stream().sorted().toList()))));
    }

    private static void due(Node task, ProgramWords words, Report report) {
        String due = task.camunda("dueDate");
        if (due.isEmpty() || !Date.class.equals(words.variables().get(Words.variable(due)))) {
            report.error(
                    "task-without-due-date",
                    task.element,
                    due.isEmpty()
                            ? "Nothing says until when " + task.title() + " should be done"
                            : "The due date of " + task.title() + " is " + due + ", which is no instant of the case",
                    "Set the due date to an instant of the case, such as ${caseDueAt}");
        }
    }

    private static void priority(Node task, ProgramWords words, Report report) {
        String priority = task.camunda("priority");
        boolean fits = NUMBER.matcher(priority).matches()
                || Integer.class.equals(words.variables().get(Words.variable(priority)));
        if (!fits) {
            report.error(
                    "task-without-priority",
                    task.element,
                    task.title() + " has no priority, so that urgent cases drown in the list",
                    "Set the priority to ${casePriority}");
        }
    }
}
