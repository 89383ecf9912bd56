package org.takedownhub.cases;

import static org.takedownhub.audit.Instants.stored;

import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.audit.Actor;
import org.takedownhub.audit.Audit;
import org.takedownhub.audit.Instants;
import org.takedownhub.casefile.CaseReference;

/** Cases that belong together without being one. Links are only ever added. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class CaseLinks {

    private static final int LONGEST_DETAIL = 1000;

    private final JdbcClient jdbc;
    private final Clock clock;
    private final Actor actor;
    private final Audit audit;
    private final CaseVisibility visibility;

    CaseLinks(JdbcClient jdbc, Clock clock, Actor actor, Audit audit, CaseVisibility visibility) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.actor = actor;
        this.audit = audit;
        this.visibility = visibility;
    }

    /**
     * Links two cases in the caller's transaction and logs it on both, or, between a covert and an overt one, on the
     * covert one alone; a link that is there stays as it was.
     *
     * @param relation what {@code reference} is to {@code other}; its inverse is the same link told from the other side
     * @param detail   what a person needs to judge the link, may be empty; what is longer than 1,000 characters is cut
     * @throws IllegalArgumentException     a case linked to itself
     * @throws org.springframework.dao.DuplicateKeyException somebody has just made the same link
     */
    public void link(CaseReference reference, Relation relation, CaseReference other, String detail) {
        if (reference.equals(other)) {
            throw new IllegalArgumentException("Case " + reference + " cannot be linked to itself");
        }
        if (swapped(reference, relation, other)) {
            link(other, relation.inverse(), reference, detail);
            return;
        }
        boolean known = jdbc.sql("select count(*) from case_link where case_reference = ? and other_reference = ? and"
                                + " relation = ?")
                        .params(reference.value(), other.value(), relation.name())
                        .query(Integer.class)
                        .single()
                > 0;
        if (known) {
            return;
        }
        jdbc.sql("insert into case_link (case_reference, other_reference, relation, detail, at, linked_by)"
                        + " values (?, ?, ?, ?, ?, ?)")
                .params(
                        reference.value(),
                        other.value(),
                        relation.name(),
                        detail.length() > LONGEST_DETAIL ? detail.substring(0, LONGEST_DETAIL) : detail,
                        stored(clock.instant()),
                        actor.current())
                .update();
        boolean hidden = visibility.isBetweenCovertAndOvert(reference, other);
        // Always in the same order, so that two transactions that link the same cases wait instead of deadlocking.
        Stream.of(reference, other)
                // The log of an overt case names no covert one.
                .filter(end -> !hidden || visibility.isCovert(end).orElse(false))
                .sorted((one, another) -> one.value().compareTo(another.value()))
                .forEach(end -> audit.record(
                        end,
                        "case.linked",
                        end.equals(reference) ? relation + " " + other : relation.inverse() + " " + reference));
    }

    /** The links of a case as it sees them, oldest first, to cases that whoever acts on this thread may know of. */
    @Transactional(readOnly = true)
    public List<CaseLink> of(CaseReference reference) {
        return jdbc
                .sql("select * from case_link where case_reference = ? or other_reference = ? order by at,"
                        + " case_reference, other_reference, relation")
                .params(reference.value(), reference.value())
                .query((row, number) -> {
                    boolean first = row.getString("case_reference").equals(reference.value());
                    Relation relation = Relation.valueOf(row.getString("relation"));
                    return new CaseLink(
                            new CaseReference(row.getString(first ? "other_reference" : "case_reference")),
                            first ? relation : relation.inverse(),
                            row.getString("detail"),
                            Instants.required(row, "at"),
                            row.getString("linked_by"));
                })
                .list()
                .stream()
                .filter(link -> visibility.maySee(link.other()))
                .toList();
    }

    /** One row per link: told from its beginning or, where it reads the same both ways, from the lower reference. */
    private static boolean swapped(CaseReference reference, Relation relation, CaseReference other) {
        return switch (relation) {
            case COPY_OF, RETURN_OF -> false;
            case COPIED_BY, RETURNED_AS -> true;
            case SAME_MEDIA, POSSIBLE_DUPLICATE -> reference.value().compareTo(other.value()) > 0;
        };
    }
}
