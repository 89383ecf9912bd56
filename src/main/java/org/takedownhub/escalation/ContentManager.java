package org.takedownhub.escalation;

import java.util.List;
import org.springframework.stereotype.Component;

/** Writes to the provider's content manager (Crime and Policing Act 2026 Part 2 Chapter 1). */
@Component
class ContentManager implements RungEffect {

    private final RungLetters letters;

    ContentManager(RungLetters letters) {
        this.letters = letters;
    }

    @Override
    public String action() {
        return "CONTENT_MANAGER";
    }

    @Override
    public List<Done> climb(RungInHand rung) {
        return List.of(letters.write(rung, RungLetters.overdue(rung)));
    }
}
