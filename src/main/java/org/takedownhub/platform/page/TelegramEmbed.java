package org.takedownhub.platform.page;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.takedownhub.platform.Content;
import org.takedownhub.platform.Look;
import org.takedownhub.platform.PublicLooks.Hints;
import org.takedownhub.platform.SafeHttp.Response;
import org.takedownhub.platform.UnknownReason;

/** A public Telegram post as it is embedded elsewhere. A post that is gone is 200, too, with an error in its place. */
final class TelegramEmbed extends ItemRecogniser {

    private static final Map<String, String> PAGE = Map.of("Accept", "text/html", "Cache-Control", "no-cache");
    private static final URI CONTROL = URI.create("https://t.me/s/telegram");
    private static final List<String> GONE = List.of("post not found", "channel not found", "not found");

    @Override
    public String name() {
        return "telegram-embed/1";
    }

    /** Private posts, invitations and comments can be seen by members only. */
    @Override
    public boolean reads(Content content, Hints hints) {
        return content.key().value().matches("tg:msg:[a-z0-9_]+:[0-9]+");
    }

    @Override
    String site(Content content) {
        return "t.me";
    }

    @Override
    Look look(Content content, Round round) {
        String post = content.key().id().replace(':', '/');
        Response answer = round.get(URI.create("https://t.me/" + post + "?embed=1&mode=tme"), PAGE);
        if (answer.status() != 200 || answer.body().length == 0) {
            return Reading.noWord(answer, round);
        }
        Document page = document(answer);
        if (holds(page, post)) {
            return Reading.up(answer, "the post");
        }
        Optional<String> error = Optional.ofNullable(page.selectFirst(".tgme_widget_message_error"))
                .map(Element::text)
                .map(text -> text.toLowerCase(Locale.ROOT));
        if (error.filter(text -> GONE.stream().anyMatch(text::contains)).isPresent()) {
            return Reading.missing(answer, "post not found");
        }
        return error.isPresent()
                ? Reading.unknown(UnknownReason.NOT_ALLOWED, answer, "the post is not shown to us")
                : Wall.in(answer)
                        .map(wall -> Reading.unknown(wall.reason(), answer, wall.words()))
                        .orElseGet(() -> Reading.unknown(UnknownReason.CONTRACT_CHANGED, answer, "no embedded post"));
    }

    private static boolean holds(Document page, String post) {
        return page.select("[data-post]").stream()
                .anyMatch(element -> element.attr("data-post").equalsIgnoreCase(post)
                        && element.selectFirst(".tgme_widget_message_error") == null);
    }

    /** Telegram's own channel shows its last posts. */
    @Override
    boolean isControlAlive(Content content, Round round) {
        Response answer = round.get(round.hints().control().orElse(CONTROL), PAGE);
        return answer.status() == 200 && !document(answer).select("[data-post]").isEmpty();
    }

    private static Document document(Response answer) {
        return Jsoup.parse(new String(answer.body(), StandardCharsets.UTF_8));
    }
}
