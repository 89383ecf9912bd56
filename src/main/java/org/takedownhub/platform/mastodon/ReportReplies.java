package org.takedownhub.platform.mastodon;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.takedownhub.platform.PlatformReply;
import org.takedownhub.platform.PlatformUnavailable;
import org.takedownhub.platform.SafeHttp.Response;
import org.takedownhub.platform.SentReport;
import org.takedownhub.platform.TextLimit;

/**
 * What GoToSocial tells the one who reported, at {@code GET /api/v1/reports/{id}} (scope {@code read:reports}): that it
 * has the report, and that an administrator closed it, with a comment or without. Closed is not removed.
 */
final class ReportReplies {

    private static final TextLimit LIMIT = new TextLimit(2000);

    private final String instance;
    private final MastodonApi api;
    private final MastodonSettings settings;

    ReportReplies(String instance, MastodonApi api, MastodonSettings settings) {
        this.instance = instance;
        this.api = api;
        this.settings = settings;
    }

    /** @throws PlatformUnavailable it could not be asked */
    List<PlatformReply> to(SentReport report) {
        if (!Entities.isId(report.reference())) {
            return List.of();
        }
        Response answer = api.readSignedIn("api/v1/reports/" + report.reference());
        if (MastodonApi.isMissing(answer)) {
            // it was filed by another account, or is no more: nothing that could be told
            return List.of();
        }
        if (answer.status() == 401 || answer.status() == 403) {
            throw new PlatformUnavailable(
                    instance + " does not show our account its reports (HTTP " + answer.status() + "): mend "
                            + settings.secret().setting() + " (scope read:reports)",
                    Optional.empty());
        }
        Entities.Report said = Optional.of(answer)
                .filter(ok -> ok.status() == 200)
                .flatMap(ok -> MastodonApi.entity(ok, Entities.Report.class))
                .filter(entity -> report.reference().equals(entity.id()) && entity.actionTaken() != null)
                .orElseThrow(() -> new PlatformUnavailable(
                        instance + " answered HTTP " + answer.status() + " instead of our report",
                        api.retryAfter(answer)));
        return replies(report, said);
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
