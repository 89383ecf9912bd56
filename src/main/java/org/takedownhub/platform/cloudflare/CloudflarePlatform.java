package org.takedownhub.platform.cloudflare;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.takedownhub.casefile.Channel;
import org.takedownhub.platform.Capture;
import org.takedownhub.platform.Content;
import org.takedownhub.platform.Look;
import org.takedownhub.platform.NeedsPerson;
import org.takedownhub.platform.NoAnswer;
import org.takedownhub.platform.Notice;
import org.takedownhub.platform.Platform;
import org.takedownhub.platform.PlatformAlarms;
import org.takedownhub.platform.PlatformRefusal;
import org.takedownhub.platform.PlatformReply;
import org.takedownhub.platform.PlatformUnavailable;
import org.takedownhub.platform.PublicLooks;
import org.takedownhub.platform.Receipt;
import org.takedownhub.platform.ReferralAnswer;
import org.takedownhub.platform.SafeHttp.Response;
import org.takedownhub.platform.SentReport;
import org.takedownhub.platform.Uncertain;
import org.takedownhub.platform.Vantage;
import org.takedownhub.platform.Vantages;

/**
 * Cloudflare, which serves sites that others host: it passes reports on to host and owner, and may put up a warning or a
 * block of its own. A report says nothing of who asked ({@code send-anon}) unless the settings want it to.
 *
 * <p>It takes an address once in seven days. "Already submitted" therefore means that it has our report, and is a
 * {@link Receipt} under the number of the earlier one where Cloudflare tells it.
 */
final class CloudflarePlatform implements Platform {

    /** Identity kept with a case: the number of its report. */
    static final String REPORT = "cloudflareReport";

    static final String ALREADY_REPORTED = "reported within seven days";

    /** Fewer than Cloudflare's 250: refused together, they are tried one by one, within one call of the dispatcher. */
    private static final int NOTICES = 20;

    private static final String CONTRACT = "contract";
    private static final String ACCOUNT = "account";
    private static final int LONGEST_WORDS = 200;

    private final String instance;
    private final CloudflareSettings settings;
    private final CloudflareApi api;
    private final Replies replies;
    private final PublicLooks looks;
    private final Vantages vantages;
    private final PlatformAlarms alarms;
    private final Clock clock;

    CloudflarePlatform(
            String instance,
            CloudflareSettings settings,
            CloudflareApi api,
            PublicLooks looks,
            Vantages vantages,
            PlatformAlarms alarms,
            Clock clock) {
        this.instance = instance;
        this.settings = settings;
        this.api = api;
        this.replies = new Replies(api, clock);
        this.looks = looks;
        this.vantages = vantages;
        this.alarms = alarms;
        this.clock = clock;
    }

    @Override
    public String instance() {
        return instance;
    }

    @Override
    public String kind() {
        return CloudflarePlatformFactory.KIND;
    }

    @Override
    public Channel channel() {
        return Channel.API;
    }

    @Override
    public List<String> capabilities() {
        return List.of(
                "reports pages of sites that Cloudflare serves, up to " + NOTICES + " of one host together",
                "host notification " + settings.hostNotification() + ", owner notification "
                        + settings.ownerNotification(),
                "tells what it decided",
                "does not host the content: the page itself is looked at");
    }

    @Override
    public Optional<String> group(Notice notice) {
        return host(notice.content()).map(host -> type(notice).act() + " " + host);
    }

    @Override
    public int noticesPerReport() {
        return NOTICES;
    }

    @Override
    public ReferralAnswer refer(Notice notice) {
        return refer(List.of(notice)).get(0);
    }

    @Override
    public List<ReferralAnswer> refer(List<Notice> notices) {
        Notice first = notices.get(0);
        if (notices.size() > NOTICES
                || notices.stream().anyMatch(notice -> !group(notice).equals(group(first)))) {
            throw new IllegalArgumentException("One report takes " + NOTICES + " notices of one host and one type");
        }
        if (host(first.content()).isEmpty()) {
            return same(notices, new NeedsPerson("Cloudflare takes http and https addresses only"));
        }
        if (api.token().isEmpty()) {
            return same(
                    notices,
                    new NeedsPerson(settings.token().setting()
                            + " names a place that holds no token: mend it, or hand the notice in"));
        }
        return refer(Batch.of(notices), new ArrayList<>());
    }

