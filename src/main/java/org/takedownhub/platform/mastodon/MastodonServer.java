package org.takedownhub.platform.mastodon;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.takedownhub.platform.PlatformUnavailable;
import org.takedownhub.platform.SafeHttp.Response;

/** What the server says about itself, asked again after an hour. */
final class MastodonServer {

    private static final Pattern VERSION = Pattern.compile("v?([0-9]{1,4})\\.([0-9]{1,4})(?:[.+ -].*)?");
    private static final Duration KEPT = Duration.ofHours(1);

    private final String instance;
    private final MastodonSettings settings;
    private final MastodonApi api;
    private final Clock clock;
    private volatile @Nullable Description description;

    MastodonServer(String instance, MastodonSettings settings, MastodonApi api, Clock clock) {
        this.instance = instance;
        this.settings = settings;
        this.api = api;
        this.clock = clock;
    }

    /** @param rules the ids of its rules */
    record Description(Dialect dialect, boolean takesLegal, Set<String> rules, Instant readAt) {}

    /** Without asking: as set, else as the server last said, else plain Mastodon. */
    Dialect dialect() {
        Description known = description;
        return settings.dialect().orElse(known == null ? Dialect.MASTODON : known.dialect());
    }

    /** @throws PlatformUnavailable it does not say */
    Description describe() {
        Description known = description;
        if (known == null || clock.instant().isAfter(known.readAt().plus(KEPT))) {
            known = ask();
            description = known;
        }
        return known;
    }

    /**
     * Asks anew.
     *
     * @throws PlatformUnavailable it does not say, or it is another make than the settings say
     */
    void check() {
        Description said = ask();
        description = said;
        settings.dialect().filter(set -> set != said.dialect()).ifPresent(set -> {
            throw new PlatformUnavailable(
                    "takedown.platforms." + instance + ".options.dialect says " + set.option() + ", but this is "
                            + said.dialect().words() + ": mend it",
                    Optional.empty());
        });
    }

    private Description ask() {
        Response answer = api.read("api/v2/instance");
        if (answer.status() == 404) {
            answer = api.read("api/v1/instance");
        }
        if (answer.status() == 401 || answer.status() == 403) {
            answer = api.readSignedIn("api/v2/instance");
        }
        if (answer.status() != 200) {
            throw new PlatformUnavailable(
                    instance + " answered HTTP " + answer.status() + " instead of saying what it is", Optional.empty());
        }
        Entities.Instance said = MastodonApi.entity(answer, Entities.Instance.class)
                .filter(entity -> entity.version() != null)
                .orElseThrow(() -> new PlatformUnavailable(
                        instance + " answered with something that is not a description of the server",
                        Optional.empty()));
        Set<String> rules = (said.rules() == null ? List.<Entities.Rule>of() : said.rules())
                .stream()
                        .filter(Objects::nonNull)
                        .map(Entities.Rule::id)
                        .filter(Entities::isId)
                        .collect(Collectors.toSet());
        String version = String.valueOf(said.version());
        return new Description(Dialect.of(version, said.sourceUrl()), takesLegal(version), rules, clock.instant());
    }

    /** {@code legal} came with Mastodon 4.2; servers of other makes have lower numbers, and do not know it. */
    private static boolean takesLegal(String version) {
        Matcher number = VERSION.matcher(version);
        if (!number.matches() || version.contains("compatible")) {
            return false;
        }
        int major = Integer.parseInt(number.group(1));
        return major > 4 || major == 4 && Integer.parseInt(number.group(2)) >= 2;
    }
}
