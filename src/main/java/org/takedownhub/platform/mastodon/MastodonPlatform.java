package org.takedownhub.platform.mastodon;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.takedownhub.casefile.Channel;
import org.takedownhub.platform.Capture;
import org.takedownhub.platform.Content;
import org.takedownhub.platform.Look;
import org.takedownhub.platform.MediaAddresses;
import org.takedownhub.platform.Notice;
import org.takedownhub.platform.Platform;
import org.takedownhub.platform.PlatformAlarms;
import org.takedownhub.platform.PlatformEvent;
import org.takedownhub.platform.PlatformReply;
import org.takedownhub.platform.PlatformUnavailable;
import org.takedownhub.platform.Quota;
import org.takedownhub.platform.ReferralAnswer;
import org.takedownhub.platform.SafeHttp;
import org.takedownhub.platform.SafeHttp.Response;
import org.takedownhub.platform.SentReport;
import org.takedownhub.platform.Uncertain;

/**
 * One Mastodon server, or one that answers its API (GoToSocial, Pleroma, Akkoma, Pixelfed). Reports go to
 * <a href="https://docs.joinmastodon.org/methods/reports/">POST /api/v1/reports</a>, which is not idempotent and cannot
 * be looked up by who reported: whatever leaves open whether a report was taken is {@link Uncertain}.
 */
final class MastodonPlatform implements Platform {

    /** Names of identities kept with a case. */
    static final String STATUS_ID = "statusId";

    static final String ACCOUNT_ID = "accountId";
    static final String URI = "uri";
    static final String REPORT_ID = "reportId";

    /** Topic of the alarm that the server does not answer as documented. */
    static final String CONTRACT = "contract";

    private final String instance;
    private final MastodonSettings settings;
    private final MastodonApi api;
    private final MastodonTargets targets;
    private final MastodonServer server;
    private final MastodonWatch watch;
    private final MastodonReports reports;
    private final ReportReplies replies;

    MastodonPlatform(String instance, MastodonSettings settings, SafeHttp http, PlatformAlarms alarms, Clock clock) {
        this.instance = instance;
        this.settings = settings;
        this.api = new MastodonApi(settings, http, clock);
        this.server = new MastodonServer(instance, settings, api, clock);
        this.targets = new MastodonTargets(instance, api, settings, server);
        this.watch = new MastodonWatch(api, targets, settings, server);
        this.reports = new MastodonReports(instance, settings, api, server, targets, alarms, clock);
        this.replies = new ReportReplies(instance, api, settings);
    }

    @Override
    public String instance() {
        return instance;
    }

    @Override
    public String kind() {
        return MastodonPlatformFactory.KIND;
    }

    @Override
    public Channel channel() {
        return Channel.API;
    }

    @Override
    public List<String> capabilities() {
        List<String> capabilities =
                new ArrayList<>(List.of("reports posts and accounts", "sees whether posts and accounts are still up"));
        Dialect dialect = server.dialect();
        if (dialect != Dialect.MASTODON) {
            capabilities.add("speaks to " + dialect.words());
        }
        if (dialect == Dialect.PIXELFED) {
            capabilities.add("reports without words, so that the notice's text does not reach the moderators");
            capabilities.add("takes one report of each post");
        }
        if (dialect.takesSeveralPosts()) {
            capabilities.add("reports several posts of an account at once");
        }
        if (dialect.repliesToReports()) {
            capabilities.add("hears what became of its reports");
        }
        if (!settings.webhookSecrets().isEmpty()) {
            capabilities.add("takes webhooks");
        }
        return capabilities;
    }

    @Override
    public ReferralAnswer refer(Notice notice) {
        return reports.refer(List.of(notice)).get(0);
    }

    /** Posts of one account that are reported for the same reason, as far as their whole texts fit one comment. */
    @Override
    public Optional<String> group(Notice notice) {
        if (noticesPerReport() == 1 || targets.isAccount(notice.content()) || !ReportComment.mayShare(notice)) {
            return Optional.empty();
        }
        return targets.authorInAddress(notice.content())
                .map(name -> "@" + name)
                .or(() -> Optional.ofNullable(notice.content().identities().get(ACCOUNT_ID))
                        .filter(Entities::isId))
                .map(account ->
                        String.join(" ", account, notice.category().name(), notice.unlawful() ? "unlawful" : "terms"));
    }

