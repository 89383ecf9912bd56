package org.takedownhub.platform.page;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What sites showed for addresses that cannot exist: asked for once an hour, not for each item. */
final class RecentPages {

    private static final int MOST = 50;
    private static final Duration KEPT = Duration.ofHours(1);

    private final Map<String, Kept> pages = new LinkedHashMap<>(16, 0.75f, true) {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Kept> eldest) {
            return size() > MOST;
        }
    };

    private record Kept(Optional<Page> page, Instant until) {}

    Optional<Page> get(String key, Instant now, Supplier<Optional<Page>> fetch) {
        synchronized (pages) {
            Kept kept = pages.get(key);
            if (kept != null && now.isBefore(kept.until())) {
                return kept.page();
            }
        }
        Optional<Page> page = fetch.get();
        synchronized (pages) {
            pages.put(key, new Kept(page, now.plus(KEPT)));
        }
        return page;
    }
}
