package org.takedownhub.platform.youtube;

import com.google.api.services.youtube.model.VideoAbuseReport;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.takedownhub.platform.Vantage;

/**
 * YouTube. Reports go to <a href="https://developers.google.com/youtube/v3/docs/videos/reportAbuse">
 * videos.reportAbuse</a>, which says 204 and nothing else: no number, no status, no way to look a report up or to take
 * it back. They are flags like those of any user; no priority comes with them.
 */
final class YouTubePlatform implements Platform {

    private static final String VIDEO_ID = "videoId";
    private static final String CONTRACT = "contract";
    private static final String REASONS = "reasons";

    private final String instance;
    private final YouTubeSettings settings;
    private final YouTubeApi api;
    private final Reasons reasons;
    private final QuotaLedger ledger;
    private final PlatformAlarms alarms;
    private final VideoLooks looks;
    private final Clock clock;

    YouTubePlatform(
            String instance,
            YouTubeSettings settings,
            YouTubeApi api,
            Reasons reasons,
            QuotaLedger ledger,
            PlatformAlarms alarms,
            Clock clock) {
        this.instance = instance;
        this.settings = settings;
        this.api = api;
        this.reasons = reasons;
        this.ledger = ledger;
        this.alarms = alarms;
        this.looks = new VideoLooks(settings, api);
        this.clock = clock;
    }

    /** The id of the video that an item is; empty for comments, channels, posts and playlists. */
    static Optional<String> videoId(Content content) {
        return Optional.of(content.key())
                .filter(key -> key.platform().equals("yt") && key.type().equals("video"))
                .map(key -> key.id())
                .filter(id -> YouTubeSettings.VIDEO_ID.matcher(id).matches());
    }

    @Override
    public String instance() {
        return instance;
    }

    @Override
    public String kind() {
        return YouTubePlatformFactory.KIND;
    }

    @Override
    public Channel channel() {
        return Channel.API;
    }

    @Override
    public List<String> capabilities() {
        List<String> capabilities = new ArrayList<>(List.of(
                "reports videos, not comments, channels, posts or playlists",
                "sees whether videos are still up, seen from " + settings.country(),
                "does not say what becomes of a report"));
        Arrays.stream(Category.values())
                .map(category -> YouTubeSettings.option(category) + " is "
                        + Optional.ofNullable(settings.reasons().get(category))
                                .map(YouTubeSettings.Reason::toString)
                                .orElse("not mapped: a person hands it in"))
                .forEach(capabilities::add);
        capabilities.add("reasons on offer: "
                + reasons.lastKnown().map(Reasons.Offers::toString).orElse("not asked for yet"));
        return capabilities;
    }

    @Override
    public Optional<Quota> quota() {
        return Optional.of(ledger.quota());
    }

    @Override
    public int itemsPerLook() {
        return YouTubeApi.IDS_PER_LIST;
    }

    @Override
    public ReferralAnswer refer(Notice notice) {
        Optional<String> video = videoId(notice.content());
        if (video.isEmpty()) {
            return new NeedsPerson("YouTube's interface takes reports of videos only, and this is a "
                    + notice.content().key().type() + ": hand the notice in on the site itself");
        }
        try {
            Optional<NeedsPerson> unmapped = unmapped(notice.category(), reasons.current());
            return unmapped.isPresent() ? unmapped.get() : report(video.get(), notice);
        } catch (SignInRefused e) {
            return new NeedsPerson(e.getMessage() + ", or hand the notice in");
        }
    }

    /** A report with a reason that nobody chose, or that YouTube does not offer any more, is not sent. */
    private Optional<NeedsPerson> unmapped(Category category, Reasons.Offers offers) {
        String option = YouTubeSettings.option(category);
        String key = "takedown.platforms." + instance + ".options." + option;
        YouTubeSettings.Reason reason = settings.reasons().get(category);
        if (reason != null && offers.include(reason)) {
            alarms.clear(instance, option);
            return Optional.empty();
        }
        String wrong = reason == null
                ? "No reason of YouTube's is mapped to this category: set " + key
                : "YouTube does not offer the reason " + reason + " any more: mend " + key;
        alarms.raise(instance, option, wrong + ". On offer: " + offers);
        return Optional.of(new NeedsPerson(wrong + ", or hand the notice in. Nothing was sent"));
    }

