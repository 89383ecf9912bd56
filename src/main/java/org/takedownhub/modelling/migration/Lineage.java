package org.takedownhub.modelling.migration;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.stereotype.Component;
import org.takedownhub.modelling.PublishedModels;
import org.takedownhub.process.AsSystem;

/** What a step of an old set is called in a newer one, over all sets that were published between them. */
@Component
class Lineage {

    private final PublishedModels published;
    private final Renamings renamings;
    private final AsSystem system;

    Lineage(PublishedModels published, Renamings renamings, AsSystem system) {
        this.published = published;
        this.renamings = renamings;
        this.system = system;
    }

    /** Ids that changed between two published sets, in the order of their publication. */
    Map<String, String> between(String earlierDeploymentId, String laterDeploymentId) {
        List<String> newestFirst = system.call(published::history);
        int from = newestFirst.indexOf(earlierDeploymentId);
        int to = newestFirst.indexOf(laterDeploymentId);
        Map<String, String> ids = new TreeMap<>();
        for (int step = from - 1; step >= Math.max(to, 0); step--) {
            ids = then(ids, renamings.moved(newestFirst.get(step)));
        }
        return ids;
    }

    /** Two changes of ids one after the other. */
    static Map<String, String> then(Map<String, String> first, Map<String, String> second) {
        Map<String, String> both = new TreeMap<>();
        first.forEach((earlier, between) -> both.put(earlier, second.getOrDefault(between, between)));
        Set<String> taken = new HashSet<>(first.values());
        second.forEach((earlier, later) -> {
            if (!taken.contains(earlier)) {
                both.putIfAbsent(earlier, later);
            }
        });
        both.entrySet().removeIf(move -> move.getKey().equals(move.getValue()));
        return both;
    }
}
