package org.takedownhub.platform.mastodon;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.takedownhub.casefile.Channel;
import org.takedownhub.platform.Capture;
import org.takedownhub.platform.Content;
import org.takedownhub.platform.ContentGone;
import org.takedownhub.platform.Look;
import org.takedownhub.platform.NeedsPerson;
import org.takedownhub.platform.NoAnswer;
import org.takedownhub.platform.Notice;
import org.takedownhub.platform.Platform;
import org.takedownhub.platform.PlatformEvent;
import org.takedownhub.platform.PlatformRefusal;
import org.takedownhub.platform.PlatformUnavailable;
import org.takedownhub.platform.Receipt;
import org.takedownhub.platform.ReferralAnswer;
import org.takedownhub.platform.SafeHttp;
import org.takedownhub.platform.SafeHttp.Response;
import org.takedownhub.platform.Uncertain;

/**
 * One Mastodon server, or one that answers its API (GoToSocial, Pleroma, Akkoma). Reports go to
 * <a href="https://docs.joinmastodon.org/methods/reports/">POST /api/v1/reports</a>, which is not idempotent and cannot
 * be looked up by who reported: whatever leaves open whether a report was taken is {@link Uncertain}.
 */
final class MastodonPlatform implements Platform {

    /** Names of identities kept with a case. */
    static final String STATUS_ID = "statusId";

    static final String ACCOUNT_ID = "accountId";
    static final String URI = "uri";
    static final String REPORT_ID = "reportId";

    private static final Pattern VERSION = Pattern.compile("v?([0-9]{1,4})\\.([0-9]{1,4})(?:[.+ -].*)?");
    private static final Duration INSTANCE_KEPT = Duration.ofHours(1);
    private static final int LONGEST_WORDS = 200;

    private final String instance;
    private final MastodonSettings settings;
    private final MastodonApi api;
    private final MastodonTargets targets;
    private final MastodonWatch watch;
    private final Clock clock;
    private volatile @Nullable Server server;

    MastodonPlatform(String instance, MastodonSettings settings, SafeHttp http, Clock clock) {
        this.instance = instance;
        this.settings = settings;
        this.api = new MastodonApi(settings, http, clock);
        this.targets = new MastodonTargets(instance, api, settings);
        this.watch = new MastodonWatch(api, targets, settings);
        this.clock = clock;
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
        if (!settings.webhookSecrets().isEmpty()) {
            capabilities.add("takes webhooks");
        }
        return capabilities;
    }

    @Override
    public ReferralAnswer refer(Notice notice) {
        if (api.token().isEmpty()) {
            return new NeedsPerson(settings.secret().setting()
                    + " names a place that holds no access token: mend it, or hand the notice in");
        }
        MastodonTargets.Target target = targets.find(notice.content());
        if (target instanceof MastodonTargets.Ended ended) {
            return ended.answer();
        }
        MastodonTargets.Found found = (MastodonTargets.Found) target;
        Server known = server();
        boolean legal = notice.unlawful() && known.takesLegal();
        Optional<String> rule = legal ? Optional.empty() : settings.rule(notice.category());
        if (rule.isPresent() && !known.rules().contains(rule.get())) {
            return new NeedsPerson("The server has no rule " + rule.get() + " any more: mend takedown.platforms."
                    + instance + ".options.rule…, or hand the notice in");
        }
        return report(
                found,
                new Entities.ReportForm(
                        found.accountId(),
                        found.statusIds(),
                        ReportComment.of(notice.explanation(), notice.content().reference()),
                        legal ? "legal" : rule.isPresent() ? "violation" : "other",
                        rule.stream().toList(),
                        settings.forward()));
    }

