package org.takedownhub.modelling.lint;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.takedownhub.modelling.Finding;

/**
 * What was found in files lately. While somebody draws, one file changes and some thirty do not; the decision engine
 * would read them all again each time.
 */
final class Remembered {

    private static final int MOST = 300;

    private final Map<String, List<Finding>> findings = new LinkedHashMap<>(16, 0.75f, true) {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<Finding>> eldest) {
            return size() > MOST;
        }
    };

    /** @param key says what was looked at, content and all */
    List<Finding> of(String key, Supplier<List<Finding>> asked) {
        synchronized (findings) {
            List<Finding> known = findings.get(key);
            if (known != null) {
                return known;
            }
        }
        // Not under the lock: a large file must not keep others waiting.
        List<Finding> found = asked.get();
        synchronized (findings) {
            findings.put(key, found);
        }
        return found;
    }
}
