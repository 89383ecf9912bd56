package org.takedownhub.modelling.lint;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.takedownhub.modelling.ModelFile;

/**
 * What was found out about files lately. While somebody draws, one file changes and some forty do not, and the same live
 * set is compared with each time.
 */
final class Remembered<T> {

    private final int longest;
    private final Map<String, T> known;

    /**
     * @param most    how many files are remembered
     * @param longest characters of a file worth remembering, so that nobody can fill the memory with large ones
     */
    Remembered(int most, int longest) {
        this.longest = longest;
        this.known = new LinkedHashMap<>(16, 0.75f, true) {

            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
                return size() > most;
            }
        };
    }

    T of(ModelFile file, Supplier<T> asked) {
        if (file.text().length() > longest) {
            return asked.get();
        }
        String key = file.name() + " " + file.sha256();
        synchronized (known) {
            T remembered = known.get(key);
            if (remembered != null) {
                return remembered;
            }
        }
        // Not under the lock: one file must not keep others waiting.
        T found = asked.get();
        synchronized (known) {
            known.put(key, found);
        }
        return found;
    }
}
