package org.takedownhub.platform.reddit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.takedownhub.platform.Availability;
import org.takedownhub.platform.Content;
import org.takedownhub.platform.Look;
import org.takedownhub.platform.PlatformUnavailable;
import org.takedownhub.platform.SafeHttp.Response;
import org.takedownhub.platform.UnknownReason;

/**
 * Posts ({@code t3}) and comments ({@code t1}), a hundred at the price of one, by {@code GET /api/info}. A post says in
 * {@code removed_by_category} who removed it. A comment has no such field: its text is replaced, and its author with it,
 * which nobody can write themselves.
 */
final class Things {

    /** Most ids that one call takes. */
    static final int AT_ONCE = 100;

    private static final Pattern ID = Pattern.compile("[0-9a-z]{1,13}");
    private static final Set<String> BY_THE_AUTHOR = Set.of("deleted", "author");
    private static final Set<String> BY_REDDIT_OR_MODERATORS = Set.of(
            "anti_evil_ops",
            "automod_filtered",
            "community_ops",
            "content_takedown",
            "copyright_takedown",
            "legal_operations",
            "moderator",
            "reddit",
            "spam");
    private static final Set<String> NOBODY = Set.of("[deleted]", "[removed]");

    private final RedditSettings settings;
    private final RedditApi api;

    Things(RedditSettings settings, RedditApi api) {
        this.settings = settings;
        this.api = api;
    }

    /** What Reddit calls an item, such as {@code t3_1abcde}; empty for accounts and communities. */
    static Optional<String> fullName(Content content) {
        return Optional.of(content.key())
                .filter(key -> key.platform().equals("reddit"))
                .filter(key -> key.type().equals("t1") || key.type().equals("t3"))
                .filter(key -> ID.matcher(key.id()).matches())
                .map(key -> key.type() + "_" + key.id());
    }

    /**
     * Asks for things.
     *
     * @throws PlatformUnavailable no answer
     * @throws SignInRefused       Reddit does not let us in
     */
    Response ask(Iterable<String> fullNames) {
        return api.read("api/info?raw_json=1&id=" + String.join(",", fullNames));
    }

    /** By their full names; empty when the answer is not a whole listing of posts and comments. */
    static Optional<Map<String, JsonNode>> things(Response answer) {
        JsonNode said = answer.status() == 200 ? RedditApi.json(answer) : null;
        if (said == null
                || !said.path("kind").asText().equals("Listing")
                || !said.path("data").path("children").isArray()) {
            return Optional.empty();
        }
        Map<String, JsonNode> things = new HashMap<>();
        for (JsonNode child : said.path("data").path("children")) {
            String name = child.path("data").path("name").asText();
            String kind = child.path("kind").asText();
            if (!Set.of("t1", "t3").contains(kind) || !name.startsWith(kind + "_")) {
                return Optional.empty();
            }
            things.put(name, child.path("data"));
        }
        return Optional.of(things);
    }

    List<Look> look(List<Content> contents) {
        Map<String, Look> seen = new HashMap<>();
        List<String> names = contents.stream()
                .flatMap(content -> fullName(content).stream())
                .distinct()
                .toList();
        Look failed = null;
        for (int from = 0; from < names.size(); from += AT_ONCE) {
            List<String> batch = names.subList(from, Math.min(from + AT_ONCE, names.size()));
            if (failed == null) {
                failed = look(batch, seen);
            }
            for (String name : batch) {
                if (failed != null) {
                    seen.putIfAbsent(name, failed);
                }
            }
        }
        return contents.stream()
                .map(content -> fullName(content)
                        .map(seen::get)
                        .orElseGet(() -> Look.unknown(
                                UnknownReason.NO_INTERFACE,
                                "The hub looks at posts and comments only: a person looks")))
                .toList();
    }

    /** @return what is to be said of this batch and of those after it when Reddit could not be asked */
    private @Nullable Look look(List<String> batch, Map<String, Look> seen) {
        String control = "t3_" + settings.controlPost();
        Set<String> asked = new LinkedHashSet<>(batch);
        if (asked.size() < AT_ONCE) {
            asked.add(control);
        }
        try {
            Response answer = ask(asked);
            Optional<Map<String, JsonNode>> things = things(answer);
            if (things.isEmpty()) {
                Look unknown = look(Availability.UNKNOWN, false, answer, "no listing");
                batch.forEach(name -> seen.put(name, unknown));
                return null;
            }
            boolean missing = !things.get().keySet().containsAll(batch);
            boolean alive = !things.get().isEmpty() || missing && !asked.contains(control) && isThere(control);
            for (String name : batch) {
                seen.put(name, look(name, things.get().get(name), alive, answer));
            }
            return null;
        } catch (PlatformUnavailable e) {
            return Look.unanswered(e);
        } catch (SignInRefused e) {
            return Look.unknown(UnknownReason.NOT_ALLOWED, String.valueOf(e.getMessage()));
        }
    }

    private boolean isThere(String name) {
        return things(ask(List.of(name)))
                .filter(things -> things.containsKey(name))
                .isPresent();
    }

    private static Look look(String name, @Nullable JsonNode thing, boolean alive, Response answer) {
        if (thing == null) {
            return look(Availability.GONE_UNATTRIBUTED, alive, answer, "not among Reddit's things");
        }
        return name.startsWith("t3_") ? ofPost(thing, alive, answer) : ofComment(thing, alive, answer);
    }

    private static Look ofPost(JsonNode post, boolean alive, Response answer) {
        JsonNode removed = post.path("removed_by_category");
        if (removed.isNull()) {
            return look(Availability.AVAILABLE, alive, answer, "not removed");
        }
        String category = removed.asText();
        if (BY_THE_AUTHOR.contains(category)) {
            return look(Availability.DELETED_BY_AUTHOR, alive, answer, "removed by: " + category);
        }
        if (BY_REDDIT_OR_MODERATORS.contains(category)) {
            return look(Availability.REMOVED_BY_PLATFORM, alive, answer, "removed by: " + category);
        }
        return category.equals("legal")
                ? look(
                        Availability.GEO_BLOCKED,
                        alive,
                        answer,
                        "removed by: legal, which may hold in some countries only")
                : look(Availability.UNKNOWN, alive, answer, "removed_by_category is missing or not documented");
    }

    private static Look ofComment(JsonNode comment, boolean alive, Response answer) {
        if (!comment.path("body").isTextual() || !comment.path("author").isTextual()) {
            return look(Availability.UNKNOWN, alive, answer, "a comment without author and text");
        }
        String body = comment.path("body").textValue();
        if (!NOBODY.contains(comment.path("author").textValue()) || !NOBODY.contains(body)) {
            return look(Availability.AVAILABLE, alive, answer, "not removed");
        }
        return body.equals("[removed]")
                ? look(Availability.REMOVED_BY_PLATFORM, alive, answer, "text and author replaced: [removed]")
                : look(Availability.DELETED_BY_AUTHOR, alive, answer, "text and author replaced: [deleted]");
    }

    private static Look look(Availability availability, boolean alive, Response answer, String detail) {
        return new Look(
                availability,
                alive,
                OptionalInt.of(answer.status()),
                "HTTP " + answer.status() + ": " + detail,
                Optional.of(answer.bodyHash()));
    }
}
