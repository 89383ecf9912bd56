package org.takedownhub.notice;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.takedownhub.casefile.Instrument;
import org.takedownhub.clock.KnownInstruments;
import org.takedownhub.process.DecisionTables;
import org.takedownhub.process.TakedownProcess;

/** The register as managers keep it, in the decision table {@code instrument}: its entries are numbered without a gap. */
@Component
class TableInstruments implements Instruments, KnownInstruments {

    private static final int MOST = 200;

    private final DecisionTables tables;

    TableInstruments(DecisionTables tables) {
        this.tables = tables;
    }

    @Override
    public List<InstrumentEntry> all() {
        List<InstrumentEntry> entries = new ArrayList<>();
        for (int number = 1; number <= MOST; number++) {
            Optional<DecisionTables.Ruling> entry =
                    tables.decide(TakedownProcess.DECISION_INSTRUMENT, Map.of("entry", number));
            if (entry.isEmpty()) {
                break;
            }
            entries.add(InstrumentEntry.of(
                    entry.get().outputs(), number, entry.get().version()));
        }
        return List.copyOf(entries);
    }

    @Override
    public List<Instrument> names() {
        return List.copyOf(new LinkedHashSet<>(
                all().stream().map(InstrumentEntry::instrument).toList()));
    }
}
