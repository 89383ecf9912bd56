package org.takedownhub.notice;

import static org.takedownhub.audit.Instants.stored;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.audit.Actor;
import org.takedownhub.audit.Audit;
import org.takedownhub.audit.Instants;
import org.takedownhub.cases.PlatformContacts;

/**
 * Whom to turn to at each platform: one entry for each role and one backup beside it. Where the directory knows nobody,
 * the addresses of the settings ({@link ContactBook}) stand in.
 */
@Component
public class ContactDirectory implements PlatformContacts {

    /** Whom a letter to the provider goes to, the best first. */
    private static final List<ContactRole> LETTERS =
            List.of(ContactRole.MAILBOX, ContactRole.CONTACT_POINT, ContactRole.PROVIDER);

    private static final int LONGEST_DETAIL = 4000;

    private final JdbcClient jdbc;
    private final ContactBook book;
    private final DirectorySettings settings;
    private final Audit audit;
    private final Actor actor;
    private final Clock clock;

    ContactDirectory(
            JdbcClient jdbc, ContactBook book, DirectorySettings settings, Audit audit, Actor actor, Clock clock) {
        this.jdbc = jdbc;
        this.book = book;
        this.settings = settings;
        this.audit = audit;
        this.actor = actor;
        this.clock = clock;
    }

    /** The entries of a platform in the order of roles, each backup after its first. */
    @Transactional(readOnly = true)
    public List<Contact> of(String platform) {
        return jdbc
                .sql("select * from contact where platform = ?")
                .params(platform)
                .query((row, number) -> contact(row))
                .list()
                .stream()
                .sorted(Comparator.comparing(Contact::role).thenComparing(Contact::backup))
                .toList();
    }

    @Override
    @Transactional(readOnly = true)
    public List<ContactSheet> shownFor(String platform) {
        Instant now = clock.instant();
        return of(platform).stream().map(contact -> sheet(contact, now)).toList();
    }

    private ContactSheet sheet(Contact contact, Instant now) {
        return new ContactSheet(
                contact.role().name(),
                contact.backup(),
                contact.name(),
                contact.address(),
                contact.hours().orElse(null),
                contact.timeZone().orElse(null),
                contact.language().orElse(null),
                contact.twentyFourSeven(),
                contact.openAt(now).orElse(null),
                contact.verifiedAt().orElse(null),
                contact.verifiedBy().orElse(null),
                contact.stale(now, settings.verifyEvery()));
    }

    /**
     * Who is to be turned to now: the first entry of a role, or its backup while the first is closed and the backup is
     * not. Without a first entry, the backup.
     */
    @Transactional(readOnly = true)
    public Optional<Contact> find(String platform, ContactRole role) {
        Instant now = clock.instant();
        List<Contact> entries =
                of(platform).stream().filter(contact -> contact.role() == role).toList();
        return entries.stream()
                .filter(contact -> contact.openAt(now).orElse(true))
                .findFirst()
                .or(() -> entries.stream().findFirst());
    }

    /** Who has a role by law, at whatever hour: the first entry; only without one, the backup. */
    @Transactional(readOnly = true)
    public Optional<Contact> holder(String platform, ContactRole role) {
        return of(platform).stream().filter(contact -> contact.role() == role).findFirst();
    }

    /** Where mail reaches a platform: its mailbox, its contact point or itself, else the address of the settings. */
    @Transactional(readOnly = true)
    public Optional<String> mailOf(String platform) {
        return LETTERS.stream()
                .flatMap(role -> find(platform, role).stream())
                .flatMap(contact -> contact.mail().stream())
                .findFirst()
                .or(() -> book.platform(platform));
    }

    /** Where mail reaches a recipient of a notice: its own address where it has one, else the platform's. */
    @Transactional(readOnly = true)
    public Optional<String> mailOf(Recipient recipient) {
        return recipient.role() == ContactRole.PROVIDER ? mailOf(recipient.platform()) : recipient.address();
    }

    /**
     * Replaces the entries of a platform. An entry that was not there before, or that has another address, is unverified
     * unless it says when it was verified; whoever calls is then the one who did.
     *
     * @throws IllegalArgumentException two entries have the same role and are both first, or both backup
     */
    @Transactional
    public List<Contact> replace(String platform, List<Contact> entries) {
        Map<String, Contact> before = byPlace(of(platform));
        Map<String, Contact> after = new LinkedHashMap<>();
        for (Contact entry : entries) {
            Contact kept = verified(entry, Optional.ofNullable(before.get(place(entry))));
            if (after.put(place(entry), kept) != null) {
                throw new IllegalArgumentException(
                        place(entry) + " stands there twice; a role has one first entry and one backup");
            }
        }
        List<String> changes = changes(before, after);
        if (!changes.isEmpty()) {
            jdbc.sql("delete from contact where platform = ?").params(platform).update();
            after.values().forEach(contact -> insert(platform, contact));
            changes.forEach(change -> record(platform + ": " + change));
        }
        return of(platform);
    }

