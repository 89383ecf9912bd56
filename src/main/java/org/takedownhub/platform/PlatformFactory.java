package org.takedownhub.platform;

import java.util.Set;

/** Makes the instances of one kind. Each connector package has one, as a Spring component. */
public interface PlatformFactory {

    /** The {@code kind} in the settings. */
    String kind();

    /**
     * The families of content keys ({@code ContentKey.platform()}) that an enabled instance serves whatever the host of
     * the address is, because the network is one and its web addresses are many.
     */
    default Set<String> keyFamilies() {
        return Set.of();
    }

    /** @throws IllegalStateException a setting is missing or impossible; the message names it in full */
    Platform create(String instance, PlatformSettings settings);
}
