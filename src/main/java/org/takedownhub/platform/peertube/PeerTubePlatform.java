package org.takedownhub.platform.peertube;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.takedownhub.casefile.Channel;
import org.takedownhub.platform.Capture;
import org.takedownhub.platform.Content;
import org.takedownhub.platform.Look;
import org.takedownhub.platform.Notice;
import org.takedownhub.platform.Platform;
import org.takedownhub.platform.PlatformAlarms;
import org.takedownhub.platform.PlatformReply;
import org.takedownhub.platform.PlatformUnavailable;
import org.takedownhub.platform.ReferralAnswer;
import org.takedownhub.platform.SafeHttp;
import org.takedownhub.platform.SafeHttp.Response;
import org.takedownhub.platform.SentReport;

/**
 * One PeerTube server. Whoever reports there sees what became of it and can talk with its moderators. A report about a
 * video of another server is passed on to that server, but its decision never comes back.
 */
final class PeerTubePlatform implements Platform {

    /** Name of an identity kept with a case: the number of our newest report about it. */
    static final String ABUSE_ID = "abuseId";

    private final PeerTubeSettings settings;
    private final PeerTubeApi api;
    private final Reports reports;
    private final Looks looks;
    private final Dialogue dialogue;

    PeerTubePlatform(PeerTubeSettings settings, SafeHttp http, PlatformAlarms alarms, Clock clock) {
        this.settings = settings;
        Session session = new Session(settings, http, clock);
        this.api = new PeerTubeApi(settings, http, session, clock);
        Abuses abuses = new Abuses(settings.instance(), api);
        this.reports = new Reports(settings, session, api, alarms, clock);
        this.looks = new Looks(settings, api, abuses);
        this.dialogue = new Dialogue(settings.instance(), api, abuses);
    }

    @Override
    public String instance() {
        return settings.instance();
    }

    @Override
    public String kind() {
        return PeerTubePlatformFactory.KIND;
    }

    @Override
    public Channel channel() {
        return Channel.API;
    }

    @Override
    public List<String> capabilities() {
        return List.of(
                "reports videos",
                "sees whether videos are still up, and of those we reported whether they were blocked",
                "hears what became of its reports",
                "answers moderators where they asked");
    }

    @Override
    public ReferralAnswer refer(Notice notice) {
        return reports.refer(notice);
    }

    @Override
    public boolean repliesToReports() {
        return true;
    }

    @Override
    public List<List<PlatformReply>> repliesTo(List<SentReport> sent) {
        return dialogue.repliesTo(sent);
    }

    @Override
    public boolean takesAnswers() {
        return true;
    }

    @Override
    public void answer(SentReport report, String text) {
        dialogue.answer(report, text);
    }

    @Override
    public List<Look> look(List<Content> contents) {
        return looks.look(contents);
    }

    @Override
    public Capture capture(Content content) {
        String video = Reports.video(content)
                .orElseThrow(() -> new PlatformUnavailable("This is no address of a video", Optional.empty()));
        String path = Looks.path(video);
        Response answer = api.read(path);
        if (!Looks.isVideo(answer, video)) {
            throw new PlatformUnavailable(
                    instance() + " answered HTTP " + answer.status() + " and not with the video", Optional.empty());
        }
        return new Capture(
                "GET /api/v1/" + path,
                answer.status(),
                answer.header("content-type").orElse("application/octet-stream"),
                answer.body(),
                Map.of());
    }

    @Override
    public void checkConnection() {
        Response answer;
        try {
            answer = api.readSignedIn("users/me");
        } catch (SignInRefused e) {
            throw new PlatformUnavailable(String.valueOf(e.getMessage()), e);
        }
        boolean ours = answer.status() == 200
                && Wire.read(answer, Wire.User.class).map(Wire.User::username).isPresent();
        if (!ours) {
            throw new PlatformUnavailable(
                    instance() + " answered HTTP " + answer.status() + " to our account: mend "
                            + settings.nameOf(
                                    Wire.problem(answer).isPresent() && answer.status() < 500
                                            ? "identifier"
                                            : "base-url"),
                    Optional.empty());
        }
    }
}
