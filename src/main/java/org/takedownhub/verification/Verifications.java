package org.takedownhub.verification;

import static org.takedownhub.audit.Instants.stored;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.Verdict;
import org.takedownhub.cases.Cases;
import org.takedownhub.ground.Grounds;
import org.takedownhub.process.NotAllowed;

/** The verdicts on a case: at most two, and never two by the same person. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class Verifications {

    private final JdbcClient jdbc;
    private final Clock clock;
    private final Cases cases;
    private final ContentGuide guide;
    private final Grounds grounds;

    Verifications(JdbcClient jdbc, Clock clock, Cases cases, ContentGuide guide, Grounds grounds) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.cases = cases;
        this.guide = guide;
        this.grounds = grounds;
    }

    /**
     * Keeps a verdict.
     *
     * @return whether somebody else must look, because this first one could not tell
     * @throws NotAllowed this person gave the first opinion
     */
    boolean decide(CaseReference reference, Verification verification, GroundStatements statements, String person) {
        mustBeNewTo(reference, person);
        List<String> earlier = verifiers(reference);
        ContentGuide.Suggestion suggestion = guide.suggest(verification.category());
        jdbc.sql("insert into verification (case_reference, verdict, category, offence, reasons, threat_to_life,"
                        + " child_visible, artistic_context, content_language, guide_suggestion, guide_version, person_at_risk,"
                        + " verified_by, verified_at) values (:reference, :verdict, :category, :offence, :reasons,"
                        + " :threat, :child, :artistic, :language, :suggestion, :version, :atRisk, :person, :now)")
                .param("reference", reference.value())
                .param("verdict", verification.verdict().name())
                .param("category", verification.category().name())
                .param("offence", verification.offence().map(Enum::name).orElse(null))
                .param("reasons", verification.reasons())
                .param("threat", verification.threatToLife())
                .param("child", verification.childVisible())
                .param("artistic", verification.artisticContext().name())
                .param("language", verification.contentLanguage().orElse(null))
                .param("suggestion", suggestion.verdict())
                .param("version", suggestion.version())
                .param("atRisk", verification.personAtRisk())
                .param("person", person)
                .param("now", stored(clock.instant()))
                .update();
        if (verification.referable()) {
            grounds.enter(reference, statements.with(verification), person);
        }
        cases.classify(reference, verification.category(), verification.threatToLife(), verification.verdict());
        return verification.verdict() == Verdict.CANNOT_TELL && earlier.isEmpty();
    }

    /** What the engine may keep of the ground that a new case came with; empty when it came with none. */
    @Transactional(readOnly = true)
    Map<String, Object> carriedOver(CaseReference reference) {
        return jdbc.sql("select * from verification where case_reference = ? order by id desc fetch first 1 rows only")
                .params(reference.value())
                .query((row, number) -> new Verification(
                                Verdict.valueOf(row.getString("verdict")),
                                Category.valueOf(row.getString("category")),
                                Optional.ofNullable(row.getString("offence")).map(Offence::valueOf),
                                row.getString("reasons"),
                                row.getBoolean("threat_to_life"),
                                row.getBoolean("child_visible"),
                                ArtisticContext.valueOf(row.getString("artistic_context")),
                                Optional.ofNullable(row.getString("content_language")),
                                row.getBoolean("person_at_risk"))
                        .variables(false))
                .optional()
                .orElse(Map.of());
    }

    /** The newest verdict on a case with its ground; empty when nobody has given one. */
    @Transactional(readOnly = true)
    Optional<String> inWords(CaseReference reference) {
        return jdbc.sql("select verdict, offence, reasons from verification where case_reference = ? order by id desc"
                        + " fetch first 1 rows only")
                .params(reference.value())
                .query((row, number) -> "In %s: %s%s. %s"
                        .formatted(
                                reference,
                                row.getString("verdict"),
                                Optional.ofNullable(row.getString("offence"))
                                        .map(offence -> ", " + offence)
                                        .orElse(""),
                                row.getString("reasons")))
                .optional();
    }

    /** @throws NotAllowed this person gave the first opinion */
    void mustBeNewTo(CaseReference reference, String person) {
        if (verifiers(reference).contains(person)) {
            throw new NotAllowed(
                    "You gave the first opinion on " + reference + "; the second one is another caseworker's");
        }
    }

    private List<String> verifiers(CaseReference reference) {
        return jdbc.sql("select verified_by from verification where case_reference = ? order by id")
                .params(reference.value())
                .query(String.class)
                .list();
    }
}
