package org.takedownhub.escalation;

import static org.takedownhub.audit.Instants.stored;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.audit.Actor;
import org.takedownhub.audit.Audit;
import org.takedownhub.audit.Instants;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.cases.CaseFile;
import org.takedownhub.cases.CaseVisibility;
import org.takedownhub.cases.Cases;
import org.takedownhub.notice.Notices;
import org.takedownhub.notice.Recipient;

/** What is to be raised with each platform at the next meeting, until somebody writes down what was said. */
@Component
@Transactional
public class Agenda {

    private static final int LONGEST_SAID = 4000;

    private final CaseVisibility visibility;
    private final JdbcClient jdbc;
    private final Cases cases;
    private final Notices notices;
    private final Dossiers dossiers;
    private final Audit audit;
    private final Actor actor;
    private final Clock clock;

    Agenda(
            JdbcClient jdbc,
            Cases cases,
            Notices notices,
            Dossiers dossiers,
            Audit audit,
            Actor actor,
            Clock clock,
            CaseVisibility visibility) {
        this.visibility = visibility;
        this.jdbc = jdbc;
        this.cases = cases;
        this.notices = notices;
        this.dossiers = dossiers;
        this.audit = audit;
        this.actor = actor;
        this.clock = clock;
    }

    /**
     * An item.
     *
     * @param recipient as it stands now
     * @param tried     the rungs climbed for this recipient, with what each sent or filed
     * @param placedAt  UTC, as all instants here
     * @param said      at the meeting; there once the item is closed
     */
    public record Item(
            long id,
            String platform,
            CaseFile file,
            Recipient recipient,
            List<Tried> tried,
            Instant placedAt,
            Optional<Instant> closedAt,
            Optional<String> said) {}

    /** @param done what the rung sent or filed, in words */
    public record Tried(int rung, String action, String addressee, Instant climbedAt, List<String> done) {}

    /** How closing an item came out. */
    public enum Closing {
        CLOSED,
        CLOSED_BEFORE,
        UNKNOWN
    }

    /** Puts a recipient on the agenda of its platform, once. */
    long place(CaseFile file, Recipient recipient) {
        jdbc.sql("insert into agenda_item (platform, case_reference, recipient_number, placed_at) select :platform,"
                        + " case_reference, :number, cast(:now as timestamp(6) with time zone) from takedown_case where"
                        + " case_reference = :reference and not exists (select 1 from agenda_item where case_reference"
                        + " = :reference and recipient_number = :number)")
                .param("platform", recipient.platform())
                .param("number", recipient.number())
                .param("now", stored(clock.instant()))
                .param("reference", file.reference().value())
                .update();
        return jdbc.sql("select item_id from agenda_item where case_reference = ? and recipient_number = ?")
                .params(file.reference().value(), recipient.number())
                .query(Long.class)
                .single();
    }

    /**
     * The items of a platform that whoever acts on this thread may know of, oldest first.
     *
     * @param platform the platform instance, or the host where none serves it
     * @param open     only those that are, or are not, closed; empty for all
     * @param after    the id after which to begin, 0 for the first
     */
    @Transactional(readOnly = true)
    public List<Item> of(String platform, Optional<Boolean> open, long after, int limit) {
        String which = open.map(yes -> yes ? " and closed_at is null" : " and closed_at is not null")
                .orElse("");
        return jdbc.sql("select * from agenda_item where platform = ? and item_id > ?" + which
                        + " and case_reference in (" + visibility.references()
                        + ") order by item_id fetch first ? rows only")
                .params(platform, after, limit)
                .query((row, number) -> item(row))
                .list();
    }

    @Transactional(readOnly = true)
    public Optional<Item> find(String platform, long id) {
        return jdbc.sql("select * from agenda_item where platform = ? and item_id = ? and case_reference in ("
                        + visibility.references() + ")")
                .params(platform, id)
                .query((row, number) -> item(row))
                .optional();
    }

    /**
     * Closes an item with what was said at the meeting; what was written down stands.
     *
     * @param said at most 4,000 characters
     */
    public Closing close(String platform, long id, String said) {
        if (said.length() > LONGEST_SAID) {
            throw new IllegalArgumentException("What was said is longer than " + LONGEST_SAID + " characters");
        }
        Optional<Item> item = find(platform, id);
        if (item.isEmpty()) {
            return Closing.UNKNOWN;
        }
        int closed = jdbc.sql("update agenda_item set closed_at = ?, closed_by = ?, said = ? where item_id = ? and"
                        + " closed_at is null")
                .params(stored(clock.instant()), actor.current(), said, id)
                .update();
        if (closed == 1) {
            audit.record(item.get().file().reference(), "agenda.closed", "item " + id + " with " + platform);
        }
        return closed == 1 ? Closing.CLOSED : Closing.CLOSED_BEFORE;
    }

    private Item item(ResultSet row) throws SQLException {
        CaseReference reference = new CaseReference(row.getString("case_reference"));
        int recipient = row.getInt("recipient_number");
        return new Item(
                row.getLong("item_id"),
                row.getString("platform"),
                cases.require(reference),
                notices.require(reference, recipient),
                dossiers.ladder(reference).stream()
                        .map(step ->
                                new Tried(step.rung(), step.action(), step.addressee(), step.climbedAt(), step.done()))
                        .toList(),
                Instants.required(row, "placed_at"),
                Instants.optional(row, "closed_at"),
                Optional.ofNullable(row.getString("said")));
    }
}
