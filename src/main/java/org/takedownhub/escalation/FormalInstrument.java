package org.takedownhub.escalation;

import java.util.List;
import org.springframework.stereotype.Component;
import org.takedownhub.notice.FormalNotices;

/**
 * Proposes a statutory notice in place of a referral that was not obeyed, where the law fits. An authorised officer
 * decides; the ladder goes on meanwhile.
 */
@Component
class FormalInstrument implements RungEffect {

    private final FormalInstruments instruments;
    private final FormalNotices formalNotices;
    private final RungLetters letters;

    FormalInstrument(FormalInstruments instruments, FormalNotices formalNotices, RungLetters letters) {
        this.instruments = instruments;
        this.formalNotices = formalNotices;
        this.letters = letters;
    }

    @Override
    public String action() {
        return "FORMAL_INSTRUMENT";
    }

    @Override
    public List<Done> climb(RungInHand rung) {
        return instruments
                .fitting(rung.file())
                .map(fit -> propose(rung, fit))
                .orElseGet(() -> List.of(new Done(
                        Done.Kind.NOTHING,
                        rung.key(),
                        "No statutory instrument fits " + rung.file().category() + " on "
                                + rung.file().platform() + "; the ladder goes on")));
    }

    private List<Done> propose(RungInHand rung, FormalNotices.Fit fit) {
        formalNotices.propose(rung.reference(), rung.recipient().number(), fit, rung.dueAt());
        Done letter = letters.write(
                rung,
                "The referral " + rung.reference() + " to " + rung.recipient().name()
                        + " was not obeyed, and the law offers a "
                        + fit.instrument().name() + " ("
                        + fit.legalReference() + "). The proposal waits for an authorised officer in the task list:"
                        + " Approve formal notice. The ladder climbs on meanwhile.");
        return List.of(
                new Done(
                        Done.Kind.PROPOSAL,
                        rung.key(),
                        fit.instrument().name() + " under " + fit.legalReference()
                                + " proposed to an authorised officer"),
                letter);
    }
}
