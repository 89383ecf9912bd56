package org.takedownhub.referral;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.cases.CaseFile;
import org.takedownhub.cases.Cases;
import org.takedownhub.evidence.Evidence;
import org.takedownhub.notice.ContactRole;
import org.takedownhub.notice.Notices;
import org.takedownhub.notice.Recipient;
import org.takedownhub.platform.Content;
import org.takedownhub.platform.ContentSource;
import org.takedownhub.platform.Packet;
import org.takedownhub.platform.Platforms;
import org.takedownhub.platform.Submission;
import org.takedownhub.platform.Submissions;

/** What a person needs to hand a notice in by hand, or to look it up at the platform. */
@Component
class Packets {

    private final Cases cases;
    private final Notices notices;
    private final Submissions submissions;
    private final ContentSource contents;
    private final Platforms platforms;
    private final Evidence evidence;

    Packets(
            Cases cases,
            Notices notices,
            Submissions submissions,
            ContentSource contents,
            Platforms platforms,
            Evidence evidence) {
        this.cases = cases;
        this.notices = notices;
        this.submissions = submissions;
        this.contents = contents;
        this.platforms = platforms;
        this.evidence = evidence;
    }

    Map<String, Object> shown(CaseReference reference, int recipientNumber) {
        Recipient recipient = notices.require(reference, recipientNumber);
        CaseFile file = cases.require(reference);
        String why = submissions.of(reference).stream()
                .filter(submission -> submission.recipientNumber() == recipientNumber)
                .reduce((first, second) -> second)
                .flatMap(Submission::detail)
                .orElse(
                        recipient.role() == ContactRole.PROVIDER
                                ? "This platform has no API that the hub can use."
                                : "The hub cannot mail this recipient, who gets the notice beside the platform.");
        Packet packet = packet(file, recipient);
        return Map.of(
                "packetText", recipient.explanation(),
                "packetAddress", packet.address(),
                "packetFields", packet.fieldsInWords(),
                "packetChecklist", packet.checklistInWords(),
                "proofNote", proofs(reference),
                "flaggedUrl", file.defangedUrl(),
                "platform", recipient.role() == ContactRole.PROVIDER ? recipient.platform() : recipient.name(),
                "instrument", recipient.instrument().name(),
                "byHandReason", why);
    }

    private Packet packet(CaseFile file, Recipient recipient) {
        if (recipient.role() != ContactRole.PROVIDER) {
            return byLetter(recipient);
        }
        Content content = contents.find(file.reference(), recipient.platform()).orElseThrow();
        return platforms
                .require(recipient.platform())
                .packet(content, file.category(), recipient.explanation())
                .orElseGet(() -> unknownPortal(content, recipient));
    }

    /** Who is no platform gets the notice itself, and never through the platform's form: that would be a second report. */
    private static Packet byLetter(Recipient recipient) {
        return new Packet(
                recipient.name(),
                recipient.address().orElse("Nobody has told the hub where this recipient is reached."),
                List.of(new Packet.Field("Text", List.of(recipient.explanation()), Optional.empty(), false)),
                List.of(
                        "Hand it over to " + recipient.name() + " at the address above, not in the platform's form.",
                        "Hand it over so that you can prove it: in person or by recorded delivery."),
                Optional.empty());
    }

    private static Packet unknownPortal(Content content, Recipient recipient) {
        return new Packet(
                recipient.platform(),
                "Nobody has told the hub where this platform takes reports.",
                List.of(
                        new Packet.Field("Address", List.of(content.url().toString()), Optional.empty(), false),
                        new Packet.Field("Text", List.of(recipient.explanation()), Optional.empty(), false)),
                List.of("Look on the platform's pages for the way in which it takes reports of authorities."),
                Optional.empty());
    }

    private String proofs(CaseReference reference) {
        long proofs = evidence.proofs(reference);
        return proofs == 0
                ? "No proof is on file yet. Add a screenshot or the confirmation on the case page."
                : proofs == 1 ? "One proof is on file." : proofs + " proofs are on file.";
    }
}
