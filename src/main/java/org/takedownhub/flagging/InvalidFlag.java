package org.takedownhub.flagging;

import java.util.List;
import java.util.stream.Collectors;

/** A flag that cannot be taken: every field that is wrong, and what to enter instead. */
public final class InvalidFlag extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    InvalidFlag(List<Problem> problems) {
        super(problems.stream().map(Problem::detail).collect(Collectors.joining(" ")));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }

    /** @param field one of {@link FlagRules#FIELDS} */
    public record Problem(String field, String detail) {}
}
