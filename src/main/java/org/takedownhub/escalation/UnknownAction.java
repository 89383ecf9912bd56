package org.takedownhub.escalation;

import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.takedownhub.audit.Audit;
import org.takedownhub.notice.ContactBook;
import org.takedownhub.notice.Letters;

/**
 * A rung whose action nobody implements. A ladder never stops because of a word in a table: a letter is filed for a
 * person to act on, and the managers, who keep the table, are told.
 */
@Component
class UnknownAction implements RungEffect {

    private static final Logger LOG = LoggerFactory.getLogger(UnknownAction.class);

    /** Where the managers' address stands in the book. */
    private static final String MANAGERS = "LADDER_BROKEN";

    private final RungLetters rungLetters;
    private final Letters letters;
    private final ContactBook contacts;
    private final Audit audit;

    UnknownAction(RungLetters rungLetters, Letters letters, ContactBook contacts, Audit audit) {
        this.rungLetters = rungLetters;
        this.letters = letters;
        this.contacts = contacts;
        this.audit = audit;
    }

    /** No action of any table: it can hold no word in lower case. */
    @Override
    public String action() {
        return "unknown";
    }

    @Override
    public List<Done> climb(RungInHand rung) {
        String action = rung.rung().action();
        LOG.error(
                "Rung {} of case {} has the action {}, which nothing implements. Correct the table escalation-ladder",
                rung.rung().number(),
                rung.reference(),
                action);
        audit.record(rung.reference(), "escalation.unknown-action", action);
        Done filed = rungLetters.write(rung, RungLetters.overdue(rung), Optional.empty());
        String alarm = rung.key() + "/unknown";
        letters.write(
                alarm,
                rung.reference(),
                MANAGERS,
                "Managers",
                contacts.rung(MANAGERS),
                "The escalation ladder names an action that does not exist: " + action,
                "Version " + rung.rung().tableVersion() + " of the table escalation-ladder names the action " + action
                        + " for rung " + rung.rung().number()
                        + ", which nothing implements. A letter was filed instead for a person to act on, on the page of case "
                        + rung.reference() + ". Correct the table.");
        return List.of(filed, new Done(Done.Kind.LETTER, alarm, "Nothing implements " + action + "; managers told"));
    }
}
