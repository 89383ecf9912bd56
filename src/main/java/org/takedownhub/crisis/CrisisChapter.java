package org.takedownhub.crisis;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.cases.CaseChapter;
import org.takedownhub.clock.ClockFace;

/** What raises a case, on its page and in the API. */
@Component
@Order(5)
class CrisisChapter implements CaseChapter {

    private static final List<String> COLUMNS = List.of("Names and tags", "Why", "Priority", "Until", "Declared by");

    private final Crises crises;

    CrisisChapter(Crises crises) {
        this.crises = crises;
    }

    @Override
    public String key() {
        return "crises";
    }

    @Override
    public String title() {
        return "Crisis";
    }

    @Override
    public List<Raised> entries(CaseReference reference) {
        return crises.of(reference).stream()
                .map(crisis -> new Raised(
                        crisis.crisisId(), crisis.reason(), crisis.priority(), crisis.declaredAt(), crisis.endsAt()))
                .toList();
    }

    @Override
    public Optional<Sheet> sheet(CaseReference reference) {
        List<Crisis> raising = crises.of(reference);
        return raising.isEmpty()
                ? Optional.empty()
                : Optional.of(new Sheet(
                        Optional.of("Crisis: goes before other work until "
                                + ClockFace.words(raising.stream()
                                        .map(Crisis::endsAt)
                                        .max(Instant::compareTo)
                                        .orElseThrow())),
                        COLUMNS,
                        raising.stream().map(CrisisChapter::row).toList()));
    }

    private static List<Cell> row(Crisis crisis) {
        String terms = crisis.names().stream().collect(Collectors.joining(", "))
                + (crisis.names().isEmpty() || crisis.tags().isEmpty() ? "" : ", ")
                + crisis.tags().stream().map(tag -> "#" + tag).collect(Collectors.joining(", "));
        return List.of(
                Cell.of(terms),
                Cell.of(crisis.reason()),
                Cell.of(Integer.toString(crisis.priority())),
                Cell.of(ClockFace.words(crisis.endsAt())),
                Cell.of(crisis.declaredBy()));
    }

    /** A crisis that raises the case. Instants UTC. */
    record Raised(String crisisId, String reason, int priority, Instant declaredAt, Instant endsAt) {}
}
