package org.takedownhub.escalation;

import java.util.List;

/**
 * What one action of the ladder's table really does. It runs once for each recipient and rung, in the transaction that
 * climbs; whatever leaves the hub does so through a store that sends each key once.
 */
interface RungEffect {

    /** As the table names it, such as {@code REGULATOR}. */
    String action();

    /** Does it, and says what was sent or filed; never empty. */
    List<Done> climb(RungInHand rung);
}
