package org.takedownhub.modelling.outline;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A process in words.
 *
 * @param id            of the process
 * @param documentation empty where there is none
 * @param steps         in the order in which a case comes to them
 */
public record Outline(String id, String name, String documentation, List<Step> steps) {

    /** The kind of a step that a person does. */
    public static final String PERSONS_TASK = "Task for a person";

    /**
     * @param name          as in the drawing; where it has none, its id
     * @param kind          what sort of step it is, in a few words
     * @param does          what happens at it, as sentences
     * @param group         who does it; empty where no person does
     * @param due           until when; empty where it has no due date
     * @param documentation empty where there is none
     * @param ways          what follows
     * @param happenings    what may happen while a case is at it
     * @param steps         the steps inside it
     */
    public record Step(
            String id,
            String name,
            String kind,
            List<String> does,
            String group,
            String due,
            String documentation,
            List<Way> ways,
            List<Happening> happenings,
            List<Step> steps) {}

    /** @param when empty where it is always taken */
    public record Way(String when, String stepId, String step) {}

    /**
     * @param when  what makes it happen
     * @param stops whether the step it happens at is left
     */
    public record Happening(String id, String name, String when, boolean stops, List<Way> ways) {}

    /** Every step, those inside others included, each before the ones inside it. */
    public List<Step> all() {
        return steps.stream().flatMap(Outline::withInner).toList();
    }

    public Optional<Step> step(String id) {
        return all().stream().filter(step -> step.id().equals(id)).findFirst();
    }

    private static Stream<Step> withInner(Step step) {
        return Stream.concat(Stream.of(step), step.steps().stream().flatMap(Outline::withInner));
    }
}
