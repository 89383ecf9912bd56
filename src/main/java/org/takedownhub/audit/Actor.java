package org.takedownhub.audit;

import java.util.Set;

/** Who is acting on this thread. The access room knows people; anything else is the system. */
@FunctionalInterface
public interface Actor {

    String SYSTEM = "system";

    /** The signed-in user's id, or {@link #SYSTEM}. */
    String current();

    /** The groups of the signed-in user; empty where nobody is. */
    default Set<String> groups() {
        return Set.of();
    }
}
