package org.takedownhub.process;

import java.util.Optional;

/** Which set of models the step that this thread is working on belongs to. */
@FunctionalInterface
public interface RunningSet {

    /** The engine's id of the deployment; empty while no step of a process runs here. */
    Optional<String> deploymentId();
}
