package org.takedownhub.escalation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.takedownhub.notice.Paper;

/** A dossier as a paper for people. Long lists are cut, newest kept, and say so; the JSON beside it has all of them. */
final class DossierPaper {

    static final String MARKING = "OFFICIAL-SENSITIVE";

    private static final int MOST_ROWS = 200;

    private DossierPaper() {}

    static Paper of(String title, String statement, Dossier dossier, Instant madeAt) {
        List<Paper.Block> blocks = new ArrayList<>();
        blocks.add(new Paper.Paragraph(statement));
        blocks.add(subject(dossier.subject(), madeAt));
        blocks.add(new Paper.Heading(1, "Law and exposure"));
        blocks.add(law(dossier.law()));
        blocks.add(new Paper.Heading(1, "Notices"));
        dossier.notices().forEach(notice -> notice(blocks, notice));
        table(
                blocks,
                "Proof of delivery",
                List.of("When (UTC)", "Way", "Purpose", "State", "Reference or SHA-256"),
                dossier.deliveries().stream()
                        .map(each -> List.of(
                                each.at().toString(),
                                each.way(),
                                each.purpose(),
                                each.state(),
                                orDash(first(each.platformReference(), each.sha256()))))
                        .toList());
        table(
                blocks,
                "Clock",
                List.of("When (UTC)", "Recipient", "Event", "Due (UTC)", "Policy"),
                dossier.clock().stream()
                        .map(each -> List.of(
                                each.at().toString(),
                                Integer.toString(each.recipientNumber()),
                                each.event(),
                                orDash(each.dueAt()),
                                each.policy()))
                        .toList());
        table(
                blocks,
                "Observations",
                List.of("When (UTC)", "Seen", "From", "HTTP", "SHA-256 of what was seen"),
                dossier.observations().stream()
                        .map(each -> List.of(
                                each.at().toString(),
                                each.availability(),
                                each.vantage(),
                                orDash(each.httpStatus()),
                                orDash(each.evidenceSha256())))
                        .toList());
        table(
                blocks,
                "What the platform said",
                List.of("When (UTC)", "Answer", "Words"),
                dossier.answers().stream()
                        .map(each -> List.of(each.at().toString(), each.answer(), orDash(each.detail())))
                        .toList());
        table(
                blocks,
                "Ladder",
                List.of("Climbed (UTC)", "Rung", "Action", "To", "Sent or filed"),
                dossier.ladder().stream()
                        .map(each -> List.of(
                                each.climbedAt().toString(),
                                Integer.toString(each.rung()),
                                each.action(),
                                each.addressee(),
                                orDash(String.join("; ", each.done()))))
                        .toList());
        table(
                blocks,
                "Evidence held: hashes only",
                List.of("Captured (UTC)", "State", "Type", "SHA-256"),
                dossier.evidence().stream()
                        .map(each -> List.of(
                                orDash(each.capturedAt()),
                                each.state(),
                                orDash(each.mediaType()),
                                orDash(each.sha256())))
                        .toList());
        table(
                blocks,
                "Chronology",
                List.of("When (UTC)", "By", "What", "Detail"),
                dossier.chronology().stream()
                        .map(each -> List.of(each.at().toString(), each.by(), each.action(), orDash(each.detail())))
                        .toList());
        return new Paper(title, MARKING, "en-GB", blocks);
    }

    private static Paper.Block subject(Dossier.Subject subject, Instant madeAt) {
        return new Paper.Facts(List.of(
                new Paper.Fact("Case", subject.caseReference()),
                new Paper.Fact("Made out", madeAt + " (UTC)"),
                new Paper.Fact("Recipient", subject.recipient() + " (" + subject.platform() + ")"),
                new Paper.Fact("Instrument", subject.instrument()),
                new Paper.Fact("Content key", subject.contentKey()),
                new Paper.Fact("Address, not clickable", subject.url().replaceFirst("(?i)^http", "hxxp")),
                new Paper.Fact(
                        "Verdict",
                        Stream.of(subject.verdict(), subject.category(), subject.offence())
                                .filter(Objects::nonNull)
                                .collect(Collectors.joining(", "))),
                new Paper.Fact("Threat to life", subject.threatToLife() ? "Yes" : "No"),
                new Paper.Fact("First flagged", subject.flaggedAt() + " (UTC)")));
    }

    private static Paper.Block law(Dossier.Law law) {
        return new Paper.Facts(List.of(
                new Paper.Fact("Law", law.legalReference()),
                new Paper.Fact("Exposure", law.exposure()),
                new Paper.Fact("Who decides", law.decidedBy()),
                new Paper.Fact("What comes first", law.procedure()),
                new Paper.Fact("Not verified", orDash(law.unverified()))));
    }

    private static void notice(List<Paper.Block> blocks, Dossier.NoticeGiven notice) {
        blocks.add(new Paper.Heading(2, notice.instrument() + " to " + notice.name()));
        blocks.add(new Paper.Facts(List.of(
                new Paper.Fact("Recipient", Integer.toString(notice.recipientNumber())),
                new Paper.Fact("Way", notice.channel()),
                new Paper.Fact("Made out", notice.issuedAt() + " (UTC)"),
                new Paper.Fact("Given", orDash(notice.givenAt())),
                new Paper.Fact("Received", orDash(notice.receivedAt())),
                new Paper.Fact("Acknowledged", orDash(notice.acknowledgedAt())),
                new Paper.Fact("Due", orDash(notice.dueAt())),
                new Paper.Fact("Period from", orDash(notice.legalReference())),
                new Paper.Fact("Outcome", notice.outcome() == null ? "Open" : notice.outcome()))));
        blocks.add(new Paper.Paragraph(notice.text()));
    }

    private static void table(List<Paper.Block> blocks, String title, List<String> head, List<List<String>> rows) {
        blocks.add(new Paper.Heading(1, title));
        if (rows.isEmpty()) {
            blocks.add(new Paper.Paragraph("None."));
            return;
        }
        List<List<String>> shown = rows.size() > MOST_ROWS ? rows.subList(rows.size() - MOST_ROWS, rows.size()) : rows;
        String caption = shown.size() == rows.size()
                ? title
                : title + ": the newest " + MOST_ROWS + " of " + rows.size() + ", all of them in the JSON";
        blocks.add(new Paper.Table(caption, head, shown));
    }

    private static @Nullable String first(@Nullable String one, @Nullable String other) {
        return one == null ? other : one;
    }

    private static String orDash(@Nullable Object value) {
        return value == null || value.toString().isEmpty() ? "–" : value.toString();
    }
}
