package org.takedownhub.modelling.migration;

import java.util.Map;

/** What the steps of a published set were called in the set that was live before it. */
@FunctionalInterface
public interface Renamings {

    /** @return earlier id to later id, of steps whose id changed with this deployment; empty when none did */
    Map<String, String> moved(String deploymentId);
}
