package org.takedownhub.cases.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.takedownhub.api.Cursor;
import org.takedownhub.api.InvalidRequest;
import org.takedownhub.api.Page;
import org.takedownhub.audit.Audit;
import org.takedownhub.audit.AuditEntry;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.CaseState;
import org.takedownhub.cases.CaseChapter;
import org.takedownhub.cases.CaseFile;
import org.takedownhub.cases.CaseFolders;
import org.takedownhub.cases.CaseLinks;
import org.takedownhub.cases.CaseQuery;
import org.takedownhub.cases.CaseSearch;
import org.takedownhub.cases.CaseViews;
import org.takedownhub.cases.Returned;
import org.takedownhub.cases.Strikes;

/** Cases over HTTP. Every look is logged before it is answered. */
@RestController
@RequestMapping(path = "/api/v1/cases", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Cases")
class CasesApi {

    private static final int LONGEST_TEXT = 2000;
    private static final Pattern PLACE = Pattern.compile("TH-[0-9]{4}-[0-9]{1,12}");
    private static final Pattern TIMELINE_PLACE = Pattern.compile("([0-9]{1,15})-([0-9]{1,15})");

    private final FoundCases found;
    private final CaseSearch search;
    private final CaseFolders folders;
    private final CaseLinks links;
    private final Returned returned;
    private final Strikes strikes;
    private final List<CaseChapter> chapters;
    private final CaseViews views;
    private final Audit audit;

    CasesApi(
            FoundCases found,
            CaseSearch search,
            CaseFolders folders,
            CaseLinks links,
            Returned returned,
            Strikes strikes,
            List<CaseChapter> chapters,
            CaseViews views,
            Audit audit) {
        this.found = found;
        this.search = search;
        this.folders = folders;
        this.links = links;
        this.returned = returned;
        this.strikes = strikes;
        this.chapters = List.copyOf(chapters);
        this.views = views;
        this.audit = audit;
    }

    @GetMapping("/{caseReference}")
    @Operation(summary = "Read a case")
    CaseBody read(@PathVariable String caseReference) {
        CaseFile file = found.require(caseReference);
        views.viewed(file.reference(), "case");
        return CaseBody.of(
                file,
                folders.notices(file.reference()),
                links.of(file.reference()),
                returned.chain(file.reference()),
                strikes,
                chapters.stream()
                        .collect(Collectors.toMap(
                                CaseChapter::key,
                                chapter -> chapter.entries(file.reference()),
                                (one, other) -> {
                                    throw new IllegalStateException("Two chapters have the same key");
                                },
                                LinkedHashMap::new)));
    }

    @GetMapping
    @Operation(summary = "Find cases", description = "Newest first. Every filter that is given must hold.")
    Page<CaseItem> list(
            @RequestParam(required = false) @Nullable String state,
            @Parameter(description = "Platform instance, or host where none serves it")
                    @RequestParam(required = false)
                    @Nullable
                    String platform,
            @Parameter(description = "true: removal is due and has not been seen; false: all others")
                    @RequestParam(required = false)
                    @Nullable
                    Boolean overdue,
            @Parameter(description = "A reference, any spelling of an address, a handle, a SHA-256 in hex")
                    @RequestParam(required = false)
                    @Nullable
                    String q,
            @RequestParam(required = false) @Nullable String cursor,
            @Parameter(description = "1 to 200; 50 when left out") @RequestParam(required = false) @Nullable
                    String limit) {
        int count = Cursor.limit(limit);
        CaseQuery query = new CaseQuery(
                given(state).map(CasesApi::state),
                given(platform),
                Optional.ofNullable(overdue),
                given(q).map(CasesApi::text),
                Cursor.read(cursor, PLACE).map(MatchResult::group).map(CaseReference::new),
                count + 1);
        List<CaseFile> files = search.find(query);
        views.searched(query, Math.min(files.size(), count));
        return Page.of(files, count, CaseItem::of, file -> file.reference().value());
    }

    @GetMapping("/{caseReference}/timeline")
    @Operation(
            summary = "Read what happened to a case",
            description = "Oldest first, up to the moment of the first page; reading is part of it.")
    Page<TimelineItem> timeline(
            @PathVariable String caseReference,
            @RequestParam(required = false) @Nullable String cursor,
            @Parameter(description = "1 to 200; 50 when left out") @RequestParam(required = false) @Nullable
                    String limit) {
        int count = Cursor.limit(limit);
        CaseReference reference = found.require(caseReference).reference();
        Optional<MatchResult> place = Cursor.read(cursor, TIMELINE_PLACE);
        views.viewed(reference, "timeline");
        // Every page adds an entry of its own: without an end fixed by the first page the list would never end.
        long after = place.map(match -> Long.parseLong(match.group(1))).orElse(0L);
        long end = place.map(match -> Long.parseLong(match.group(2)))
                .orElseGet(() -> audit.lastPosition(reference.value()));
        List<AuditEntry> entries = audit.entries(reference.value(), after, count + 1).stream()
                .filter(entry -> entry.position() <= end)
                .toList();
        return Page.of(entries, count, TimelineItem::of, entry -> entry.position() + "-" + end);
    }

    private static CaseState state(String name) {
        return Arrays.stream(CaseState.values())
                .filter(state -> state.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidRequest(
                        400,
                        "#state",
                        "state must be one of "
                                + Arrays.stream(CaseState.values())
                                        .map(Enum::name)
                                        .collect(Collectors.joining(", "))
                                + "."));
    }

    private static String text(String q) {
        if (q.length() > LONGEST_TEXT) {
            throw new InvalidRequest(400, "#q", "q may have at most " + LONGEST_TEXT + " characters.");
        }
        if (q.indexOf('\0') >= 0) {
            throw new InvalidRequest(400, "#q", "q must be text.");
        }
        return q;
    }

    private static Optional<String> given(@Nullable String value) {
        return Optional.ofNullable(value).map(String::strip).filter(text -> !text.isEmpty());
    }
}
