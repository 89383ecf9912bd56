package org.takedownhub.cases;

import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.audit.Actor;
import org.takedownhub.casefile.CaseReference;

/**
 * Who may see which case: the one place that decides. Covert cases, their existence included, are for the members of the
 * covert group; to everybody else they are not there. Whatever shows cases to people asks here. Where nobody is signed
 * in the hub itself works, and works on all of them.
 */
@Component
@Transactional(readOnly = true)
public class CaseVisibility {

    /** The group whose members see covert cases. Membership adds to a role and replaces none. */
    public static final String COVERT_OFFICERS = "covert-officers";

    /** What holds of a row of {@code takedown_case}, called {@code shown}, that everybody may see. */
    static final String OVERT = "shown.source <> 'COVERT'";

    private final JdbcClient jdbc;
    private final Actor actor;

    CaseVisibility(JdbcClient jdbc, Actor actor) {
        this.jdbc = jdbc;
        this.actor = actor;
    }

    /** Whether whoever acts on this thread sees covert cases. */
    public boolean seesCovertCases() {
        return actor.current().equals(Actor.SYSTEM) || isCovertOfficer();
    }

    /** Whether a person acts on this thread who belongs to the covert group; the hub itself does not. */
    public boolean isCovertOfficer() {
        return actor.groups().contains(COVERT_OFFICERS);
    }

    public boolean maySee(CaseFile file) {
        return !file.source().isCovert() || seesCovertCases();
    }

    /** Whether whoever acts on this thread may know of a case; not of one that does not exist. */
    public boolean maySee(CaseReference reference) {
        return isCovert(reference)
                .filter(covert -> !covert || seesCovertCases())
                .isPresent();
    }

    /** Those of some cases that whoever acts on this thread may know of, in their order. */
    public List<CaseReference> visible(List<CaseReference> references) {
        return seesCovertCases()
                ? List.copyOf(references)
                : references.stream().filter(this::maySee).toList();
    }

    /** Whether a case is covert, whoever asks; empty when there is no such case. */
    public Optional<Boolean> isCovert(CaseReference reference) {
        return jdbc.sql("select source from takedown_case where case_reference = ?")
                .params(reference.value())
                .query((row, number) -> row.getString(1).equals("COVERT"))
                .optional();
    }

    /** Whether two cases stand on different sides: then the one side must not learn of the other. */
    public boolean isBetweenCovertAndOvert(CaseReference one, CaseReference other) {
        return !isCovert(one).equals(isCovert(other));
    }

    /**
     * The references of all cases that whoever acts on this thread may know of, as a subquery for lists that are kept by
     * other rooms: {@code case_reference in (…)}.
     */
    public String references() {
        return "select case_reference from takedown_case shown where " + condition();
    }

    /** A condition for {@code takedown_case shown}: what whoever acts on this thread may see. */
    String condition() {
        return seesCovertCases() ? "1 = 1" : OVERT;
    }
}
