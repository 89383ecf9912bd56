package org.takedownhub.casefile;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Bluesky and the AT Protocol: a record is repository, collection and record key. A repository named by its DID stays;
 * one named by a handle has to be resolved, so its key is weak. Syntax: atproto.com/specs/at-uri-scheme, /did, /handle,
 * /record-key.
 */
final class BlueskyRule implements PlatformRule {

    private static final String SITE = "https://bsky.app/profile/";
    private static final String DID = "did:[a-z]+:[A-Za-z0-9._:%-]*[A-Za-z0-9._-]";
    private static final String HANDLE =
            "(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+[A-Za-z](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    private static final String REPOSITORY = "(" + DID + "|@?" + HANDLE + ")";
    private static final String RECORD_KEY = "((?!\\.{1,2}(?:[/?#]|$))[A-Za-z0-9._:~-]{1,512})";
    private static final Pattern AT_URI = Pattern.compile(
            "(?i:at)://" + REPOSITORY + "(?:/([A-Za-z][A-Za-z0-9.-]{0,316})/" + RECORD_KEY + ")?/?(?:[?#].*)?");
    private static final Pattern PAGE_PATH =
            Pattern.compile("/profile/" + REPOSITORY + "(?:/(post|feed|lists)/" + RECORD_KEY + "(?:/.*)?)?");
    private static final Pattern STARTER_PACK_PATH =
            Pattern.compile("/(?:starter-pack|start)/" + REPOSITORY + "/" + RECORD_KEY);
    private static final Map<String, String> TYPES = Map.of(
            "app.bsky.feed.post", "post",
            "app.bsky.feed.generator", "feed",
            "app.bsky.graph.list", "list",
            "app.bsky.graph.starterpack", "starter-pack");
    private static final Map<String, String> PAGES = Map.of("post", "post", "feed", "feed", "lists", "list");

    /** The app itself and clients of its network that keep its paths. */
    @Override
    public Set<String> hosts() {
        return Set.of(
                "bsky.app",
                "embed.bsky.app",
                "main.bsky.dev",
                "staging.bsky.app",
                "deer.social",
                "blacksky.community",
                "fxbsky.app",
                "bskyx.app",
                "vxbsky.app");
    }

    @Override
    public Optional<ContentIdentity> identify(WebAddress address) {
        Matcher page = PAGE_PATH.matcher(address.shape());
        if (page.matches()) {
            return page.group(2) == null
                    ? account(page.group(1))
                    : item(PAGES.get(page.group(2)), page.group(1), page.group(3));
        }
        if (address.segment(0).equals("embed") && address.segments().size() == 4) {
            Matcher embedded = AT_URI.matcher("at:/" + address.shape().substring("/embed".length()));
            return embedded.matches() && TYPES.containsKey(embedded.group(2))
                    ? item(TYPES.get(embedded.group(2)), embedded.group(1), embedded.group(3))
                    : Optional.empty();
        }
        Matcher pack = STARTER_PACK_PATH.matcher(address.shape());
        return pack.matches() ? item("starter-pack", pack.group(1), pack.group(2)) : Optional.empty();
    }

    /** @throws InvalidContentUrl when the text is no at:// URI of a record or an account */
    static ContentIdentity identifyAtUri(String text) {
        Matcher uri = AT_URI.matcher(text);
        if (!uri.matches()) {
            throw new InvalidContentUrl(
                    "An at:// address reads at://did:plc:…/app.bsky.feed.post/…: copy it again completely");
        }
        if (uri.group(2) == null) {
            return account(uri.group(1)).orElseThrow();
        }
        String type = TYPES.get(uri.group(2));
        return (type == null
                        ? record(uri.group(1), uri.group(2), uri.group(3))
                        : item(type, uri.group(1), uri.group(3)))
                .orElseThrow();
    }

    private static Optional<ContentIdentity> account(String repository) {
        String id = repositoryId(repository);
        return found(ContentKey.of("at", "account", id), SITE + inPath(id), id);
    }

    private static Optional<ContentIdentity> item(String type, String repository, String recordKey) {
        String id = repositoryId(repository);
        String url =
                switch (type) {
                    case "list" -> SITE + inPath(id) + "/lists/" + recordKey;
                    case "starter-pack" -> "https://bsky.app/starter-pack/" + inPath(id) + "/" + recordKey;
                    default -> SITE + inPath(id) + "/" + type + "/" + recordKey;
                };
        return found(ContentKey.of("at", type, id + "/" + recordKey), url, id);
    }

    /** A record that the app has no page for keeps its at:// address; it belongs to the app's network all the same. */
    private static Optional<ContentIdentity> record(String repository, String collection, String recordKey) {
        String id = repositoryId(repository);
        String path = id + "/" + collection + "/" + recordKey;
        return found(ContentKey.of("at", "record", path), "at://" + path, id)
                .map(found -> new ContentIdentity(
                        found.key(), found.canonicalUrl(), "bsky.app", found.accountKey(), found.weak()));
    }

    private static Optional<ContentIdentity> found(ContentKey key, String url, String repository) {
        String account = "at:account:" + repository;
        return repository.startsWith("did:")
                ? PlatformRule.certain(key, url, account)
                : PlatformRule.weak(key, url, account);
    }

    /** Handles know no case; DIDs do. */
    private static String repositoryId(String repository) {
        return repository.startsWith("did:") ? repository : UrlText.lowerCase(repository.replaceFirst("^@", ""));
    }

    /** A did:web may hold an encoded port, whose percent sign a path has to encode again. */
    private static String inPath(String repository) {
        return repository.replace("%", "%25");
    }
}
