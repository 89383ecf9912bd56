package org.takedownhub.modelling.migration;

import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.runtime.VariableInstance;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Writes down what must be the same before and after a case moved, and tells what is not. */
@Component
class CaseFacts {

    private final RuntimeService runtime;
    private final TaskService tasks;
    private final JdbcClient jdbc;

    CaseFacts(RuntimeService runtime, TaskService tasks, JdbcClient jdbc) {
        this.runtime = runtime;
        this.tasks = tasks;
        this.jdbc = jdbc;
    }

    /**
     * @param facts  what it is, in words, to what it says
     * @param timers id of the engine's job to what it is
     */
    record Facts(Map<String, String> facts, Map<String, Alarm> timers) {}

    /** @param due as the engine keeps it, to the millisecond */
    record Alarm(String event, String due) {}

    /** Reads everything of some running processes; sees what this transaction has done. */
    Facts read(Set<String> instanceIds) {
        Map<String, String> facts = new TreeMap<>();
        for (ProcessInstance instance : runtime.createProcessInstanceQuery()
                .processInstanceIds(instanceIds)
                .list()) {
            String what = " of process " + instance.getProcessInstanceId();
            facts.put("the business key" + what, said(instance.getBusinessKey()));
            facts.put("the tenant" + what, said(instance.getTenantId()));
            facts.put("whether somebody suspended it" + what, said(instance.isSuspended()));
        }
        for (Task task : tasks.createTaskQuery()
                .processInstanceIdIn(instanceIds.toArray(String[]::new))
                .list()) {
            String what = " of the task “" + task.getName() + "” (" + task.getId() + ")";
            facts.put("the due date" + what, said(task.getDueDate()));
            facts.put("the follow-up date" + what, said(task.getFollowUpDate()));
            facts.put("the assignee" + what, said(task.getAssignee()));
            facts.put("the owner" + what, said(task.getOwner()));
            facts.put("the priority" + what, said(task.getPriority()));
            facts.put("the groups" + what, said(groups(task.getId())));
        }
        for (VariableInstance variable : runtime.createVariableInstanceQuery()
                .processInstanceIdIn(instanceIds.toArray(String[]::new))
                .disableBinaryFetching()
                .list()) {
            facts.put("the variable " + variable.getName() + " (" + variable.getId() + ")", said(variable.getValue()));
        }
        Map<String, Alarm> timers = new TreeMap<>();
        jdbc.sql("select j.id_, j.type_, j.retries_, j.duedate_, t.act_id_ from act_ru_job j left join act_ru_jobdef t"
                        + " on t.id_ = j.job_def_id_ where j.process_instance_id_ in (:instances)")
                .param("instances", instanceIds)
                .query(row -> {
                    String id = row.getString(1);
                    Timestamp due = row.getTimestamp(4);
                    String at = due == null ? "" : due.toInstant().toString();
                    if ("timer".equals(row.getString(2))) {
                        timers.put(id, new Alarm(said(row.getString(5)), at));
                    } else {
                        facts.put("the due instant of job " + id, at);
                    }
                    facts.put("the tries left of job " + id, said(row.getInt(3)));
                });
        return new Facts(facts, timers);
    }

    /**
     * What became different though it must not; empty when all is as it was.
     *
     * @param choices what was chosen for running timers
     * @param mapped  events of the newer set that stand for one of the earlier: their timers are never set again
     */
    static List<String> differences(Facts before, Facts after, Map<String, TimerChoice> choices, Set<String> mapped) {
        List<String> differences = new ArrayList<>();
        Map<String, String> left = new TreeMap<>(after.facts());
        before.timers().forEach((id, alarm) -> {
            Alarm now = after.timers().get(id);
            TimerChoice choice = choices.getOrDefault(alarm.event(), TimerChoice.KEEP);
            boolean ended = now == null && choice == TimerChoice.END && !Judgement.isClock(alarm.event());
            boolean setAnew = now != null && choice == TimerChoice.NEW && !Judgement.isClock(alarm.event());
            if (now == null && !ended) {
                differences.add("the timer of " + alarm.event() + " (" + alarm.due() + ") would be lost");
            } else if (now != null && !setAnew && !now.due().equals(alarm.due())) {
                differences.add("the timer of " + alarm.event() + " would go off at " + now.due() + " instead of "
                        + alarm.due());
            }
            if (ended) {
                left.put("the tries left of job " + id, before.facts().get("the tries left of job " + id));
            }
        });
        after.timers().forEach((id, alarm) -> {
            if (!before.timers().containsKey(id)) {
                left.remove("the tries left of job " + id);
                if (mapped.contains(alarm.event())) {
                    differences.add("the timer of " + alarm.event() + ", which had gone off, would be set again");
                }
            }
        });
        before.facts().forEach((what, said) -> {
            String now = left.remove(what);
            if (!said.equals(now)) {
                differences.add(what + " would be " + (now == null ? "lost" : now) + " instead of " + said);
            }
        });
        left.forEach((what, said) -> differences.add(what + " would come into being: " + said));
        return differences;
    }

    private Set<String> groups(String taskId) {
        Set<String> groups = new TreeSet<>();
        tasks.getIdentityLinksForTask(taskId)
                .forEach(link ->
                        groups.add(link.getType() + ' ' + Objects.toString(link.getGroupId(), said(link.getUserId()))));
        return groups;
    }

    private static String said(@Nullable Object value) {
        if (value == null) {
            return "nothing";
        }
        return value instanceof Date date ? date.toInstant().toString() : value.toString();
    }
}
