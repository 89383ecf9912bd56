package org.takedownhub.training;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.HtmlUtils;

/** The entities of the Mastodon API, field by field as <a href="https://docs.joinmastodon.org/entities/">documented</a>. */
final class MastodonJson {

    static final String VERSION = "4.6.0";
    static final String TITLE = "Training platform";
    static final int MOST_CHARACTERS = 500;
    static final int MOST_MEDIA = 4;

    /** The rules a report of category {@code violation} refers to. */
    static final Map<Long, String> RULES = rules();

    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final String MODERATOR = "moderator";

    private final Addresses addresses;
    private final TrainingStore store;

    MastodonJson(Addresses addresses, TrainingStore store) {
        this.addresses = addresses;
        this.store = store;
    }

    private static Map<Long, String> rules() {
        Map<Long, String> rules = new LinkedHashMap<>();
        rules.put(1L, "No threats, incitement or glorification of violence");
        rules.put(2L, "No sale of weapons or of other prohibited goods");
        rules.put(3L, "No content that is illegal in the United Kingdom");
        return rules;
    }

    Map<String, Object> status(Post post) {
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("id", Long.toString(post.id()));
        status.put("created_at", TIMESTAMP.format(post.createdAt()));
        status.put("in_reply_to_id", null);
        status.put("in_reply_to_account_id", null);
        status.put("sensitive", false);
        status.put("spoiler_text", "");
        // Scenes stay out of the public timeline, where a caller looks for content that is never removed.
        status.put("visibility", post.ordinary() ? "public" : "unlisted");
        status.put("language", "en");
        status.put("uri", addresses.uriOf(post));
        status.put("url", addresses.of(post));
        status.put("replies_count", 0);
        status.put("reblogs_count", 0);
        status.put("favourites_count", 0);
        status.put("quotes_count", 0);
        status.put("edited_at", null);
        status.put("content", content(post));
        status.put("reblog", null);
        status.put("account", account(post.author()));
        status.put("media_attachments", attachments(post));
        status.put("mentions", List.of());
        status.put("tags", List.of());
        status.put("emojis", List.of());
        status.put("card", null);
        status.put("poll", null);
        return status;
    }

    private static String content(Post post) {
        return "<p>" + HtmlUtils.htmlEscape(post.text()).replace("\n", "<br>") + "</p>";
    }

    private List<Object> attachments(Post post) {
        List<Object> attachments = new ArrayList<>();
        for (int place = 0; place < post.media().size(); place++) {
            String name = post.media().get(place);
            Map<String, Object> attachment = new LinkedHashMap<>();
            attachment.put("id", Long.toString(post.id() + place + 1));
            attachment.put("type", "image");
            attachment.put("url", addresses.picture(name));
            attachment.put("preview_url", addresses.picture(name));
            attachment.put("remote_url", null);
            Map<String, Object> size = new LinkedHashMap<>();
            size.put("width", Picture.WIDTH);
            size.put("height", Picture.HEIGHT);
            size.put("size", Picture.WIDTH + "x" + Picture.HEIGHT);
            size.put("aspect", (double) Picture.WIDTH / Picture.HEIGHT);
            attachment.put("meta", Map.of("original", size));
            attachment.put("description", name);
            attachment.put("blurhash", null);
            attachments.add(attachment);
        }
        return attachments;
    }

