package org.takedownhub.access;

import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngines;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

/**
 * The engine's web applications look their engine up by name in a registry that exists once per JVM. Hubs of other
 * tests put theirs there too, so this hub's engine is put in front again before its tests.
 */
final class EngineInFront implements TestExecutionListener {

    @Override
    public void beforeTestClass(TestContext test) {
        ProcessEngines.registerProcessEngine(test.getApplicationContext().getBean(ProcessEngine.class));
    }
}
