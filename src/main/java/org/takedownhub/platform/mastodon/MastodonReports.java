package org.takedownhub.platform.mastodon;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
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
import org.takedownhub.platform.Uncertain;

/**
 * Hands in reports: one call for the posts of one account that are reported for the same reason. Which call, and with
 * which words, depends on the make of the server.
 */
final class MastodonReports {

    private static final String PATH = "api/v1/reports";
    private static final int LONGEST_WORDS = 200;

    private final String instance;
    private final MastodonSettings settings;
    private final MastodonApi api;
    private final MastodonServer server;
    private final MastodonTargets targets;
    private final PixelfedReports pixelfed;
    private final PlatformAlarms alarms;
    private final Clock clock;

    MastodonReports(
            String instance,
            MastodonSettings settings,
            MastodonApi api,
            MastodonServer server,
            MastodonTargets targets,
            PlatformAlarms alarms,
            Clock clock) {
        this.instance = instance;
        this.settings = settings;
        this.api = api;
        this.server = server;
        this.targets = targets;
        this.pixelfed = new PixelfedReports(instance, api, alarms, clock);
        this.alarms = alarms;
        this.clock = clock;
    }

    /** A notice whose item the server knows. */
    private record Ready(int place, Notice notice, MastodonTargets.Found found) {}

    /** What the notices of one report have in common; where a report takes one post, that post as well. */
    private record Heading(String accountId, String category, List<String> ruleIds, Optional<Integer> alone) {}

    /**
     * One answer per notice, in their order.
     *
     * @throws PlatformUnavailable nothing was handed in
     */
    List<ReferralAnswer> refer(List<Notice> notices) {
        if (api.token().isEmpty()) {
            return all(
                    notices,
                    new NeedsPerson(settings.secret().setting()
                            + " names a place that holds no access token: mend it, or hand the notice in"));
        }
        SortedMap<Integer, ReferralAnswer> answers = new TreeMap<>();
        List<Ready> ready = new ArrayList<>();
        for (int place = 0; place < notices.size(); place++) {
            MastodonTargets.Target target = targets.find(notices.get(place).content());
            if (target instanceof MastodonTargets.Ended ended) {
                answers.put(place, ended.answer());
            } else {
                ready.add(new Ready(place, notices.get(place), (MastodonTargets.Found) target));
            }
        }
        if (!ready.isEmpty()) {
            hand(ready, answers);
        }
        return List.copyOf(answers.values());
    }

    private static List<ReferralAnswer> all(List<Notice> notices, ReferralAnswer answer) {
        return notices.stream().map(notice -> answer).toList();
    }

    private void hand(List<Ready> ready, SortedMap<Integer, ReferralAnswer> answers) {
        MastodonServer.Description known = server.describe();
        Optional<Dialect> wrong = settings.dialect().filter(set -> set != known.dialect());
        Map<Heading, List<Ready>> reports = new LinkedHashMap<>();
        for (Ready one : ready) {
            Optional<String> rule = rule(one.notice(), known);
            if (wrong.isPresent()) {
                answers.put(
                        one.place(),
                        mend("dialect", "This is " + known.dialect().words()));
            } else if (rule.isPresent() && !known.rules().contains(rule.get())) {
                answers.put(one.place(), mend("rule…", "The server has no rule " + rule.get() + " any more"));
            } else {
                Heading heading = new Heading(
                        one.found().accountId(),
                        category(one.notice(), rule, known),
                        rule.stream().toList(),
                        known.dialect().takesSeveralPosts() ? Optional.empty() : Optional.of(one.place()));
                reports.computeIfAbsent(heading, key -> new ArrayList<>()).add(one);
            }
        }
        boolean handedIn = false;
        for (Map.Entry<Heading, List<Ready>> report : reports.entrySet()) {
            try {
                hand(report.getKey(), report.getValue(), known.dialect(), answers);
                handedIn = true;
            } catch (PlatformUnavailable e) {
                if (!handedIn) {
                    throw e;
                }
                // what went before cannot be taken back, so that this one alone cannot be tried again
                NeedsPerson answer =
                        new NeedsPerson("It was not handed in together with the others: " + e.getMessage());
                report.getValue().forEach(one -> answers.put(one.place(), answer));
            }
        }
    }

    private NeedsPerson mend(String option, String why) {
        return new NeedsPerson(
                why + ": mend takedown.platforms." + instance + ".options." + option + ", or hand the notice in");
    }

    private Optional<String> rule(Notice notice, MastodonServer.Description known) {
        return known.dialect() == Dialect.PIXELFED || isLegal(notice, known)
                ? Optional.empty()
                : settings.rule(notice.category());
    }

    private static boolean isLegal(Notice notice, MastodonServer.Description known) {
        return notice.unlawful() && known.dialect() == Dialect.MASTODON && known.takesLegal();
    }

    /** GoToSocial honours {@code other} alone, with or without rules; Pleroma has no categories at all. */
    private static String category(Notice notice, Optional<String> rule, MastodonServer.Description known) {
        return switch (known.dialect()) {
            case MASTODON -> isLegal(notice, known) ? "legal" : rule.isPresent() ? "violation" : "other";
            case GOTOSOCIAL -> "other";
            case PLEROMA -> "";
            case PIXELFED -> PixelfedReports.type(notice.category());
        };
    }

