package org.takedownhub.platform.activitypub;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Our own actor: who stands behind a report. A service with an office's name, never a person's, as receivers fetch it
 * before they believe a signature (ActivityPub section 4.1; the key after the security vocabulary v1).
 */
final class Actor {

    static final String ACTIVITY_JSON = "application/activity+json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ActivityPubSettings settings;

    Actor(ActivityPubSettings settings) {
        this.settings = settings;
    }

    String name() {
        return settings.name();
    }

    URI id() {
        return settings.publicUrl().resolve("/ap/actors/" + settings.name());
    }

    URI keyId() {
        return URI.create(id() + "#main-key");
    }

    /** The id of a report, on the actor's own host: the same for the same notice, however often it is sent. */
    URI flagId(String idempotencyKey) {
        return settings.publicUrl().resolve("/ap/flags/" + idempotencyKey);
    }

    /** {@code acct:} and the address that people write (RFC 7565). */
    String account() {
        return "acct:" + settings.name() + "@" + HttpSignatures.authority(settings.publicUrl());
    }

    byte[] document(SigningKey key) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put(
                "@context",
                List.of(
                        "https://www.w3.org/ns/activitystreams",
                        "https://w3id.org/security/v1",
                        Map.of("manuallyApprovesFollowers", "as:manuallyApprovesFollowers")));
        document.put("id", id());
        document.put("type", "Application");
        // older PeerTube insists on one
        document.put("url", id());
        document.put("preferredUsername", settings.name());
        document.put("name", settings.title());
        document.put("summary", settings.summary());
        document.put("manuallyApprovesFollowers", true);
        document.put("inbox", id() + "/inbox");
        document.put("outbox", id() + "/outbox");
        Map<String, Object> publicKey = new LinkedHashMap<>();
        publicKey.put("id", keyId());
        publicKey.put("owner", id());
        publicKey.put("publicKeyPem", key.publicPem());
        document.put("publicKey", publicKey);
        return json(document);
    }

    /** Nothing: what we report is between us and the moderators. */
    byte[] outbox() {
        Map<String, Object> outbox = new LinkedHashMap<>();
        outbox.put("@context", "https://www.w3.org/ns/activitystreams");
        outbox.put("id", id() + "/outbox");
        outbox.put("type", "OrderedCollection");
        outbox.put("totalItems", 0);
        outbox.put("orderedItems", List.of());
        return json(outbox);
    }

    /** JSON Resource Descriptor (RFC 7033 section 4.4). */
    byte[] descriptor() {
        Map<String, Object> descriptor = new LinkedHashMap<>();
        descriptor.put("subject", account());
        descriptor.put("aliases", List.of(id()));
        descriptor.put("links", List.of(Map.of("rel", "self", "type", ACTIVITY_JSON, "href", id())));
        return json(descriptor);
    }

    static byte[] json(Map<String, Object> document) {
        try {
            return JSON.writeValueAsBytes(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Texts, lists and addresses are always JSON", e);
        }
    }
}
