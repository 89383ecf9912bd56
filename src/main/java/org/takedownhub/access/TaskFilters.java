package org.takedownhub.access;

import static org.takedownhub.access.Role.CASEWORKERS;
import static org.takedownhub.access.Role.DUTY_OFFICERS;
import static org.takedownhub.access.Role.MANAGERS;
import static org.takedownhub.access.Role.OPERATORS;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.task.TaskQuery;
import org.springframework.stereotype.Component;

/**
 * Tasklist's queues. Each stores its own order, the soonest deadline first: Tasklist appends the order it asks for, so
 * the stored one wins.
 */
@Component
class TaskFilters {

    /** To be raised with every change of a query or a property below, so that stored filters are rewritten once. */
    private static final int REVISION = 2;

    private static final String OWNER = "provisionedBy";
    private static final String HUB = "takedown-hub";
    private static final String STATE = "revision";
    private static final String ESCALATION_TASK = "Task_ReviewEscalation";

    private static final Set<Role> ALL = EnumSet.allOf(Role.class);
    private static final List<Queue> QUEUES = List.of(
            new Queue("Overdue now", "Past their deadline", ALL, query -> query.dueBeforeExpression("${now()}")),
            new Queue("Due next 4 hours", "Their deadline is near", ALL, query -> query.dueAfterExpression("${now()}")
                    .dueBeforeExpression("${dateTime().plusHours(4)}")),
            new Queue("My tasks", "Claimed by me", ALL, query -> query.taskAssigneeExpression("${currentUser()}")),
            new Queue("To pick up", "For one of my groups, claimed by nobody", ALL, query -> query.taskUnassigned()
                    .taskCandidateGroupInExpression("${currentUserGroups()}")),
            new Queue(
                    "Crisis",
                    "Raised by a manager for a while",
                    ALL,
                    query -> query.processVariableValueEquals("crisis", true)),
            new Queue(
                    "Escalated",
                    "A rung of the ladder to look at",
                    EnumSet.of(CASEWORKERS, DUTY_OFFICERS, MANAGERS, OPERATORS),
                    query -> query.taskDefinitionKey(ESCALATION_TASK)),
            new Queue("All open", "Everything I may see", ALL, query -> query));

    private final FilterService filters;
    private final TaskService tasks;

    TaskFilters(FilterService filters, TaskService tasks) {
        this.filters = filters;
        this.tasks = tasks;
    }

    /**
     * Writes what is missing or out of date, and removes queues of ours that are no more. Those of other makers stay.
     *
     * @return which roles may read which filter, by its id
     */
    Map<String, Set<Role>> provision() {
        Map<String, Filter> ours = new LinkedHashMap<>();
        Set<String> twice = new HashSet<>();
        for (Filter filter :
                filters.createTaskFilterQuery().orderByFilterId().asc().list()) {
            if (HUB.equals(filter.getProperties().get(OWNER)) && ours.putIfAbsent(filter.getName(), filter) != null) {
                twice.add(filter.getId());
            }
        }
        twice.forEach(filters::deleteFilter);
        Map<String, Set<Role>> readers = new LinkedHashMap<>();
        for (int position = 0; position < QUEUES.size(); position++) {
            Queue queue = QUEUES.get(position);
            Filter filter = ours.remove(queue.name());
            if (filter == null) {
                filter = filters.newTaskFilter(queue.name());
            }
            if (!isCurrent(filter)) {
                filter.setQuery(queue.query()
                        .apply(tasks.createTaskQuery())
                        .orderByDueDate()
                        .asc()
                        .orderByTaskPriority()
                        .desc()
                        .orderByTaskCreateTime()
                        .asc());
                filter.setProperties(properties(queue, position));
                filters.saveFilter(filter);
            }
            readers.put(filter.getId(), queue.readers());
        }
        ours.values().forEach(filter -> filters.deleteFilter(filter.getId()));
        return readers;
    }

    private static boolean isCurrent(Filter filter) {
        return filter.getId() != null
                && filter.getProperties().get(STATE) instanceof Number stored
                && stored.intValue() == REVISION;
    }

    private static Map<String, Object> properties(Queue queue, int position) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("description", queue.description());
        properties.put("priority", (position + 1) * 10);
        properties.put("refresh", true);
        properties.put("showUndefinedVariable", false);
        properties.put(
                "variables",
                Arrays.asList(
                        label("caseReference", "Case"),
                        label("platform", "Platform"),
                        label("category", "Category"),
                        label("crisis", "Crisis"),
                        label("caseDueAt", "Deadline")));
        properties.put(OWNER, HUB);
        properties.put(STATE, REVISION);
        return properties;
    }

    private static Map<String, Object> label(String variable, String label) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("name", variable);
        shown.put("label", label);
        return shown;
    }

    private record Queue(String name, String description, Set<Role> readers, UnaryOperator<TaskQuery> query) {}
}