    private ReferralAnswer report(String video, Notice notice) {
        YouTubeSettings.Reason reason = settings.reasons().get(notice.category());
        VideoAbuseReport report = new VideoAbuseReport()
                .setVideoId(video)
                .setReasonId(reason.reasonId())
                .setComments(notice.explanation())
                .setLanguage(settings.language());
        reason.secondaryReasonId().ifPresent(report::setSecondaryReasonId);
        Response answer;
        try {
            answer = api.report(report);
        } catch (NoAnswer e) {
            return new Uncertain("Nobody knows whether YouTube took the report: " + e.getMessage());
        }
        int status = answer.status();
        if (status == 204) {
            alarms.clear(instance, CONTRACT);
            return new Receipt(video, clock.instant(), Map.of(VIDEO_ID, video));
        }
        if (status < 300) {
            alarms.raise(
                    instance,
                    CONTRACT,
                    "YouTube answered a report with HTTP " + status + " where its documents promise 204: look there"
                            + " whether reports still arrive");
        }
        if (status < 400 || status == 408 || status >= 500) {
            return new Uncertain("Nobody knows whether YouTube took the report: it answered HTTP " + status);
        }
        return YouTubeApi.failure(answer)
                .map(failure -> refused(failure, status, notice.category()))
                .orElseThrow(() -> new PlatformUnavailable(
                        "Something in front of YouTube answered HTTP " + status + " with no word of YouTube's",
                        answer.retryAfter(clock.instant())));
    }

    private ReferralAnswer refused(String failure, int status, Category category) {
        return switch (failure) {
            case "videoNotFound" -> new ContentGone("YouTube says that there is no such video (any more)");
            case "invalidAbuseReason" -> {
                reasons.forget();
                String option = YouTubeSettings.option(category);
                String wrong =
                        "YouTube refuses the reason " + settings.reasons().get(category) + ": mend takedown.platforms."
                                + instance + ".options." + option;
                alarms.raise(instance, option, wrong);
                yield new NeedsPerson(wrong + ", or hand the notice in");
            }
            case "authenticatedUserAccountSuspended", "authenticatedUserAccountClosed" -> account(
                    "Google has closed or suspended the channel we report with (" + failure + ")");
            case "authError",
                    "required",
                    "forbidden",
                    "insufficientPermissions",
                    "accessNotConfigured",
                    "youtubeSignupRequired" -> account("YouTube does not let our channel report (HTTP " + status + ", "
                    + failure + "): mend " + settings.refreshToken().setting() + " (scope youtube.force-ssl)");
            default -> new PlatformRefusal(
                    "YouTube refuses the report with HTTP " + status + ": " + shortened(failure));
        };
    }

    private NeedsPerson account(String wrong) {
        return new NeedsPerson(wrong + ", or hand the notice in");
    }

    private static String shortened(String word) {
        return word.replaceAll("[^A-Za-z0-9_.-]", "?").substring(0, Math.min(word.length(), 60));
    }

    @Override
    public List<Look> look(List<Content> contents) {
        return looks.look(contents, settings.country());
    }

    /** YouTube answers the whole world alike and says where a video is blocked: the vantage's country is read there. */
    @Override
    public List<Look> look(List<Content> contents, Vantage vantage) {
        return looks.look(contents, vantage.country());
    }

    @Override
    public Capture capture(Content content) {
        String video = videoId(content)
                .orElseThrow(() -> new PlatformUnavailable(
                        "YouTube's interface tells of videos only, and this is none", Optional.empty()));
        Response answer;
        try {
            answer = api.videos(List.of("id", "snippet", "status", "contentDetails"), List.of(video));
        } catch (SignInRefused e) {
            throw new PlatformUnavailable(String.valueOf(e.getMessage()), e);
        }
        if (VideoLooks.videos(answer)
                .filter(videos -> videos.containsKey(video))
                .isEmpty()) {
            throw new PlatformUnavailable(
                    "YouTube answered HTTP " + answer.status() + " without the video", Optional.empty());
        }
        return new Capture(
                "videos.list",
                answer.status(),
                answer.header("content-type").orElse("application/json"),
                answer.body(),
                Map.of(VIDEO_ID, video));
    }

    /** Of the day's quota this takes one unit, now and then two. Reasons that have to be chosen are alarms. */
    @Override
    public void checkConnection() {
        try {
            api.signIn();
            checkReasons(reasons.current());
            if (VideoLooks.videos(api.videos(List.of("id"), List.of(settings.controlVideo())))
                    .filter(videos -> videos.containsKey(settings.controlVideo()))
                    .isEmpty()) {
                throw new PlatformUnavailable(
                        "YouTube does not show the control video: mend takedown.platforms." + instance
                                + ".options.control-video or .api-key",
                        Optional.empty());
            }
        } catch (SignInRefused e) {
            throw new PlatformUnavailable(String.valueOf(e.getMessage()), e);
        }
    }

    private void checkReasons(Reasons.Offers offers) {
        if (settings.reasons().isEmpty()) {
            alarms.raise(
                    instance,
                    REASONS,
                    "No reasons for reports are chosen: set takedown.platforms." + instance
                            + ".options.reason-<category>. On offer: " + offers);
        } else {
            alarms.clear(instance, REASONS);
            settings.reasons().keySet().forEach(category -> unmapped(category, offers));
        }
    }
}
