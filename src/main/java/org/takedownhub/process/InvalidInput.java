package org.takedownhub.process;

import java.util.List;
import java.util.stream.Collectors;

/** A person's input that cannot be taken: which field, what is wrong with it, and what to enter instead. */
public final class InvalidInput extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    public InvalidInput(List<Problem> problems) {
        super(problems.stream()
                .map(problem -> problem.field() + ": " + problem.detail())
                .collect(Collectors.joining("; ")));
        this.problems = List.copyOf(problems);
    }

    public InvalidInput(String field, String detail) {
        this(List.of(new Problem(field, detail)));
    }

    public List<Problem> problems() {
        return problems;
    }

    /** @param field the form's field key */
    public record Problem(String field, String detail) {}
}
