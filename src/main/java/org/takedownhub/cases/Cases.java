package org.takedownhub.cases;

import static org.takedownhub.audit.Instants.stored;

import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.audit.Audit;
import org.takedownhub.audit.Instants;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.CaseState;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.ContentIdentity;
import org.takedownhub.casefile.ContentKey;
import org.takedownhub.casefile.Outcome;
import org.takedownhub.casefile.OutcomeScope;
import org.takedownhub.casefile.RemovedBy;
import org.takedownhub.casefile.Source;
import org.takedownhub.casefile.Verdict;

/** The case store. Every change runs in the caller's transaction and leaves an audit row in it. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class Cases {

    private final JdbcClient jdbc;
    private final Clock clock;
    private final Audit audit;
    private final ApplicationEventPublisher events;
    private final CaseNumbers numbers;
    private final CaseVisibility visibility;

    Cases(JdbcClient jdbc, Clock clock, Audit audit, ApplicationEventPublisher events, CaseVisibility visibility) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.audit = audit;
        this.events = events;
        this.visibility = visibility;
        this.numbers = new CaseNumbers(jdbc);
    }

    /**
     * Opens a case.
     *
     * @throws org.springframework.dao.DuplicateKeyException somebody has just opened one for the same content
     */
    public CaseReference open(NewCase opened) {
        Instant now = clock.instant();
        CaseReference reference = CaseReference.of(
                now.atZone(ZoneOffset.UTC).getYear(),
                numbers.next(opened.source().isCovert(), now));
        jdbc.sql("insert into takedown_case (case_reference, state, platform, content_key, open_content_key, url,"
                        + " canonical_url, host, weak_key, account_key, copy_of_key, category, source, reason, threat_to_life,"
                        + " flagged_at, rung) values (:reference, 'FLAGGED', :platform, :key, :openKey, :url, :canonical,"
                        + " :host, :weak, :account, :copyOf, :category, :source, :reason, :threat, :now, 0)")
                .param("reference", reference.value())
                .param("platform", opened.platform())
                .param("key", opened.identity().key().value())
                .param(
                        "openKey",
                        openKey(opened.identity().key(), opened.source().isCovert()))
                .param("url", opened.url())
                .param("canonical", opened.identity().canonicalUrl().toString())
                .param("host", opened.identity().host())
                .param("weak", opened.identity().weak())
                .param("account", opened.identity().accountKey().orElse(null))
                .param(
                        "copyOf",
                        opened.identity().copyOf().map(ContentKey::value).orElse(null))
                .param("category", opened.category().name())
                .param("source", opened.source().name())
                .param("reason", opened.reason())
                .param("threat", opened.threatToLife())
                .param("now", stored(now))
                .update();
        enter(reference, CaseState.FLAGGED, now);
        audit.record(reference, "case.opened", opened.identity().key().value());
        events.publishEvent(new CaseOpened(reference, opened.identity(), opened.platform()));
        return reference;
    }

    /**
     * Gives an open case the identity that was found out about its content since. A later flag that carries the old key
     * still finds the case.
     *
     * @param platform the platform instance that the content belongs to now
     * @throws org.springframework.dao.DuplicateKeyException an open case has that key
     */
    public void rekey(CaseReference reference, ContentIdentity identity, String platform) {
        CaseFile file = require(reference);
        int changed = jdbc.sql("update takedown_case set platform = :platform, content_key = :key, open_content_key ="
                        + " :openKey, canonical_url = :canonical, host = :host, weak_key = :weak, account_key = :account,"
                        + " copy_of_key = :copyOf where case_reference = :reference and open_content_key is not null")
                .param("platform", platform)
                .param("key", identity.key().value())
                .param("openKey", openKey(identity.key(), file.source().isCovert()))
                .param("canonical", identity.canonicalUrl().toString())
                .param("host", identity.host())
                .param("weak", identity.weak())
                .param("account", identity.accountKey().orElse(null))
                .param("copyOf", identity.copyOf().map(ContentKey::value).orElse(null))
                .param("reference", reference.value())
                .update();
        if (changed == 1) {
            audit.record(reference, "case.identified", file.contentKey() + " is " + identity.key() + " on " + platform);
            events.publishEvent(new CaseIdentified(reference, identity));
        }
    }

    /** Notes which version of which model the case runs on. */
    public void runsOn(CaseReference reference, String processVersion) {
        jdbc.sql("update takedown_case set process_version = ? where case_reference = ?")
                .params(processVersion, reference.value())
                .update();
    }

    /** Moves a case to another state; a case that is there already, or closed, stays as it is. */
    public void moveTo(CaseReference reference, CaseState state) {
        int moved = jdbc.sql("update takedown_case set state = :state where case_reference = :reference and state <>"
                        + " :state and state <> 'CLOSED'")
                .param("state", state.name())
                .param("reference", reference.value())
                .update();
        if (moved == 1) {
            leave(reference);
            enter(reference, state, clock.instant());
            audit.record(reference, "case.moved", state.name());
        }
    }

    /** What a caseworker found the content to be. */
    public void classify(CaseReference reference, Category category, boolean threatToLife, Verdict verdict) {
        jdbc.sql("update takedown_case set category = ?, threat_to_life = ?, verdict = ? where case_reference = ?")
                .params(category.name(), threatToLife, verdict.name(), reference.value())
                .update();
        audit.record(reference, "case.verified", verdict + " " + category);
    }

    /** A later flag says that somebody's life is in danger: that is never lost on the case. */
    public void raiseThreatToLife(CaseReference reference) {
        int raised = jdbc.sql("update takedown_case set threat_to_life = true where case_reference = ? and"
                        + " threat_to_life = false")
                .params(reference.value())
                .update();
        if (raised == 1) {
            audit.record(reference, "case.threat-to-life", "raised by a further flag");
            events.publishEvent(new ThreatToLifeRaised(reference));
        }
    }

    public void removalDue(CaseReference reference, Optional<Instant> dueAt) {
        jdbc.sql("update takedown_case set removal_due_at = :due where case_reference = :reference")
                .param("due", stored(dueAt))
                .param("reference", reference.value())
                .update();
    }

    public void climbed(CaseReference reference, int rung) {
        jdbc.sql("update takedown_case set rung = :rung where case_reference = :reference and rung < :rung")
                .param("rung", rung)
                .param("reference", reference.value())
                .update();
    }

    /**
     * Writes down what came of a case. From here on the same content flagged again is a new case. The first outcome
     * stands; writing another one changes nothing.
     */
    public void conclude(
            CaseReference reference, Outcome outcome, @Nullable OutcomeScope scope, @Nullable RemovedBy by) {
        int concluded = jdbc.sql(
                        "update takedown_case set open_content_key = null, outcome = :outcome,"
                                + " outcome_scope = :scope, removed_by = :by where case_reference = :reference and outcome is null")
                .param("outcome", outcome.name())
                .param("scope", scope == null ? null : scope.name())
                .param("by", by == null ? null : by.name())
                .param("reference", reference.value())
                .update();
        if (concluded == 1) {
            audit.record(reference, "case.concluded", outcome.name());
        }
    }

    /**
     * Corrects what came of a case that was concluded. What the figures said before is kept beside it.
     *
     * @return false when it says so already, or nothing has come of the case yet
     */
    public boolean correct(
            CaseReference reference,
            Outcome outcome,
            @Nullable OutcomeScope scope,
            @Nullable RemovedBy by,
            String reason) {
        Optional<Outcome> before = require(reference).outcome();
        int kept = jdbc.sql("insert into outcome_correction (case_reference, outcome_before, outcome_scope_before,"
                        + " removed_by_before, outcome_after, reason, corrected_at) select case_reference, outcome,"
                        + " outcome_scope, removed_by, :outcome, :reason, cast(:now as timestamp(6) with time zone) from"
                        + " takedown_case where case_reference = :reference and outcome <> :outcome")
                .param("outcome", outcome.name())
                .param("reason", reason)
                .param("now", stored(clock.instant()))
                .param("reference", reference.value())
                .update();
        if (kept == 1) {
            jdbc.sql("update takedown_case set outcome = :outcome, outcome_scope = :scope, removed_by = :by where"
                            + " case_reference = :reference")
                    .param("outcome", outcome.name())
                    .param("scope", scope == null ? null : scope.name())
                    .param("by", by == null ? null : by.name())
                    .param("reference", reference.value())
                    .update();
            audit.record(reference, "case.corrected", outcome.name());
            events.publishEvent(new OutcomeCorrected(reference, before.orElseThrow(), outcome));
        }
        return kept == 1;
    }

    /** Closes a concluded case for good; closing it again changes nothing. */
    public void close(CaseReference reference) {
        Instant now = clock.instant();
        int closed = jdbc.sql("update takedown_case set state = 'CLOSED', open_content_key = null, closed_at = ?"
                        + " where case_reference = ? and outcome is not null and state <> 'CLOSED'")
                .params(stored(now), reference.value())
                .update();
        if (closed == 1) {
            leave(reference);
            enter(reference, CaseState.CLOSED, now);
            audit.record(reference, "case.closed", "");
        }
    }

    /**
     * The newest case, if any, in which this content was removed: flagged again, it has come back.
     *
     * @param covert whether to look among covert cases or among all others; the two sides never mix
     */
    @Transactional(readOnly = true)
    public Optional<CaseReference> latestRemoved(ContentKey key, boolean covert) {
        return jdbc.sql("select case_reference from takedown_case where content_key = ? and outcome = 'REMOVED'"
                        + onSide(covert) + " order by flagged_at desc, case_reference desc fetch first 1 rows only")
                .params(key.value())
                .query((row, number) -> new CaseReference(row.getString(1)))
                .optional();
    }

    /**
     * Gives a new case the ground that a person found in an earlier one about the same content: category, verdict and
     * the verification itself, which says where it comes from.
     */
    public void carryOver(CaseReference earlier, CaseReference reference) {
        jdbc.sql(
                        "update takedown_case set verdict = (select verdict from takedown_case where case_reference = :earlier)"
                                + " where case_reference = :reference")
                .param("earlier", earlier.value())
                .param("reference", reference.value())
                .update();
        jdbc.sql("insert into verification (case_reference, verdict, category, offence, reasons, threat_to_life,"
                        + " child_visible, artistic_context, content_language, guide_suggestion, guide_version,"
                        + " verified_by, verified_at) select :reference, verdict, category, offence, reasons,"
                        + " threat_to_life, child_visible, artistic_context, content_language, guide_suggestion,"
                        + " guide_version, verified_by, verified_at from verification where id = (select max(id) from"
                        + " verification where case_reference = :earlier)")
                .param("earlier", earlier.value())
                .param("reference", reference.value())
                .update();
        jdbc.sql("insert into ground (case_reference, verdict, offence, offence_title, legal_reference, elements,"
                        + " elements_met, platform_rule, necessity, proportionality, alternatives, artistic_context,"
                        + " context_reasons, child_visible, relevant_parts, own_words, catalogue_version,"
                        + " statement_version, made_by, made_at) select :reference, verdict, offence, offence_title,"
                        + " legal_reference, elements, elements_met, platform_rule, necessity, proportionality,"
                        + " alternatives, artistic_context, context_reasons, child_visible, relevant_parts, own_words,"
                        + " catalogue_version, statement_version, made_by, made_at from ground where ground_id ="
                        + " (select max(ground_id) from ground where case_reference = :earlier)")
                .param("earlier", earlier.value())
                .param("reference", reference.value())
                .update();
        audit.record(reference, "case.ground-carried-over", "from " + earlier);
    }

    /** Keeps what a platform calls the content, for later looks and webhooks. */
    public void identify(CaseReference reference, String platform, Map<String, String> identities) {
        identities.forEach((name, value) -> {
            int updated = jdbc.sql("update platform_identity set known_as = ? where case_reference = ? and platform = ?"
                            + " and name = ?")
                    .params(value, reference.value(), platform, name)
                    .update();
            if (updated == 0) {
                jdbc.sql("insert into platform_identity (case_reference, platform, name, known_as) values (?, ?, ?, ?)")
                        .params(reference.value(), platform, name, value)
                        .update();
            }
        });
    }

    @Transactional(readOnly = true)
    public Map<String, String> identities(CaseReference reference, String platform) {
        Map<String, String> identities = new HashMap<>();
        jdbc.sql("select name, known_as from platform_identity where case_reference = ? and platform = ?")
                .params(reference.value(), platform)
                .query(row -> {
                    identities.put(row.getString("name"), row.getString("known_as"));
                });
        return identities;
    }

    /** The open cases that a platform's own id belongs to. */
    @Transactional(readOnly = true)
    public List<CaseReference> openWithIdentity(String platform, String name, String value) {
        return jdbc.sql(
                        "select c.case_reference from takedown_case c join platform_identity i on i.case_reference ="
                                + " c.case_reference where i.platform = ? and i.name = ? and i.known_as = ? and c.state not in ('WATCHING', 'CLOSED')")
                .params(platform, name, value)
                .query((row, number) -> new CaseReference(row.getString(1)))
                .list();
    }

    /**
     * A case that somebody names, as far as whoever acts on this thread may see it: what is hidden from them is not there,
     * like a case that never was. The hub's own steps, which know their case, use {@link #require}.
     */
    @Transactional(readOnly = true)
    public Optional<CaseFile> find(CaseReference reference) {
        return row(reference).filter(visibility::maySee);
    }

    private Optional<CaseFile> row(CaseReference reference) {
        return jdbc.sql("select * from takedown_case where case_reference = ?")
                .params(reference.value())
                .query((row, number) -> caseFile(row))
                .optional();
    }

    /**
     * A case, whoever asks.
     *
     * @throws IllegalStateException no such case
     */
    @Transactional(readOnly = true)
    public CaseFile require(CaseReference reference) {
        return row(reference).orElseThrow(() -> new IllegalStateException("There is no case " + reference));
    }

    /** Whether a platform may tell the uploader; it may while nobody said otherwise. */
    @Transactional(readOnly = true)
    public UploaderNotification uploaderNotification(CaseReference reference) {
        return jdbc.sql("select rule, defer_until from uploader_notification where case_reference = ?")
                .params(reference.value())
                .query((row, number) -> new UploaderNotification(
                        UploaderNotification.Rule.valueOf(row.getString("rule")),
                        Instants.optional(row, "defer_until")))
                .optional()
                .orElse(UploaderNotification.ALLOWED);
    }

    /** Says whether platforms may tell the uploader. The strictest word about a case holds. */
    public void notifyUploader(CaseReference reference, UploaderNotification notification, String decidedBy) {
        UploaderNotification strictest = uploaderNotification(reference).stricter(notification);
        jdbc.sql("delete from uploader_notification where case_reference = ?")
                .params(reference.value())
                .update();
        jdbc.sql("insert into uploader_notification (case_reference, rule, defer_until, decided_by, decided_at)"
                        + " values (:reference, :rule, :until, :by, :now)")
                .param("reference", reference.value())
                .param("rule", strictest.rule().name())
                .param("until", stored(strictest.until()))
                .param("by", decidedBy)
                .param("now", stored(clock.instant()))
                .update();
        audit.record(
                reference,
                "uploader-notification.decided",
                strictest.rule() + strictest.until().map(until -> " " + until).orElse(""));
    }

    /** @param covert whether to look among covert cases or among all others */
    @Transactional(readOnly = true)
    public Optional<CaseReference> findOpen(ContentKey key, boolean covert) {
        return jdbc.sql("select case_reference from takedown_case where open_content_key = ?")
                .params(openKey(key, covert))
                .query((row, number) -> new CaseReference(row.getString(1)))
                .optional();
    }

    /**
     * The open case of this content, kept from closing until the caller's transaction ends. A case that was given
     * another key since is found by the one it was flagged with, too.
     *
     * @param covert whether to look among covert cases or among all others: the same content may be open on both sides,
     *               and neither learns of the other from a flag
     */
    public Optional<CaseReference> lockOpen(ContentKey key, boolean covert) {
        return jdbc.sql("select case_reference from takedown_case where open_content_key = ? for update")
                .params(openKey(key, covert))
                .query((row, number) -> new CaseReference(row.getString(1)))
                .optional()
                .or(() -> jdbc
                        .sql(
                                "select case_reference from takedown_case where open_content_key is not null and case_reference"
                                        + " in (select case_reference from flag where content_key = ?)" + onSide(covert)
                                        + " order by case_reference"
                                        + " for update")
                        .params(key.value())
                        .query((row, number) -> new CaseReference(row.getString(1)))
                        .list()
                        .stream()
                        .findFirst());
    }

    static CaseFile caseFile(ResultSet row) throws SQLException {
        return new CaseFile(
                new CaseReference(row.getString("case_reference")),
                CaseState.valueOf(row.getString("state")),
                row.getString("platform"),
                new ContentKey(row.getString("content_key")),
                row.getString("url"),
                URI.create(row.getString("canonical_url")),
                row.getString("host"),
                row.getBoolean("weak_key"),
                Optional.ofNullable(row.getString("account_key")),
                Category.valueOf(row.getString("category")),
                Source.valueOf(row.getString("source")),
                row.getString("reason"),
                row.getBoolean("threat_to_life"),
                Optional.ofNullable(row.getString("verdict")).map(Verdict::valueOf),
                Instants.required(row, "flagged_at"),
                Instants.optional(row, "removal_due_at"),
                row.getInt("rung"),
                Optional.ofNullable(row.getString("outcome")).map(Outcome::valueOf),
                Optional.ofNullable(row.getString("outcome_scope")).map(OutcomeScope::valueOf),
                Optional.ofNullable(row.getString("removed_by")).map(RemovedBy::valueOf),
                Instants.optional(row, "closed_at"),
                Optional.ofNullable(row.getString("process_version")));
    }

    /** One open case per content on each side: the covert one stands under a key of its own. */
    private static String openKey(ContentKey key, boolean covert) {
        return covert ? "covert:" + key.value() : key.value();
    }

    private static String onSide(boolean covert) {
        return covert ? " and source = 'COVERT'" : " and source <> 'COVERT'";
    }

    private void enter(CaseReference reference, CaseState state, Instant at) {
        jdbc.sql("insert into case_step (case_reference, state, entered_at) values (?, ?, ?)")
                .params(reference.value(), state.name(), stored(at))
                .update();
    }

    private void leave(CaseReference reference) {
        jdbc.sql("update case_step set left_at = ? where case_reference = ? and left_at is null")
                .params(stored(clock.instant()), reference.value())
                .update();
    }
}
