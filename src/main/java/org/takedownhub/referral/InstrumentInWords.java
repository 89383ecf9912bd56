package org.takedownhub.referral;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Instrument;
import org.takedownhub.cases.Cases;
import org.takedownhub.cases.UploaderNotification;
import org.takedownhub.notice.Gap;
import org.takedownhub.notice.InstrumentEntry;
import org.takedownhub.notice.NoticeMaker;

/** What people who decide on a notice are told of its instrument: the law, what of it nobody has verified, what lacks. */
@Component
@Transactional(propagation = Propagation.REQUIRED)
class InstrumentInWords {

    private final ReferralRoutes routes;
    private final NoticeMaker maker;
    private final Cases cases;

    InstrumentInWords(ReferralRoutes routes, NoticeMaker maker, Cases cases) {
        this.routes = routes;
        this.maker = maker;
        this.cases = cases;
    }

    Map<String, Object> shown(CaseReference reference) {
        Instrument instrument = routes.choose(reference).instrument();
        Optional<InstrumentEntry> entry = maker.entry(instrument);
        return Map.of(
                "instrumentSummary",
                summary(instrument, entry),
                "instrumentCautions",
                entry.map(InstrumentInWords::cautions).orElse("It is not in the register of instruments today."),
                "missingElements",
                numbered(maker.gaps(reference, instrument)),
                "uploaderNotice",
                uploader(cases.uploaderNotification(reference)));
    }

    static String summary(Instrument instrument, Optional<InstrumentEntry> entry) {
        return entry.map(found -> found.label() + ": " + found.legalReference()).orElse(instrument.name());
    }

    static String unverified(Optional<InstrumentEntry> entry) {
        return entry.map(InstrumentEntry::unverified)
                .filter(text -> !text.isEmpty())
                .map(text -> text.replace("; ", "\n"))
                .orElse("Nothing is marked.");
    }

    /** Numbered, so that a person can say which one a text is for. */
    static String numbered(List<Gap> gaps) {
        return gaps.isEmpty()
                ? "Nothing"
                : IntStream.range(0, gaps.size())
                        .mapToObj(index -> (index + 1) + ". " + gaps.get(index).inWords())
                        .collect(Collectors.joining("\n"));
    }

    private static String cautions(InstrumentEntry entry) {
        return Stream.of(
                        unverified(Optional.of(entry)),
                        entry.advice(),
                        "Looked up by: " + entry.verifiedBy()
                                + entry.verifiedAt().map(day -> ", " + day).orElse(""))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    private static String uploader(UploaderNotification notification) {
        return switch (notification.rule()) {
            case ALLOWED -> "Yes";
            case DEFER_UNTIL -> "Not before " + notification.until().orElseThrow();
            case PROHIBITED -> "No";
        };
    }
}
