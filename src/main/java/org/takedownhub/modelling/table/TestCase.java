package org.takedownhub.modelling.table;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An input that a table must answer as written.
 *
 * @param inputs   by the inputs' names; an empty text: that input is not known
 * @param expected by the outputs' names; an output that is not here is not looked at
 * @param noRule   that no row fits is what is expected
 */
public record TestCase(String name, Map<String, String> inputs, Map<String, String> expected, boolean noRule) {

    public TestCase {
        inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
        expected = Collections.unmodifiableMap(new LinkedHashMap<>(expected));
    }
}
