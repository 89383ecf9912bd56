package org.takedownhub.platform.atproto;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import org.takedownhub.platform.PlatformUnavailable;

/** Asks the PDS that holds a repository about its status and its records. */
final class Repositories {

    private static final String CID = "[A-Za-z0-9+/=_-]{8,256}";

    private final Xrpc xrpc;

    Repositories(Xrpc xrpc) {
        this.xrpc = xrpc;
    }

    /** Whether the account is active, and why not. Answered for accounts that are taken down, too. */
    Xrpc.Answer status(URI host, String did) {
        return xrpc.query(host, "com.atproto.sync.getRepoStatus", new Xrpc.Parameters().with("did", did));
    }

    /** The record as it is now; a record that is not there is the error {@code RecordNotFound}. */
    Xrpc.Answer record(URI host, Subject subject) {
        return xrpc.query(
                host,
                "com.atproto.repo.getRecord",
                new Xrpc.Parameters()
                        .with("repo", subject.repository())
                        .with("collection", String.valueOf(subject.collection()))
                        .with("rkey", String.valueOf(subject.recordKey())));
    }

    /** The account's handle, DID document and collections. */
    Xrpc.Answer description(URI host, String did) {
        return xrpc.query(host, "com.atproto.repo.describeRepo", new Xrpc.Parameters().with("repo", did));
    }

    /** Whether some repository on the host is alive: without it, a miss there says nothing. */
    boolean hasLiveRepository(URI host) {
        try {
            Xrpc.Answer answer =
                    xrpc.query(host, "com.atproto.sync.listRepos", new Xrpc.Parameters().with("limit", "10"));
            for (JsonNode repository : answer.json().path("repos")) {
                if (answer.ok() && repository.path("active").asBoolean(false)) {
                    return true;
                }
            }
            return false;
        } catch (PlatformUnavailable e) {
            return false;
        }
    }

    /** Whether an answer of {@link #record} is about this record and complete. */
    static boolean isRecord(Xrpc.Answer answer, Subject subject) {
        return answer.ok()
                && answer.json().path("uri").asText().equals(subject.uri())
                && answer.json().path("cid").asText("").matches(CID)
                && answer.json().path("value").isObject();
    }
}
