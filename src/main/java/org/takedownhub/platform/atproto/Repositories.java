package org.takedownhub.platform.atproto;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.takedownhub.platform.PlatformUnavailable;

/** Asks the PDS that holds a repository about its status and its records. */
final class Repositories {

    private static final String CID = "[A-Za-z0-9+/=_-]{8,256}";

    /** Base 32 of CIDv1; the encoding has no other letters. */
    private static final String BLOB = "b[a-z2-7]{20,128}";

    private final Xrpc xrpc;
    private final AtprotoSettings settings;
    private final Identities identities;

    Repositories(Xrpc xrpc, AtprotoSettings settings, Identities identities) {
        this.xrpc = xrpc;
        this.settings = settings;
        this.identities = identities;
    }

    /**
     * What is to be reported or kept: the record, or the account's description; the account's status when it is not
     * active. An author whose host does not answer us is not out of reach: our own PDS passes on the copy that the network
     * shows.
     *
     * @throws PlatformUnavailable neither answers
     * @throws UnresolvedIdentity  the account has no host, and the network shows no copy
     */
    Xrpc.Answer current(Subject subject) {
        try {
            URI host = identities.repositoryHost(subject.repository());
            Xrpc.Answer status = status(host, subject.repository());
            if (isInactive(status)) {
                return status;
            }
            return subject.isAccount() ? description(host, subject.repository()) : record(host, subject);
        } catch (PlatformUnavailable | UnresolvedIdentity e) {
            return copy(subject).orElseThrow(() -> e);
        }
    }

    private Optional<Xrpc.Answer> copy(Subject subject) {
        try {
            return subject.isAccount()
                    ? Optional.of(description(settings.pds(), subject.repository()))
                            .filter(Xrpc.Answer::ok)
                    : Optional.of(record(settings.pds(), subject)).filter(copy -> isRecord(copy, subject));
        } catch (PlatformUnavailable e) {
            return Optional.empty();
        }
    }

    /**
     * Where the pictures of a record are: its blobs, on the host of its repository. A record names them wherever its own
     * schema wants, so they are found by what every blob looks like (atproto.com/specs/data-model). None where nobody can
     * tell now which host that is: the record itself is worth keeping all the same.
     */
    Stream<@Nullable String> media(Subject subject, Xrpc.Answer record) {
        List<String> blobs = record.json().path("value").findValues("ref").stream()
                .map(reference -> reference.path("$link").asText())
                .filter(cid -> cid.matches(BLOB))
                .distinct()
                .toList();
        if (blobs.isEmpty()) {
            return Stream.of();
        }
        try {
            URI host = identities.repositoryHost(subject.repository());
            return blobs.stream().map(cid -> Xrpc.address(
                            host,
                            "com.atproto.sync.getBlob",
                            new Xrpc.Parameters()
                                    .with("did", subject.repository())
                                    .with("cid", cid))
                    .toString());
        } catch (PlatformUnavailable | UnresolvedIdentity e) {
            return Stream.of();
        }
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

    static boolean isInactive(Xrpc.Answer status) {
        return status.ok()
                && status.json().path("active").isBoolean()
                && !status.json().path("active").booleanValue();
    }

    /** Whether an answer of {@link #record} is about this record and complete. */
    static boolean isRecord(Xrpc.Answer answer, Subject subject) {
        return answer.ok()
                && answer.json().path("uri").asText().equals(subject.uri())
                && answer.json().path("cid").asText("").matches(CID)
                && answer.json().path("value").isObject();
    }
}
