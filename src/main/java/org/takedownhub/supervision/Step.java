package org.takedownhub.supervision;

import java.util.Optional;

/**
 * A flow node of a model as managers see it.
 *
 * @param id          of the node in the model
 * @param name        its label; the id where it has none
 * @param kind        what happens there
 * @param startsAsJob whether reaching it is a job of its own, so that a case can stand before it
 * @param deadline    the timer on its border that rings when its removal deadline has passed
 */
public record Step(String id, String name, Kind kind, boolean startsAsJob, Optional<String> deadline) {

    /** What happens at a node. */
    public enum Kind {
        /** Somebody works on it. */
        PERSON,
        /** The hub works on it. */
        HUB,
        /** The case waits for an answer or a moment. */
        WAIT,
        /** A part of the model with steps of its own, which are counted there as well. */
        PART,
        /** Begins, ends, branches: no case stands there for long. */
        PASSING
    }
}
