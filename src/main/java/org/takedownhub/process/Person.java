package org.takedownhub.process;

import java.util.Set;

/** Somebody signed in: user id and the groups they belong to. */
public record Person(String id, Set<String> groups) {

    public Person {
        groups = Set.copyOf(groups);
    }
}
