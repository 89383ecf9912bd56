package org.takedownhub.escalation;

import java.util.Arrays;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.takedownhub.notice.Contact;
import org.takedownhub.notice.ContactBook;
import org.takedownhub.notice.ContactDirectory;
import org.takedownhub.notice.ContactRole;
import org.takedownhub.notice.Letters;
import org.takedownhub.notice.Recipient;

/** The letters of the ladder: each rung writes at most one, whose key is that of the rung. */
@Component
class RungLetters {

    private static final int LONGEST = 4000;

    private final Letters letters;
    private final ContactBook contacts;
    private final ContactDirectory directory;

    RungLetters(Letters letters, ContactBook contacts, ContactDirectory directory) {
        this.letters = letters;
        this.contacts = contacts;
        this.directory = directory;
    }

    /**
     * Writes to whoever has the role of this rung at the platform, such as its content manager, else to whoever is in
     * the book for it; without an address the letter is filed for a person.
     */
    Done write(RungInHand rung, String text) {
        String action = rung.rung().action();
        return write(rung, text, ofRole(rung.recipient().platform(), action).or(() -> contacts.rung(action)));
    }

    private Optional<String> ofRole(String platform, String action) {
        return Arrays.stream(ContactRole.values())
                .filter(role -> role.name().equals(action))
                .findFirst()
                .flatMap(role -> directory.find(platform, role))
                .flatMap(Contact::mail);
    }

    Done write(RungInHand rung, String text, Optional<String> address) {
        letters.write(
                rung.key(),
                rung.reference(),
                rung.rung().action(),
                rung.rung().addressee(),
                address,
                subject(rung.recipient()),
                text);
        return new Done(
                Done.Kind.LETTER,
                rung.key(),
                "Letter to: " + rung.rung().addressee()
                        + (address.isEmpty() ? ", filed for a person to hand over" : ""));
    }

    Optional<String> platform(Recipient recipient) {
        return directory.mailOf(recipient);
    }

    static String subject(Recipient recipient) {
        return "Overdue removal " + recipient.reference() + " at " + recipient.name();
    }

    /** What is overdue, since when, and what was asked for; at most 4,000 characters, as much as a platform's API takes. */
    static String overdue(RungInHand rung) {
        Recipient recipient = rung.recipient();
        String given = recipient.givenAt().map(Object::toString).orElse("unknown");
        String state = recipient
                .outcome()
                .map(outcome -> "The platform answered: " + outcome + ".")
                .orElse("Removal was due before "
                        + recipient.dueAt().map(Object::toString).orElse("unknown") + " (UTC).");
        String text = "Overdue removal, step " + rung.rung().number() + " for: "
                + rung.rung().addressee() + ". Reference " + rung.reference() + ", given " + given + " (UTC) to "
                + recipient.name() + ". " + state + " The content is still up. " + recipient.explanation();
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }
}
