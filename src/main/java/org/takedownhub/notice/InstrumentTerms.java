package org.takedownhub.notice;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.takedownhub.casefile.Instrument;

/** What an instrument says about its recipients, beyond its deadline. */
public interface InstrumentTerms {

    /** Whom it may be given to, the first of them always. */
    List<ContactRole> recipients(Instrument instrument);

    /** Where it wants the content gone. */
    Territory territory(Instrument instrument);

    /** How long before the first one a recipient is told of procedures and deadlines; empty where no law asks for it. */
    Optional<Duration> preNotice(Instrument instrument);
}
