package org.takedownhub.audit;

/** Who is acting on this thread. The access room knows people; anything else is the system. */
@FunctionalInterface
public interface Actor {

    String SYSTEM = "system";

    /** The signed-in user's id, or {@link #SYSTEM}. */
    String current();
}
