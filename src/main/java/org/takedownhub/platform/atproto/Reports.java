package org.takedownhub.platform.atproto;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.takedownhub.platform.ContentGone;
import org.takedownhub.platform.NeedsPerson;
import org.takedownhub.platform.NoAnswer;
import org.takedownhub.platform.Notice;
import org.takedownhub.platform.PlatformRefusal;
import org.takedownhub.platform.PlatformUnavailable;
import org.takedownhub.platform.Receipt;
import org.takedownhub.platform.ReferralAnswer;
import org.takedownhub.platform.Uncertain;

/**
 * Hands in reports by {@code com.atproto.moderation.createReport}, through our PDS to the moderation service. The same
 * report twice makes two, so nothing that may have arrived is ever sent again.
 */
final class Reports {

    private static final String CREATE_REPORT = "com.atproto.moderation.createReport";

    private final Xrpc xrpc;
    private final AtprotoSettings settings;
    private final Session session;
    private final Identities identities;
    private final Repositories repositories;
    private final ModerationService moderation;

    Reports(
            Xrpc xrpc,
            AtprotoSettings settings,
            Session session,
            Identities identities,
            Repositories repositories,
            ModerationService moderation) {
        this.xrpc = xrpc;
        this.settings = settings;
        this.session = session;
        this.identities = identities;
        this.repositories = repositories;
        this.moderation = moderation;
    }

    ReferralAnswer refer(Notice notice) {
        try {
            Subject subject = identities.subject(notice.content());
            if (!moderation.takes(subject)) {
                return new PlatformRefusal("The moderation service takes no reports about "
                        + (subject.isAccount() ? "accounts" : "records of " + subject.collection()));
            }
            Optional<String> token = moderation.token(ReportReason.of(notice.category()));
            if (token.isEmpty()) {
                return new PlatformRefusal(
                        "The moderation service takes no reports for " + notice.category() + ", nor for other reasons");
            }
            return reportUnlessGone(notice, token.get(), subject);
        } catch (UnresolvedIdentity | SignInRefused e) {
            return new NeedsPerson(String.valueOf(e.getMessage()));
        }
    }

    private ReferralAnswer reportUnlessGone(Notice notice, String token, Subject subject) {
        Xrpc.Answer answer = repositories.current(subject);
        if (Repositories.isInactive(answer)) {
            return new ContentGone("The account is no longer served ("
                    + answer.json().path("status").asText("").replaceAll("[^a-z]", "") + ")");
        }
        if (answer.isError("RecordNotFound")) {
            return new ContentGone("The author's server no longer has the record");
        }
        if (subject.isAccount()) {
            return report(notice, token, subject, null);
        }
        if (!Repositories.isRecord(answer, subject)) {
            throw new PlatformUnavailable(
                    "The record that is to be reported cannot be read (" + answer.refusal() + ")", Optional.empty());
        }
        return report(notice, token, subject, answer.json().path("cid").asText());
    }

    private ReferralAnswer report(Notice notice, String token, Subject subject, @Nullable String cid) {
        ReportText text = ReportText.of(notice.explanation(), notice.content().reference());
        CreateReport report = new CreateReport(
                token,
                text.text(),
                cid == null ? new RepoRef(subject.repository()) : new StrongRef(subject.uri(), cid),
                ModTool.of(notice, text.shortened()));
        try {
            return answer(session.with(authorization -> post(authorization, report)), subject, cid);
        } catch (NoAnswer e) {
            return new Uncertain("The report was sent and no answer came back: " + e.getMessage());
        }
    }

    private Xrpc.Answer post(Map<String, String> authorization, CreateReport report) {
        Map<String, String> headers = new HashMap<>(authorization);
        headers.put("atproto-proxy", settings.labeler() + "#atproto_labeler");
        return xrpc.procedure(settings.pds(), CREATE_REPORT, headers, report);
    }

    private ReferralAnswer answer(Xrpc.Answer answer, Subject subject, @Nullable String cid) {
        if (answer.ok()) {
            return receipt(answer, subject, cid)
                    .<ReferralAnswer>map(receipt -> receipt)
                    .orElseGet(() -> new Uncertain("The platform's answer to the report has not the documented form"));
        }
        if (!answer.isError()) {
            return new Uncertain("The platform's answer to the report was HTTP " + answer.status()
                    + " in a form that says nothing about the report");
        }
        if (answer.isError("AccountTakedown")) {
            return new NeedsPerson("The platform has taken down our account " + settings.nameOf("identifier")
                    + ": ask the platform contact");
        }
        if (Session.refusesToken(answer) || answer.status() == 403) {
            return new NeedsPerson("The platform does not let our account report: check "
                    + settings.nameOf("identifier") + " and " + settings.nameOf("secret") + " (" + answer.refusal()
                    + ")");
        }
        if (answer.isError("RecordNotFound")) {
            return new ContentGone("The platform no longer finds the record");
        }
        if (answer.json().path("message").asText("").contains("proxy")) {
            return new NeedsPerson("The PDS does not reach the moderation service: check " + settings.nameOf("labeler")
                    + " (" + answer.refusal() + ")");
        }
        return answer.status() == 400
                ? new PlatformRefusal("The platform does not take the report (" + answer.refusal() + ")")
                : new NeedsPerson("The PDS does not know how to take a report: check " + settings.nameOf("base-url")
                        + " (" + answer.refusal() + ")");
    }

    private static Optional<Receipt> receipt(Xrpc.Answer answer, Subject subject, @Nullable String cid) {
        if (!answer.json().path("id").isIntegralNumber()) {
            return Optional.empty();
        }
        String eventId = answer.json().path("id").asText();
        Map<String, String> identities = new HashMap<>();
        identities.put("did", subject.repository());
        identities.put("uri", subject.uri());
        // not the id of the report's row, which the moderation service makes later
        identities.put("eventId", eventId);
        if (cid != null) {
            identities.put("cid", cid);
        }
        return instant(answer.json().path("createdAt").asText(""))
                .map(createdAt -> new Receipt(eventId, createdAt, identities));
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Input of {@code com.atproto.moderation.createReport}. */
    private record CreateReport(String reasonType, String reason, ReportedSubject subject, ModTool modTool) {}

    private sealed interface ReportedSubject permits StrongRef, RepoRef {

        @JsonProperty("$type")
        String type();
    }

    private record StrongRef(String uri, String cid) implements ReportedSubject {

        @Override
        public String type() {
            return "com.atproto.repo.strongRef";
        }
    }

    private record RepoRef(String did) implements ReportedSubject {

        @Override
        public String type() {
            return "com.atproto.admin.defs#repoRef";
        }
    }

    /** Stored with the report and shown to moderators: our reference to match it by, and nothing about people. */
    private record ModTool(String name, Map<String, Object> meta) {

        static ModTool of(Notice notice, boolean shortened) {
            return new ModTool(
                    "takedown-hub",
                    Map.of(
                            "reference", notice.content().reference().value(),
                            "notice", notice.idempotencyKey(),
                            "threatToLife", notice.threatToLife(),
                            "shortened", shortened));
        }
    }
}
