package org.takedownhub.platform.reddit;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.Channel;
import org.takedownhub.platform.Capture;
import org.takedownhub.platform.Content;
import org.takedownhub.platform.ContentGone;
import org.takedownhub.platform.Look;
import org.takedownhub.platform.NeedsPerson;
import org.takedownhub.platform.NoAnswer;
import org.takedownhub.platform.Notice;
import org.takedownhub.platform.Platform;
import org.takedownhub.platform.PlatformAlarms;
import org.takedownhub.platform.PlatformRefusal;
import org.takedownhub.platform.PlatformUnavailable;
import org.takedownhub.platform.Quota;
import org.takedownhub.platform.Receipt;
import org.takedownhub.platform.ReferralAnswer;
import org.takedownhub.platform.SafeHttp.Response;
import org.takedownhub.platform.Uncertain;

/**
 * Reddit. Reports go to {@code POST /api/report} with {@code strict_freeform_reports}: without it, a reason that Reddit
 * does not know is filed as free text that nobody reads. Errors come with HTTP 200, in {@code json.errors}.
 */
final class RedditPlatform implements Platform {

    private static final String THING = "thingId";
    private static final String CONTRACT = "contract";
    private static final String REASONS = "reasons";
    private static final Duration REASONS_KEPT = Duration.ofHours(6);
    private static final Pattern COMMUNITY = Pattern.compile("[A-Za-z0-9_]{2,30}");
    private static final Set<String> THING_GONE =
            Set.of("NO_THING_ID", "DELETED_COMMENT", "DELETED_LINK", "DELETED_THING");
    private static final Set<String> NOT_SIGNED_IN = Set.of("USER_REQUIRED", "NO_USER", "BANNED_FROM_REDDIT");
    private static final int LONGEST_WORDS = 200;

    private final String instance;
    private final RedditSettings settings;
    private final RedditApi api;
    private final Things things;
    private final PlatformAlarms alarms;
    private final Clock clock;
    private volatile @Nullable Known known;

    RedditPlatform(String instance, RedditSettings settings, RedditApi api, PlatformAlarms alarms, Clock clock) {
        this.instance = instance;
        this.settings = settings;
        this.api = api;
        this.things = new Things(settings, api);
        this.alarms = alarms;
        this.clock = clock;
    }

    @Override
    public String instance() {
        return instance;
    }

    @Override
    public String kind() {
        return RedditPlatformFactory.KIND;
    }

    @Override
    public Channel channel() {
        return Channel.API;
    }

    @Override
    public List<String> capabilities() {
        Known reasons = known;
        return Stream.concat(
                        Stream.of(
                                "reports posts and comments, not accounts or communities",
                                "sees whether posts and comments are still up",
                                "does not say what becomes of a report",
                                "reasons on offer: " + (reasons == null ? "not asked for yet" : reasons.reasons())),
                        Arrays.stream(Category.values())
                                .map(category -> RedditSettings.option(category) + " is "
                                        + settings.reasons()
                                                .getOrDefault(category, "not mapped: a person hands it in")))
                .toList();
    }

    @Override
    public Optional<Quota> quota() {
        return api.rate();
    }

    @Override
    public int itemsPerLook() {
        return Things.AT_ONCE;
    }

    @Override
    public ReferralAnswer refer(Notice notice) {
        Optional<String> name = Things.fullName(notice.content());
        if (name.isEmpty()) {
            return new NeedsPerson("Reddit's interface takes reports of posts and comments only: hand the notice in");
        }
        String reason = settings.reasons().get(notice.category());
        if (reason == null) {
            return unmapped(notice.category(), "No reason of Reddit's is mapped to this category: set ", "");
        }
        try {
            Optional<String> community = community(name.get());
            if (community.isEmpty()) {
                return new NeedsPerson(
                        "Reddit does not show this post or comment to the hub: look, and hand the notice in");
            }
            SiteReasons offered = reasons(community.get());
            if (!offered.texts().contains(reason)) {
                return withdrawn(notice.category(), reason, offered);
            }
            alarms.clear(instance, RedditSettings.option(notice.category()));
            return report(name.get(), community.get(), reason, notice);
        } catch (SignInRefused e) {
            return new NeedsPerson(e.getMessage() + ", or hand the notice in");
        }
    }

