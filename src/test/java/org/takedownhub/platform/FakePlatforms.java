package org.takedownhub.platform;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Fake platforms as the registry wants them, each with one thread. */
public final class FakePlatforms {

    private final Map<String, FakePlatform> fakes;

    private final @Nullable URI baseUrl;
    private final Set<String> switchedOff;

    private FakePlatforms(Map<String, FakePlatform> fakes, @Nullable URI baseUrl, Set<String> switchedOff) {
        this.fakes = fakes;
        this.baseUrl = baseUrl;
        this.switchedOff = switchedOff;
    }

    public static FakePlatforms of(FakePlatform... fakes) {
        return new FakePlatforms(
                List.of(fakes).stream().collect(Collectors.toMap(FakePlatform::instance, it -> it)), null, Set.of());
    }

    /** The same, at an address that an operator vouches for. */
    public FakePlatforms at(URI address) {
        return new FakePlatforms(fakes, address, switchedOff);
    }

    /** The same, with one that the settings list and do not use. */
    public FakePlatforms switchedOff(String instance) {
        return new FakePlatforms(fakes, baseUrl, Set.of(instance));
    }

    public PlatformsSettings settings() {
        return new PlatformsSettings(fakes.keySet().stream()
                .collect(Collectors.toMap(
                        instance -> instance,
                        instance -> settings(!switchedOff.contains(instance), List.of(instance + ".example")))));
    }

    public Platforms platforms() {
        return new Platforms(settings(), List.of(factory(FakePlatform.KIND), factory(Platforms.PORTAL)));
    }

    /** Names that no fake has are portals to which nobody can report. */
    private PlatformFactory factory(String kind) {
        return new PlatformFactory() {
            @Override
            public String kind() {
                return kind;
            }

            @Override
            public Platform create(String instance, PlatformSettings settings) {
                FakePlatform portal = new FakePlatform(instance);
                portal.alwaysAnswers(notice -> new NeedsPerson("no API"));
                return fakes.getOrDefault(instance, portal);
            }
        };
    }

    private PlatformSettings settings(boolean enabled, List<String> hosts) {
        return new PlatformSettings(
                FakePlatform.KIND,
                enabled,
                baseUrl,
                hosts,
                null,
                null,
                null,
                null,
                null,
                Duration.ofSeconds(10),
                1,
                Map.of());
    }
}
