package org.takedownhub.ground;

import static org.takedownhub.audit.Instants.stored;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.audit.Audit;
import org.takedownhub.audit.Instants;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.Verdict;

/** The ground register. Entries are added, never changed; a notice cites the one it was made out under. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class Grounds {

    private final JdbcClient jdbc;
    private final GroundTables tables;
    private final Audit audit;
    private final Clock clock;

    Grounds(JdbcClient jdbc, GroundTables tables, Audit audit, Clock clock) {
        this.jdbc = jdbc;
        this.tables = tables;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * What a person found.
     *
     * @param reasons         the facts, in the caseworker's words
     * @param elementsMet     the facts element by element; the reasons stand in for them
     * @param platformRule    the term that is breached, where it is one
     * @param necessity       empty for the standard statement of the category, as the next two
     * @param artisticContext {@code NONE} or a kind of protected expression
     * @param relevantParts   the parts of the United Kingdom in which the content is unlawful
     */
    public record Finding(
            Verdict verdict,
            Category category,
            Optional<String> offence,
            String reasons,
            Optional<String> elementsMet,
            Optional<String> platformRule,
            Optional<String> necessity,
            Optional<String> proportionality,
            Optional<String> alternatives,
            String artisticContext,
            Optional<String> contextReasons,
            boolean childVisible,
            String relevantParts) {}

    /** Enters a finding. */
    public void enter(CaseReference reference, Finding finding, String person) {
        GroundTables.Statement standard = tables.statement(finding.category());
        Optional<GroundTables.Catalogued> offence = finding.offence().map(code -> tables.offence(code));
        Set<String> own = new TreeSet<>();
        finding.elementsMet().ifPresent(text -> own.add("elementsMet"));
        finding.platformRule().ifPresent(text -> own.add("platformRule"));
        finding.necessity().ifPresent(text -> own.add("necessity"));
        finding.proportionality().ifPresent(text -> own.add("proportionality"));
        finding.alternatives().ifPresent(text -> own.add("alternatives"));
        jdbc.sql("insert into ground (case_reference, verdict, offence, offence_title, legal_reference, elements,"
                        + " elements_met, platform_rule, necessity, proportionality, alternatives, artistic_context,"
                        + " context_reasons, child_visible, relevant_parts, own_words, catalogue_version,"
                        + " statement_version, made_by, made_at) values (:reference, :verdict, :offence, :title, :law,"
                        + " :elements, :met, :rule, :necessity, :proportionality, :alternatives, :artistic, :context,"
                        + " :child, :parts, :own, :catalogue, :statement, :person, :now)")
                .param("reference", reference.value())
                .param("verdict", finding.verdict().name())
                .param("offence", finding.offence().orElse(null))
                .param("title", offence.map(GroundTables.Catalogued::title).orElse(null))
                .param(
                        "law",
                        offence.map(GroundTables.Catalogued::legalReference).orElse(null))
                .param(
                        "elements",
                        offence.map(GroundTables.Catalogued::elements).orElse(null))
                .param("met", finding.elementsMet().orElse(finding.reasons()))
                .param(
                        "rule",
                        finding.platformRule()
                                .or(() -> finding.verdict() == Verdict.BREACHES_TERMS
                                        ? Optional.of(standard.platformRule())
                                        : Optional.empty())
                                .orElse(null))
                .param("necessity", finding.necessity().orElse(standard.necessity()))
                .param("proportionality", finding.proportionality().orElse(standard.proportionality()))
                .param("alternatives", finding.alternatives().orElse(standard.alternatives()))
                .param("artistic", finding.artisticContext())
                .param("context", finding.contextReasons().orElse(null))
                .param("child", finding.childVisible())
                .param("parts", finding.relevantParts())
                .param("own", String.join(",", own))
                .param(
                        "catalogue",
                        offence.map(GroundTables.Catalogued::version).orElse(null))
                .param("statement", standard.version())
                .param("person", person)
                .param("now", stored(clock.instant()))
                .update();
        audit.record(
                reference,
                "ground.entered",
                finding.verdict() + finding.offence().map(code -> ", " + code).orElse(""));
    }

    /** The newest entry about a case; empty before anybody found it referable. */
    @Transactional(readOnly = true)
    public Optional<Ground> of(CaseReference reference) {
        return jdbc.sql("select * from ground where case_reference = ? order by ground_id desc fetch first 1 rows only")
                .params(reference.value())
                .query((row, number) -> ground(row))
                .optional();
    }

    /** All entries about a case, the oldest first. */
    @Transactional(readOnly = true)
    public List<Ground> all(CaseReference reference) {
        return jdbc.sql("select * from ground where case_reference = ? order by ground_id")
                .params(reference.value())
                .query((row, number) -> ground(row))
                .list();
    }

    /** What is missing before a notice about this case may go out; a case without an entry lacks everything. */
    @Transactional(readOnly = true)
    public List<Ground.Gap> gaps(CaseReference reference) {
        Optional<String> approvalReasons = jdbc.sql("select reasons from approval where case_reference = ? and approved"
                        + " = true order by id desc fetch first 1 rows only")
                .params(reference.value())
                .query(String.class)
                .optional();
        return of(reference)
                .map(ground -> ground.gaps(approvalReasons))
                .orElseGet(() -> List.of(new Ground.Gap("ground", "nobody has entered one")));
    }

    /** The notice stands on the newest entry about its case. */
    public void cite(String noticeId, CaseReference reference) {
        Ground ground = of(reference)
                .orElseThrow(() -> new IllegalStateException("Case " + reference + " has no ground to cite"));
        jdbc.sql("insert into notice_ground (notice_id, ground_id) values (?, ?)")
                .params(noticeId, ground.id())
                .update();
    }

    /** The entry that a notice cites. */
    @Transactional(readOnly = true)
    public Optional<Ground> cited(String noticeId) {
        return jdbc.sql("select g.* from ground g join notice_ground n on n.ground_id = g.ground_id where n.notice_id ="
                        + " ?")
                .params(noticeId)
                .query((row, number) -> ground(row))
                .optional();
    }

    private static Ground ground(ResultSet row) throws SQLException {
        String offence = row.getString("offence");
        String elements = row.getString("elements");
        return new Ground(
                row.getLong("ground_id"),
                new CaseReference(row.getString("case_reference")),
                Verdict.valueOf(row.getString("verdict")),
                offence == null
                        ? Optional.empty()
                        : Optional.of(new Ground.Offence(
                                offence,
                                row.getString("offence_title"),
                                row.getString("legal_reference"),
                                Ground.Offence.split(elements))),
                row.getString("elements_met"),
                Optional.ofNullable(row.getString("platform_rule")),
                row.getString("necessity"),
                row.getString("proportionality"),
                row.getString("alternatives"),
                row.getString("artistic_context"),
                Optional.ofNullable(row.getString("context_reasons")),
                row.getBoolean("child_visible"),
                row.getString("relevant_parts"),
                Arrays.stream(row.getString("own_words").split(","))
                        .filter(word -> !word.isEmpty())
                        .collect(Collectors.toUnmodifiableSet()),
                row.getString("made_by"),
                Instants.required(row, "made_at"));
    }
}
