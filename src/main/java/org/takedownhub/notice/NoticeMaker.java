package org.takedownhub.notice;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.audit.Audit;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Channel;
import org.takedownhub.casefile.Instrument;
import org.takedownhub.cases.CaseFile;
import org.takedownhub.cases.Cases;

/**
 * Makes notices: fills the elements, holds them against what the instrument's law wants, renders the words, and issues.
 * Nothing leaves with a mandatory element empty or a placeholder unfilled.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class NoticeMaker {

    private static final ZoneId UNITED_KINGDOM = ZoneId.of("Europe/London");
    private static final int LONGEST = 4000;
    private static final String LANGUAGE = "en-GB";

    private final JdbcClient jdbc;
    private final Cases cases;
    private final Notices notices;
    private final Instruments instruments;
    private final NoticeTemplates templates;
    private final NoticeDocuments documents;
    private final NoticeSettings settings;
    private final List<NoticeElements> sources;
    private final List<NoticeCheck> checks;
    private final Audit audit;
    private final Clock clock;

    NoticeMaker(
            JdbcClient jdbc,
            Cases cases,
            Notices notices,
            Instruments instruments,
            NoticeTemplates templates,
            NoticeDocuments documents,
            NoticeSettings settings,
            List<NoticeElements> sources,
            List<NoticeCheck> checks,
            Audit audit,
            Clock clock) {
        this.jdbc = jdbc;
        this.cases = cases;
        this.notices = notices;
        this.instruments = instruments;
        this.templates = templates;
        this.documents = documents;
        this.settings = settings;
        this.sources = List.copyOf(sources);
        this.checks = List.copyOf(checks);
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Issues a notice to its recipients, each with its documents.
     *
     * @param routeVersion of the table that chose the instrument
     * @return the number of its first recipient; empty when the notice is incomplete, see {@link #gaps}
     */
    public OptionalInt issue(
            CaseReference reference, Instrument instrument, int routeVersion, List<Notices.Addressee> addressees) {
        Instant now = clock.instant();
        Optional<InstrumentEntry> entry = entry(instrument, now);
        List<Gap> gaps = addressees.stream()
                .flatMap(addressee -> gaps(reference, instrument, entry, addressee, now).stream())
                .distinct()
                .toList();
        if (!gaps.isEmpty()) {
            audit.record(
                    reference,
                    "notice.incomplete",
                    instrument + " lacks " + gaps.stream().map(Gap::inWords).collect(Collectors.joining("; ")));
            return OptionalInt.empty();
        }
        List<Made> made = addressees.stream()
                .map(addressee -> make(draft(reference, entry.orElseThrow(), addressee, now), null))
                .toList();
        int first = notices.issue(reference, instrument, routeVersion, shortened(made.get(0)), addressees);
        String noticeId = notices.require(reference, first).noticeId();
        Made any = made.get(0);
        jdbc.sql("update notice set instrument_version = ?, template_version = ?, template_sha256 = ?, unverified = ?"
                        + " where notice_id = ?")
                .params(
                        any.draft().entry().version(),
                        any.template().version(),
                        any.template().sha256(),
                        any.draft().entry().unverified(),
                        noticeId)
                .update();
        int number = first;
        for (Made each : made) {
            documents.keep(noticeId, number++, each);
        }
        return OptionalInt.of(first);
    }

    /** What a notice to the platform of a case would lack; empty when it could be issued now. */
    @Transactional(readOnly = true)
    public List<Gap> gaps(CaseReference reference, Instrument instrument) {
        Instant now = clock.instant();
        return gaps(reference, instrument, entry(instrument, now), platform(reference), now);
    }

    /**
     * A notice as it would be, on a real case, with what it lacks.
     *
     * @param template words to try; null for the ones in use
     */
    @Transactional(readOnly = true)
    public Preview preview(CaseReference reference, Instrument instrument, @Nullable String template) {
        Instant now = clock.instant();
        Notices.Addressee addressee = platform(reference);
        Optional<InstrumentEntry> entry = entry(instrument, now);
        List<Gap> gaps = gaps(reference, instrument, entry, addressee, now);
        if (entry.isEmpty() || template == null && templates.current(instrument).isEmpty()) {
            return new Preview("", gaps);
        }
        Made made = make(draft(reference, entry.get(), addressee, now), template);
        return new Preview(Documents.text(made.paper()), gaps);
    }

    /** The instruments with a law behind them that a case may take now. */
    @Transactional(readOnly = true)
    public List<InstrumentEntry> statutoryFor(CaseReference reference) {
        CaseFile file = cases.require(reference);
        return instruments.statutoryFor(file.category(), file.platform(), day(clock.instant()));
    }

    /** The entry of the register that holds now. */
    @Transactional(readOnly = true)
    public Optional<InstrumentEntry> entry(Instrument instrument) {
        return entry(instrument, clock.instant());
    }

    private Optional<InstrumentEntry> entry(Instrument instrument, Instant now) {
        return instruments.inForce(instrument, day(now));
    }

    private List<Gap> gaps(
            CaseReference reference,
            Instrument instrument,
            Optional<InstrumentEntry> found,
            Notices.Addressee addressee,
            Instant now) {
        if (found.isEmpty()) {
            return List.of(Gap.fault("instrument", instrument + " is not in force today", "register of instruments"));
        }
        InstrumentEntry entry = found.get();
        CaseFile file = cases.require(reference);
        List<Gap> gaps = new ArrayList<>();
        if (!entry.fits(file.category(), file.platform())) {
            gaps.add(Gap.fault(
                    "instrument",
                    entry.label() + " does not fit " + file.category() + " on " + file.platform(),
                    entry.legalReference()));
        }
        Optional<NoticeTemplate> template = template(instrument);
        if (template.isEmpty()) {
            gaps.add(Gap.fault("template", "There are no words for " + entry.label(), "notice templates"));
            return gaps;
        }
        NoticeDraft draft = draft(reference, entry, addressee, now);
        Map<String, String> elements = elements(draft);
        Set<String> shown = template.get().shown(elements, known(entry));
        entry.demands().stream()
                .filter(demand -> !shown.contains(demand.element()))
                .map(demand -> elements.getOrDefault(demand.element(), "").isBlank()
                        ? Gap.of(demand)
                        : Gap.fault(
                                "template", "The words leave out " + Element.label(demand.element()), demand.section()))
                .forEach(gaps::add);
        checks.forEach(check -> gaps.addAll(check.gaps(draft)));
        if (template.get().leavesPlaceholders(elements, known(entry))) {
            gaps.add(Gap.fault("template", "A placeholder of the words is not filled", "notice templates"));
        }
        return gaps;
    }

    private Made make(NoticeDraft draft, @Nullable String words) {
        NoticeTemplate template = words == null
                ? template(draft.entry().instrument())
                        .orElseThrow(() -> new IllegalStateException(
                                "There are no words for " + draft.entry().instrument()))
                : new NoticeTemplate(words, 0);
        return new Made(draft, template, elements(draft), known(draft.entry()), settings.marking());
    }

    private Optional<NoticeTemplate> template(Instrument instrument) {
        return templates.current(instrument).map(saved -> new NoticeTemplate(saved.template(), saved.version()));
    }

    private NoticeDraft draft(
            CaseReference reference, InstrumentEntry entry, Notices.Addressee addressee, Instant now) {
        int earlier = jdbc.sql("select count(*) from notice where case_reference = ?")
                .params(reference.value())
                .query(Integer.class)
                .single();
        return new NoticeDraft(cases.require(reference), entry, earlier + 1, addressee, now);
    }

    private Notices.Addressee platform(CaseReference reference) {
        String platform = cases.require(reference).platform();
        return new Notices.Addressee(platform, Channel.PORTAL, platform);
    }

    private Map<String, String> elements(NoticeDraft draft) {
        Map<String, String> elements = new HashMap<>();
        for (NoticeElements source : sources) {
            source.of(draft).forEach((name, text) -> {
                if (elements.getOrDefault(name, "").isBlank()) {
                    elements.put(name, text);
                }
            });
        }
        return elements;
    }

    private static Set<String> known(InstrumentEntry entry) {
        Set<String> known = new LinkedHashSet<>();
        for (Element element : Element.values()) {
            known.add(element.code());
        }
        entry.demands().forEach(demand -> known.add(demand.element()));
        return known;
    }

    /** What fits the forms of platforms; a text that goes on says so, and where the whole of it is. */
    private String shortened(Made made) {
        String text = PaperText.body(made.paper());
        if (text.length() <= LONGEST) {
            return text;
        }
        String note = " […] Shortened here. The complete notice is " + made.number() + "; ask " + settings.contact()
                + " for it.";
        int end = LONGEST - note.length();
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + note;
    }

    private static LocalDate day(Instant instant) {
        return instant.atZone(UNITED_KINGDOM).toLocalDate();
    }

    /** @param gaps what it lacks; empty when it could be issued so */
    public record Preview(String text, List<Gap> gaps) {}

    /** A notice to one recipient, rendered. */
    record Made(
            NoticeDraft draft,
            NoticeTemplate template,
            Map<String, String> elements,
            Set<String> known,
            String marking) {

        String number() {
            return elements.getOrDefault(Element.NOTICE_NUMBER.code(), "");
        }

        Paper paper() {
            return new Paper(
                    draft.entry().label() + " " + number(), marking, LANGUAGE, template.blocks(elements, known));
        }

        /** With other texts in place of some elements. */
        Made with(Map<String, String> others) {
            Map<String, String> changed = new HashMap<>(elements);
            changed.putAll(others);
            return new Made(draft, template, changed, known, marking);
        }
    }
}
