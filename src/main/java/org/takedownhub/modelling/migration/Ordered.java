package org.takedownhub.modelling.migration;

import java.util.List;

/** What came of an order. */
public sealed interface Ordered {

    /** It is on its way. */
    record Started(String migration) implements Ordered {}

    /** Nothing was started, because of these. */
    record Refused(List<Problem> problems) implements Ordered {

        public Refused {
            problems = List.copyOf(problems);
        }
    }

    /** @param about what of the order it is about: {@code cases}, {@code timers} or {@code replan} */
    record Problem(String about, String detail) {}
}
