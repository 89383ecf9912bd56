package org.takedownhub.platform.atproto;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.takedownhub.platform.Content;

/**
 * Who a handle is and where a repository lives. A handle may pass to someone else, so the DID that was found first stays
 * with the case; and an account may move, so its host is asked for each time (atproto.com/specs/did, /handle).
 */
final class Identities {

    private final Xrpc xrpc;
    private final AtprotoSettings settings;

    Identities(Xrpc xrpc, AtprotoSettings settings) {
        this.xrpc = xrpc;
        this.settings = settings;
    }

    /** @throws UnresolvedIdentity the address names nothing we can ask about */
    Subject subject(Content content) {
        Subject subject = Subject.of(content.key())
                .orElseThrow(() -> new UnresolvedIdentity("The address is no record or account of the AT Protocol"));
        if (AtprotoSettings.isDid(subject.repository())) {
            return subject;
        }
        String known = content.identities().get("did");
        return subject.in(known != null && AtprotoSettings.isDid(known) ? known : did(subject.repository()));
    }

    private String did(String handle) {
        if (handle.startsWith("did:")) {
            throw new UnresolvedIdentity("Only did:plc and did:web lead to a repository");
        }
        Xrpc.Answer answer = xrpc.query(
                settings.pds(), "com.atproto.identity.resolveHandle", new Xrpc.Parameters().with("handle", handle));
        String did = answer.json().path("did").asText("");
        if (!answer.ok() || !AtprotoSettings.isDid(did)) {
            throw new UnresolvedIdentity(
                    "The handle leads to no account (any more): it may have been renamed or deleted");
        }
        return did;
    }

    /** The PDS that holds the account's repository, as its DID document says. */
    URI repositoryHost(String did) {
        URI host = service(did, "#atproto_pds")
                .orElseThrow(() -> new UnresolvedIdentity("The account's DID document names no repository host"));
        // A DID document is the account's own word: it is followed to a public https address only, or to our own PDS.
        if (!sameOrigin(host, settings.pds()) && !"https".equalsIgnoreCase(host.getScheme())) {
            throw new UnresolvedIdentity("The account's repository host is no https address");
        }
        return host;
    }

    /** The address that a DID document gives for one of its services. */
    Optional<URI> service(String did, String fragment) {
        for (JsonNode service : document(did).path("service")) {
            String id = service.path("id").asText();
            if (id.equals(fragment) || id.equals(did + fragment)) {
                return address(service.path("serviceEndpoint").asText());
            }
        }
        return Optional.empty();
    }

    private JsonNode document(String did) {
        URI address = did.startsWith("did:web:")
                ? URI.create("https://" + did.substring("did:web:".length()) + "/.well-known/did.json")
                : settings.plc().resolve("/" + did);
        Xrpc.Answer answer = xrpc.read(address, Map.of());
        if (answer.status() == 410) {
            throw new UnresolvedIdentity("The account's identity was ended for good", true);
        }
        if (!answer.ok() || !answer.json().path("id").asText().equals(did)) {
            throw new UnresolvedIdentity("The account's DID document is not to be had (" + answer.refusal() + ")");
        }
        return answer.json();
    }

    private static Optional<URI> address(String text) {
        try {
            URI address = URI.create(text);
            return address.getHost() == null || address.getScheme() == null || address.getRawUserInfo() != null
                    ? Optional.empty()
                    : Optional.of(address.resolve("/"));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static boolean sameOrigin(URI one, URI other) {
        return one.getScheme().equalsIgnoreCase(other.getScheme())
                && one.getHost().equalsIgnoreCase(other.getHost())
                && port(one) == port(other);
    }

    private static int port(URI address) {
        return address.getPort() >= 0 ? address.getPort() : "https".equalsIgnoreCase(address.getScheme()) ? 443 : 80;
    }
}
