package org.takedownhub.engine;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where a story is played in a {@link ScratchEngine}: for one thread, and for no longer than the story. */
public interface Stage {

    /** What time it is in the story, UTC. */
    Instant now();

    /** Moves the story's clock, forward only. */
    void moveTo(Instant instant);

    /**
     * Starts a process of the set.
     *
     * @throws IllegalStateException the set has no such process
     */
    void start(String process, String businessKey, Map<String, Object> variables);

    /** Everything that the story waits for now, in the order of a walk through its processes. */
    List<Waiting> waiting();

    /** Completes a task as a person does. */
    void complete(Waiting task, Map<String, Object> variables);

    /** Tells an execution that waits for a message. */
    void deliver(Waiting message, Map<String, Object> variables);

    /** Lets a timer ring. */
    void ring(Waiting timer);

    /** Has a timer ring at another time. */
    void postpone(Waiting timer, Instant until);

    /** A variable as it is seen from there. */
    Optional<Object> variable(Waiting there, String name);

    /** Sets a variable where it is seen from there, or at the process where it is not seen yet. */
    void setVariable(Waiting there, String name, Object value);

    /** How often a step has begun so far. */
    int passed();

    /** The ids of all steps that have begun so far, in the order of their first time. */
    Set<String> steps();

    /** What a story waits for. */
    enum Kind {
        TASK,
        MESSAGE,
        TIMER
    }

    /**
     * One wait.
     *
     * @param id        of it alone
     * @param kind      what kind
     * @param node      the id of the step or event in the drawing
     * @param label     how the drawing calls it
     * @param name      of the form for a task, of the message for a message; else empty
     * @param groups    whose task it is
     * @param dueAt     when a timer rings, or a task should be done, UTC
     * @param execution what waits; a timer at the edge of a step shares it with what waits in the step
     */
    record Waiting(
            String id,
            Kind kind,
            String node,
            String label,
            String name,
            List<String> groups,
            Optional<Instant> dueAt,
            String execution) {}

    /** A story that goes on without end. */
    final class CutShort extends RuntimeException {

        private static final long serialVersionUID = 1L;

        CutShort(String why) {
            super(why);
        }
    }
}