    private NeedsPerson unmapped(Category category, String wrong, String offered) {
        String option = RedditSettings.option(category);
        String words = wrong + "takedown.platforms." + instance + ".options." + option;
        alarms.raise(instance, option, words + offered);
        return new NeedsPerson(words + ", or hand the notice in. Nothing was sent");
    }

    private Optional<String> community(String name) {
        Response answer = things.ask(List.of(name));
        Map<String, JsonNode> found = Things.things(answer)
                .orElseThrow(() -> new PlatformUnavailable(
                        "Reddit answered HTTP " + answer.status() + " instead of the item", Optional.empty()));
        return Optional.ofNullable(found.get(name))
                .map(thing -> thing.path("subreddit").asText())
                .filter(community -> COMMUNITY.matcher(community).matches());
    }

    /** Reddit's own reasons are the same in every community; asked for again after some hours. */
    private SiteReasons reasons(String community) {
        Known kept = known;
        if (kept == null || clock.instant().isAfter(kept.readAt().plus(REASONS_KEPT))) {
            Response answer = api.read("r/" + community + "/about/rules?raw_json=1");
            SiteReasons read = SiteReasons.of(answer)
                    .orElseThrow(() -> new PlatformUnavailable(
                            "Reddit answered HTTP " + answer.status() + " without its reasons for reports",
                            answer.retryAfter(clock.instant())));
            kept = new Known(read, clock.instant());
            known = kept;
        }
        return kept.reasons();
    }

    private ReferralAnswer report(String name, String community, String reason, Notice notice) {
        Map<String, String> form = new HashMap<>();
        form.put("api_type", "json");
        form.put("thing_id", name);
        form.put("sr_name", community);
        form.put("reason", reason);
        form.put("site_reason", reason);
        form.put("strict_freeform_reports", "true");
        form.put(
                "additional_info",
                AdditionalInfo.of(notice.explanation(), notice.content().reference()));
        Response answer;
        try {
            answer = api.report(form);
        } catch (NoAnswer e) {
            return new Uncertain("Nobody knows whether Reddit took the report: " + e.getMessage());
        }
        return answered(name, notice.category(), answer);
    }

    private ReferralAnswer answered(String name, Category category, Response answer) {
        int status = answer.status();
        JsonNode said = RedditApi.json(answer);
        JsonNode errors = said.path("json").path("errors");
        if (status == 200 && errors.isArray()) {
            alarms.clear(instance, CONTRACT);
            return errors.isEmpty()
                    ? new Receipt(name, clock.instant(), Map.of(THING, name))
                    : refused(errors.get(0).path(0).asText(), said, category);
        }
        if (status < 300) {
            alarms.raise(
                    instance,
                    CONTRACT,
                    "Reddit answered a report with something that is not documented: look there whether reports still"
                            + " arrive");
        }
        if (status < 400 || status == 408 || status >= 500) {
            return new Uncertain("Nobody knows whether Reddit took the report: it answered HTTP " + status);
        }
        if (!said.isObject()) {
            throw new PlatformUnavailable(
                    "Something in front of Reddit answered HTTP " + status + " with a page",
                    answer.retryAfter(clock.instant()));
        }
        return switch (status) {
            case 403 -> new NeedsPerson("Reddit does not let our account report here (HTTP 403"
                    + reasonOf(said) + "): its token needs the scope report, and a private community is closed to"
                    + " it. Hand the notice in");
            case 404 -> new ContentGone("Reddit says that this is not there any more" + reasonOf(said));
            default -> new PlatformRefusal("Reddit refuses the report with HTTP " + status + ": "
                    + shortened(said.path("message").asText()));
        };
    }

