package org.takedownhub.process;

import java.util.function.Supplier;

/**
 * Runs the hub's own work in the engine while a person is signed in there: what the hub does on somebody's word is not
 * limited by what that person could do in the engine directly.
 */
public interface AsSystem {

    <T> T call(Supplier<T> work);
}
