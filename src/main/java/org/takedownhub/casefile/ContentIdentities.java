package org.takedownhub.casefile;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * From the address of a post to the identity of its content, so that two spellings of one post meet in one case.
 * Nothing here asks the network: what only the platform can tell makes the key weak.
 */
public final class ContentIdentities {

    /** Longest address taken, in characters. */
    public static final int MAX_URL_LENGTH = 2000;

    private static final int MAX_WRAPPINGS = 5;

    /** Short links first: their paths lie on hosts that also have items. */
    private static final List<PlatformRule> PLATFORMS = Stream.concat(
                    Stream.of(
                            new ShortLinkRule(),
                            new YouTubeRule(),
                            new XRule(),
                            new TikTokRule(),
                            new InstagramRule(),
                            new ThreadsRule(),
                            new FacebookRule(),
                            new BlueskyRule(),
                            new ArchiveRule()),
                    ShapedRule.ALL.stream())
            .toList();

    /** Software that runs on anybody's host and is known by the shape of its paths. */
    private static final List<PlatformRule> ANYWHERE =
            List.of(new PeerTubeRule(), new FediverseRule(), new LemmyRule());

    private static final Set<String> PLATFORM_SITES = platformSites();
    private static final PlatformRule WEB = new WebRule(PLATFORM_SITES);

    private ContentIdentities() {}

    /**
     * The identity of the content behind an address.
     *
     * @param rawUrl as somebody pasted it; a host with a rule of its own may stand without a scheme and reads as https
     * @throws InvalidContentUrl when the address cannot be that of a post; the message says what to send instead
     */
    public static ContentIdentity identify(String rawUrl) {
        return identify(rawUrl, Set.of());
    }

    /**
     * As {@link #identify(String)}, where the hosts of configured platforms count as known, too.
     *
     * @param platformHosts {@code host} or {@code host:port}, as in {@code takedown.platforms.<instance>.hosts}
     * @throws InvalidContentUrl when the address cannot be that of a post; the message says what to send instead
     */
    public static ContentIdentity identify(String rawUrl, Collection<String> platformHosts) {
        Set<String> knownHosts = new HashSet<>(PLATFORM_SITES);
        platformHosts.forEach(host -> knownHosts.add(UrlText.lowerCase(host)));
        ContentIdentity identity = identify(rawUrl, knownHosts, 0);
        if (identity.canonicalUrl().toString().length() > MAX_URL_LENGTH) {
            throw WebRule.tooLong();
        }
        return identity;
    }

    private static ContentIdentity identify(String rawUrl, Set<String> knownHosts, int wrappings) {
        String text = UrlText.cleaned(rawUrl);
        if (text.regionMatches(true, 0, "at://", 0, 5)) {
            return BlueskyRule.identifyAtUri(text);
        }
        text = AppLinks.asWebAddress(text).orElse(text);
        WebAddress address = WebAddress.parse(text, knownHosts);
        WebAddress.refuseImitation(address, knownHosts);
        Optional<String> inner = Wrappers.inner(address);
        if (inner.isPresent()) {
            if (wrappings == MAX_WRAPPINGS) {
                throw new InvalidContentUrl(
                        "More than %d addresses are wrapped into each other: open the post and send its own address"
                                .formatted(MAX_WRAPPINGS));
            }
            return identify(inner.get(), knownHosts, wrappings + 1);
        }
        Optional<ArchiveRule.Capture> capture =
                wrappings == MAX_WRAPPINGS ? Optional.empty() : ArchiveRule.capture(address);
        if (capture.isPresent()) {
            return capture.get().of(identify(capture.get().original(), knownHosts, wrappings + 1));
        }
        return rules(address)
                .map(rule -> rule.identify(address))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow();
    }

    /** The rules that may know the address, the general one last. */
    private static Stream<PlatformRule> rules(WebAddress address) {
        List<PlatformRule> special = PLATFORM_SITES.contains(address.site())
                ? PLATFORMS.stream()
                        .filter(rule -> rule.hosts().contains(address.site()) || rule instanceof ShortLinkRule)
                        .toList()
                : ANYWHERE;
        return Stream.concat(special.stream(), Stream.of(WEB));
    }

    private static Set<String> platformSites() {
        Set<String> sites = new HashSet<>();
        PLATFORMS.forEach(rule -> sites.addAll(rule.hosts()));
        return Set.copyOf(sites);
    }
}