    /** Puts entries there for a platform that has none yet. */
    @Transactional
    public void begin(String platform, List<Contact> entries) {
        if (of(platform).isEmpty()) {
            replace(platform, entries);
        }
    }

    private Contact verified(Contact entry, Optional<Contact> before) {
        Optional<Contact> known = before.filter(
                old -> old.name().equals(entry.name()) && old.address().equals(entry.address()));
        boolean anew = entry.verifiedAt().isPresent()
                && !known.flatMap(Contact::verifiedAt).equals(entry.verifiedAt());
        return new Contact(
                entry.role(),
                entry.backup(),
                entry.name(),
                entry.address(),
                entry.hours(),
                entry.timeZone(),
                entry.language(),
                entry.twentyFourSeven(),
                anew ? entry.verifiedAt() : known.flatMap(Contact::verifiedAt),
                anew ? Optional.of(actor.current()) : known.flatMap(Contact::verifiedBy));
    }

    private static List<String> changes(Map<String, Contact> before, Map<String, Contact> after) {
        Set<String> places = new HashSet<>(before.keySet());
        places.addAll(after.keySet());
        List<String> changes = new ArrayList<>();
        places.stream().sorted().forEach(place -> {
            Optional<Contact> old = Optional.ofNullable(before.get(place));
            Optional<Contact> fresh = Optional.ofNullable(after.get(place));
            if (!old.equals(fresh)) {
                changes.add(place + " " + old.map(ContactDirectory::inWords).orElse("nobody") + " -> "
                        + fresh.map(ContactDirectory::inWords).orElse("nobody"));
            }
        });
        return changes;
    }

    private static String inWords(Contact contact) {
        return Stream.of(
                        Optional.of(contact.name() + " <" + contact.address() + ">"),
                        contact.hours(),
                        contact.timeZone(),
                        contact.language(),
                        contact.twentyFourSeven() ? Optional.of("day and night") : Optional.<String>empty(),
                        contact.verifiedAt()
                                .map(at -> "verified " + at + " by "
                                        + contact.verifiedBy().orElse("?")))
                .flatMap(Optional::stream)
                .reduce((one, other) -> one + ", " + other)
                .orElseThrow();
    }

    private void record(String detail) {
        audit.record(
                "contact.changed", detail.length() > LONGEST_DETAIL ? detail.substring(0, LONGEST_DETAIL) : detail);
    }

    private static Map<String, Contact> byPlace(List<Contact> contacts) {
        Map<String, Contact> places = new LinkedHashMap<>();
        contacts.forEach(contact -> places.put(place(contact), contact));
        return places;
    }

    private static String place(Contact contact) {
        return contact.role() + (contact.backup() ? " (backup)" : "");
    }

    private void insert(String platform, Contact contact) {
        jdbc.sql("insert into contact (platform, role, backup, name, address, hours, time_zone, language,"
                        + " twenty_four_seven, verified_at, verified_by, changed_at, changed_by) values (:platform, :role,"
                        + " :backup, :name, :address, :hours, :zone, :language, :always, :verifiedAt, :verifiedBy, :now,"
                        + " :by)")
                .param("platform", platform)
                .param("role", contact.role().name())
                .param("backup", contact.backup())
                .param("name", contact.name())
                .param("address", contact.address())
                .param("hours", contact.hours().orElse(null))
                .param("zone", contact.timeZone().orElse(null))
                .param("language", contact.language().orElse(null))
                .param("always", contact.twentyFourSeven())
                .param("verifiedAt", stored(contact.verifiedAt()))
                .param("verifiedBy", contact.verifiedBy().orElse(null))
                .param("now", stored(clock.instant()))
                .param("by", actor.current())
                .update();
    }

    private static Contact contact(ResultSet row) throws SQLException {
        return new Contact(
                ContactRole.valueOf(row.getString("role")),
                row.getBoolean("backup"),
                row.getString("name"),
                row.getString("address"),
                Optional.ofNullable(row.getString("hours")),
                Optional.ofNullable(row.getString("time_zone")),
                Optional.ofNullable(row.getString("language")),
                row.getBoolean("twenty_four_seven"),
                Instants.optional(row, "verified_at"),
                Optional.ofNullable(row.getString("verified_by")));
    }
}
