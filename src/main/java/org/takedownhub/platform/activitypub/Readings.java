package org.takedownhub.platform.activitypub;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.takedownhub.casefile.ContentKey;
import org.takedownhub.platform.Content;
import org.takedownhub.platform.SafeHttp.Response;
import org.takedownhub.platform.UnknownReason;

/**
 * Reads items and accounts at their origin, wherever a flagged address shows a copy. An answer is believed only from the
 * host that its {@code id} names (ActivityPub section B.1, and the advice of its security notes): otherwise anybody
 * could say anything in anybody's name.
 */
final class Readings {

    /** Names of identities kept with a case: the object's id and its author's. */
    static final String URI_OF_ITEM = "uri";

    static final String ACTOR = "actor";

    private static final Pattern COPY = Pattern.compile("/(?:web/|deck/)?@[^/@]+@([^/@]+)/.*");
    private static final String DESCRIPTOR = "application/jrd+json, application/json";
    private static final String NODE_INFO = "http://nodeinfo.diaspora.software/ns/schema/";

    private final ActivityPubSettings settings;
    private final Fediverse fediverse;

    Readings(ActivityPubSettings settings, Fediverse fediverse) {
        this.settings = settings;
        this.fediverse = fediverse;
    }

    /** What was found at an address. */
    sealed interface Reading permits Present, Missing, Unclear {
        /** The deciding answer, if there was one. */
        Optional<Response> answer();

        String detail();
    }

    /** @param uri where it was read, with its origin */
    record Present(Document document, URI uri, Response response, String detail) implements Reading {
        @Override
        public Optional<Response> answer() {
            return Optional.of(response);
        }
    }

    /**
     * Its server says that it is not there.
     *
     * @param said  true for a tombstone, which only the object's own server can set
     */
    record Missing(URI uri, Response response, boolean said, String detail) implements Reading {
        @Override
        public Optional<Response> answer() {
            return Optional.of(response);
        }
    }

    record Unclear(UnknownReason reason, Optional<Response> answer, String detail) implements Reading {
        OptionalInt status() {
            return answer.map(response -> OptionalInt.of(response.status())).orElse(OptionalInt.empty());
        }
    }

    /** @throws NothingRead the server could not be read */
    Reading of(Content content) {
        Map<String, String> known = content.identities();
        if (isAccount(content.key())) {
            Optional<URI> actor = identity(known, ACTOR);
            return actor.isPresent() ? at(actor.get()) : named(content.key());
        }
        Optional<URI> item = identity(known, URI_OF_ITEM);
        Reading reading = at(item.orElse(content.url()));
        if (item.isEmpty() && reading instanceof Missing missing && isCopy(content.url(), missing.uri())) {
            return new Unclear(
                    UnknownReason.NO_INTERFACE,
                    missing.answer(),
                    "a copy is gone, and nobody says where the origin is");
        }
        if (item.isPresent()
                && reading instanceof Present present
                && !present.document().id().equals(item.get())) {
            return new Unclear(
                    UnknownReason.CONTRACT_CHANGED, present.answer(), "another item than the one seen before");
        }
        return reading;
    }

    /** {@code https://here/@author@elsewhere/1}: what is gone here may well be up elsewhere. */
    private static boolean isCopy(URI url, URI missed) {
        Matcher matcher = COPY.matcher(String.valueOf(url.getPath()));
        return matcher.matches()
                && !matcher.group(1).equalsIgnoreCase(url.getAuthority())
                && HttpSignatures.authority(missed).equalsIgnoreCase(url.getAuthority());
    }

    static boolean isAccount(ContentKey key) {
        return key.platform().equals("ap") && key.type().equals("account");
    }

    static Optional<URI> identity(Map<String, String> known, String name) {
        return Optional.ofNullable(known.get(name)).flatMap(Document::reference);
    }

    /** @throws NothingRead the server could not be read */
    Reading at(URI address) {
        Fediverse.Fetched fetched = fediverse.fetch(address);
        Optional<Document> stranger = ofAnother(fetched);
        if (stranger.isEmpty()) {
            return read(fetched);
        }
        // a copy: only the origin's own word counts
        Fediverse.Fetched origin = fediverse.fetch(stranger.get().id());
        return ofAnother(origin).isPresent()
                ? new Unclear(
                        UnknownReason.CONTRACT_CHANGED, Optional.of(origin.answer()), "an object of another server")
                : read(origin);
    }

