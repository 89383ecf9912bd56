package org.takedownhub.identity;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.takedownhub.casefile.ContentIdentity;
import org.takedownhub.casefile.ContentKey;
import org.takedownhub.identity.Resolution.Found;
import org.takedownhub.identity.Resolution.Unresolved;

/**
 * The original of a fediverse post that was flagged as another server shows it: that server's public answer names it
 * (docs.joinmastodon.org/methods/statuses), and the original server has to own it, so that no server can point a case at
 * somebody else's post.
 */
final class RemoteViews {

    private static final String OBJECT = "application/activity+json";

    private final Pages pages;

    RemoteViews(Pages pages) {
        this.pages = pages;
    }

    Resolution resolve(ContentIdentity identity) {
        List<Hop> chain = new ArrayList<>();
        String number = identity.key().id().substring(identity.key().id().lastIndexOf('/') + 1);
        URI view = identity.canonicalUrl().resolve("/api/v1/statuses/" + number);
        String named = pages.json(view, "application/json", chain).path("uri").asText();
        String home = Question.home(new ContentKey(identity.accountKey().orElseThrow()));
        if (!named.matches("https?://[A-Za-z0-9.:-]{3,253}/[A-Za-z0-9/_.~@?=&-]{1,1500}")) {
            return Unresolved.forNow("The server that shows the post does not name its original", chain);
        }
        URI original = URI.create(named);
        if (!belongsTo(original, home)) {
            return Unresolved.forGood(
                    "The server that shows the post names an original on " + original.getHost() + ", not on " + home,
                    chain);
        }
        return pages.json(original, OBJECT, chain).path("id").asText().equals(named)
                ? new Found(original, chain)
                : Unresolved.forNow("The original server does not know the post under that name", chain);
    }

    /** A server may have its accounts under one name and its pages under another below it. */
    private static boolean belongsTo(URI original, String home) {
        String host = String.valueOf(original.getRawAuthority()).toLowerCase(Locale.ROOT);
        return host.equals(home) || host.endsWith("." + home) || home.endsWith("." + host);
    }
}
