package org.takedownhub.platform.activitypub;

import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** How often one address may call what everybody may call. What is remembered is bounded; the oldest is forgotten first. */
final class Visits {

    static final int PER_MINUTE = 120;

    private static final int REMEMBERED = 10_000;

    private final Map<String, Bucket> buckets = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > REMEMBERED;
        }
    };

    synchronized boolean admit(String source) {
        return buckets.computeIfAbsent(source, unknown -> Bucket.builder()
                        .addLimit(
                                limit -> limit.capacity(PER_MINUTE).refillIntervally(PER_MINUTE, Duration.ofMinutes(1)))
                        .build())
                .tryConsume(1);
    }
}
