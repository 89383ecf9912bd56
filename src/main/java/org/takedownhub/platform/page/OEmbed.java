package org.takedownhub.platform.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.takedownhub.casefile.ContentIdentities;
import org.takedownhub.casefile.ContentKey;
import org.takedownhub.casefile.InvalidContentUrl;
import org.takedownhub.platform.Availability;
import org.takedownhub.platform.Content;
import org.takedownhub.platform.Look;
import org.takedownhub.platform.PublicLooks.Hints;
import org.takedownhub.platform.SafeHttp.Response;
import org.takedownhub.platform.UnknownReason;

/**
 * A platform's oEmbed service (oembed.com). It answers 200 with the very item, or with a status that each platform means
 * in its own way.
 */
abstract class OEmbed extends ItemRecogniser {

    private static final Map<String, String> JSON = Map.of("Accept", "application/json", "Cache-Control", "no-cache");

    private final String name;
    private final String keys;
    private final String endpoint;
    private final String control;

    /**
     * @param keys     what the keys of its items begin with, such as {@code x:status:}
     * @param endpoint address up to and with {@code url=}
     * @param control  an item that has been there for years
     */
    OEmbed(String name, String keys, String endpoint, String control) {
        this.name = name;
        this.keys = keys;
        this.endpoint = endpoint;
        this.control = control;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final boolean reads(Content content, Hints hints) {
        return content.key().value().startsWith(keys);
    }

    @Override
    final String site(Content content) {
        return name;
    }

    @Override
    final Look look(Content content, Round round) {
        Response answer = ask(content.url(), round);
        if (answer.status() == 200 && answer.body().length > 0) {
            return embedded(answer, content);
        }
        return Wall.in(answer).isPresent() ? Reading.noWord(answer, round) : refused(answer, round);
    }

    private Look embedded(Response answer, Content content) {
        JsonNode embed = Reading.object(answer);
        if (embed.isMissingNode()) {
            return Wall.in(answer)
                    .map(wall -> Reading.unknown(wall.reason(), answer, wall.words()))
                    .orElseGet(() -> Reading.unknown(UnknownReason.CONTRACT_CHANGED, answer, "no oEmbed answer"));
        }
        return isAbout(embed, content.key())
                ? Reading.up(answer, "it can be embedded")
                : Reading.unknown(UnknownReason.OTHER_PAGE, answer, "an oEmbed answer about something else");
    }

    /** Whether the answer is about this item and not about another that the address leads to. */
    abstract boolean isAbout(JsonNode embed, ContentKey key);

    /** What a status other than 200 means here, where nothing stands in front of it. */
    Look refused(Response answer, Round round) {
        return answer.status() == 404 ? Reading.missing(answer, "no such item") : Reading.noWord(answer, round);
    }

    @Override
    final boolean isControlAlive(Content content, Round round) {
        URI address = round.hints().control().orElse(URI.create(control));
        Response answer = ask(address, round);
        JsonNode embed = answer.status() == 200 ? Reading.object(answer) : MissingNode.getInstance();
        try {
            return !embed.isMissingNode()
                    && isAbout(
                            embed,
                            ContentIdentities.identify(address.toString()).key());
        } catch (InvalidContentUrl e) {
            return false;
        }
    }

    private Response ask(URI item, Round round) {
        return round.get(URI.create(endpoint + URLEncoder.encode(item.toString(), StandardCharsets.UTF_8)), JSON);
    }

    /** publish.twitter.com: 404 gone; 403 protected or not for us to see. The HTML of the site is a log-in wall. */
    static final class X extends OEmbed {

        X() {
            super(
                    "x-oembed/1",
                    "x:status:",
                    "https://publish.twitter.com/oembed?omit_script=1&dnt=true&url=",
                    "https://x.com/jack/status/20");
        }

        @Override
        boolean isAbout(JsonNode embed, ContentKey key) {
            return embed.path("url").asText("").matches("https://(?:twitter|x)\\.com/[^/]+/status/" + key.id());
        }
    }

    /** tiktok.com: 400 or 404 with code and message for gone and private alike. The page itself is a shell. */
    static final class TikTok extends OEmbed {

        TikTok() {
            super(
                    "tiktok-oembed/1",
                    "tiktok:item:",
                    "https://www.tiktok.com/oembed?url=",
                    "https://www.tiktok.com/@scout2015/video/6718335390845095173");
        }

        @Override
        boolean isAbout(JsonNode embed, ContentKey key) {
            return embed.path("embed_product_id").asText("").equals(key.id())
                    || embed.path("html").asText("").contains("data-video-id=\"" + key.id() + "\"");
        }

        @Override
        Look refused(Response answer, Round round) {
            boolean said = Reading.object(answer).hasNonNull("message")
                    || Reading.object(answer).hasNonNull("code");
            return said && (answer.status() == 400 || answer.status() == 404)
                    ? Reading.missing(answer, "gone or private")
                    : Reading.noWord(answer, round);
        }
    }

    /** vimeo.com: 404 gone; 403 may not be embedded everywhere, and is up. */
    static final class Vimeo extends OEmbed {

        Vimeo() {
            super(
                    "vimeo-oembed/1",
                    "vimeo:video:",
                    "https://vimeo.com/api/oembed.json?url=",
                    "https://vimeo.com/76979871");
        }

        @Override
        boolean isAbout(JsonNode embed, ContentKey key) {
            return embed.path("video_id").asText("").equals(key.id());
        }

        @Override
        Look refused(Response answer, Round round) {
            return answer.status() == 403
                    ? Reading.up(answer, "may be embedded on some sites only")
                    : super.refused(answer, round);
        }
    }

    /** youtube.com: 401 embedding is switched off; 403 private; 404 and 400 gone. A second signal only. */
    static final class YouTube extends OEmbed {

        YouTube() {
            super(
                    "youtube-oembed/1",
                    "yt:video:",
                    "https://www.youtube.com/oembed?format=json&url=",
                    "https://www.youtube.com/watch?v=jNQXAC9IVRw");
        }

        @Override
        boolean isAbout(JsonNode embed, ContentKey key) {
            return embed.path("html").asText("").contains("/embed/" + key.id());
        }

        @Override
        Look refused(Response answer, Round round) {
            return switch (answer.status()) {
                case 401 -> Reading.seen(Availability.AVAILABLE, answer, "embedding is switched off");
                case 400, 404 -> Reading.missing(answer, "no such video");
                default -> Reading.noWord(answer, round);
            };
        }
    }
}
