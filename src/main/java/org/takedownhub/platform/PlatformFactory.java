package org.takedownhub.platform;

import java.util.List;
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

    /** What this kind is, in a few words an operator reads; empty while nobody has written them. */
    default String description() {
        return "";
    }

    /**
     * What an instance of this kind needs and may have, beside what every instance may have ({@code hosts},
     * {@code timeout}, {@code workers}, {@code enabled}), the most important first. Empty while nobody has written it
     * down: then the guided entry offers what there is in general.
     */
    default List<SettingDescription> settings() {
        return List.of();
    }

    /** @throws IllegalStateException a setting is missing or impossible; the message names it in full */
    Platform create(String instance, PlatformSettings settings);
}
