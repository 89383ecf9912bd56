package org.takedownhub.platform.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.takedownhub.platform.Availability;
import org.takedownhub.platform.Content;
import org.takedownhub.platform.Look;
import org.takedownhub.platform.PublicLooks.Hints;
import org.takedownhub.platform.SafeHttp.Response;
import org.takedownhub.platform.UnknownReason;

/**
 * An ActivityPub object at its origin: 404, 410 or a {@code Tombstone} (ActivityPub section 6.4) is a miss. The HTML of
 * the same address may be a shell that is there for every address and is never asked for.
 */
final class ActivityPubObject extends ItemRecogniser {

    private static final Map<String, String> OBJECT =
            Map.of("Accept", "application/activity+json", "Cache-Control", "no-cache");
    private static final Set<String> ACTORS = Set.of("Person", "Service", "Group", "Organization", "Application");

    @Override
    public String name() {
        return "activitypub-object/1";
    }

    @Override
    public boolean reads(Content content, Hints hints) {
        return content.key().platform().equals("ap");
    }

    @Override
    String site(Content content) {
        return String.valueOf(content.url().getAuthority());
    }

    @Override
    Look look(Content content, Round round) {
        Response answer = round.get(content.url(), OBJECT);
        if ((answer.status() == 404 || answer.status() == 410)
                && Wall.in(answer).isEmpty()) {
            return Reading.missing(answer, "no such object");
        }
        if (answer.status() != 200 || answer.body().length == 0) {
            return Reading.noWord(answer, round);
        }
        String type = answer.header("content-type").orElse("").toLowerCase(Locale.ROOT);
        if (!type.startsWith("application/activity+json") && !type.startsWith("application/ld+json")) {
            return Wall.in(answer)
                    .map(wall -> Reading.unknown(wall.reason(), answer, wall.words()))
                    .orElseGet(() -> Reading.unknown(UnknownReason.SHELL, answer, "a page in place of the object"));
        }
        return object(answer);
    }

    private static Look object(Response answer) {
        JsonNode object = Reading.object(answer);
        String type = object.path("type").asText("");
        if (type.isEmpty()) {
            return Reading.unknown(UnknownReason.CONTRACT_CHANGED, answer, "not an ActivityPub object");
        }
        if (type.equals("Tombstone")) {
            return Reading.missing(answer, "a tombstone");
        }
        return ACTORS.contains(type) && object.path("suspended").asBoolean(false)
                ? Reading.seen(Availability.ACCOUNT_SUSPENDED, answer, "the account is suspended")
                : Reading.up(answer, "the object");
    }

    /** The front page: an object that is always there is nobody's to name. */
    @Override
    boolean isControlAlive(Content content, Round round) {
        URI control = round.hints().control().orElseGet(() -> content.url().resolve("/"));
        Response answer = round.get(control, WebPage.PAGE);
        return answer.status() == 200
                && answer.body().length > 0
                && Wall.in(answer).isEmpty();
    }
}
