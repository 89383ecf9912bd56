package org.takedownhub.flagging;

import java.util.List;
import java.util.stream.Collectors;

/** A flag that cannot be taken: every field that is wrong, and what to enter instead. */
public final class InvalidFlag extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;
    private final boolean forbidden;

    InvalidFlag(List<Problem> problems) {
        this(problems, false);
    }

    /** What this person may not flag; nothing else of the flag is looked at. */
    InvalidFlag(Problem forbidden) {
        this(List.of(forbidden), true);
    }

    private InvalidFlag(List<Problem> problems, boolean forbidden) {
        super(problems.stream().map(Problem::detail).collect(Collectors.joining(" ")));
        this.problems = List.copyOf(problems);
        this.forbidden = forbidden;
    }

    /** Whether somebody else might have flagged this. */
    public boolean forbidden() {
        return forbidden;
    }

    public List<Problem> problems() {
        return problems;
    }

    /** @param field one of {@link FlagRules#FIELDS} */
    public record Problem(String field, String detail) {}
}