    private void hand(Heading heading, List<Ready> ready, Dialect dialect, SortedMap<Integer, ReferralAnswer> answers) {
        if (dialect == Dialect.PIXELFED) {
            ready.forEach(one ->
                    answers.put(one.place(), pixelfed.report(one.found(), heading.category(), settings.secret())));
            return;
        }
        Optional<Ready> foreign = ready.stream()
                .filter(one -> !dialect.isId(heading.accountId())
                        || !one.found().statusIds().stream().allMatch(dialect::isId))
                .findFirst();
        if (foreign.isPresent()) {
            NeedsPerson answer = new NeedsPerson(
                    "What " + instance + " calls the item is no id of " + dialect.words() + ": hand the notice in");
            ready.forEach(one -> answers.put(one.place(), answer));
            return;
        }
        Entities.ReportForm form = new Entities.ReportForm(
                heading.accountId(),
                ready.stream()
                        .flatMap(one -> one.found().statusIds().stream())
                        .distinct()
                        .toList(),
                ReportComment.of(ready.stream().map(Ready::notice).toList()),
                heading.category(),
                heading.ruleIds(),
                settings.forward());
        Optional<Response> answer = sent(form);
        ready.forEach(one -> answers.put(
                one.place(),
                answer.map(response -> read(response, one.found()))
                        .orElseGet(() -> new Uncertain("Nobody knows whether " + instance
                                + " took the report: it did not answer completely or in time"))));
    }

    private Optional<Response> sent(Entities.ReportForm form) {
        Response answer;
        try {
            answer = api.report(PATH, form);
        } catch (NoAnswer e) {
            return Optional.empty();
        }
        boolean refused = answer.status() >= 400 && answer.status() < 500 && answer.status() != 408;
        if (refused && MastodonApi.failure(answer).isEmpty()) {
            throw new PlatformUnavailable(
                    "Something in front of " + instance + " answered HTTP " + answer.status() + " with a page",
                    api.retryAfter(answer));
        }
        return Optional.of(answer);
    }

    private ReferralAnswer read(Response answer, MastodonTargets.Found found) {
        int status = answer.status();
        if (status == 200) {
            return receipt(found, answer);
        }
        if (status < 400 || status == 408 || status >= 500) {
            return new Uncertain("Nobody knows whether " + instance + " took the report: it answered HTTP " + status);
        }
        String words = MastodonApi.failure(answer).orElse("");
        return switch (status) {
            case 401, 403 -> credentials(status);
            case 404, 410 -> new ContentGone("The platform says that what was reported is not there any more");
            case 422 -> unprocessable(words);
            default -> words.equals("Account not found")
                    ? new ContentGone("The platform says that there is no such account")
                    : undocumented(status, words);
        };
    }

    private ReferralAnswer unprocessable(String words) {
        if (words.contains("requires an authenticated user")) {
            return credentials(422);
        }
        return words.contains("Rule ids")
                ? mend("rule…", "The server does not know the rule any more")
                : new PlatformRefusal("The platform refuses the report: " + shortened(words));
    }

    /** It is not the moderators who refuse: the call is not what the server expects. */
    private NeedsPerson undocumented(int status, String words) {
        alarms.raise(
                instance,
                MastodonPlatform.CONTRACT,
                "The server answered a report with HTTP " + status
                        + ", which is not documented: compare its API before more is sent");
        return new NeedsPerson("The platform does not take the report as it is documented (HTTP " + status + ": "
                + shortened(words) + "): hand the notice in");
    }

    private NeedsPerson credentials(int status) {
        return new NeedsPerson("The platform does not let our account report (HTTP " + status + "): mend "
                + settings.secret().setting() + " (scope write:reports), or hand the notice in");
    }

    private ReferralAnswer receipt(MastodonTargets.Found found, Response answer) {
        Optional<Entities.Report> report =
                MastodonApi.entity(answer, Entities.Report.class).filter(entity -> Entities.isId(entity.id()));
        if (report.isEmpty()) {
            alarms.raise(
                    instance,
                    MastodonPlatform.CONTRACT,
                    "The server answered a report with something that is no report: look there whether reports still"
                            + " arrive");
            return new Uncertain("Nobody knows whether " + instance
                    + " took the report: its answer is not a whole report as documented");
        }
        alarms.clear(instance, MastodonPlatform.CONTRACT);
        String id = String.valueOf(report.get().id());
        Map<String, String> identities = new HashMap<>(found.identities());
        identities.put(MastodonPlatform.REPORT_ID, id);
        Instant receivedAt = Optional.ofNullable(report.get().createdAt())
                .flatMap(MastodonApi::instant)
                .orElseGet(clock::instant);
        return new Receipt(id, receivedAt, identities);
    }

    /** A platform's words go into what a caseworker reads: one line, and not too long. */
    static String shortened(String words) {
        String line = words.replaceAll("\\s+", " ").strip();
        return line.length() <= LONGEST_WORDS ? line : line.substring(0, LONGEST_WORDS) + "…";
    }
}
