package org.takedownhub.platform;

/** Makes the instances of one kind. Each connector package has one, as a Spring component. */
public interface PlatformFactory {

    /** The {@code kind} in the settings. */
    String kind();

    /** @throws IllegalStateException a setting is missing or impossible; the message names it in full */
    Platform create(String instance, PlatformSettings settings);
}
