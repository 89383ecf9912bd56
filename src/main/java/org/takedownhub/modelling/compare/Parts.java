package org.takedownhub.modelling.compare;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.takedownhub.modelling.compare.Change.Kind;

/**
 * Things with an id, on either side.
 *
 * @param <T> what such a thing is
 */
record Parts<T>(Map<String, T> before, Map<String, T> after) {

    interface Side<T> {
        Change of(Kind kind, String id, T part);
    }

    /** What is gone, what is new, and what {@code both} finds in those that are on both sides. */
    List<Change> compare(Side<T> one, Both<T> both) {
        List<Change> changes = new ArrayList<>();
        before.forEach((id, part) -> {
            if (!after.containsKey(id)) {
                changes.add(one.of(Kind.REMOVED, id, part));
            }
        });
        after.forEach((id, part) -> {
            T earlier = before.get(id);
            if (earlier == null) {
                changes.add(one.of(Kind.ADDED, id, part));
            } else {
                changes.addAll(both.of(id, earlier, part));
            }
        });
        return changes;
    }

    interface Both<T> {
        List<Change> of(String id, T before, T after);
    }

    /** Each property that differs, in the order of the earlier side. */
    static List<Change> properties(
            Map<String, String> before, Map<String, String> after, BiFunction<String, String[], Change> said) {
        Set<String> keys = new LinkedHashSet<>(before.keySet());
        keys.addAll(after.keySet());
        List<Change> changes = new ArrayList<>();
        for (String key : keys) {
            String was = before.getOrDefault(key, "");
            String is = after.getOrDefault(key, "");
            if (!was.equals(is)) {
                changes.add(said.apply(key, new String[] {was, is}));
            }
        }
        return changes;
    }
}
