package org.takedownhub.identity;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What asking gave. */
sealed interface Resolution {

    List<Hop> chain();

    /** @param url the address of the item itself */
    record Found(URI url, List<Hop> chain) implements Resolution {}

    /**
     * @param why     for a person
     * @param forGood asking again will give the same
     * @param retryAt when the other side says to come back
     */
    record Unresolved(String why, List<Hop> chain, boolean forGood, Optional<Instant> retryAt) implements Resolution {

        static Unresolved forNow(String why, List<Hop> chain) {
            return new Unresolved(why, chain, false, Optional.empty());
        }

        static Unresolved forGood(String why, List<Hop> chain) {
            return new Unresolved(why, chain, true, Optional.empty());
        }
    }
}