    /**
     * One report after the other. As soon as one may have had its effect, what fails after it is no reason to begin all
     * over again: those that were not sent go to a person.
     */
    private List<ReferralAnswer> refer(List<Batch> batches, List<ReferralAnswer> answers) {
        for (Batch batch : batches) {
            List<ReferralAnswer> sent;
            try {
                sent = send(batch, answers);
            } catch (PlatformUnavailable e) {
                if (answers.stream().noneMatch(CloudflarePlatform::mayHaveHadAnEffect)) {
                    throw e;
                }
                sent = same(
                        batch.notices(), new NeedsPerson("Not sent, others of the same site were: " + e.getMessage()));
            }
            answers.addAll(sent);
        }
        return answers;
    }

    private static boolean mayHaveHadAnEffect(ReferralAnswer answer) {
        return answer instanceof Receipt || answer instanceof Uncertain;
    }

    private List<ReferralAnswer> send(Batch batch, List<ReferralAnswer> before) {
        Notice first = batch.notices().get(0);
        Response answer;
        try {
            answer = api.report(type(first), report(batch));
        } catch (NoAnswer e) {
            return same(
                    batch.notices(),
                    new Uncertain("Nobody knows whether Cloudflare took the report: " + e.getMessage()));
        }
        int status = answer.status();
        Optional<Wire.Submitted> said = CloudflareApi.submitted(answer);
        if (status == 200 && said.filter(CloudflarePlatform::taken).isPresent()) {
            alarms.clear(instance, ACCOUNT);
            alarms.clear(instance, CONTRACT);
            String number = String.valueOf(said.get().abuseRand());
            return same(batch.notices(), new Receipt(number, clock.instant(), Map.of(REPORT, number)));
        }
        // a page with one of these comes from something in front, such as a challenge
        if (status == 401 || (status == 403 || status == 404) && CloudflareApi.isJson(answer)) {
            return same(batch.notices(), account(status));
        }
        boolean refused =
                said.filter(submitted -> "error".equals(submitted.result())).isPresent();
        if (refused && (status == 200 || status == 400)) {
            return refused(batch, said.get(), before);
        }
        if (status < 300) {
            alarms.raise(
                    instance,
                    CONTRACT,
                    "Cloudflare answered a report with something that is not documented: look there whether reports"
                            + " still arrive");
        }
        if (status < 400 || status == 408 || status >= 500) {
            return same(
                    batch.notices(),
                    new Uncertain("Nobody knows whether Cloudflare took the report: it answered HTTP " + status));
        }
        throw new PlatformUnavailable(
                "Something in front of Cloudflare's API answered HTTP " + status, answer.retryAfter(clock.instant()));
    }

    private static boolean taken(Wire.Submitted submitted) {
        return "success".equals(submitted.result()) && Replies.isId(submitted.abuseRand());
    }

    private List<ReferralAnswer> refused(Batch batch, Wire.Submitted said, List<ReferralAnswer> before) {
        String words = shortened(said.errorCode() + ": " + said.msg());
        Objection objection = Objection.of(words);
        boolean ofOneAddress = objection == Objection.DUPLICATE || objection == Objection.ADDRESS;
        if (ofOneAddress && batch.notices().size() > 1) {
            // one address spoils the report for all; nothing was taken
            List<ReferralAnswer> answers = refer(batch.singly(), new ArrayList<>(before));
            return List.copyOf(answers.subList(before.size(), answers.size()));
        }
        return same(
                batch.notices(),
                switch (objection) {
                    case DUPLICATE -> earlier(batch.notices().get(0));
                    case NOT_SERVED -> new PlatformRefusal(
                            "Cloudflare does not serve this site: its host has to be asked. " + words);
                    case SENDER -> {
                        alarms.raise(
                                instance,
                                ACCOUNT,
                                "Cloudflare objects to who reports (" + words + "): mend takedown.platforms." + instance
                                        + ".options.name, .email or .company");
                        yield new NeedsPerson("Cloudflare objects to who reports: " + words);
                    }
                    case ADDRESS, OTHER -> new PlatformRefusal("Cloudflare refuses the report: " + words);
                });
    }

    /** What a refusal is about. Its codes are not published, its words are. */
    private enum Objection {
        DUPLICATE,
        NOT_SERVED,
        SENDER,
        ADDRESS,
        OTHER;

        static Objection of(String words) {
            String text = words.toLowerCase(Locale.ROOT);
            if (text.contains("already submitted") || text.contains("last 7 days") || text.contains("dedupe")) {
                return DUPLICATE;
            }
            if (text.contains("orange") || text.contains("not on cloudflare")) {
                return NOT_SERVED;
            }
            if (text.contains("email") || text.contains("badname")) {
                return SENDER;
            }
            return text.contains("url") || text.contains("hostname") ? ADDRESS : OTHER;
        }
    }

