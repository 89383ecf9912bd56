package org.takedownhub.escalation;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;
import org.takedownhub.notice.Documents;

/**
 * Makes out the penalty file for the coordinating officer, as JSON and as PDF. It decides nothing: whether there is a
 * penalty is a person's decision, outside the hub.
 */
@Component
class PenaltyFile implements RungEffect {

    static final String STATEMENT =
            "This file was put together by the hub for the coordinating officer. No decision has"
                    + " been taken: the hub imposes no penalty and proposes none.";

    private final Dossiers dossiers;
    private final FiledDocuments documents;
    private final RungLetters letters;
    private final Clock clock;

    PenaltyFile(Dossiers dossiers, FiledDocuments documents, RungLetters letters, Clock clock) {
        this.dossiers = dossiers;
        this.documents = documents;
        this.letters = letters;
        this.clock = clock;
    }

    @Override
    public String action() {
        return "PENALTY_FILE";
    }

    @Override
    public List<Done> climb(RungInHand rung) {
        Instant now = clock.instant();
        Dossier dossier = dossiers.of(rung.file(), rung.recipient());
        String name =
                "penalty-file-" + rung.reference() + "-" + rung.recipient().number();
        FiledDocument json = documents.keep(
                rung,
                FiledDocument.Kind.PENALTY_FILE,
                name + ".json",
                "application/json",
                DossierJson.of(new Content("PENALTY_FILE", DossierPaper.MARKING, now, STATEMENT, "NONE", dossier)));
        FiledDocument pdf = documents.keep(
                rung,
                FiledDocument.Kind.PENALTY_FILE,
                name + ".pdf",
                "application/pdf",
                Documents.pdf(DossierPaper.of("Penalty file " + rung.reference(), STATEMENT, dossier, now)));
        Done letter = letters.write(
                rung,
                "A penalty file about " + rung.recipient().name() + " is ready on the page of case " + rung.reference()
                        + ", section Sent and filed by the ladder, as PDF (SHA-256 " + pdf.sha256()
                        + ") and JSON (SHA-256 "
                        + json.sha256() + ").\n\n" + STATEMENT + " Exposure: "
                        + dossier.law().exposure() + " ("
                        + dossier.law().legalReference() + ")"
                        + (dossier.law().unverified() == null
                                ? ""
                                : " Not verified: " + dossier.law().unverified()));
        return List.of(filed("Penalty file, PDF", pdf), filed("Penalty file, JSON", json), letter);
    }

    static Done filed(String what, FiledDocument document) {
        return new Done(Done.Kind.DOCUMENT, document.documentId(), what + ", SHA-256 " + document.sha256());
    }

    /** @param decision always {@code NONE}: nothing is decided here */
    record Content(
            String kind,
            String marking,
            Instant madeAt,
            String statement,
            String decision,
            @JsonUnwrapped Dossier dossier) {}
}
