package org.takedownhub.notice;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.cases.CaseChapter;
import org.takedownhub.cases.Cases;
import org.takedownhub.cases.PlatformContacts.ContactSheet;

/** Whom to turn to at the platform of a case, and whether somebody is there now. */
@Component
@Order(100)
class ContactsChapter implements CaseChapter {

    private static final List<String> COLUMNS = List.of("Role", "Name and address", "When", "Language", "Verified");

    private final Cases cases;
    private final ContactDirectory directory;

    ContactsChapter(Cases cases, ContactDirectory directory) {
        this.cases = cases;
        this.directory = directory;
    }

    @Override
    public String key() {
        return "contacts";
    }

    @Override
    public String title() {
        return "Whom to turn to";
    }

    @Override
    public List<?> entries(CaseReference reference) {
        return contacts(reference);
    }

    @Override
    public Optional<Sheet> sheet(CaseReference reference) {
        List<ContactSheet> contacts = contacts(reference);
        return contacts.isEmpty()
                ? Optional.empty()
                : Optional.of(new Sheet(
                        COLUMNS, contacts.stream().map(ContactsChapter::row).toList()));
    }

    private List<ContactSheet> contacts(CaseReference reference) {
        return directory.shownFor(cases.require(reference).platform());
    }

    private static List<Cell> row(ContactSheet contact) {
        return List.of(
                Cell.of(words(contact.role()) + (contact.backup() ? " (backup)" : "")),
                Cell.of(contact.name() + ", " + contact.address()),
                Cell.of(contact.reachable()),
                Cell.of(Optional.ofNullable(contact.language()).orElse("–")),
                Cell.of(contact.verified()));
    }

    private static String words(String code) {
        String words = code.replace('_', ' ').toLowerCase(Locale.ROOT);
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
