package org.takedownhub.platform.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.takedownhub.platform.Availability;
import org.takedownhub.platform.Content;
import org.takedownhub.platform.Look;
import org.takedownhub.platform.PublicLooks.Hints;
import org.takedownhub.platform.SafeHttp.Response;
import org.takedownhub.platform.UnknownReason;

/** A post on a Discourse forum, by its JSON (docs.discourse.org): 404 is a miss, 403 is not for us to see. */
final class Discourse extends ItemRecogniser {

    private static final Pattern IN_TOPIC = Pattern.compile("/t/(?:[^/]+/)?([0-9]+)(?:/([0-9]+))?/?");
    private static final Pattern POST = Pattern.compile("/p(?:osts)?/([0-9]+)/?");
    private static final Map<String, String> JSON = Map.of("Accept", "application/json", "Cache-Control", "no-cache");

    @Override
    public String name() {
        return "discourse/1";
    }

    @Override
    public boolean reads(Content content, Hints hints) {
        return hints.software().filter("discourse"::equals).isPresent()
                && address(content).isPresent();
    }

    private static Optional<URI> address(Content content) {
        String path = String.valueOf(content.url().getRawPath());
        Matcher post = POST.matcher(path);
        if (post.matches()) {
            return Optional.of(content.url().resolve("/posts/" + post.group(1) + ".json"));
        }
        Matcher topic = IN_TOPIC.matcher(path);
        return topic.matches()
                ? Optional.of(content.url()
                        .resolve("/posts/by_number/" + topic.group(1) + "/"
                                + Optional.ofNullable(topic.group(2)).orElse("1") + ".json"))
                : Optional.empty();
    }

    @Override
    String site(Content content) {
        return String.valueOf(content.url().getAuthority());
    }

    @Override
    Look look(Content content, Round round) {
        Response answer = round.get(address(content).orElseThrow(), JSON);
        JsonNode post = Reading.object(answer);
        if ((answer.status() == 404 || answer.status() == 410)
                && post.path("errors").isArray()) {
            return Reading.missing(answer, "no such post");
        }
        if (answer.status() != 200 || answer.body().length == 0) {
            return Reading.noWord(answer, round);
        }
        if (!post.path("id").isIntegralNumber()) {
            return Wall.in(answer)
                    .map(wall -> Reading.unknown(wall.reason(), answer, wall.words()))
                    .orElseGet(() -> Reading.unknown(UnknownReason.CONTRACT_CHANGED, answer, "no post"));
        }
        if (post.path("user_deleted").asBoolean(false)) {
            return Reading.seen(Availability.DELETED_BY_AUTHOR, answer, "user_deleted");
        }
        if (post.hasNonNull("deleted_at")) {
            return Reading.missing(answer, "deleted_at is set");
        }
        return post.path("hidden").asBoolean(false)
                ? Reading.seen(Availability.RESTRICTED, answer, "hidden after flags")
                : Reading.up(answer, "the post");
    }

    @Override
    boolean isControlAlive(Content content, Round round) {
        Response answer = round.get(content.url().resolve("/latest.json"), JSON);
        return answer.status() == 200
                && !Reading.object(answer).path("topic_list").path("topics").isEmpty();
    }
}
