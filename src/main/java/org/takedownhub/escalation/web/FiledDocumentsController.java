package org.takedownhub.escalation.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Objects;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.takedownhub.api.NotFound;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.cases.web.FoundCases;
import org.takedownhub.escalation.FiledDocument;
import org.takedownhub.escalation.FiledDocuments;

/** The files that rungs made out, only ever handed out to be saved. */
@RestController
@Tag(name = "Cases")
class FiledDocumentsController {

    private final FoundCases found;
    private final FiledDocuments documents;
    private final TransactionTemplate transaction;

    FiledDocumentsController(FoundCases found, FiledDocuments documents, PlatformTransactionManager transactions) {
        this.found = found;
        this.documents = documents;
        this.transaction = new TransactionTemplate(transactions);
    }

    @GetMapping("/api/v1/cases/{caseReference}/files/{documentId}")
    @Operation(
            summary = "Save a penalty file or an evidence pack",
            description = "Byte for byte as it was made out; its SHA-256 stands on the case page. Logged as disclosed.")
    ResponseEntity<byte[]> save(@PathVariable String caseReference, @PathVariable String documentId) {
        CaseReference reference = found.require(caseReference).reference();
        FiledDocument document = documents
                .find(reference, documentId)
                .orElseThrow(() -> new NotFound("There is no such file on " + reference));
        byte[] content = Objects.requireNonNull(transaction.execute(status -> documents.open(reference, documentId)))
                .orElseThrow();
        return ResponseEntity.ok()
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(document.fileName())
                                .build()
                                .toString())
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "default-src 'none'; sandbox")
                .cacheControl(CacheControl.noStore())
                .contentType(MediaType.parseMediaType(document.mediaType()))
                .body(content);
    }
}
