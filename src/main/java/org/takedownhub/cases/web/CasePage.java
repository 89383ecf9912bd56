package org.takedownhub.cases.web;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.takedownhub.audit.Audit;
import org.takedownhub.audit.AuditEntry;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.cases.CaseChapter;
import org.takedownhub.cases.CaseFile;
import org.takedownhub.cases.CaseFolders;
import org.takedownhub.cases.CaseLinks;
import org.takedownhub.cases.CaseViews;
import org.takedownhub.cases.Returned;
import org.takedownhub.cases.SimilarCases;
import org.takedownhub.cases.Strikes;
import org.takedownhub.pages.DeadlineChip;
import org.takedownhub.pages.Moments;

/** The page of one case: all that is on file, and nothing that loads from the platform. */
@Controller
class CasePage {

    private static final int EVENTS_SHOWN = 100;

    private final FoundCases found;
    private final CaseFolders folders;
    private final CaseLinks links;
    private final Returned returned;
    private final Strikes strikes;
    private final SimilarCases similar;
    private final List<CaseChapter> chapters;
    private final CaseViews views;
    private final Audit audit;
    private final Clock clock;

    CasePage(
            FoundCases found,
            CaseFolders folders,
            CaseLinks links,
            Returned returned,
            Strikes strikes,
            SimilarCases similar,
            List<CaseChapter> chapters,
            CaseViews views,
            Audit audit,
            Clock clock) {
        this.found = found;
        this.folders = folders;
        this.links = links;
        this.returned = returned;
        this.strikes = strikes;
        this.similar = similar;
        this.chapters = List.copyOf(chapters);
        this.views = views;
        this.audit = audit;
        this.clock = clock;
    }

    @GetMapping("/cases/{caseReference}")
    String show(@PathVariable String caseReference, Model model) {
        CaseFile file = found.require(caseReference);
        CaseReference reference = file.reference();
        views.viewed(reference, "page");
        model.addAttribute("text", new Text());
        model.addAttribute("file", file);
        model.addAttribute("deadline", deadline(file));
        model.addAttribute("links", links.of(reference));
        model.addAttribute("returns", returned.chain(reference));
        model.addAttribute("strikes", file.accountKey().map(strikes::against).orElse(0));
        model.addAttribute("replies", folders.replies(reference));
        model.addAttribute("similar", similar.of(reference));
        model.addAttribute("identity", folders.identity(reference).orElse(null));
        model.addAttribute("flags", folders.flags(reference));
        model.addAttribute("verifications", folders.verifications(reference));
        model.addAttribute("notices", folders.notices(reference));
        model.addAttribute("rungs", folders.rungs(reference));
        model.addAttribute("letters", folders.letters(reference));
        model.addAttribute("observations", folders.observations(reference));
        model.addAttribute("evidence", folders.evidence(reference));
        model.addAttribute("chapters", chapters(reference));
        model.addAttribute("events", events(reference));
        model.addAttribute("eventsShown", EVENTS_SHOWN);
        return "cases/case";
    }

    private List<Chapter> chapters(CaseReference reference) {
        return chapters.stream()
                .flatMap(chapter ->
                        chapter
                                .sheet(reference)
                                .map(sheet -> new Chapter(chapter.key(), chapter.title(), sheet))
                                .stream())
                .toList();
    }

    private @Nullable DeadlineChip deadline(CaseFile file) {
        return file.open()
                ? file.removalDueAt()
                        .map(dueAt -> DeadlineChip.of(dueAt, clock.instant()))
                        .orElse(null)
                : null;
    }

    private List<AuditEntry> events(CaseReference reference) {
        long last = audit.lastPosition(reference.value());
        return audit.entries(reference.value(), Math.max(0, last - EVENTS_SHOWN), EVENTS_SHOWN).stream()
                .sorted(Comparator.comparingLong(AuditEntry::position).reversed())
                .toList();
    }

    /** A section of the page. */
    public record Chapter(String key, String title, CaseChapter.Sheet sheet) {}

    /** What the template says things with. */
    public static final class Text {

        public String words(@Nullable Object code) {
            return Words.of(code);
        }

        public String at(@Nullable Instant instant) {
            return Moments.words(instant);
        }

        public String defanged(String url) {
            return Words.defanged(url);
        }

        public String orDash(@Nullable Object value) {
            return value == null || value.toString().isEmpty() ? "–" : value.toString();
        }
    }
}
