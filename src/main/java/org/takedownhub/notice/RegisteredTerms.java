package org.takedownhub.notice;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.takedownhub.casefile.Instrument;

/** What the register of instruments says of recipients. */
@Component
class RegisteredTerms implements InstrumentTerms {

    private static final ZoneId UNITED_KINGDOM = ZoneId.of("Europe/London");

    private final Instruments instruments;
    private final Clock clock;

    RegisteredTerms(Instruments instruments, Clock clock) {
        this.instruments = instruments;
        this.clock = clock;
    }

    @Override
    public List<ContactRole> recipients(Instrument instrument) {
        return entry(instrument).recipients().stream().map(ContactRole::valueOf).toList();
    }

    @Override
    public Territory territory(Instrument instrument) {
        return entry(instrument).territory();
    }

    @Override
    public Optional<Duration> preNotice(Instrument instrument) {
        return entry(instrument).preNotice();
    }

    /** A notice outlives its instrument: where none is in force today, the last entry of the register tells. */
    private InstrumentEntry entry(Instrument instrument) {
        return instruments
                .inForce(instrument, clock.instant().atZone(UNITED_KINGDOM).toLocalDate())
                .or(() -> instruments.all().stream()
                        .filter(entry -> entry.instrument().equals(instrument))
                        .reduce((first, second) -> second))
                .orElseThrow(() -> new IllegalStateException("The table instrument does not have " + instrument));
    }
}
