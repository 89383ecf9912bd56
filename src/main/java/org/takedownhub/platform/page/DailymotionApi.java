package org.takedownhub.platform.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.takedownhub.platform.Availability;
import org.takedownhub.platform.Content;
import org.takedownhub.platform.Look;
import org.takedownhub.platform.PublicLooks.Hints;
import org.takedownhub.platform.SafeHttp.Response;
import org.takedownhub.platform.UnknownReason;

/** Dailymotion's public data API: 404 with its typed error is a miss; a video names the countries that may see it. */
final class DailymotionApi extends ItemRecogniser {

    private static final Map<String, String> JSON = Map.of("Accept", "application/json");
    private static final String API = "https://api.dailymotion.com/";

    @Override
    public String name() {
        return "dailymotion-api/1";
    }

    @Override
    public boolean reads(Content content, Hints hints) {
        return content.key().value().startsWith("dm:video:");
    }

    @Override
    String site(Content content) {
        return API;
    }

    @Override
    Look look(Content content, Round round) {
        String id = content.key().id();
        Response answer =
                round.get(URI.create(API + "video/" + id + "?fields=id,status,published,private,geoblocking"), JSON);
        JsonNode body = Reading.object(answer);
        if (answer.status() == 404 && body.path("error").hasNonNull("type")) {
            return Reading.missing(answer, "no such video");
        }
        if (answer.status() != 200 || answer.body().length == 0) {
            return Reading.noWord(answer, round);
        }
        if (!body.path("id").asText("").equals(id)) {
            return Reading.unknown(UnknownReason.CONTRACT_CHANGED, answer, "not the video that was asked for");
        }
        return video(body, answer, round);
    }

    private static Look video(JsonNode video, Response answer, Round round) {
        String status = video.path("status").asText("");
        if (status.equals("deleted") || status.equals("rejected")) {
            return Reading.missing(answer, "status " + status);
        }
        if (video.path("private").asBoolean(false)) {
            return Reading.seen(Availability.RESTRICTED, answer, "private");
        }
        if (!status.equals("published")) {
            return Reading.unknown(UnknownReason.CONTRACT_CHANGED, answer, "a status that its documents do not name");
        }
        return isBlocked(video.path("geoblocking"), round.vantage().country())
                ? Reading.seen(
                        Availability.GEO_BLOCKED,
                        answer,
                        "blocked in " + round.vantage().country())
                : Reading.up(answer, "status published");
    }

    /** A list that begins with {@code allow} or {@code deny}; the countries follow in lower case. */
    private static boolean isBlocked(JsonNode rule, String country) {
        List<String> words = new ArrayList<>();
        rule.forEach(word -> words.add(word.asText("").toUpperCase(Locale.ROOT)));
        if (words.size() < 2) {
            return false;
        }
        boolean named = words.subList(1, words.size()).contains(country);
        return words.get(0).equals("DENY") ? named : words.get(0).equals("ALLOW") && !named;
    }

    @Override
    boolean isControlAlive(Content content, Round round) {
        Response answer = round.get(URI.create(API + "videos?fields=id&limit=1"), JSON);
        return answer.status() == 200 && !Reading.object(answer).path("list").isEmpty();
    }
}
