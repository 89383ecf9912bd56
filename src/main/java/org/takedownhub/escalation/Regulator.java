package org.takedownhub.escalation;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;
import org.takedownhub.notice.Documents;

/** Refers an overdue removal to the regulator, with the evidence as one pack. */
@Component
class Regulator implements RungEffect {

    private static final String STATEMENT =
            "This pack shows what was asked of the recipient, how that was delivered, and"
                    + " what was seen of the content since. It holds hashes and addresses and no media.";

    private final Dossiers dossiers;
    private final FiledDocuments documents;
    private final RungLetters letters;
    private final Clock clock;

    Regulator(Dossiers dossiers, FiledDocuments documents, RungLetters letters, Clock clock) {
        this.dossiers = dossiers;
        this.documents = documents;
        this.letters = letters;
        this.clock = clock;
    }

    @Override
    public String action() {
        return "REGULATOR";
    }

    @Override
    public List<Done> climb(RungInHand rung) {
        Instant now = clock.instant();
        Dossier dossier = dossiers.of(rung.file(), rung.recipient());
        byte[] summary = Documents.pdf(
                DossierPaper.of("Referral to the regulator, " + rung.reference(), STATEMENT, dossier, now));
        FiledDocument pack = documents.keep(
                rung,
                FiledDocument.Kind.EVIDENCE_PACK,
                "evidence-pack-" + rung.reference() + "-" + rung.recipient().number() + ".zip",
                "application/zip",
                EvidencePack.of(rung.reference(), dossier, summary, now));
        Done letter = letters.write(
                rung,
                RungLetters.overdue(rung) + "\n\nThe evidence pack to this referral has the SHA-256 " + pack.sha256()
                        + " and is handed over on request under the reference " + rung.reference() + ".");
        return List.of(PenaltyFile.filed("Evidence pack for the regulator", pack), letter);
    }
}
