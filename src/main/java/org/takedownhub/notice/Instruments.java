package org.takedownhub.notice;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.Instrument;

/** The register of instruments. An amended law is an entry of its own, from the day it is in force. */
public interface Instruments {

    /** Every entry, past and future ones too, in the order of the register. */
    List<InstrumentEntry> all();

    /**
     * The entry of an instrument on a day.
     *
     * @throws IllegalStateException more than one entry is in force on that day
     */
    default Optional<InstrumentEntry> inForce(Instrument instrument, LocalDate day) {
        List<InstrumentEntry> found = all().stream()
                .filter(entry -> entry.instrument().equals(instrument) && entry.inForce(day))
                .toList();
        if (found.size() > 1) {
            throw new IllegalStateException(
                    "The table instrument has %d entries for %s on %s; end one of them before the next begins"
                            .formatted(found.size(), instrument, day));
        }
        return found.stream().findFirst();
    }

    /** The instruments other than a voluntary referral that a case may take on a day. */
    default List<InstrumentEntry> statutoryFor(Category category, String platform, LocalDate day) {
        return all().stream()
                .filter(entry -> !entry.voluntary() && entry.inForce(day) && entry.fits(category, platform))
                .toList();
    }
}