    private ReferralAnswer report(MastodonTargets.Found found, Entities.ReportForm form) {
        Response answer;
        try {
            answer = api.report(form);
        } catch (NoAnswer e) {
            return new Uncertain("Nobody knows whether " + instance + " took the report: " + e.getMessage());
        }
        int status = answer.status();
        if (status == 200) {
            return receipt(found, answer);
        }
        if (status < 400 || status == 408 || status >= 500) {
            return new Uncertain("Nobody knows whether " + instance + " took the report: it answered HTTP " + status);
        }
        Optional<String> words = MastodonApi.failure(answer);
        if (words.isEmpty()) {
            throw new PlatformUnavailable(
                    "Something in front of " + instance + " answered HTTP " + status + " with a page",
                    api.retryAfter(answer));
        }
        return switch (status) {
            case 401, 403 -> credentials(status);
            case 404, 410 -> new ContentGone("The platform says that what was reported is not there any more");
            case 422 -> words.get().contains("requires an authenticated user")
                    ? credentials(status)
                    : new PlatformRefusal("The platform refuses the report: " + shortened(words.get()));
            default -> new PlatformRefusal(
                    "The platform refuses the report with HTTP " + status + ": " + shortened(words.get()));
        };
    }

    private NeedsPerson credentials(int status) {
        return new NeedsPerson("The platform does not let our account report (HTTP " + status + "): mend "
                + settings.secret().setting() + " (scope write:reports), or hand the notice in");
    }

    private ReferralAnswer receipt(MastodonTargets.Found found, Response answer) {
        Optional<Entities.Report> report =
                MastodonApi.entity(answer, Entities.Report.class).filter(entity -> Entities.isId(entity.id()));
        if (report.isEmpty()) {
            return new Uncertain("Nobody knows whether " + instance
                    + " took the report: its answer is not a whole report as documented");
        }
        String id = String.valueOf(report.get().id());
        Map<String, String> identities = new HashMap<>(found.identities());
        identities.put(REPORT_ID, id);
        Instant receivedAt = Optional.ofNullable(report.get().createdAt())
                .flatMap(MastodonApi::instant)
                .orElseGet(clock::instant);
        return new Receipt(id, receivedAt, identities);
    }

    /** A platform's words go into what a caseworker reads: one line, and not too long. */
    private static String shortened(String words) {
        String line = words.replaceAll("\\s+", " ").strip();
        return line.length() <= LONGEST_WORDS ? line : line.substring(0, LONGEST_WORDS) + "…";
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
        Response answer = api.read(path);
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
                account ? accountIdentities(answer) : statusIdentities(answer));
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
        server = null;
        server();
    }

    /** What the server says about itself, asked again after an hour. */
    private Server server() {
        Server known = server;
        if (known == null || clock.instant().isAfter(known.readAt().plus(INSTANCE_KEPT))) {
            known = askServer();
            server = known;
        }
        return known;
    }

    private Server askServer() {
        Response answer = api.read("api/v2/instance");
        if (answer.status() == 404) {
            answer = api.read("api/v1/instance");
        }
        if (answer.status() == 401 || answer.status() == 403) {
            answer = api.readSignedIn("api/v2/instance");
        }
        if (answer.status() != 200) {
            throw new PlatformUnavailable(
                    instance + " answered HTTP " + answer.status() + " instead of saying what it is", Optional.empty());
        }
        Entities.Instance said = MastodonApi.entity(answer, Entities.Instance.class)
                .filter(entity -> entity.version() != null)
                .orElseThrow(() -> notAsDocumented("a description of the server"));
        Set<String> rules = (said.rules() == null ? List.<Entities.Rule>of() : said.rules())
                .stream()
                        .filter(Objects::nonNull)
                        .map(Entities.Rule::id)
                        .filter(Entities::isId)
                        .collect(Collectors.toSet());
        return new Server(takesLegal(String.valueOf(said.version())), rules, clock.instant());
    }

    /** {@code legal} came with Mastodon 4.2; servers of other makes have lower numbers, and do not know it. */
    private static boolean takesLegal(String version) {
        Matcher number = VERSION.matcher(version);
        if (!number.matches() || version.contains("compatible")) {
            return false;
        }
        int major = Integer.parseInt(number.group(1));
        return major > 4 || major == 4 && Integer.parseInt(number.group(2)) >= 2;
    }

    private record Server(boolean takesLegal, Set<String> rules, Instant readAt) {}
}
