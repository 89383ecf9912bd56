package org.takedownhub.platform.atproto;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.takedownhub.casefile.ContentKey;

/**
 * A record in a repository, or the account itself when collection and record key are missing.
 *
 * @param repository a DID, or a handle that is still to be resolved
 */
record Subject(String repository, @Nullable String collection, @Nullable String recordKey) {

    private static final Map<String, String> COLLECTIONS = Map.of(
            "post", "app.bsky.feed.post",
            "feed", "app.bsky.feed.generator",
            "list", "app.bsky.graph.list",
            "starter-pack", "app.bsky.graph.starterpack");
    private static final String RECORD_KEY = "([A-Za-z0-9._:~-]{1,512})";
    private static final Pattern ITEM = Pattern.compile("([^/]+)/" + RECORD_KEY);
    private static final Pattern RECORD = Pattern.compile("([^/]+)/([A-Za-z][A-Za-z0-9.-]{0,316})/" + RECORD_KEY);

    /** Reads keys such as {@code at:post:did:plc:…/3k…}, {@code at:record:…} and {@code at:account:…}. */
    static Optional<Subject> of(ContentKey key) {
        if (!key.platform().equals("at")) {
            return Optional.empty();
        }
        if (key.type().equals("account")) {
            return Optional.of(new Subject(key.id(), null, null));
        }
        if (key.type().equals("record")) {
            Matcher record = RECORD.matcher(key.id());
            return record.matches()
                    ? Optional.of(new Subject(record.group(1), record.group(2), record.group(3)))
                    : Optional.empty();
        }
        String collection = COLLECTIONS.get(key.type());
        Matcher item = ITEM.matcher(key.id());
        return collection != null && item.matches()
                ? Optional.of(new Subject(item.group(1), collection, item.group(2)))
                : Optional.empty();
    }

    Subject in(String did) {
        return new Subject(did, collection, recordKey);
    }

    boolean isAccount() {
        return collection == null;
    }

    /** How labels and events name it: the AT URI of a record, the plain DID of an account. */
    String uri() {
        return isAccount() ? repository : "at://" + repository + "/" + collection + "/" + recordKey;
    }
}
