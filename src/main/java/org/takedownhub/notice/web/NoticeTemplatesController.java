package org.takedownhub.notice.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.takedownhub.api.Conflict;
import org.takedownhub.api.InvalidRequest;
import org.takedownhub.api.NotFound;
import org.takedownhub.audit.Actor;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Instrument;
import org.takedownhub.cases.CaseViews;
import org.takedownhub.cases.web.FoundCases;
import org.takedownhub.notice.Gap;
import org.takedownhub.notice.NoticeMaker;
import org.takedownhub.notice.NoticeTemplates;

/** The words of notices, which managers may change: each version is kept, checked and tried on a real case. */
@RestController
@Tag(name = "Notice templates")
class NoticeTemplatesController {

    private static final String POINTER = "/template";

    private final NoticeTemplates templates;
    private final NoticeMaker maker;
    private final FoundCases found;
    private final CaseViews views;
    private final Actor actor;
    private final TransactionTemplate transaction;

    NoticeTemplatesController(
            NoticeTemplates templates,
            NoticeMaker maker,
            FoundCases found,
            CaseViews views,
            Actor actor,
            PlatformTransactionManager transactions) {
        this.templates = templates;
        this.maker = maker;
        this.found = found;
        this.views = views;
        this.actor = actor;
        this.transaction = new TransactionTemplate(transactions);
    }

    @GetMapping("/api/v1/notice-templates/{instrument}")
    @Operation(summary = "The words in use for an instrument", description = "Version 0 is the one shipped.")
    Body show(@PathVariable String instrument) {
        Instrument named = named(instrument);
        return templates
                .current(named)
                .map(this::body)
                .orElseThrow(() -> new NotFound("There are no words for " + named + " yet; save some"));
    }

    @PutMapping("/api/v1/notice-templates/{instrument}")
    @Operation(
            summary = "Change the words of an instrument",
            description = "Notices issued from now on have them. Refused with 422 when a placeholder is unknown or a"
                    + " mandatory element does not always show, with 409 when somebody else saved in between.")
    Body save(@PathVariable String instrument, @RequestBody Change change) {
        Instrument named = named(instrument);
        String template = required(change.template());
        if (change.basedOnVersion() == null) {
            throw new InvalidRequest(
                    400, "/basedOnVersion", "basedOnVersion is missing; say which version you started from");
        }
        NoticeTemplates.Saving saving = templates.save(named, template, change.basedOnVersion(), actor.current());
        if (saving instanceof NoticeTemplates.Refused refused) {
            throw refusal(refused.problems());
        } else if (saving instanceof NoticeTemplates.Overtaken overtaken) {
            throw new Conflict("Version " + overtaken.version() + " is in use; read it and start from there");
        }
        return body(((NoticeTemplates.Accepted) saving).saved());
    }

    @PostMapping("/api/v1/notice-templates/{instrument}/preview")
    @Operation(
            summary = "Try words on a real case",
            description = "The notice as it would be, with what it lacks. Nothing is issued. Logged as viewed.")
    PreviewBody preview(
            @PathVariable String instrument,
            @RequestParam("case") String caseReference,
            @RequestBody(required = false) @Nullable Change change) {
        Instrument named = named(instrument);
        CaseReference reference = existing(caseReference);
        String template = change == null ? null : change.template();
        if (template != null) {
            List<String> problems = templates.problems(named, template);
            if (!problems.isEmpty()) {
                throw refusal(problems);
            }
        }
        views.viewed(reference, "notice preview");
        NoticeMaker.Preview preview =
                Objects.requireNonNull(transaction.execute(status -> maker.preview(reference, named, template)));
        return new PreviewBody(
                preview.text(), preview.gaps().stream().map(GapBody::of).toList());
    }

    private Body body(NoticeTemplates.Saved saved) {
        return new Body(
                saved.instrument().name(),
                saved.version(),
                saved.template(),
                saved.sha256(),
                saved.savedBy().orElse(null),
                saved.savedAt().orElse(null),
                List.copyOf(templates.elements(saved.instrument())),
                List.copyOf(templates.mandatory(saved.instrument())));
    }

    private static InvalidRequest refusal(List<String> problems) {
        return new InvalidRequest(
                422,
                problems.stream()
                        .map(problem -> new InvalidRequest.FieldError(POINTER, problem))
                        .toList());
    }

    private static String required(@Nullable String template) {
        if (template == null || template.isBlank()) {
            throw new InvalidRequest(400, POINTER, "template is missing; send the words of the notice");
        }
        return template;
    }

    private Instrument named(String text) {
        try {
            Instrument instrument = Instrument.valueOf(text);
            if (!templates.mandatory(instrument).isEmpty()) {
                return instrument;
            }
        } catch (IllegalArgumentException noName) {
            throw new NotFound("There is no instrument " + text);
        }
        throw new NotFound("There is no instrument " + text);
    }

    private CaseReference existing(String text) {
        return found.require(text).reference();
    }

    /** @param basedOnVersion the version its writer started from */
    @Schema(name = "NoticeTemplateChange")
    record Change(@Nullable String template, @Nullable Integer basedOnVersion) {}

    @Schema(name = "NoticeTemplate")
    record Body(
            String instrument,
            @Schema(description = "0: shipped with the program") int version,
            String template,
            String sha256,
            @Nullable String savedBy,
            @Nullable Instant savedAt,
            @Schema(description = "What may stand in double braces") List<String> elements,
            @Schema(description = "What must always show") List<String> mandatory) {}

    @Schema(name = "NoticePreview")
    record PreviewBody(String text, @Schema(description = "Empty: it could go out so") List<GapBody> missing) {}

    @Schema(name = "NoticeGap")
    record GapBody(String element, String label, String section, boolean unverified) {

        static GapBody of(Gap gap) {
            return new GapBody(gap.element(), gap.label(), gap.section(), gap.unverified());
        }
    }
}
