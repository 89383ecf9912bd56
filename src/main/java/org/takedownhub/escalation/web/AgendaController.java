package org.takedownhub.escalation.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.takedownhub.api.Conflict;
import org.takedownhub.api.Cursor;
import org.takedownhub.api.InvalidRequest;
import org.takedownhub.api.NotFound;
import org.takedownhub.api.Page;
import org.takedownhub.cases.CaseViews;
import org.takedownhub.escalation.Agenda;
import org.takedownhub.process.FormFields;

/** What is to be raised with a platform at the next meeting. */
@RestController
@RequestMapping(path = "/api/v1/platforms/{instance}/agenda", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Platforms")
class AgendaController {

    private static final int TEXT = 4000;
    private static final Pattern PLACE = Pattern.compile("[0-9]{1,15}");

    private final Agenda agenda;
    private final CaseViews views;
    private final Clock clock;

    AgendaController(Agenda agenda, CaseViews views, Clock clock) {
        this.agenda = agenda;
        this.views = views;
        this.clock = clock;
    }

    @GetMapping
    @Operation(
            summary = "Read the agenda of the next meeting with a platform",
            description = "Oldest first. Overdue removals come here when the ladder has nothing else left.")
    Page<AgendaItem> list(
            @Parameter(description = "Platform instance, or host where none serves it") @PathVariable String instance,
            @Parameter(description = "true, the default: what is still to be raised; false: what was; all: both")
                    @RequestParam(required = false)
                    @Nullable
                    String open,
            @RequestParam(required = false) @Nullable String cursor,
            @Parameter(description = "1 to 200; 50 when left out") @RequestParam(required = false) @Nullable
                    String limit) {
        int count = Cursor.limit(limit);
        long after = Cursor.read(cursor, PLACE)
                .map(MatchResult::group)
                .map(Long::parseLong)
                .orElse(0L);
        List<Agenda.Item> items = agenda.of(instance, which(open), after, count + 1);
        items.stream().limit(count).forEach(item -> views.viewed(item.file().reference(), "agenda"));
        return Page.of(items, count, item -> AgendaItem.of(item, clock.instant()), item -> Long.toString(item.id()));
    }

    @PostMapping("/{itemId}/closing")
    @Operation(
            summary = "Close an item with what was said at the meeting",
            description = "What was written down stands; closing it again is refused.")
    AgendaItem close(@PathVariable String instance, @PathVariable String itemId, @RequestBody Said said) {
        long id = Optional.of(itemId)
                .filter(text -> PLACE.matcher(text).matches())
                .map(Long::parseLong)
                .orElseThrow(() -> unknown(instance, itemId));
        String text = text(said.said());
        switch (agenda.close(instance, id, text)) {
            case UNKNOWN -> throw unknown(instance, itemId);
            case CLOSED_BEFORE -> throw new Conflict("Item " + itemId + " is closed already");
            case CLOSED -> {}
        }
        return AgendaItem.of(agenda.find(instance, id).orElseThrow(), clock.instant());
    }

    private static NotFound unknown(String instance, String itemId) {
        return new NotFound("The agenda of " + instance + " has no item " + itemId);
    }

    private static Optional<Boolean> which(@Nullable String open) {
        if (open == null || open.isEmpty() || open.equals("true")) {
            return Optional.of(true);
        }
        return switch (open) {
            case "false" -> Optional.of(false);
            case "all" -> Optional.empty();
            default -> throw new InvalidRequest(400, "#open", "open must be true, false or all.");
        };
    }

    private static String text(@Nullable String said) {
        if (said == null || said.isBlank()) {
            throw new InvalidRequest(400, "/said", "said is missing; write what was said about the item");
        }
        if (said.length() > TEXT) {
            throw new InvalidRequest(422, "/said", "is longer than " + TEXT + " characters; shorten it");
        }
        if (!said.codePoints().allMatch(FormFields::isText)) {
            throw new InvalidRequest(422, "/said", "has characters that are no text; send plain text");
        }
        return said.strip();
    }

    record Said(@Nullable String said) {}

    @Schema(name = "AgendaItem")
    record AgendaItem(
            long itemId,
            @Schema(example = "TH-2026-000123") String caseReference,
            String platform,
            String recipient,
            String instrument,
            String category,
            boolean threatToLife,
            @Nullable Instant givenAt,
            @Schema(description = "The first instant that was overdue") @Nullable Instant dueAt,
            @Schema(description = "How long removal has been, or was, overdue (ISO 8601)", example = "PT72H") @Nullable
                    String overdueFor,
            @Schema(description = "What came of the recipient's part; null while it is open") @Nullable String outcome,
            @Schema(description = "The rungs climbed, with what each sent or filed") List<Agenda.Tried> tried,
            Instant placedAt,
            @Nullable Instant closedAt,
            @Schema(description = "What was said at the meeting") @Nullable String said) {

        static AgendaItem of(Agenda.Item item, Instant now) {
            Instant until = item.file().closedAt().orElse(now);
            Optional<Duration> overdue = item.recipient()
                    .dueAt()
                    .filter(due -> due.isBefore(until))
                    .map(due -> Duration.between(due, until).truncatedTo(ChronoUnit.SECONDS));
            return new AgendaItem(
                    item.id(),
                    item.file().reference().value(),
                    item.platform(),
                    item.recipient().name(),
                    item.recipient().instrument().name(),
                    item.file().category().name(),
                    item.file().threatToLife(),
                    item.recipient().givenAt().orElse(null),
                    item.recipient().dueAt().orElse(null),
                    overdue.map(Duration::toString).orElse(null),
                    item.recipient().outcome().map(Enum::name).orElse(null),
                    item.tried(),
                    item.placedAt(),
                    item.closedAt().orElse(null),
                    item.said().orElse(null));
        }
    }
}
