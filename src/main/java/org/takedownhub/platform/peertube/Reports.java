package org.takedownhub.platform.peertube;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.takedownhub.casefile.Category;
import org.takedownhub.platform.Content;
import org.takedownhub.platform.ContentGone;
import org.takedownhub.platform.NeedsPerson;
import org.takedownhub.platform.NoAnswer;
import org.takedownhub.platform.Notice;
import org.takedownhub.platform.PlatformAlarms;
import org.takedownhub.platform.PlatformRefusal;
import org.takedownhub.platform.PlatformUnavailable;
import org.takedownhub.platform.Receipt;
import org.takedownhub.platform.ReferralAnswer;
import org.takedownhub.platform.SafeHttp.Response;
import org.takedownhub.platform.TextLimit;
import org.takedownhub.platform.Uncertain;

/**
 * Hands in reports with {@code POST /api/v1/abuses}, which is not idempotent. The published OpenAPI document is wrong
 * about our main reason: the server knows {@code violentOrRepulsive} only.
 */
final class Reports {

    /** ABUSES.REASON of the server's constants: 2 to 3,000 characters, counted in code points. */
    static final TextLimit REASON = new TextLimit(3000);

    /** Topic of the alarm that the server does not answer as documented. */
    private static final String CONTRACT = "contract";

    private static final int LONGEST_WORDS = 200;
    private static final Pattern TIME = Pattern.compile("(?:([0-9]{1,3})h)?(?:([0-9]{1,4})m)?(?:([0-9]{1,6})s?)?");

    private final PeerTubeSettings settings;
    private final Session session;
    private final PeerTubeApi api;
    private final PlatformAlarms alarms;
    private final Clock clock;

    Reports(PeerTubeSettings settings, Session session, PeerTubeApi api, PlatformAlarms alarms, Clock clock) {
        this.settings = settings;
        this.session = session;
        this.api = api;
        this.alarms = alarms;
        this.clock = clock;
    }

    /** The server's own reasons for one of our categories. */
    static List<String> reasons(Category category) {
        return switch (category) {
            case THREAT, INCITEMENT, GANG_PROMOTION, WEAPONS_GLORIFICATION, GRAPHIC_VIOLENCE, TERRORISM -> List.of(
                    "violentOrRepulsive");
            case WEAPONS_SALE, RECRUITMENT, OTHER -> List.of("serverRules");
            case INTIMIDATION -> List.of("privacy");
        };
    }

    /** The video's UUID; empty for whatever else an address on the server may be. */
    static Optional<String> video(Content content) {
        return content.key().platform().equals("pt") && content.key().type().equals("video")
                ? Optional.of(content.key().id()).filter(Wire::isUuid)
                : Optional.empty();
    }

    /** @throws PlatformUnavailable the report certainly was not taken */
    ReferralAnswer refer(Notice notice) {
        Optional<String> video = video(notice.content());
        if (video.isEmpty()) {
            return new NeedsPerson(settings.instance()
                    + " takes reports of videos, and this is no address of one: look at it, and hand the notice in");
        }
        if (session.password().isEmpty()) {
            return new NeedsPerson(settings.password().setting()
                    + " names a place that holds no password: mend it, or hand the notice in");
        }
        Wire.Report report = new Wire.Report(
                REASON.fit(
                        notice.explanation().strip(),
                        " [Shortened: this form takes 3,000 characters. The full notice is available on request,"
                                + " reference " + notice.content().reference() + ".]"),
                reasons(notice.category()),
                passage(video.get(), notice.content()));
        try {
            return read(api.send("abuses", report));
        } catch (SignInRefused e) {
            return new NeedsPerson(String.valueOf(e.getMessage()));
        } catch (NoAnswer e) {
            return new Uncertain("Nobody knows whether " + settings.instance() + " took the report: " + e.getMessage());
        }
    }

    /** Which part of the video, where the address says so: {@code ?start=1m15s&stop=1m40s}, as PeerTube shares it. */
    static Wire.ReportedVideo passage(String video, Content content) {
        Integer start = seconds(content.url(), "start");
        Integer stop = seconds(content.url(), "stop");
        boolean coherent = stop != null && (start == null || start < stop);
        return new Wire.ReportedVideo(video, start, coherent ? stop : null);
    }

    private static @Nullable Integer seconds(URI url, String parameter) {
        for (String pair : String.valueOf(url.getRawQuery()).split("&")) {
            if (pair.startsWith(parameter + "=")) {
                Matcher time = TIME.matcher(pair.substring(parameter.length() + 1));
                return time.matches() && !time.group().isEmpty()
                        ? 3600 * number(time.group(1)) + 60 * number(time.group(2)) + number(time.group(3))
                        : null;
            }
        }
        return null;
    }

    private static int number(@Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    private ReferralAnswer read(Response answer) {
        int status = answer.status();
        if (status == 200) {
            return receipt(answer);
        }
        if (status < 400 || status == 408 || status >= 500) {
            return new Uncertain(
                    "Nobody knows whether " + settings.instance() + " took the report: it answered HTTP " + status);
        }
        Wire.Problem problem = Wire.problem(answer)
                .orElseThrow(() -> new PlatformUnavailable(
                        "Something in front of " + settings.instance() + " answered HTTP " + status + " with a page",
                        answer.retryAfter(clock.instant())));
        String words = shortened(String.valueOf(problem.detail()));
        return switch (status) {
            case 401 -> credentials(status);
            case 403 -> words.contains("you own")
                    ? new PlatformRefusal("The platform takes no report of our own account about its own video")
                    : credentials(status);
            case 404 -> new ContentGone("The platform says that there is no such video");
            default -> {
                alarms.raise(
                        settings.instance(),
                        CONTRACT,
                        "The server answered a report with HTTP " + status + " (" + words
                                + "), which is not documented: compare its API before more is sent");
                yield new NeedsPerson("The platform does not take the report as it is documented (HTTP " + status + ": "
                        + words + "): hand the notice in");
            }
        };
    }

    private NeedsPerson credentials(int status) {
        return new NeedsPerson("The platform does not let our account report (HTTP " + status + "): mend "
                + settings.nameOf("identifier") + " and " + settings.password().setting() + ", or hand the notice in");
    }

    private ReferralAnswer receipt(Response answer) {
        Optional<Long> number = Wire.read(answer, Wire.Filed.class)
                .map(Wire.Filed::abuse)
                .map(Wire.Numbered::id)
                .filter(id -> id > 0);
        if (number.isEmpty()) {
            alarms.raise(
                    settings.instance(),
                    CONTRACT,
                    "The server answered a report without its number: look there whether reports still arrive");
            return new Uncertain("Nobody knows whether " + settings.instance()
                    + " took the report: its answer is not as documented");
        }
        alarms.clear(settings.instance(), CONTRACT);
        String id = number.get().toString();
        return new Receipt(id, clock.instant(), Map.of(PeerTubePlatform.ABUSE_ID, id));
    }

    /** A platform's words go into what a caseworker reads: one line, and not too long. */
    static String shortened(String words) {
        String line = words.replaceAll("\\s+", " ").strip();
        return line.length() <= LONGEST_WORDS ? line : line.substring(0, LONGEST_WORDS) + "…";
    }
}
