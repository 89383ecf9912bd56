package org.takedownhub.process;

import java.util.Map;
import java.util.OptionalInt;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Category;
import org.takedownhub.cases.CaseFile;
import org.takedownhub.cases.Cases;
import org.takedownhub.cases.ThreatToLifeRaised;

/**
 * The priority of a case's tasks: what the table says of the case as it is now, raised by what raises it for a while.
 * Deadlines are another matter and never follow from it.
 */
@Component
public class Urgency {

    private final DecisionTables tables;
    private final Cases cases;
    private final ObjectProvider<PriorityFloor> floors;
    private final RuntimeService runtime;
    private final TaskService tasks;
    private final AsSystem system;

    Urgency(
            DecisionTables tables,
            Cases cases,
            ObjectProvider<PriorityFloor> floors,
            RuntimeService runtime,
            TaskService tasks,
            AsSystem system) {
        this.tables = tables;
        this.cases = cases;
        this.floors = floors;
        this.runtime = runtime;
        this.tasks = tasks;
        this.system = system;
    }

    /** What the table says, raised. */
    public int raised(CaseReference reference, int byTheTable) {
        return floors.orderedStream()
                .map(floor -> floor.floor(reference))
                .flatMapToInt(OptionalInt::stream)
                .reduce(byTheTable, Math::max);
    }

    /** Whether something raises the priority of the case for a while. */
    public boolean isRaised(CaseReference reference) {
        return floors.orderedStream().anyMatch(floor -> floor.floor(reference).isPresent());
    }

    /**
     * Asks the table.
     *
     * @throws IllegalStateException the table has no rule for it
     */
    public DecisionTables.Ruling byTheTable(Category category, boolean threatToLife) {
        return tables.decide(
                        TakedownProcess.DECISION_CASE_PRIORITY,
                        Map.of(
                                TakedownProcess.CATEGORY.name(),
                                category.name(),
                                TakedownProcess.THREAT_TO_LIFE.name(),
                                threatToLife))
                .orElseThrow(() -> new IllegalStateException("The case priority table has no rule for " + category));
    }

    /** Brings open tasks, and those to come, to the priority that holds now. Joins the caller's transaction. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void refresh(CaseReference reference) {
        CaseFile file = cases.require(reference);
        int byTheTable = Integer.parseInt(
                byTheTable(file.category(), file.threatToLife()).text(TakedownProcess.CASE_PRIORITY.name()));
        int priority = raised(reference, byTheTable);
        boolean crisis = isRaised(reference);
        system.call(() -> {
            for (ProcessInstance instance : runtime.createProcessInstanceQuery()
                    .processInstanceBusinessKey(reference.value())
                    .list()) {
                runtime.setVariable(instance.getId(), TakedownProcess.CASE_PRIORITY.name(), priority);
                runtime.setVariable(instance.getId(), TakedownProcess.CRISIS.name(), crisis);
            }
            for (Task task : tasks.createTaskQuery()
                    .processInstanceBusinessKey(reference.value())
                    .list()) {
                if (task.getPriority() != priority) {
                    tasks.setPriority(task.getId(), priority);
                }
            }
            return priority;
        });
    }

    @EventListener
    void on(ThreatToLifeRaised raised) {
        refresh(raised.reference());
        system.call(() -> {
            for (ProcessInstance instance : runtime.createProcessInstanceQuery()
                    .processInstanceBusinessKey(raised.reference().value())
                    .list()) {
                runtime.setVariable(instance.getId(), TakedownProcess.THREAT_TO_LIFE.name(), true);
            }
            return true;
        });
    }
}
