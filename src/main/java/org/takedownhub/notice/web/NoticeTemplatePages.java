package org.takedownhub.notice.web;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.takedownhub.api.NotFound;
import org.takedownhub.audit.Actor;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Instrument;
import org.takedownhub.cases.CaseViews;
import org.takedownhub.cases.web.FoundCases;
import org.takedownhub.notice.InstrumentEntry;
import org.takedownhub.notice.Instruments;
import org.takedownhub.notice.NoticeMaker;
import org.takedownhub.notice.NoticeTemplates;
import org.takedownhub.notice.NoticeTemplates.Saved;
import org.takedownhub.pages.FormErrors;
import org.takedownhub.pages.FormErrors.FormError;
import org.takedownhub.pages.Moments;

/** Where managers read and change the words of notices, and try them on a real case before they save. */
@Controller
class NoticeTemplatePages {

    private static final String TEMPLATE = "template";
    private static final String CASE = "case";

    private final NoticeTemplates templates;
    private final Instruments instruments;
    private final NoticeMaker maker;
    private final FoundCases found;
    private final CaseViews views;
    private final Actor actor;
    private final TransactionTemplate transaction;

    NoticeTemplatePages(
            NoticeTemplates templates,
            Instruments instruments,
            NoticeMaker maker,
            FoundCases found,
            CaseViews views,
            Actor actor,
            PlatformTransactionManager transactions) {
        this.templates = templates;
        this.instruments = instruments;
        this.maker = maker;
        this.found = found;
        this.views = views;
        this.actor = actor;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** @param version 0 for the words that came with the program; -1 where there are none yet */
    public record Row(String instrument, String name, int version, String saved) {}

    /** @param basedOn the version the writer started from */
    public record Entered(String template, int basedOn, String caseReference) {}

    @GetMapping("/notices/templates")
    String list(Model model) {
        model.addAttribute(
                "rows",
                instruments.all().stream()
                        .map(InstrumentEntry::instrument)
                        .distinct()
                        .map(instrument -> row(instrument, templates.current(instrument)))
                        .toList());
        return "notices/templates";
    }

    @GetMapping("/notices/templates/{instrument}")
    String edit(@PathVariable String instrument, Model model) {
        Instrument named = named(instrument);
        Optional<Saved> saved = templates.current(named);
        return page(
                model,
                named,
                new Entered(
                        saved.map(Saved::template).orElse(""),
                        saved.map(Saved::version).orElse(0),
                        ""),
                FormErrors.NONE);
    }

    @PostMapping("/notices/templates/{instrument}")
    String send(
            @PathVariable String instrument,
            @RequestParam(defaultValue = "") String template,
            @RequestParam(defaultValue = "0") int basedOn,
            @RequestParam(name = "case", defaultValue = "") String caseReference,
            @RequestParam(required = false) @Nullable String preview,
            Model model,
            RedirectAttributes next) {
        Instrument named = named(instrument);
        Entered entered = new Entered(template.replace("\r\n", "\n"), basedOn, caseReference.strip());
        return preview == null ? save(named, entered, model, next) : preview(named, entered, model);
    }

    private String save(Instrument instrument, Entered entered, Model model, RedirectAttributes next) {
        NoticeTemplates.Saving saving =
                templates.save(instrument, entered.template(), entered.basedOn(), actor.current());
        if (saving instanceof NoticeTemplates.Refused refused) {
            return page(model, instrument, entered, wrong(refused.problems()));
        }
        if (saving instanceof NoticeTemplates.Overtaken overtaken) {
            // What was typed stays on the page; sending it once more is a decision to replace the other version.
            return page(
                    model,
                    instrument,
                    new Entered(entered.template(), overtaken.version(), entered.caseReference()),
                    wrong(List.of("Somebody else has saved version " + overtaken.version()
                            + " since you began. Read it in another window before you save over it")));
        }
        Saved saved = ((NoticeTemplates.Accepted) saving).saved();
        next.addFlashAttribute("saved", "Version " + saved.version() + " is in use for notices issued from now on");
        return "redirect:/notices/templates/" + instrument.name();
    }

    private String preview(Instrument instrument, Entered entered, Model model) {
        List<String> problems = templates.problems(instrument, entered.template());
        if (!problems.isEmpty()) {
            return page(model, instrument, entered, wrong(problems));
        }
        Optional<CaseReference> reference = existing(entered.caseReference());
        if (reference.isEmpty()) {
            return page(
                    model,
                    instrument,
                    entered,
                    new FormErrors(List.of(new FormError(
                            CASE, "Enter the reference of a case to try the words on, such as TH-2026-000001"))));
        }
        views.viewed(reference.get(), "notice preview");
        model.addAttribute(
                "preview",
                Objects.requireNonNull(
                        transaction.execute(status -> maker.preview(reference.get(), instrument, entered.template()))));
        return page(model, instrument, entered, FormErrors.NONE);
    }

    private String page(Model model, Instrument instrument, Entered entered, FormErrors errors) {
        model.addAttribute("instrument", instrument.name());
        model.addAttribute("name", words(instrument));
        model.addAttribute("current", row(instrument, templates.current(instrument)));
        model.addAttribute("mandatory", templates.mandatory(instrument));
        model.addAttribute(
                "optional",
                templates.elements(instrument).stream()
                        .filter(name -> !templates.mandatory(instrument).contains(name))
                        .toList());
        model.addAttribute("entered", entered);
        model.addAttribute("errors", errors);
        return "notices/template";
    }

    private static Row row(Instrument instrument, Optional<Saved> saved) {
        return new Row(
                instrument.name(),
                words(instrument),
                saved.map(Saved::version).orElse(-1),
                saved.flatMap(one ->
                                one.savedAt().map(at -> "by " + one.savedBy().orElse("?") + ", " + Moments.words(at)))
                        .orElse(""));
    }

    private static FormErrors wrong(List<String> problems) {
        return new FormErrors(problems.stream()
                .map(problem -> new FormError(TEMPLATE, problem))
                .toList());
    }

    private Instrument named(String text) {
        return instruments.all().stream()
                .map(InstrumentEntry::instrument)
                .filter(instrument -> instrument.name().equals(text))
                .findFirst()
                .orElseThrow(() -> new NotFound("There is no instrument " + text));
    }

    private Optional<CaseReference> existing(String text) {
        try {
            return Optional.of(found.require(text).reference());
        } catch (NotFound none) {
            return Optional.empty();
        }
    }

    /** {@code WEAPONS_REMOVAL_NOTICE} as {@code Weapons removal notice}; names of laws keep their capitals. */
    private static String words(Instrument instrument) {
        String words = instrument.name().replace('_', ' ').toLowerCase(java.util.Locale.UK);
        return (Character.toUpperCase(words.charAt(0)) + words.substring(1))
                .replaceFirst("^Dsa ", "DSA ")
                .replaceFirst("^Tco ", "TCO ");
    }
}
