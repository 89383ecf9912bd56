package org.takedownhub.engine;

import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;

/**
 * Has every step of a scratch engine's models say that it begins, and lets none of them wait for a job executor that is
 * not there: where a transaction ends changes nothing about the way a case takes.
 */
final class StageMarks extends AbstractBpmnParseListener {

    @Override
    public void parseProcess(Element element, ProcessDefinitionEntity process) {
        mark(process);
    }

    private static void mark(ScopeImpl scope) {
        for (ActivityImpl step : scope.getActivities()) {
            step.setAsyncBefore(false);
            step.setAsyncAfter(false);
            step.addBuiltInListener(ExecutionListener.EVENTNAME_START, (ExecutionListener)
                    execution -> PlayedStage.begun(step.getId()));
            mark(step);
        }
    }
}