    private static String reasonOf(JsonNode said) {
        String reason = said.path("reason").asText();
        return reason.isEmpty() ? "" : ", " + shortened(reason);
    }

    private ReferralAnswer refused(String code, JsonNode said, Category category) {
        if (code.equals("RATELIMIT")) {
            long seconds = said.path("json").path("ratelimit").asLong(60);
            Instant now = clock.instant();
            throw new PlatformUnavailable(
                    "Reddit says that we report too often",
                    Optional.of(Response.within(now.plusSeconds(Math.min(Math.max(seconds, 1), 86_400)), now)));
        }
        if (code.equals("FREE_FORM_REPORTS_NOT_ALLOWED")) {
            known = null;
            return unmapped(
                    category,
                    "Reddit refuses the reason \"" + settings.reasons().get(category) + "\": mend ",
                    "");
        }
        if (THING_GONE.contains(code)) {
            return new ContentGone("Reddit says that this is not there any more (" + code + ")");
        }
        if (NOT_SIGNED_IN.contains(code)) {
            return new NeedsPerson("Reddit does not let our account report (" + code + "): mend "
                    + settings.refreshToken().setting() + ", or hand the notice in");
        }
        return new PlatformRefusal("Reddit refuses the report: "
                + shortened(said.path("json").path("errors").get(0).toString()));
    }

    /** A platform's words go into what a caseworker reads: one line, and not too long. */
    private static String shortened(String words) {
        String line = words.replaceAll("\\s+", " ").strip();
        return line.length() <= LONGEST_WORDS ? line : line.substring(0, LONGEST_WORDS) + "…";
    }

    @Override
    public List<Look> look(List<Content> contents) {
        return things.look(contents);
    }

    @Override
    public Capture capture(Content content) {
        String name = Things.fullName(content)
                .orElseThrow(() -> new PlatformUnavailable(
                        "Reddit's interface tells of posts and comments only", Optional.empty()));
        Response answer;
        try {
            answer = things.ask(List.of(name));
        } catch (SignInRefused e) {
            throw new PlatformUnavailable(String.valueOf(e.getMessage()), e);
        }
        if (Things.things(answer).filter(found -> found.containsKey(name)).isEmpty()) {
            throw new PlatformUnavailable(
                    "Reddit answered HTTP " + answer.status() + " without the item", Optional.empty());
        }
        return new Capture(
                "GET api/info",
                answer.status(),
                answer.header("content-type").orElse("application/json"),
                answer.body(),
                Map.of(THING, name));
    }

    /** Reasons that have to be chosen are alarms. */
    @Override
    public void checkConnection() {
        try {
            String community = community("t3_" + settings.controlPost())
                    .orElseThrow(() -> new PlatformUnavailable(
                            "Reddit does not show the control post: mend takedown.platforms." + instance
                                    + ".options.control-post",
                            Optional.empty()));
            known = null;
            SiteReasons offered = reasons(community);
            checkReasons(offered);
        } catch (SignInRefused e) {
            throw new PlatformUnavailable(String.valueOf(e.getMessage()), e);
        }
    }

    private void checkReasons(SiteReasons offered) {
        if (settings.reasons().isEmpty()) {
            alarms.raise(
                    instance,
                    REASONS,
                    "No reasons for reports are chosen: set takedown.platforms." + instance
                            + ".options.reason-<category>. On offer: " + offered);
        } else {
            alarms.clear(instance, REASONS);
            settings.reasons().forEach((category, reason) -> {
                if (offered.texts().contains(reason)) {
                    alarms.clear(instance, RedditSettings.option(category));
                } else {
                    withdrawn(category, reason, offered);
                }
            });
        }
    }

    private NeedsPerson withdrawn(Category category, String reason, SiteReasons offered) {
        return unmapped(
                category,
                "Reddit does not offer the reason \"" + reason + "\" any more: mend ",
                ". On offer: " + offered);
    }

    private record Known(SiteReasons reasons, Instant readAt) {}
}
