package org.takedownhub.identity;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.takedownhub.casefile.ContentIdentity;
import org.takedownhub.identity.Resolution.Found;
import org.takedownhub.identity.Resolution.Unresolved;

/**
 * The DID behind a handle of the AT Protocol, by the handle's own web host (atproto.com/specs/handle, "HTTPS well-known
 * method") and checked against the DID's document, so that nobody can claim somebody else's account. A handle that is
 * only in the name service stays unresolved.
 */
final class Handles {

    private static final Pattern DID = Pattern.compile("did:(plc:[a-z2-7]{24}|web:[A-Za-z0-9.-]{1,200})");
    private static final int LONGEST_DID = 300;

    private final Pages pages;
    private final URI plcDirectory;

    Handles(Pages pages, URI plcDirectory) {
        this.pages = pages;
        this.plcDirectory = plcDirectory;
    }

    Resolution resolve(ContentIdentity identity) {
        String handle = identity.key().id().replaceFirst("/.*", "");
        List<Hop> chain = new ArrayList<>();
        String did = new String(
                        pages.get(URI.create("https://" + handle + "/.well-known/atproto-did"), Map.of(), chain),
                        StandardCharsets.UTF_8)
                .strip();
        if (did.length() > LONGEST_DID || !DID.matcher(did).matches()) {
            return Unresolved.forNow("The host of the handle names no DID", chain);
        }
        JsonNode document = pages.json(document(did), "application/json", chain);
        for (JsonNode name : document.path("alsoKnownAs")) {
            if (name.asText().equalsIgnoreCase("at://" + handle)) {
                String url = identity.canonicalUrl().toString().replaceFirst(Pattern.quote(handle), did);
                return new Found(URI.create(url), chain);
            }
        }
        return Unresolved.forNow("The document of " + did + " does not name the handle", chain);
    }

    private URI document(String did) {
        return did.startsWith("did:web:")
                ? URI.create("https://" + did.substring("did:web:".length()) + "/.well-known/did.json")
                : URI.create(plcDirectory.toString().replaceFirst("/$", "") + "/" + did);
    }
}
