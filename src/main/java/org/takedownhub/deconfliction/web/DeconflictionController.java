package org.takedownhub.deconfliction.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.takedownhub.api.Conflict;
import org.takedownhub.api.InvalidRequest;
import org.takedownhub.api.NotFound;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.cases.CaseVisibility;
import org.takedownhub.deconfliction.Figures;
import org.takedownhub.deconfliction.Forces;
import org.takedownhub.deconfliction.Strands;
import org.takedownhub.process.Transactions;

/** The figures of deconfliction, and the end of a strand. */
@RestController
@Tag(name = "Deconfliction")
class DeconflictionController {

    private static final int LONGEST_REASON = 4000;
    private static final ZoneId LONDON = ZoneId.of("Europe/London");
    private static final Set<String> MAY_CLOSE_ANY = Set.of("managers", "duty-officers");

    private final Figures figures;
    private final Strands strands;
    private final Forces forces;
    private final CaseVisibility visibility;
    private final Transactions transactions;

    DeconflictionController(
            Figures figures, Strands strands, Forces forces, CaseVisibility visibility, Transactions transactions) {
        this.figures = figures;
        this.strands = strands;
        this.forces = forces;
        this.visibility = visibility;
        this.transactions = transactions;
    }

    record Closure(@Nullable String reason) {}

    @GetMapping(path = "/api/v1/deconfliction/figures", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "How long asking takes and what comes of it",
            description = "Of the rounds that began from the one instant up to the other. Each figure carries its"
                    + " definition and the number of rows it comes from. A plain date is that midnight in London.")
    Figures.Sheet figures(@RequestParam String from, @RequestParam String to) {
        Instant first = instant("#from", from);
        Instant end = instant("#to", to);
        if (!first.isBefore(end)) {
            throw new InvalidRequest(422, "#to", "to must lie after from");
        }
        return figures.between(first, end);
    }

    private static Instant instant(String pointer, String text) {
        try {
            return text.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")
                    ? LocalDate.parse(text).atStartOfDay(LONDON).toInstant()
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new InvalidRequest(400, pointer, "must be an instant such as 2026-12-24T10:30:00Z, or a date");
        }
    }

    @PostMapping(
            path = "/api/v1/cases/{caseReference}/strands/{id}/closure",
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Close a strand",
            description = "By an officer of the force that owns it, a duty officer or a manager. Removal itself ends"
                    + " with the outcome of the case.")
    Map<String, Object> close(
            @PathVariable String caseReference,
            @PathVariable long id,
            @RequestBody Closure closure,
            Authentication who) {
        String reason = Texts.required("/reason", closure.reason(), LONGEST_REASON, "say how it came out");
        Strands.Row strand = existing(caseReference, id);
        Set<String> groups = who.getAuthorities().stream()
                .map(GrantedAuthority::getAuthority)
                .collect(Collectors.toSet());
        boolean may =
                forces.speaksFor(strand.owner(), groups) || groups.stream().anyMatch(MAY_CLOSE_ANY::contains);
        if (!may) {
            throw missing(caseReference, id);
        }
        if (strand.owner().equals(Strands.HUB)) {
            throw new Conflict("Removal itself ends with the outcome of the case; withdraw the notice instead");
        }
        if (!transactions.run(() -> strands.close(strand.reference(), id, reason))) {
            throw new Conflict("Strand " + id + " is closed already");
        }
        return Map.of("caseReference", strand.reference().value(), "id", id, "state", "CLOSED");
    }

    private Strands.Row existing(String caseReference, long id) {
        try {
            return strands.find(new CaseReference(caseReference), id)
                    .filter(strand -> visibility.maySee(strand.reference()))
                    .orElseThrow(() -> missing(caseReference, id));
        } catch (IllegalArgumentException noReference) {
            throw missing(caseReference, id);
        }
    }

    private static NotFound missing(String caseReference, long id) {
        return new NotFound("There is no strand " + id + " of a case " + caseReference);
    }
}
