package org.takedownhub.platform.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.takedownhub.platform.Availability;
import org.takedownhub.platform.Content;
import org.takedownhub.platform.Look;
import org.takedownhub.platform.PublicLooks.Hints;
import org.takedownhub.platform.SafeHttp.Response;
import org.takedownhub.platform.UnknownReason;

/**
 * A post or comment on one Lemmy instance, by its API v3: it tells removed by a moderator from deleted by the author,
 * though the listing may still hold its text. Each instance decides for itself.
 */
final class Lemmy extends ItemRecogniser {

    private static final Pattern ITEM = Pattern.compile("/(post|comment)/([0-9]{1,12})/?");
    private static final Map<String, String> JSON = Map.of("Accept", "application/json");

    @Override
    public String name() {
        return "lemmy/1";
    }

    @Override
    public boolean reads(Content content, Hints hints) {
        return hints.software().filter("lemmy"::equals).isPresent()
                && item(content).matches();
    }

    private static Matcher item(Content content) {
        return ITEM.matcher(String.valueOf(content.url().getRawPath()));
    }

    @Override
    String site(Content content) {
        return String.valueOf(content.url().getAuthority());
    }

    @Override
    Look look(Content content, Round round) {
        Matcher item = item(content);
        if (!item.matches()) {
            return Look.unknown(UnknownReason.NO_INTERFACE, "no post and no comment");
        }
        String type = item.group(1);
        Response answer = round.get(content.url().resolve("/api/v3/" + type + "?id=" + item.group(2)), JSON);
        JsonNode body = Reading.object(answer);
        if ((answer.status() == 404 || answer.status() == 400)
                && body.path("error").asText("").equals("couldnt_find_" + type)) {
            return Reading.missing(answer, "couldnt_find_" + type);
        }
        if (answer.status() != 200 || answer.body().length == 0) {
            return Reading.noWord(answer, round);
        }
        JsonNode thing = body.path(type + "_view").path(type);
        if (!thing.path("id").asText("").equals(item.group(2))
                || !thing.path("removed").isBoolean()
                || !thing.path("deleted").isBoolean()) {
            return Reading.unknown(UnknownReason.CONTRACT_CHANGED, answer, "not the " + type + " that was asked for");
        }
        if (thing.path("removed").asBoolean()) {
            return Reading.seen(Availability.REMOVED_BY_PLATFORM, answer, "removed by a moderator");
        }
        return thing.path("deleted").asBoolean()
                ? Reading.seen(Availability.DELETED_BY_AUTHOR, answer, "deleted by its author")
                : Reading.up(answer, "the " + type);
    }

    @Override
    boolean isControlAlive(Content content, Round round) {
        URI list = content.url().resolve("/api/v3/post/list?limit=1");
        Response answer = round.get(list, JSON);
        return answer.status() == 200 && !Reading.object(answer).path("posts").isEmpty();
    }
}
