package org.takedownhub.engine;

import java.util.Set;

/** The guard for tests without the hub. */
public final class GuardInTest {

    private GuardInTest() {}

    public static ModelGuard knowing(Set<String> delegates) {
        return new ModelGuard(() -> delegates);
    }
}