    private Receipt earlier(Notice notice) {
        Optional<String> known =
                Optional.ofNullable(notice.content().identities().get(REPORT)).filter(Replies::isId);
        if (known.isPresent()) {
            return new Receipt(known.get(), clock.instant(), Map.of(REPORT, known.get()));
        }
        return replies.earlier(notice)
                .map(report -> new Receipt(
                        String.valueOf(report.id()),
                        Replies.instant(report.cdate()).orElseGet(clock::instant),
                        Map.of(REPORT, String.valueOf(report.id()))))
                .orElseGet(() -> new Receipt(ALREADY_REPORTED, clock.instant(), Map.of()));
    }

    /** 401 says "not entitled" as well as "bad token": the token itself is asked about. */
    private NeedsPerson account(int status) {
        String wrong;
        if (status == 404) {
            wrong = "Cloudflare does not know our account: mend takedown.platforms." + instance + ".identifier";
        } else if (status == 401 && !api.tokenIsGood()) {
            wrong = "Cloudflare does not accept our token: mend "
                    + settings.token().setting();
        } else {
            wrong = "Our Cloudflare account is not entitled to abuse reports, or the token lacks the permission"
                    + " Account, Abuse Reports, Edit (HTTP " + status + "). The token itself is good: ask Cloudflare"
                    + " for the entitlement";
        }
        alarms.raise(instance, ACCOUNT, wrong);
        return new NeedsPerson(wrong + ", or hand the notice in at https://abuse.cloudflare.com");
    }

    private Wire.Report report(Batch batch) {
        return new Wire.Report(
                type(batch.notices().get(0)).act(),
                settings.email(),
                settings.email(),
                settings.name(),
                batch.urls(),
                batch.justification(),
                batch.comments(),
                settings.hostNotification(),
                settings.ownerNotification(),
                settings.company().orElse(null),
                settings.country().orElse(null));
    }

    private ReportType type(Notice notice) {
        return settings.type(notice.category());
    }

    private static Optional<String> host(Content content) {
        String scheme = String.valueOf(content.url().getScheme()).toLowerCase(Locale.ROOT);
        return scheme.equals("http") || scheme.equals("https")
                ? Optional.ofNullable(content.url().getHost()).map(host -> host.toLowerCase(Locale.ROOT))
                : Optional.empty();
    }

    private static List<ReferralAnswer> same(List<Notice> notices, ReferralAnswer answer) {
        return notices.stream().map(notice -> answer).toList();
    }

    /** A platform's words go into what a caseworker reads: one line, and not too long. */
    private static String shortened(String words) {
        String line = words.replaceAll("\\s+", " ").strip();
        return line.length() <= LONGEST_WORDS ? line : line.substring(0, LONGEST_WORDS) + "…";
    }

    @Override
    public boolean repliesToReports() {
        return true;
    }

    @Override
    public List<List<PlatformReply>> repliesTo(List<SentReport> reports) {
        return reports.stream().map(report -> replies.to(report.reference())).toList();
    }

    @Override
    public List<Look> look(List<Content> contents) {
        return look(contents, vantages.home());
    }

    /** Cloudflare serves the site and does not tell what is on it: the page itself is read, as the public sees it. */
    @Override
    public List<Look> look(List<Content> contents, Vantage vantage) {
        return looks.look(contents, vantage, PublicLooks.Hints.NONE);
    }

    @Override
    public boolean differsByCountry() {
        return true;
    }

    @Override
    public Capture capture(Content content) {
        Response answer = api.page(content.url());
        if (answer.status() != 200) {
            throw new PlatformUnavailable(
                    "The page answered with HTTP " + answer.status() + " instead of the content", Optional.empty());
        }
        return new Capture(
                "GET of the page",
                answer.status(),
                answer.header("content-type").orElse("application/octet-stream"),
                answer.body(),
                Map.of());
    }

    @Override
    public void checkConnection() {
        if (!api.tokenIsGood()) {
            throw new PlatformUnavailable(
                    "Cloudflare does not accept our token: mend "
                            + settings.token().setting(),
                    Optional.empty());
        }
        Response answer = api.readOfAccount("abuse-reports/submitted?per_page=1");
        if (answer.status() != 200) {
            throw new PlatformUnavailable(
                    "The token is good, but our account does not see its abuse reports (HTTP " + answer.status()
                            + "): it needs the entitlement, the permission Trust and Safety Read, and the right"
                            + " takedown.platforms." + instance + ".identifier",
                    Optional.empty());
        }
        alarms.clear(instance, ACCOUNT);
    }
}
