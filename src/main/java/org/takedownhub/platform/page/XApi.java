package org.takedownhub.platform.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.takedownhub.platform.Availability;
import org.takedownhub.platform.Content;
import org.takedownhub.platform.Look;
import org.takedownhub.platform.PlatformUnavailable;
import org.takedownhub.platform.PublicLooks.Hints;
import org.takedownhub.platform.SafeHttp.Response;
import org.takedownhub.platform.Secret;
import org.takedownhub.platform.UnknownReason;

/**
 * X's API v2, up to 100 posts in one request. It answers 200 with {@code errors[]} for those that it does not show, and
 * names the countries in which a post is withheld. A post that is known to be live is asked about in the same request.
 */
final class XApi implements Recogniser {

    private static final int MOST_IDS = 99;
    private static final String CONTROL = "20";
    private static final String ADDRESS = "https://api.x.com/2/tweets?tweet.fields=withheld&ids=";
    private static final String EVERYWHERE = "XX";

    private final Secret secret;

    XApi(Secret secret) {
        this.secret = secret;
    }

    @Override
    public String name() {
        return "x-api/1";
    }

    @Override
    public boolean reads(Content content, Hints hints) {
        return content.key().value().matches("x:status:[0-9]{1,20}");
    }

    @Override
    public List<Look> look(List<Content> contents, Round round) {
        List<Look> looks = new ArrayList<>();
        for (int from = 0; from < contents.size(); from += MOST_IDS) {
            looks.addAll(batch(contents.subList(from, Math.min(contents.size(), from + MOST_IDS)), round));
        }
        return looks;
    }

    private List<Look> batch(List<Content> contents, Round round) {
        try {
            Optional<String> token = secret.value().filter(text -> text.matches("[!-~]{1,1000}"));
            if (token.isEmpty()) {
                return all(contents, Look.unknown(UnknownReason.NOT_ALLOWED, secret.setting() + " holds no token"));
            }
            String ids = contents.stream().map(content -> content.key().id()).collect(Collectors.joining(","));
            Response answer = round.get(
                    URI.create(ADDRESS + ids + "," + CONTROL),
                    Map.of("Authorization", "Bearer " + token.get(), "Accept", "application/json"));
            JsonNode body = Reading.object(answer);
            boolean read = answer.status() == 200
                    && (body.path("data").isArray() || body.path("errors").isArray());
            return read ? posts(contents, answer, body, round) : all(contents, Reading.noWord(answer, round));
        } catch (PlatformUnavailable e) {
            return all(contents, Look.unanswered(e));
        }
    }

    private static List<Look> posts(List<Content> contents, Response answer, JsonNode body, Round round) {
        Map<String, JsonNode> shown = new HashMap<>();
        body.path("data").forEach(post -> shown.put(post.path("id").asText(""), post));
        Map<String, String> problems = new HashMap<>();
        body.path("errors")
                .forEach(error -> problems.put(
                        error.path("resource_id").asText(error.path("value").asText("")),
                        error.path("type").asText("")));
        boolean alive = !shown.isEmpty();
        List<Look> looks = new ArrayList<>();
        for (Content content : contents) {
            String id = content.key().id();
            looks.add(
                    shown.containsKey(id)
                            ? shown(shown.get(id), answer, round.vantage().country())
                            : notShown(problems.getOrDefault(id, ""), answer, alive));
        }
        return looks;
    }

    private static Look shown(JsonNode post, Response answer, String country) {
        Set<String> withheld = new HashSet<>();
        post.path("withheld").path("country_codes").forEach(code -> withheld.add(code.asText("")));
        return withheld.contains(country) || withheld.contains(EVERYWHERE)
                ? Reading.seen(Availability.GEO_BLOCKED, answer, "withheld in " + country)
                : Reading.up(answer, withheld.isEmpty() ? "the post" : "the post, withheld elsewhere");
    }

    private static Look notShown(String problem, Response answer, boolean alive) {
        if (problem.endsWith("/resource-not-found")) {
            Look miss = Reading.missing(answer, "resource-not-found");
            return alive
                    ? new Look(miss.availability(), true, miss.httpStatus(), miss.detail(), miss.evidenceHash())
                    : Reading.unknown(UnknownReason.NO_CONTROL, answer, "resource-not-found, as everything else");
        }
        if (problem.endsWith("/not-authorized-for-resource")) {
            return Reading.unknown(UnknownReason.NOT_ALLOWED, answer, "protected, or its account is suspended");
        }
        return Reading.unknown(UnknownReason.CONTRACT_CHANGED, answer, "no word on this post");
    }

    private static List<Look> all(List<Content> contents, Look look) {
        return contents.stream().map(content -> look).toList();
    }
}
