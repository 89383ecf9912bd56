package org.takedownhub.notice.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.takedownhub.api.InvalidRequest;
import org.takedownhub.api.NotFound;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.cases.CaseViews;
import org.takedownhub.cases.web.FoundCases;
import org.takedownhub.notice.NoticeDocuments;

/** What a recipient was sent, byte for byte, to save. */
@RestController
@Tag(name = "Cases")
class NoticeDocumentsController {

    private final FoundCases found;
    private final NoticeDocuments documents;
    private final CaseViews views;
    private final TransactionTemplate transaction;

    NoticeDocumentsController(
            FoundCases found, NoticeDocuments documents, CaseViews views, PlatformTransactionManager transactions) {
        this.found = found;
        this.documents = documents;
        this.views = views;
        this.transaction = new TransactionTemplate(transactions);
    }

    @GetMapping("/api/v1/cases/{caseReference}/notices/{noticeId}/documents/{kind}")
    @Operation(
            summary = "Save a notice as it was sent",
            description =
                    "kind is json, text or pdf; redacted=true gives the copy in which nothing tells who or what the"
                            + " content is about. The header X-Content-SHA256 has the hash that is on file. Logged as viewed.")
    ResponseEntity<byte[]> save(
            @PathVariable String caseReference,
            @PathVariable String noticeId,
            @PathVariable String kind,
            @RequestParam(defaultValue = "false") String redacted,
            @RequestParam(required = false) @Nullable String recipient) {
        CaseReference reference = existing(caseReference);
        NoticeDocuments.Kind wanted = Arrays.stream(NoticeDocuments.Kind.values())
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(kind))
                .findFirst()
                .orElseThrow(() -> new NotFound("A notice can be had as json, text or pdf"));
        if (!redacted.equals("true") && !redacted.equals("false")) {
            throw new InvalidRequest(400, "#redacted", "redacted must be true or false");
        }
        boolean copy = redacted.equals("true");
        Optional<Integer> number = recipientNumber(recipient);
        NoticeDocuments.Document document = Objects.requireNonNull(
                        transaction.execute(status -> documents.find(reference, noticeId, number, wanted, copy)))
                .orElseThrow(() -> new NotFound("There is no such document of " + reference));
        views.viewed(reference, "notice " + noticeId + " as " + kind + (copy ? ", redacted" : ""));
        String suffix = wanted == NoticeDocuments.Kind.TEXT ? "txt" : kind;
        return ResponseEntity.ok()
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(reference + "-notice" + (copy ? "-redacted." : ".") + suffix)
                                .build()
                                .toString())
                .header("X-Content-SHA256", document.sha256())
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "default-src 'none'; sandbox")
                .cacheControl(CacheControl.noStore())
                .contentType(MediaType.parseMediaType(wanted.mediaType()))
                .body(document.content());
    }

    /** Recipients are counted from 1 outside. */
    private static Optional<Integer> recipientNumber(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return Optional.empty();
        }
        if (!text.matches("[1-9][0-9]{0,3}")) {
            throw new InvalidRequest(400, "#recipient", "recipient must be a number of the case's recipients, from 1");
        }
        return Optional.of(Integer.parseInt(text) - 1);
    }

    private CaseReference existing(String text) {
        return found.require(text).reference();
    }
}
