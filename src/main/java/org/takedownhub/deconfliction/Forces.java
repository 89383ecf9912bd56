package org.takedownhub.deconfliction;

import static org.takedownhub.audit.Instants.stored;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.audit.Actor;
import org.takedownhub.audit.Audit;
import org.takedownhub.notice.ContactBook;

/** The forces, and whom to call there. */
@Component
@Transactional
public class Forces {

    private static final String GROUP = "deconfliction-";

    private final List<String> names;
    private final JdbcClient jdbc;
    private final ContactBook book;
    private final Audit audit;
    private final Actor actor;
    private final Clock clock;

    Forces(ForceNames names, JdbcClient jdbc, ContactBook book, Audit audit, Actor actor, Clock clock) {
        this.names = names.forces();
        this.jdbc = jdbc;
        this.book = book;
        this.audit = audit;
        this.actor = actor;
        this.clock = clock;
    }

    /**
     * Whom to call.
     *
     * @param roleName what the person on duty is, never who
     */
    public record Contact(String roleName, Optional<String> mail, Optional<String> phone) {

        String inWords() {
            return roleName
                    + phone.map(number -> ", " + number).orElse("")
                    + mail.map(address -> ", " + address).orElse("");
        }
    }

    public List<String> names() {
        return names;
    }

    public boolean knows(String force) {
        return names.contains(force);
    }

    /** The group of a force's deconfliction officers. */
    public String group(String force) {
        return GROUP + force;
    }

    /** Whether somebody in these groups may speak for a force. */
    public boolean speaksFor(String force, Collection<String> groups) {
        return knows(force) && groups.contains(group(force));
    }

    @Transactional(readOnly = true)
    public Optional<Contact> contact(String force) {
        return jdbc.sql("select role_name, mail, phone from force_contact where force = ?")
                .params(force)
                .query((row, number) -> new Contact(
                        row.getString("role_name"),
                        Optional.ofNullable(row.getString("mail")),
                        Optional.ofNullable(row.getString("phone"))))
                .optional();
    }

    /** Says whom to call at a force. The last word stands. */
    public void contactIs(String force, Contact contact) {
        jdbc.sql("delete from force_contact where force = ?").params(force).update();
        jdbc.sql("insert into force_contact (force, role_name, mail, phone, changed_by, changed_at) values (:force,"
                        + " :role, :mail, :phone, :by, :at)")
                .param("force", force)
                .param("role", contact.roleName())
                .param("mail", contact.mail().orElse(null))
                .param("phone", contact.phone().orElse(null))
                .param("by", actor.current())
                .param("at", stored(clock.instant()))
                .update();
        audit.record("force.contact-changed", force + ": " + contact.roleName());
    }

    /** Where mail reaches the officers on duty. */
    @Transactional(readOnly = true)
    public Optional<String> mail(String force) {
        return contact(force).flatMap(Contact::mail).or(() -> book.force(force));
    }

    /** Whom to call, in words for the officer who asks. */
    @Transactional(readOnly = true)
    public String inWords(String force) {
        return contact(force).map(Contact::inWords).orElse("deconfliction officer of force " + force);
    }
}
