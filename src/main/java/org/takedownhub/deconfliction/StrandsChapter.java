package org.takedownhub.deconfliction;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.cases.CaseChapter;

/** What is being done about a case, and by whom. */
@Component
@Order(11)
class StrandsChapter implements CaseChapter {

    private final Strands strands;

    StrandsChapter(Strands strands) {
        this.strands = strands;
    }

    enum State {
        OPEN,
        CLOSED
    }

    /** @param place where it stands to removal */
    record Entry(
            long id,
            Strand strand,
            String ownerForce,
            Strand.Place place,
            State state,
            Instant openedAt,
            @Nullable Instant closedAt) {

        static Entry of(Strands.Row row) {
            return new Entry(
                    row.id(),
                    row.strand(),
                    row.owner(),
                    row.place(),
                    row.closedAt().isPresent() ? State.CLOSED : State.OPEN,
                    row.openedAt(),
                    row.closedAt().orElse(null));
        }
    }

    @Override
    public String key() {
        return "strands";
    }

    @Override
    public String title() {
        return "Strands";
    }

    @Override
    public List<Entry> entries(CaseReference reference) {
        return strands.of(reference).stream().map(Entry::of).toList();
    }

    @Override
    public Optional<Sheet> sheet(CaseReference reference) {
        List<Strands.Row> rows = strands.of(reference);
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(new Sheet(
                        List.of("Strand", "Owner", "Where it stands to removal", "Opened", "Closed"),
                        rows.stream().map(StrandsChapter::row).toList()));
    }

    private static List<Cell> row(Strands.Row row) {
        return List.of(
                Cell.of(Words.of(row.strand())),
                Cell.of(row.owner()),
                Cell.of(row.owner().equals(Strands.HUB) ? "Removal itself" : Words.of(row.place())),
                Cell.of(Words.at(Optional.of(row.openedAt()))),
                Cell.of(row.closedAt().map(at -> Words.at(Optional.of(at))).orElse("Open")));
    }
}