    @Override
    public int noticesPerReport() {
        return server.dialect().takesSeveralPosts() ? ReportComment.MOST_NOTICES : 1;
    }

    @Override
    public List<ReferralAnswer> refer(List<Notice> notices) {
        if (notices.size() > ReportComment.MOST_NOTICES) {
            throw new IllegalArgumentException(
                    instance + " takes at most " + ReportComment.MOST_NOTICES + " notices at a time");
        }
        return reports.refer(notices);
    }

    @Override
    public boolean repliesToReports() {
        return server.dialect().repliesToReports();
    }

    @Override
    public List<List<PlatformReply>> repliesTo(List<SentReport> sent) {
        return repliesToReports() ? replies.to(sent) : Platform.super.repliesTo(sent);
    }

    @Override
    public Optional<Quota> quota() {
        return Optional.of(api.quota());
    }

    @Override
    public List<Look> look(List<Content> contents) {
        return watch.look(contents);
    }

    @Override
    public Capture capture(Content content) {
        boolean account = targets.isAccount(content);
        String path = account
                ? targets.accountPath(content)
                : MastodonWatch.statusPath(targets.statusId(content)
                        .orElseThrow(() -> new PlatformUnavailable(
                                instance + " did not say which post this address is", Optional.empty())));
        Response answer = targets.read(path);
        if (answer.status() == 401 || answer.status() == 403) {
            answer = api.readSignedIn(path);
        }
        if (answer.status() != 200) {
            throw new PlatformUnavailable(
                    instance + " answered HTTP " + answer.status() + " instead of the content", Optional.empty());
        }
        return new Capture(
                "GET /" + path,
                answer.status(),
                answer.header("content-type").orElse("application/octet-stream"),
                answer.body(),
                account ? accountIdentities(answer) : statusIdentities(answer),
                account ? List.of() : MediaAddresses.of(Entities.mediaOf(answer)));
    }

    private Map<String, String> statusIdentities(Response answer) {
        Entities.Status status = MastodonApi.entity(answer, Entities.Status.class)
                .filter(Entities.Status::complete)
                .orElseThrow(() -> notAsDocumented("a post"));
        return Map.of(
                STATUS_ID, String.valueOf(status.id()),
                URI, String.valueOf(status.uri()),
                ACCOUNT_ID,
                        String.valueOf(
                                status.account() == null
                                        ? null
                                        : status.account().id()));
    }

    private Map<String, String> accountIdentities(Response answer) {
        return MastodonApi.entity(answer, Entities.Account.class)
                .map(Entities.Account::id)
                .filter(Entities::isId)
                .map(id -> Map.of(ACCOUNT_ID, id))
                .orElseThrow(() -> notAsDocumented("an account"));
    }

    private PlatformUnavailable notAsDocumented(String what) {
        return new PlatformUnavailable(instance + " answered with something that is not " + what, Optional.empty());
    }

    @Override
    public Optional<PlatformEvent> receive(byte[] body, Map<String, String> headers) {
        return MastodonWebhook.read(body, headers, settings.webhookSecrets());
    }

    @Override
    public void checkConnection() {
        Response answer = api.readSignedIn("api/v1/accounts/verify_credentials");
        boolean works = answer.status() == 200
                && MastodonApi.entity(answer, Entities.Account.class)
                        .filter(account -> Entities.isId(account.id()))
                        .isPresent();
        // a token for reports and search alone may not read its own account, and is a good one all the same
        boolean outOfScope = answer.status() == 403
                && MastodonApi.failure(answer)
                        .filter(words -> words.contains("scope"))
                        .isPresent();
        if (!works && !outOfScope) {
            boolean refused = MastodonApi.failure(answer).isPresent() && answer.status() < 500;
            throw new PlatformUnavailable(
                    instance + " answered HTTP " + answer.status() + " to our credentials: mend "
                            + (refused ? settings.secret().setting() : "takedown.platforms." + instance + ".base-url"),
                    Optional.empty());
        }
        server.check();
    }
}
