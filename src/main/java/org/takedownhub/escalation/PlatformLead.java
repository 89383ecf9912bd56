package org.takedownhub.escalation;

import java.util.List;
import org.springframework.stereotype.Component;

/** Writes to whoever leads trust and safety at the platform. */
@Component
class PlatformLead implements RungEffect {

    private final RungLetters letters;

    PlatformLead(RungLetters letters) {
        this.letters = letters;
    }

    @Override
    public String action() {
        return "PLATFORM_LEAD";
    }

    @Override
    public List<Done> climb(RungInHand rung) {
        return List.of(letters.write(rung, RungLetters.overdue(rung)));
    }
}
