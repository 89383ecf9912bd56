package org.takedownhub.platform.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.takedownhub.platform.Content;
import org.takedownhub.platform.Look;
import org.takedownhub.platform.PublicLooks.Hints;
import org.takedownhub.platform.SafeHttp.Response;
import org.takedownhub.platform.UnknownReason;

/**
 * Items of the Internet Archive and pages of its Wayback Machine, by their own interfaces: they answer 200 for what is
 * not there, too.
 */
final class InternetArchive extends ItemRecogniser {

    private static final Set<String> HOSTS = Set.of("archive.org", "www.archive.org", "web.archive.org");
    private static final Pattern ITEM = Pattern.compile("/(?:details|embed|download)/([A-Za-z0-9._-]{1,100})(?:/.*)?");
    private static final Pattern SNAPSHOT = Pattern.compile("/web/([0-9]{4,14})[a-z_]{0,4}/(.+)");
    private static final Map<String, String> JSON = Map.of("Accept", "application/json");
    private static final String SITE = "https://archive.org/";

    @Override
    public String name() {
        return "internet-archive/1";
    }

    @Override
    public boolean reads(Content content, Hints hints) {
        return HOSTS.contains(String.valueOf(content.url().getHost()))
                && (item(content).matches() || snapshot(content).matches());
    }

    private static Matcher item(Content content) {
        return ITEM.matcher(String.valueOf(content.url().getRawPath()));
    }

    private static Matcher snapshot(Content content) {
        String query = content.url().getRawQuery();
        return SNAPSHOT.matcher(content.url().getRawPath() + (query == null ? "" : "?" + query));
    }

    @Override
    String site(Content content) {
        return item(content).matches() ? "metadata" : "wayback";
    }

    @Override
    Look look(Content content, Round round) {
        Matcher item = item(content);
        if (item.matches()) {
            Response answer = round.get(URI.create(SITE + "metadata/" + item.group(1)), JSON);
            return answer.status() == 200 && answer.body().length > 0
                    ? metadata(answer)
                    : Reading.noWord(answer, round);
        }
        Matcher snapshot = snapshot(content);
        if (!snapshot.matches()) {
            return Look.unknown(UnknownReason.NO_INTERFACE, "no item of the archive");
        }
        Response answer = round.get(available(snapshot.group(2), snapshot.group(1)), JSON);
        return answer.status() == 200 && answer.body().length > 0
                ? closest(answer, snapshot.group(1))
                : Reading.noWord(answer, round);
    }

    private static Look metadata(Response answer) {
        JsonNode body = Reading.object(answer);
        if (body.path("is_dark").asBoolean(false)) {
            return Reading.missing(answer, "the item is dark");
        }
        if (body.isObject() && body.isEmpty()) {
            return Reading.missing(answer, "no such item");
        }
        return body.path("metadata").isObject()
                ? Reading.up(answer, "the item")
                : Reading.unknown(UnknownReason.CONTRACT_CHANGED, answer, "no metadata");
    }

    private static Look closest(Response answer, String timestamp) {
        JsonNode body = Reading.object(answer);
        if (!body.path("archived_snapshots").isObject()) {
            return Reading.unknown(UnknownReason.CONTRACT_CHANGED, answer, "no word on snapshots");
        }
        JsonNode closest = body.path("archived_snapshots").path("closest");
        if (!closest.path("available").asBoolean(false)) {
            return Reading.missing(answer, "no snapshot");
        }
        return closest.path("timestamp").asText("").startsWith(timestamp)
                ? Reading.up(answer, "the snapshot")
                : Reading.unknown(UnknownReason.OTHER_PAGE, answer, "another snapshot of the same address");
    }

    private static URI available(String url, String timestamp) {
        return URI.create(SITE + "wayback/available?url=" + URLEncoder.encode(url, StandardCharsets.UTF_8)
                + "&timestamp=" + timestamp);
    }

    @Override
    boolean isControlAlive(Content content, Round round) {
        if (item(content).matches()) {
            Response answer = round.get(URI.create(SITE + "metadata/nasa"), JSON);
            return answer.status() == 200
                    && Reading.object(answer).path("metadata").isObject();
        }
        Response answer = round.get(available("example.com", "2020"), JSON);
        return answer.status() == 200
                && Reading.object(answer)
                        .path("archived_snapshots")
                        .path("closest")
                        .path("available")
                        .asBoolean(false);
    }
}
