package org.takedownhub.platform.activitypub;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.takedownhub.platform.SafeHttp.Response;

/**
 * What a stranger's server says about an object, as far as the hub reads it. Anything may be missing or a lie; what
 * matters is checked where it is used.
 *
 * @param author    {@code attributedTo}, and of several the first person
 * @param suspended Mastodon's own word in its namespace {@code toot:}
 */
record Document(
        URI id, String type, Optional<URI> author, Optional<URI> inbox, Optional<URI> sharedInbox, boolean suspended) {

    private static final Set<String> ACTORS = Set.of("Person", "Service", "Application", "Group", "Organization");
    private static final String PROFILE = "https://www.w3.org/ns/activitystreams";
    private static final int LONGEST_URI = 2000;
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    boolean isActor() {
        return ACTORS.contains(type);
    }

    boolean isTombstone() {
        return type.equals("Tombstone");
    }

    /** PeerTube's and nobody else's kind of object. */
    boolean isVideo() {
        return type.equals("Video");
    }

    /**
     * Reads a whole answer. Only the two media types of ActivityPub count (section 3.2): a file that somebody uploaded
     * to the server comes as another type, whatever stands in it.
     */
    static Optional<Document> of(Response answer) {
        if (!isActivity(answer.header("content-type").orElse(""))) {
            return Optional.empty();
        }
        return json(answer).filter(JsonNode::isObject).flatMap(Document::of);
    }

    static boolean isActivity(String contentType) {
        String type = contentType.strip().toLowerCase(Locale.ROOT);
        return type.matches("application/activity\\+json\\s*(;.*)?")
                || type.matches("application/ld\\+json\\s*;.*") && type.contains(PROFILE);
    }

    static Optional<JsonNode> json(Response answer) {
        try {
            return Optional.ofNullable(JSON.readTree(answer.body()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<Document> of(JsonNode node) {
        String type = texts(node.path("type")).findFirst().orElse("");
        return uri(node.path("id"))
                .filter(id -> !type.isEmpty())
                .map(id -> new Document(
                        id,
                        type,
                        author(node.path("attributedTo")),
                        uri(node.path("inbox")),
                        uri(node.path("endpoints").path("sharedInbox")),
                        node.path("suspended").asBoolean(false)));
    }

    private static Optional<URI> author(JsonNode attributedTo) {
        return each(attributedTo)
                .filter(author -> author.isTextual()
                        || texts(author.path("type")).anyMatch("Person"::equals)
                        || !attributedTo.isArray())
                .map(author -> author.isTextual() ? author : author.path("id"))
                .map(Document::uri)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /**
     * Where an object's pictures and videos are: the addresses of its attachments (Activity Streams 2.0, {@code
     * attachment}, {@code url}), each a text or a {@code Link}.
     */
    static Stream<@Nullable String> media(Response answer) {
        return json(answer).stream()
                .flatMap(node -> each(node.path("attachment")))
                .flatMap(attachment -> each(attachment.path("url")))
                .map(url -> url.isTextual() ? url : url.path("href"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText);
    }

    private static Stream<String> texts(JsonNode node) {
        return each(node).filter(JsonNode::isTextual).map(JsonNode::asText);
    }

    private static Stream<JsonNode> each(JsonNode node) {
        return node.isArray() ? StreamSupport.stream(node.spliterator(), false) : Stream.of(node);
    }

    private static Optional<URI> uri(JsonNode node) {
        return node.isTextual() ? uri(node.asText()) : Optional.empty();
    }

    private static Optional<URI> uri(String text) {
        return reference(text).filter(uri -> uri.getHost() != null);
    }

    /** An address, perhaps a relative one. */
    static Optional<URI> reference(String text) {
        if (text.length() > LONGEST_URI) {
            return Optional.empty();
        }
        try {
            return Optional.of(new URI(text));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
