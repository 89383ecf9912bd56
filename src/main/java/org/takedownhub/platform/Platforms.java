package org.takedownhub.platform;

import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.takedownhub.casefile.Channel;
import org.takedownhub.casefile.ContentIdentity;
import org.takedownhub.casefile.KnownHosts;

/**
 * The platforms of the settings, and for every other host a portal: a person hands the notice in. The same goes for an
 * instance that is switched off.
 */
@Component
public class Platforms implements KnownHosts {

    /** The kind of platform that people serve by hand. */
    public static final String PORTAL = "portal";

    private static final Pattern INSTANCE = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern HOST = Pattern.compile("[a-z0-9](?:[a-z0-9.-]{0,252}[a-z0-9])?(?::[0-9]{1,5})?");
    private static final Pattern FALLBACK = Pattern.compile("[A-Za-z0-9_.:\\[\\]-]{1,255}");
    private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(2);
    private static final int MOST_WORKERS = 32;

    private final Map<String, PlatformFactory> factories;
    private final Map<String, PlatformSettings> settings;
    private final Map<String, Platform> platforms = new LinkedHashMap<>();
    private final Map<String, Platform> byHost = new HashMap<>();
    private final Map<String, Platform> byKeyFamily = new HashMap<>();

    /** @throws IllegalStateException a setting is missing or impossible; the message names it in full */
    public Platforms(PlatformsSettings settings, List<PlatformFactory> factories) {
        this.factories = factories.stream().collect(Collectors.toMap(PlatformFactory::kind, Function.identity()));
        this.settings = settings.platforms();
        this.settings.forEach(this::add);
    }

    /** The platform that content belongs to: by the host of its address, else by the family of its key. */
    public Platform serving(ContentIdentity identity) {
        String host = identity.host().toLowerCase(Locale.ROOT);
        Platform known = byHost.get(host);
        if (known == null) {
            known = byKeyFamily.get(identity.key().platform());
        }
        if (known != null) {
            return known;
        }
        // an at:// address has no host
        return byHand(FALLBACK.matcher(host).matches() ? host : identity.key().platform());
    }

    /**
     * The platform of this name, which a case remembers. A name that is not in the settings (any more) is a portal.
     *
     * @throws IllegalArgumentException no platform can have this name
     */
    public Platform require(String instance) {
        return configured(instance).orElseGet(() -> byHand(instance));
    }

    /** The platform of this name, if the settings have it; it may be switched off. */
    public Optional<Platform> configured(String instance) {
        return Optional.ofNullable(platforms.get(instance));
    }

    /** The settings in force for this name: those of a portal where it is not in the settings. */
    public PlatformSettings settings(String instance) {
        PlatformSettings known = settings.get(instance);
        return known == null ? settingsByHand(instance) : known;
    }

    /** The platform that sends mail for content whose own platform has no better way, if the settings have one. */
    public Optional<Platform> forMail() {
        return platforms.values().stream()
                .filter(platform -> platform.channel() == Channel.MAIL)
                .findFirst();
    }

    /** All platforms of the settings, in their order, those switched off among them. */
    public List<Platform> all() {
        return List.copyOf(platforms.values());
    }

    /** All kinds that this version has a connector for, in alphabetical order. */
    public List<PlatformFactory> kinds() {
        return factories.values().stream()
                .sorted(Comparator.comparing(PlatformFactory::kind))
                .toList();
    }

    /**
     * Makes a platform of settings that are only a draft, and keeps nothing of it.
     *
     * @throws IllegalStateException a setting is missing or impossible, beside the platforms there are; the message names
     *                               it in full
     */
    Platform draft(String instance, PlatformSettings entry) {
        check(instance, entry);
        if (settings.containsKey(instance)) {
            throw new IllegalStateException(
                    "The setting takedown.platforms." + instance + " is there already: choose another name");
        }
        for (String host : entry.hosts()) {
            Platform other = byHost.get(host.toLowerCase(Locale.ROOT));
            if (other != null) {
                throw taken(instance, host, other);
            }
        }
        return factory(instance, entry).create(instance, entry);
    }

    /** All hosts of the settings, with {@code :port} where it is not the scheme's own. */
    @Override
    public Set<String> knownHosts() {
        return settings.values().stream()
                .flatMap(entry -> entry.hosts().stream())
                .map(host -> host.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    private void add(String instance, PlatformSettings entry) {
        check(instance, entry);
        Platform platform = factory(instance, entry).create(instance, entry);
        platforms.put(instance, platform);
        for (String host : new LinkedHashSet<>(entry.hosts())) {
            Platform other = byHost.put(host.toLowerCase(Locale.ROOT), platform);
            if (other != null) {
                throw taken(instance, host, other);
            }
        }
        if (entry.enabled()) {
            factory(instance, entry).keyFamilies().forEach(family -> byKeyFamily.putIfAbsent(family, platform));
        }
    }

    private static IllegalStateException taken(String instance, String host, Platform other) {
        return impossible(
                instance,
                "hosts",
                "names " + host + ", which takedown.platforms." + other.instance() + ".hosts has already");
    }

    private static void check(String instance, PlatformSettings entry) {
        if (!INSTANCE.matcher(instance).matches()) {
            throw new IllegalStateException(
                    "takedown.platforms." + instance + ": the name must be 1 to 64 letters, digits, - or _");
        }
        if (entry.timeout().isNegative()
                || entry.timeout().isZero()
                || entry.timeout().compareTo(LONGEST_TIMEOUT) > 0) {
            throw impossible(
                    instance, "timeout", "must be more than nothing and at most " + LONGEST_TIMEOUT.toSeconds() + "s");
        }
        if (entry.workers() < 1 || entry.workers() > MOST_WORKERS) {
            throw impossible(instance, "workers", "must be from 1 to " + MOST_WORKERS);
        }
        for (String host : entry.hosts()) {
            if (!HOST.matcher(host.toLowerCase(Locale.ROOT)).matches()) {
                throw impossible(instance, "hosts", "must be host names like example.org or example.org:8443");
            }
        }
    }

    /** An instance that is switched off is a portal, whatever its kind. */
    private PlatformFactory factory(String instance, PlatformSettings entry) {
        PlatformFactory factory = factories.get(entry.kind());
        if (factory == null) {
            throw impossible(
                    instance,
                    "kind",
                    "is unknown; it must be one of " + String.join(", ", new TreeSet<>(factories.keySet())));
        }
        return entry.enabled() ? factory : portals();
    }

    private PlatformFactory portals() {
        PlatformFactory portals = factories.get(PORTAL);
        if (portals == null) {
            throw new IllegalStateException("There is no factory for platforms of kind " + PORTAL);
        }
        return portals;
    }

    private Platform byHand(String host) {
        if (!FALLBACK.matcher(host).matches()) {
            throw new IllegalArgumentException("No platform can have this name");
        }
        return portals().create(host, settingsByHand(host));
    }

    private static PlatformSettings settingsByHand(String host) {
        return new PlatformSettings(
                PORTAL,
                true,
                null,
                List.of(host),
                null,
                null,
                null,
                null,
                null,
                Duration.ofSeconds(10),
                2,
                Collections.singletonMap("look", "page"));
    }

    private static IllegalStateException impossible(String instance, String setting, String why) {
        return new IllegalStateException("The setting takedown.platforms." + instance + "." + setting + " " + why);
    }
}
