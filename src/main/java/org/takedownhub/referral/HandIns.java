package org.takedownhub.referral;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.audit.Audit;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.cases.Cases;
import org.takedownhub.clock.ClockSpeed;
import org.takedownhub.notice.ContactBook;
import org.takedownhub.notice.Letters;
import org.takedownhub.notice.Notices;
import org.takedownhub.notice.Recipient;

/** The clock of what people hand in: no platform's deadline runs before they have. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class HandIns {

    private static final String OVERDUE = "HAND_IN_OVERDUE";

    private final Cases cases;
    private final Notices notices;
    private final Letters letters;
    private final ContactBook contacts;
    private final ReferralSettings settings;
    private final ClockSpeed speed;
    private final Audit audit;
    private final Clock clock;

    HandIns(
            Cases cases,
            Notices notices,
            Letters letters,
            ContactBook contacts,
            ReferralSettings settings,
            ClockSpeed speed,
            Audit audit,
            Clock clock) {
        this.cases = cases;
        this.notices = notices;
        this.letters = letters;
        this.contacts = contacts;
        this.settings = settings;
        this.speed = speed;
        this.audit = audit;
        this.clock = clock;
    }

    /** Until when what is made out now should be handed in, UTC. */
    Instant dueAt(CaseReference reference) {
        return clock.instant()
                .plus(speed.scaled(
                        cases.require(reference).threatToLife()
                                ? settings.handInWithinThreatToLife()
                                : settings.handInWithin()));
    }

    /** Tells the duty officers that a packet lies about. */
    void overdue(CaseReference reference, int recipientNumber) {
        Recipient recipient = notices.require(reference, recipientNumber);
        Optional<String> address = contacts.rung(OVERDUE);
        letters.write(
                "hand-in/" + reference + "/" + recipientNumber,
                reference,
                OVERDUE,
                "Duty officers",
                address,
                "Not handed in yet: " + reference + " for " + recipient.name(),
                "Nobody has handed in the notice of " + reference + " for " + recipient.name()
                        + ", and no deadline runs before that. The task is in the queue To pick up or My tasks.");
        audit.record(reference, "referral.hand-in-overdue", "recipient " + recipientNumber);
    }
}
