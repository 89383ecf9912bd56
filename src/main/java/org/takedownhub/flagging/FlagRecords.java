package org.takedownhub.flagging;

import static org.takedownhub.audit.Instants.stored;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.audit.Audit;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.cases.CaseLinks;
import org.takedownhub.cases.Cases;
import org.takedownhub.cases.NewCase;
import org.takedownhub.cases.Relation;
import org.takedownhub.cases.Returned;
import org.takedownhub.platform.Platforms;
import org.takedownhub.process.TakedownProcess;

/** Stores flags: each joins the open case of its content, or opens one. Everything runs in the caller's transaction. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class FlagRecords {

    private final JdbcClient jdbc;
    private final Clock clock;
    private final Audit audit;
    private final Cases cases;
    private final Returned returned;
    private final Platforms platforms;
    private final CaseLinks links;

    FlagRecords(
            JdbcClient jdbc,
            Clock clock,
            Audit audit,
            Cases cases,
            Returned returned,
            Platforms platforms,
            CaseLinks links) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.audit = audit;
        this.cases = cases;
        this.returned = returned;
        this.platforms = platforms;
        this.links = links;
    }

    /**
     * Stores a flag.
     *
     * @throws org.springframework.dao.DuplicateKeyException somebody flagged the same content at the same moment and
     *                                                       has opened its case
     */
    Stored store(NewFlag flag, String flaggedBy) {
        // The lock keeps a case from closing while a flag joins it: the flag would be lost with the closed case.
        Optional<CaseReference> open =
                cases.lockOpen(flag.identity().key(), flag.source().isCovert());
        CaseReference reference = open.orElseGet(() -> open(flag));
        linkAcross(flag, reference);
        String flagId = insert(flag, flaggedBy, reference, open.isPresent());
        audit.record(reference, "flag.received", flagId + " " + flag.category() + " from " + flag.source());
        if (open.isPresent() && flag.threatToLife()) {
            cases.raiseThreatToLife(reference);
        }
        Flagged flagged = new Flagged(flagId, reference, flag.identity().key(), open.isPresent());
        return new Stored(
                flagged,
                variables(flag, reference),
                cases.latestRemoved(flagged.contentKey(), flag.source().isCovert()));
    }

    private CaseReference open(NewFlag flag) {
        String platform = platforms.serving(flag.identity()).instance();
        Optional<CaseReference> removedBefore =
                cases.latestRemoved(flag.identity().key(), flag.source().isCovert());
        CaseReference reference = cases.open(new NewCase(
                flag.identity(),
                platform,
                flag.url(),
                flag.reason(),
                flag.category(),
                flag.source(),
                flag.threatToLife()));
        removedBefore.ifPresent(earlier -> returned.link(reference, earlier, "flagged again"));
        return reference;
    }

    /**
     * The same content may be open as a covert and as an overt case, for a flag never tells of the other side. The covert
     * group is told of both.
     */
    private void linkAcross(NewFlag flag, CaseReference reference) {
        cases.findOpen(flag.identity().key(), !flag.source().isCovert())
                .ifPresent(other -> links.link(reference, Relation.POSSIBLE_DUPLICATE, other, "flagged on both sides"));
    }

    private String insert(NewFlag flag, String flaggedBy, CaseReference reference, boolean duplicate) {
        String flagId = UUID.randomUUID().toString();
        jdbc.sql("insert into flag (flag_id, case_reference, duplicate, url, content_key, reason, category, source,"
                        + " reporting_force, threat_to_life, reporter_reference, flagged_by, received_at) values (:id,"
                        + " :reference, :duplicate, :url, :key, :reason, :category, :source, :force, :threat, :reporter,"
                        + " :by, :now)")
                .param("id", flagId)
                .param("reference", reference.value())
                .param("duplicate", duplicate)
                .param("url", flag.url())
                .param("key", flag.identity().key().value())
                .param("reason", flag.reason())
                .param("category", flag.category().name())
                .param("source", flag.source().name())
                .param("force", flag.reportingForce().orElse(null))
                .param("threat", flag.threatToLife())
                .param("reporter", flag.reporterReference().orElse(null))
                .param("by", flaggedBy)
                .param("now", stored(clock.instant()))
                .update();
        return flagId;
    }

    private Map<String, Object> variables(NewFlag flag, CaseReference reference) {
        return Map.ofEntries(
                TakedownProcess.CASE_REFERENCE.with(reference.value()),
                TakedownProcess.PLATFORM.with(platforms.serving(flag.identity()).instance()),
                TakedownProcess.CATEGORY.with(flag.category().name()),
                TakedownProcess.SOURCE.with(flag.source().name()),
                TakedownProcess.THREAT_TO_LIFE.with(flag.threatToLife()));
    }

    /**
     * @param variables what the process of a new case starts with
     * @param removedBefore the case in which the content had been removed, if it had
     */
    record Stored(Flagged flagged, Map<String, Object> variables, Optional<CaseReference> removedBefore) {}
}
