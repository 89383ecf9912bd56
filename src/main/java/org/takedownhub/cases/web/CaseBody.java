package org.takedownhub.cases.web;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.CaseState;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.Outcome;
import org.takedownhub.casefile.OutcomeScope;
import org.takedownhub.casefile.RemovedBy;
import org.takedownhub.casefile.Verdict;
import org.takedownhub.cases.CaseFile;
import org.takedownhub.cases.CaseFolders.NoticeSheet;
import org.takedownhub.cases.CaseFolders.RecipientSheet;
import org.takedownhub.cases.CaseLink;
import org.takedownhub.cases.Relation;
import org.takedownhub.cases.Strikes;

/** A case on the wire. Instants are UTC. */
@Schema(name = "Case")
record CaseBody(
        @Schema(example = "TH-2026-000123") String caseReference,
        CaseState state,
        @Schema(description = "Platform instance, or the host where none serves it") String platform,
        String contentKey,
        @Schema(description = "As first flagged") String url,
        Category category,
        boolean threatToLife,
        @Nullable Verdict verdict,
        Instant flaggedAt,
        @Schema(description = "Earliest due date of the recipients still asked; the first instant that is overdue")
                @Nullable
                Instant removalDueAt,
        @Schema(description = "Highest rung climbed; 0 for none") int rung,
        List<NoticeBody> notices,
        @Nullable Outcome outcome,
        @Nullable OutcomeScope outcomeScope,
        @Nullable RemovedBy removedBy,
        @Nullable Instant closedAt,
        List<LinkBody> links,
        @Schema(description = "All cases of this content's coming back, the oldest first; empty when it never did")
                List<String> returns,
        @Nullable AccountBody account,
        @JsonIgnore Map<String, List<?>> chapters) {

    static CaseBody of(
            CaseFile file,
            List<NoticeSheet> notices,
            List<CaseLink> links,
            List<CaseReference> returns,
            Strikes strikes,
            Map<String, List<?>> chapters) {
        return new CaseBody(
                file.reference().value(),
                file.state(),
                file.platform(),
                file.contentKey().value(),
                file.url(),
                file.category(),
                file.threatToLife(),
                file.verdict().orElse(null),
                file.flaggedAt(),
                file.removalDueAt().orElse(null),
                file.rung(),
                notices.stream().map(NoticeBody::of).toList(),
                file.outcome().orElse(null),
                file.outcomeScope().orElse(null),
                file.removedBy().orElse(null),
                file.closedAt().orElse(null),
                links.stream()
                        .map(link -> new LinkBody(link.other().value(), link.relation()))
                        .toList(),
                returns.stream().map(CaseReference::value).toList(),
                file.accountKey()
                        .map(account -> new AccountBody(account, strikes.against(account)))
                        .orElse(null),
                chapters);
    }

    /** What the steps add, each under a key of its own. */
    @JsonAnyGetter
    Map<String, List<?>> byKey() {
        return chapters;
    }

    @Schema(name = "Account")
    record AccountBody(
            String accountKey,
            @Schema(description = "One for each case that was taken down, one more for each that came back")
                    int strikes) {}

    @Schema(name = "CaseLink")
    record LinkBody(
            @Schema(example = "TH-2026-000122") String caseReference,
            @Schema(description = "What this case is to that one: RETURN_OF when this one is the return")
                    Relation relation) {}

    @Schema(name = "Notice")
    record NoticeBody(String noticeId, String instrument, List<RecipientBody> recipients) {

        static NoticeBody of(NoticeSheet notice) {
            return new NoticeBody(
                    notice.noticeId(),
                    notice.instrument(),
                    notice.recipients().stream().map(RecipientBody::of).toList());
        }
    }

    @Schema(name = "Recipient")
    record RecipientBody(
            @Schema(description = "Counts the recipients of the case from 0") int number,
            @Schema(
                            description = "What it is to the platform; several may be given the same notice",
                            example = "PROVIDER")
                    String role,
            String name,
            String channel,
            Instant issuedAt,
            @Nullable Instant givenAt,
            @Schema(description = "When it arrived, as far as there is proof") @Nullable Instant receivedAt,
            @Schema(description = "What proves that it arrived", example = "API_RECEIPT") @Nullable
                    String proofOfDelivery,
            @Schema(description = "Such as the platform's reference") @Nullable String proofDetail,
            @Nullable Instant acknowledgedAt,
            @Nullable Instant dueAt,
            @Nullable String outcome,
            @Schema(description = "GLOBAL, COUNTRY or UNKNOWN") @Nullable String outcomeScope,
            @Schema(
                            description =
                                    "Since when it is known to be blocked somewhere, which the instrument does not call"
                                            + " removed")
                    @Nullable
                    Instant restrictedElsewhereAt) {

        static RecipientBody of(RecipientSheet recipient) {
            return new RecipientBody(
                    recipient.number(),
                    recipient.role(),
                    recipient.name(),
                    recipient.channel(),
                    recipient.issuedAt(),
                    recipient.givenAt(),
                    recipient.receivedAt(),
                    recipient.proofOfDelivery(),
                    recipient.proofDetail(),
                    recipient.acknowledgedAt(),
                    recipient.dueAt(),
                    recipient.outcome(),
                    recipient.outcomeScope(),
                    recipient.restrictedAt());
        }
    }
}
