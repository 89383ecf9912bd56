package org.takedownhub.notice;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.takedownhub.casefile.Instrument;

/**
 * The terms of the instruments that the hub ships with. A notice under the Crime and Policing Act 2026 s.21 may be given
 * to the provider, to its content manager, or to both, each of whom is a recipient in its own right. An order under
 * Regulation (EU) 2021/784 and a notice under Regulation (EU) 2022/2065 reach further than one country; everything else
 * is British, a voluntary referral as well, because the hub is.
 */
@Component
class ShippedTerms implements InstrumentTerms {

    private static final Set<Instrument> OF_THE_UNION = Set.of(Instrument.DSA_NOTICE, Instrument.TCO_ORDER);

    /** Regulation (EU) 2021/784 Art. 3(2): at least so long. */
    private static final Duration BEFORE_A_FIRST_ORDER = Duration.ofHours(12);

    @Override
    public List<ContactRole> recipients(Instrument instrument) {
        return instrument.equals(Instrument.WEAPONS_REMOVAL_NOTICE)
                ? List.of(ContactRole.PROVIDER, ContactRole.CONTENT_MANAGER)
                : List.of(ContactRole.PROVIDER);
    }

    @Override
    public Territory territory(Instrument instrument) {
        return OF_THE_UNION.contains(instrument) ? Territory.EUROPEAN_UNION : Territory.UNITED_KINGDOM;
    }

    @Override
    public Optional<Duration> preNotice(Instrument instrument) {
        return instrument.equals(Instrument.TCO_ORDER) ? Optional.of(BEFORE_A_FIRST_ORDER) : Optional.empty();
    }
}