    Map<String, Object> account(Account account) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", Long.toString(account.id()));
        json.put("username", account.username());
        json.put("acct", account.username());
        json.put("display_name", account.username());
        json.put("locked", false);
        json.put("bot", false);
        json.put("discoverable", false);
        json.put("indexable", false);
        json.put("group", false);
        LocalDate joined = account.createdAt().atZone(ZoneOffset.UTC).toLocalDate();
        json.put("created_at", joined + "T00:00:00.000Z");
        json.put("note", "");
        json.put("url", addresses.of(account));
        json.put("uri", addresses.uriOf(account));
        String picture = addresses.picture(account.username());
        json.put("avatar", picture);
        json.put("avatar_static", picture);
        json.put("header", picture);
        json.put("header_static", picture);
        json.put("followers_count", 0);
        json.put("following_count", 0);
        json.put("statuses_count", store.postCount(account));
        json.put("last_status_at", null);
        json.put("emojis", List.of());
        json.put("fields", List.of());
        return json;
    }

    /** What {@code verify_credentials} answers. */
    Map<String, Object> credentials(Account account) {
        Map<String, Object> json = account(account);
        Map<String, Object> source = new LinkedHashMap<>();
        source.put("privacy", "public");
        source.put("sensitive", false);
        source.put("language", "en");
        source.put("note", "");
        source.put("fields", List.of());
        source.put("follow_requests_count", 0);
        json.put("source", source);
        Map<String, Object> role = new LinkedHashMap<>();
        role.put("id", "-99");
        role.put("name", "");
        role.put("permissions", "65536");
        role.put("color", "");
        role.put("highlighted", false);
        json.put("role", role);
        return json;
    }

    /** What the reporter sees of a report. */
    Map<String, Object> report(Report report, Instant now) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", Long.toString(report.id()));
        json.put("action_taken", report.closed(now));
        json.put("action_taken_at", timestamp(report.closed(now) ? report.closingAt() : null));
        json.put("category", report.category());
        json.put("comment", report.comment());
        json.put("forwarded", false);
        json.put("created_at", TIMESTAMP.format(report.createdAt()));
        json.put("status_ids", strings(report.statusIds()));
        json.put("collection_ids", List.of());
        json.put("rule_ids", report.ruleIds().isEmpty() ? null : strings(report.ruleIds()));
        json.put("target_account", account(report.target()));
        return json;
    }

    /** What a webhook carries about a report that was closed: the moderators' own view, personal data included. */
    Map<String, Object> closedReport(Report report) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("id", Long.toString(report.id()));
        object.put("action_taken", true);
        object.put("action_taken_at", timestamp(report.closingAt()));
        object.put("category", report.category());
        object.put("comment", report.comment());
        object.put("forwarded", false);
        object.put("created_at", TIMESTAMP.format(report.createdAt()));
        object.put("updated_at", timestamp(report.closingAt()));
        object.put("account", adminAccount(store.reporter()));
        object.put("target_account", adminAccount(report.target()));
        object.put("assigned_account", null);
        object.put("action_taken_by_account", adminAccount(new Account(1, MODERATOR, report.createdAt())));
        object.put(
                "statuses",
                report.statusIds().stream()
                        .flatMap(id -> store.post(id).stream())
                        .map(this::status)
                        .toList());
        object.put("rules", report.ruleIds().stream().map(MastodonJson::rule).toList());
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("event", "report.updated");
        event.put("created_at", timestamp(report.closingAt()));
        event.put("object", object);
        return event;
    }

    private Map<String, Object> adminAccount(Account account) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", Long.toString(account.id()));
        json.put("username", account.username());
        json.put("domain", null);
        json.put("created_at", TIMESTAMP.format(account.createdAt()));
        json.put("email", account.username() + "@example.org");
        json.put("ip", "192.0.2.1");
        json.put("ips", List.of(Map.of("ip", "192.0.2.1", "used_at", TIMESTAMP.format(account.createdAt()))));
        json.put("locale", "en");
        json.put("invite_request", null);
        json.put("confirmed", true);
        json.put("approved", true);
        json.put("disabled", false);
        json.put("sensitized", false);
        json.put("silenced", false);
        json.put("suspended", false);
        json.put("account", account(account));
        return json;
    }

    static Map<String, Object> rule(long id) {
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("id", Long.toString(id));
        rule.put("text", RULES.get(id));
        rule.put("hint", "");
        return rule;
    }

    List<Map<String, Object>> rulesList() {
        return RULES.keySet().stream().map(MastodonJson::rule).toList();
    }

    Map<String, Object> instance() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("domain", addresses.domain());
        json.put("title", TITLE);
        json.put("version", VERSION);
        json.put("source_url", "https://github.com/mastodon/mastodon");
        json.put("description", "A small network where everything is made up");
        json.put("usage", Map.of("users", Map.of("active_month", 1)));
        json.put("languages", List.of("en"));
        json.put("configuration", configuration());
        json.put("registrations", Map.of("enabled", false, "approval_required", false));
        json.put("api_versions", Map.of("mastodon", 8));
        json.put("contact", Map.of("email", "moderators@example.org"));
        json.put("rules", rulesList());
        return json;
    }

    Map<String, Object> instanceV1() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("uri", addresses.domain());
        json.put("title", TITLE);
        json.put("short_description", "A small network where everything is made up");
        json.put("description", "");
        json.put("email", "moderators@example.org");
        json.put("version", VERSION);
        json.put("languages", List.of("en"));
        json.put("registrations", false);
        json.put("approval_required", false);
        json.put("invites_enabled", false);
        json.put("configuration", configuration());
        json.put("rules", rulesList());
        return json;
    }

    private Map<String, Object> configuration() {
        Map<String, Object> statuses = new LinkedHashMap<>();
        statuses.put("max_characters", MOST_CHARACTERS);
        statuses.put("max_media_attachments", MOST_MEDIA);
        statuses.put("characters_reserved_per_url", 23);
        return Map.of("statuses", statuses);
    }

    /** A post as ActivityPub has it. */
    Map<String, Object> note(Post post) {
        Map<String, Object> note = new LinkedHashMap<>();
        note.put("@context", "https://www.w3.org/ns/activitystreams");
        note.put("id", addresses.uriOf(post));
        note.put("type", "Note");
        note.put("published", post.createdAt().toString());
        note.put("url", addresses.of(post));
        note.put("attributedTo", addresses.uriOf(post.author()));
        note.put("to", List.of("https://www.w3.org/ns/activitystreams#Public"));
        note.put("sensitive", false);
        note.put("content", content(post));
        note.put(
                "attachment",
                post.media().stream()
                        .map(name -> Map.of(
                                "type",
                                "Document",
                                "mediaType",
                                "image/png",
                                "url",
                                addresses.picture(name),
                                "name",
                                name))
                        .toList());
        return note;
    }

    /** What is left of a post its author deleted. */
    Map<String, Object> tombstone(Post post) {
        Map<String, Object> tombstone = new LinkedHashMap<>();
        tombstone.put("@context", "https://www.w3.org/ns/activitystreams");
        tombstone.put("id", addresses.uriOf(post));
        tombstone.put("type", "Tombstone");
        tombstone.put("deleted", timestamp(post.deletedAt()));
        return tombstone;
    }

    /** An account as ActivityPub has it. */
    Map<String, Object> person(Account account) {
        Map<String, Object> person = new LinkedHashMap<>();
        person.put("@context", "https://www.w3.org/ns/activitystreams");
        person.put("id", addresses.uriOf(account));
        person.put("type", "Person");
        person.put("preferredUsername", account.username());
        person.put("name", account.username());
        person.put("inbox", addresses.uriOf(account) + "/inbox");
        person.put("outbox", addresses.uriOf(account) + "/outbox");
        person.put("url", addresses.of(account));
        return person;
    }

    private static List<String> strings(List<Long> ids) {
        return ids.stream().map(id -> Long.toString(id)).toList();
    }

    private static @Nullable String timestamp(@Nullable Instant instant) {
        return instant == null ? null : TIMESTAMP.format(instant);
    }
}