    /** The object of an answer that comes from another server than its id. */
    private Optional<Document> ofAnother(Fediverse.Fetched fetched) {
        return fetched.answer().status() == 200
                ? Document.of(fetched.answer()).filter(document -> !isFrom(document, fetched.uri()))
                : Optional.empty();
    }

    private boolean isFrom(Document document, URI fetched) {
        return settings.callable(document.id())
                .filter(id -> id.resolve("/").equals(fetched.resolve("/")))
                .isPresent();
    }

    private static Reading read(Fediverse.Fetched fetched) {
        Response answer = fetched.answer();
        int status = answer.status();
        if (fetched.logInWall()) {
            return new Unclear(UnknownReason.LOG_IN_WALL, Optional.of(answer), "leads to a sign-in page");
        }
        // Cloudflare's mark of its own pages, whatever their status
        if (answer.header("cf-mitigated").isPresent()) {
            return new Unclear(UnknownReason.CHALLENGE, Optional.of(answer), "a test whether we are a machine");
        }
        if (status == 404 || status == 410) {
            return new Missing(fetched.uri(), answer, false, "no such object");
        }
        if (status != 200) {
            return new Unclear(UnknownReason.of(status), Optional.of(answer), "no word on the object");
        }
        Optional<Document> document = Document.of(answer);
        if (document.isEmpty()) {
            boolean page = !Document.isActivity(answer.header("content-type").orElse(""));
            return page
                    ? new Unclear(UnknownReason.NO_INTERFACE, Optional.of(answer), "not an answer of ActivityPub")
                    : new Unclear(UnknownReason.CONTRACT_CHANGED, Optional.of(answer), "not a whole object");
        }
        return document.get().isTombstone()
                ? new Missing(fetched.uri(), answer, true, "a tombstone")
                : new Present(document.get(), fetched.uri(), answer, "the object");
    }

    /** {@code ap:account:name@host}, by WebFinger (RFC 7033). */
    private Reading named(ContentKey key) {
        String name = key.id();
        String host = name.substring(name.lastIndexOf('@') + 1);
        Optional<URI> address = Document.reference("https://" + host + "/.well-known/webfinger?resource=acct:" + name);
        if (address.isEmpty()) {
            return new Unclear(UnknownReason.NO_INTERFACE, Optional.empty(), "not the name of an account");
        }
        Fediverse.Fetched fetched = fediverse.fetch(onTrusted(address.get()), DESCRIPTOR);
        Response answer = fetched.answer();
        if (answer.status() == 404 || answer.status() == 410) {
            return new Missing(fetched.uri(), answer, false, "no such account");
        }
        Optional<URI> actor = answer.status() == 200 ? self(answer) : Optional.empty();
        return actor.isPresent()
                ? at(actor.get())
                : new Unclear(
                        answer.status() == 200 ? UnknownReason.NO_INTERFACE : UnknownReason.of(answer.status()),
                        Optional.of(answer),
                        "no word on the account");
    }

    /** The operator's own server may speak plain HTTP. */
    private URI onTrusted(URI address) {
        return settings.trusted().stream()
                .filter(origin -> HttpSignatures.authority(origin).equals(HttpSignatures.authority(address)))
                .map(origin -> origin.resolve(address.getRawPath() + "?" + address.getRawQuery()))
                .findFirst()
                .orElse(address);
    }

    private static Optional<URI> self(Response answer) {
        return Document.json(answer).stream()
                .flatMap(descriptor ->
                        StreamSupport.stream(descriptor.path("links").spliterator(), false))
                .filter(link -> link.path("rel").asText().equals("self")
                        && Document.isActivity(link.path("type").asText()))
                .map(link -> link.path("href").asText())
                .flatMap(href -> Document.reference(href).stream())
                .filter(href -> href.getHost() != null)
                .findFirst();
    }

    /** Whether a fediverse server answers on this host at all: the control where no item is known to be up. */
    boolean serves(URI onHost) {
        try {
            Response answer = fediverse
                    .fetch(onHost.resolve("/.well-known/nodeinfo"), DESCRIPTOR)
                    .answer();
            return answer.status() == 200
                    && Document.json(answer).stream()
                            .flatMap(descriptor -> StreamSupport.stream(
                                    descriptor.path("links").spliterator(), false))
                            .map((JsonNode link) -> link.path("rel").asText())
                            .anyMatch(rel -> rel.startsWith(NODE_INFO));
        } catch (NothingRead e) {
            return false;
        }
    }
}
