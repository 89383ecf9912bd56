package org.takedownhub.evidence.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.takedownhub.api.InvalidRequest;
import org.takedownhub.api.NotFound;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.cases.web.FoundCases;
import org.takedownhub.evidence.Evidence;
import org.takedownhub.evidence.Exhibit;

/**
 * Proof of what a person did at a portal: a screenshot, a confirmation. It is kept as evidence and only ever handed out
 * as a file to save.
 */
@RestController
@Tag(name = "Cases")
class ProofsController {

    private static final int LARGEST = 5 * 1024 * 1024;
    private static final String FIELD = "proof";

    private final FoundCases found;
    private final Evidence evidence;
    private final TransactionTemplate transaction;

    ProofsController(FoundCases found, Evidence evidence, PlatformTransactionManager transactions) {
        this.found = found;
        this.evidence = evidence;
        this.transaction = new TransactionTemplate(transactions);
    }

    @PostMapping(path = "/api/v1/cases/{caseReference}/proofs", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @Operation(
            summary = "Add proof that a notice was handed in",
            description = "One part named proof: PNG, JPEG or PDF, at most 5 MB, told by its first bytes. The same file"
                    + " twice is kept once. A browser is sent back to the case page.")
    ResponseEntity<Proof> add(@PathVariable String caseReference, @Parameter(hidden = true) HttpServletRequest request)
            throws IOException {
        CaseReference reference = existing(caseReference);
        byte[] content = UploadedFile.read(request, FIELD, LARGEST);
        ProofType type = ProofType.of(content)
                .orElseThrow(() -> new InvalidRequest(
                        422, "/" + FIELD, "The file is no PNG, JPEG or PDF; send a screenshot or a document"));
        String id = Objects.requireNonNull(
                transaction.execute(status -> evidence.keepProof(reference, type.mediaType(), content)));
        if (fromAPage(request)) {
            return ResponseEntity.status(HttpStatus.SEE_OTHER)
                    .location(URI.create("/cases/" + reference + "#evidence"))
                    .build();
        }
        return ResponseEntity.status(HttpStatus.CREATED)
                .body(proofs(reference).stream()
                        .filter(exhibit -> exhibit.evidenceId().equals(id))
                        .map(exhibit -> new Proof(id, exhibit.sha256().orElseThrow(), type.mediaType(), content.length))
                        .findFirst()
                        .orElseThrow());
    }

    @GetMapping("/api/v1/cases/{caseReference}/proofs/{evidenceId}")
    @Operation(summary = "Save a proof", description = "Logged as viewed.")
    ResponseEntity<byte[]> save(@PathVariable String caseReference, @PathVariable String evidenceId) {
        CaseReference reference = existing(caseReference);
        Exhibit proof = proofs(reference).stream()
                .filter(exhibit -> exhibit.evidenceId().equals(evidenceId))
                .findFirst()
                .orElseThrow(() -> new NotFound("There is no such proof on " + reference));
        ProofType type = ProofType.named(proof.mediaType().orElse("")).orElseThrow();
        byte[] content = Objects.requireNonNull(transaction.execute(status -> evidence.view(reference, evidenceId)))
                .orElseThrow();
        return ResponseEntity.ok()
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(reference + "-" + evidenceId + "." + type.suffix())
                                .build()
                                .toString())
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "default-src 'none'; sandbox")
                .cacheControl(CacheControl.noStore())
                .contentType(MediaType.parseMediaType(type.mediaType()))
                .body(content);
    }

    private List<Exhibit> proofs(CaseReference reference) {
        return evidence.of(reference).stream()
                .filter(exhibit -> exhibit.method().orElse("").startsWith(Evidence.PROOF))
                .toList();
    }

    private CaseReference existing(String text) {
        return found.require(text).reference();
    }

    private static boolean fromAPage(HttpServletRequest request) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        return accept != null && accept.startsWith(MediaType.TEXT_HTML_VALUE);
    }

    /** @param sizeInBytes of the file */
    @Schema(name = "Proof")
    record Proof(String evidenceId, String sha256, String mediaType, long sizeInBytes) {}
}
