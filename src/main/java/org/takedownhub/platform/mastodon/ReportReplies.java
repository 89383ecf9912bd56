package org.takedownhub.platform.mastodon;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.takedownhub.platform.PlatformReply;
import org.takedownhub.platform.PlatformUnavailable;
import org.takedownhub.platform.SafeHttp.Response;
import org.takedownhub.platform.SentReport;
import org.takedownhub.platform.TextLimit;

/**
 * What GoToSocial tells the one who reported, at {@code GET /api/v1/reports[/{id}]} (scope {@code read:reports}): that it
 * has the report, and that an administrator closed it, with a comment or without. Closed is not removed.
 */
final class ReportReplies {

    private static final int PAGE = 100;
    private static final int MOST_PAGES = 5;
    private static final int MOST_SINGLY = 20;
    private static final TextLimit LIMIT = new TextLimit(2000);

    private final String instance;
    private final MastodonApi api;
    private final MastodonSettings settings;

    ReportReplies(String instance, MastodonApi api, MastodonSettings settings) {
        this.instance = instance;
        this.api = api;
        this.settings = settings;
    }

    /**
     * What was said to each of these reports, in the same order.
     *
     * @throws PlatformUnavailable it could not be asked
     */
    List<List<PlatformReply>> to(List<SentReport> reports) {
        Map<String, Entities.Report> known = find(reports.stream()
                .map(SentReport::reference)
                .filter(Entities::isId)
                .collect(Collectors.toCollection(LinkedHashSet::new)));
        return reports.stream()
                .map(report -> Optional.ofNullable(known.get(report.reference()))
                        .map(said -> replies(report, said))
                        .orElse(List.of()))
                .toList();
    }

    /** A hundred at a time, the newest first; older ones singly, some in each round. */
    private Map<String, Entities.Report> find(Set<String> wanted) {
        Map<String, Entities.Report> found = new HashMap<>();
        String from = "";
        for (int page = 0; wanted.size() > 1 && page < MOST_PAGES; page++) {
            List<Entities.Report> some = page(from);
            some.forEach(report -> keep(report, wanted, found));
            if (some.size() < PAGE) {
                return found;
            }
            from = "&max_id=" + some.get(some.size() - 1).id();
        }
        List<String> rest = new ArrayList<>(wanted);
        Collections.shuffle(rest);
        for (String id : rest.subList(0, Math.min(rest.size(), MOST_SINGLY))) {
            try {
                one(id).ifPresent(report -> keep(report, wanted, found));
            } catch (PlatformUnavailable e) {
                if (found.isEmpty()) {
                    throw e;
                }
                // what was heard counts; the rest has its turn again
                return found;
            }
        }
        return found;
    }

    private static void keep(Entities.Report report, Set<String> wanted, Map<String, Entities.Report> found) {
        if (report.id() != null && report.actionTaken() != null && wanted.remove(report.id())) {
            found.put(report.id(), report);
        }
    }

    private List<Entities.Report> page(String from) {
        Response answer = api.readSignedIn("api/v1/reports?limit=" + PAGE + from);
        return Arrays.stream(read(answer, Entities.Report[].class))
                .filter(report -> report != null && Entities.isId(report.id()))
                .toList();
    }

    /** Empty for one that another account filed, or that is no more. */
    private Optional<Entities.Report> one(String id) {
        Response answer = api.readSignedIn("api/v1/reports/" + id);
        if (MastodonApi.isMissing(answer)) {
            return Optional.empty();
        }
        Entities.Report report = read(answer, Entities.Report.class);
        if (!id.equals(report.id()) || report.actionTaken() == null) {
            throw instead(answer);
        }
        return Optional.of(report);
    }

    private <T> T read(Response answer, Class<T> type) {
        if (answer.status() == 401 || answer.status() == 403) {
            throw new PlatformUnavailable(
                    instance + " does not show our account its reports (HTTP " + answer.status() + "): mend "
                            + settings.secret().setting() + " (scope read:reports)",
                    Optional.empty());
        }
        return Optional.of(answer)
                .filter(ok -> ok.status() == 200)
                .flatMap(ok -> MastodonApi.entity(ok, type))
                .orElseThrow(() -> instead(answer));
    }

    private PlatformUnavailable instead(Response answer) {
        return new PlatformUnavailable(
                instance + " answered HTTP " + answer.status() + " instead of our reports", api.retryAfter(answer));
    }

    private static List<PlatformReply> replies(SentReport report, Entities.Report said) {
        List<PlatformReply> replies = new ArrayList<>();
        replies.add(new PlatformReply(
                PlatformReply.Kind.ACKNOWLEDGED,
                "The platform has our report under the number " + report.reference(),
                instant(said.createdAt()).orElse(report.sentAt()),
                "report:" + report.reference() + ":taken"));
        if (Boolean.TRUE.equals(said.actionTaken())) {
            String comment = said.actionTakenComment();
            replies.add(new PlatformReply(
                    PlatformReply.Kind.ACTION_TAKEN,
                    comment == null || comment.isBlank()
                            ? "The platform has closed our report, without a word"
                            : LIMIT.fit("The platform has closed our report: " + comment.strip(), " […]"),
                    instant(said.actionTakenAt()).orElse(report.sentAt()),
                    "report:" + report.reference() + ":closed"));
        }
        return replies;
    }

    private static Optional<Instant> instant(@Nullable String text) {
        return Optional.ofNullable(text).flatMap(MastodonApi::instant);
    }
}
