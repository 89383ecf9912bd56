package org.takedownhub.platform;

/**
 * Told about each verified webhook once, in the transaction that remembers its delivery: if it throws, the delivery is
 * forgotten and the platform will repeat it. It only notes what to do; it calls no platform.
 */
public interface PlatformEventListener {

    /** @param instance the platform's name in the settings */
    void received(String instance, PlatformEvent event);
}
