package org.takedownhub.platform;

import java.util.Map;

/**
 * A platform's webhook, verified.
 *
 * @param deliveryKey repeated deliveries share it
 * @param kind        the platform's own name, such as {@code report.updated}
 * @param identities  what it is about, in the names of {@link Content#identities()}: the store finds the cases by them
 * @param actionTaken the platform says that it dealt with the matter, which is not the same as removed: look now
 */
public record PlatformEvent(String deliveryKey, String kind, Map<String, String> identities, boolean actionTaken) {

    public PlatformEvent {
        identities = Map.copyOf(identities);
    }
}
