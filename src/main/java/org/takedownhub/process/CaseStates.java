package org.takedownhub.process;

import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.cases.Cases;

/** Keeps the state of a case in step with where its process stands, in the engine's own transaction. */
@Component
class CaseStates {

    private final Cases cases;

    CaseStates(Cases cases) {
        this.cases = cases;
    }

    @EventListener(
            condition = "#execution.eventName == '" + ExecutionListener.EVENTNAME_START + "' and"
                    + " #execution.currentActivityId == 'StartEvent_ContentFlagged'")
    void began(DelegateExecution execution) {
        // The id of a definition is key:version:id.
        String definition = execution.getProcessDefinitionId();
        cases.runsOn(
                new CaseReference(execution.getProcessBusinessKey()),
                definition.substring(0, definition.lastIndexOf(':')));
    }

    @EventListener(condition = "#execution.eventName == '" + ExecutionListener.EVENTNAME_START + "'")
    void on(DelegateExecution execution) {
        Optional.ofNullable(TakedownProcess.STATES.get(execution.getCurrentActivityId()))
                .ifPresent(state -> cases.moveTo(new CaseReference(execution.getProcessBusinessKey()), state));
    }
}
