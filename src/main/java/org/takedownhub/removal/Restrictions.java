package org.takedownhub.removal;

import java.time.Instant;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.audit.Audit;
import org.takedownhub.notice.InstrumentTerms;
import org.takedownhub.notice.Notices;
import org.takedownhub.notice.Recipient;
import org.takedownhub.platform.Vantages;

/** Content that is blocked somewhere and up elsewhere: whether that is what the instrument wants. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class Restrictions {

    private final InstrumentTerms terms;
    private final Notices notices;
    private final Vantages vantages;
    private final Audit audit;

    Restrictions(InstrumentTerms terms, Notices notices, Vantages vantages, Audit audit) {
        this.terms = terms;
        this.notices = notices;
        this.vantages = vantages;
        this.audit = audit;
    }

    /** The country the hub usually looks from, ISO 3166 alpha-2. */
    String home() {
        return vantages.home().country();
    }

    /**
     * Whether a block there is what this recipient was asked for. If not, that is noted once, and the wait goes on.
     *
     * @param territory ISO 3166 alpha-2, or {@code EU}
     */
    boolean comply(Recipient recipient, String territory, Instant at) {
        boolean comply = terms.territory(recipient.instrument()).compliesWhenBlockedIn(territory);
        if (!comply && notices.restrictedElsewhere(recipient.reference(), recipient.number(), at)) {
            audit.record(
                    recipient.reference(),
                    "removal.restricted-elsewhere",
                    "recipient " + recipient.number() + ": blocked in " + territory + ", which "
                            + recipient.instrument() + " does not call removed; the wait goes on");
        }
        return comply;
    }
}
