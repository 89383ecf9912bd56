package org.takedownhub.modelling.migration;

import java.util.Map;
import org.takedownhub.modelling.ModelSet;

/** Where cases would go. */
public sealed interface Target {

    /**
     * A set that nobody has published yet.
     *
     * @param moved ids of steps of the live set, and what they are called here
     */
    record Draft(ModelSet set, Map<String, String> moved) implements Target {}

    /** A set that the engine has. */
    record Published(String deploymentId) implements Target {}
}
