package org.takedownhub.training;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.takedownhub.notice.Contact;
import org.takedownhub.notice.ContactDirectory;
import org.takedownhub.notice.ContactRole;

/**
 * Whom to turn to at the training platform. It has named no content manager: a notice goes to the platform alone until
 * somebody enters one.
 */
@Component
@Profile("training")
class TrainingContacts {

    private static final Logger LOG = LoggerFactory.getLogger(TrainingContacts.class);

    private static final String PLATFORM = "training";
    private static final String LONDON = "Europe/London";

    private final ContactDirectory directory;
    private final Clock clock;

    TrainingContacts(ContactDirectory directory, Clock clock) {
        this.directory = directory;
        this.clock = clock;
    }

    @EventListener(ApplicationReadyEvent.class)
    void enter() {
        try {
            directory.begin(PLATFORM, entries());
        } catch (DuplicateKeyException e) {
            LOG.debug("Another node has entered the contacts", e);
        }
    }

    private List<Contact> entries() {
        return List.of(
                alwaysThere(ContactRole.PROVIDER, false, "Training platform", "desk@training.example"),
                inOfficeHours(ContactRole.CONTACT_POINT, "Contact point", "authorities@training.example"),
                alwaysThere(ContactRole.CONTACT_POINT, true, "Night desk", "night@training.example"),
                alwaysThere(ContactRole.MAILBOX, false, "Abuse mailbox", "abuse@training.example"),
                inOfficeHours(ContactRole.REGULATOR, "Training regulator", "regulator@training.example"));
    }

    private Contact alwaysThere(ContactRole role, boolean backup, String name, String address) {
        return contact(role, backup, name, address, Optional.empty());
    }

    private Contact inOfficeHours(ContactRole role, String name, String address) {
        return contact(role, false, name, address, Optional.of("Mo-Fr 09:00-17:30"));
    }

    /** Without hours somebody is there day and night. */
    private Contact contact(ContactRole role, boolean backup, String name, String address, Optional<String> hours) {
        return new Contact(
                role,
                backup,
                name,
                address,
                hours,
                hours.map(text -> LONDON),
                Optional.of("en"),
                hours.isEmpty(),
                Optional.of(clock.instant()),
                Optional.empty());
    }
}
