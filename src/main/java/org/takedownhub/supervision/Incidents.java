package org.takedownhub.supervision;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ActivityInstance;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.TransitionInstance;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.takedownhub.audit.Audit;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Channel;
import org.takedownhub.notice.Notices;
import org.takedownhub.process.AsSystem;
import org.takedownhub.process.TakedownProcess;
import org.takedownhub.process.Transactions;

/**
 * What is stuck, and what a manager can do about it: let the hub try once more, or lead the case to the task in which
 * people do it. Both are the hub's own acts on a manager's word; the manager needs no right in the engine for them.
 */
@Component
public class Incidents {

    private static final String FAILED_JOB = "failedJob";
    /** One attempt: whether it worked shows at once, and no second one follows unseen. */
    private static final int ATTEMPTS = 1;

    private static final int LONGEST_STACK = 200_000;
    private static final Pattern TYPE = Pattern.compile(
            "^(?:Caused by: )?(?:[a-z_][\\w]*\\.)+([A-Z]\\w*)(?:\\$\\w+)?(?::|\\s*$)", Pattern.MULTILINE);

    private static final String OPEN =
            "select i.id_, i.incident_type_, i.activity_id_, i.incident_timestamp_, i.incident_msg_, i.proc_inst_id_,"
                    + " i.proc_def_id_, i.execution_id_, i.configuration_, p.business_key_, d.key_, d.name_, b.bytes_ from"
                    + " act_ru_incident i left join act_ru_execution p on p.id_ = i.proc_inst_id_ left join act_re_procdef"
                    + " d on d.id_ = i.proc_def_id_ left join act_ru_job j on j.id_ = i.configuration_ left join"
                    + " act_ge_bytearray b on b.id_ = j.exception_stack_id_ where i.id_ = i.root_cause_incident_id_";

    private final ModelVersions models;
    private final RuntimeService runtime;
    private final ManagementService management;
    private final Notices notices;
    private final JdbcClient jdbc;
    private final Sight sight;
    private final AsSystem system;
    private final Audit audit;
    private final Transactions transactions;
    private final TransactionTemplate reading;
    private final Clock clock;

    Incidents(
            ModelVersions models,
            RuntimeService runtime,
            ManagementService management,
            Notices notices,
            JdbcClient jdbc,
            Sight sight,
            AsSystem system,
            Audit audit,
            Transactions transactions,
            PlatformTransactionManager manager,
            Clock clock) {
        this.models = models;
        this.runtime = runtime;
        this.management = management;
        this.notices = notices;
        this.jdbc = jdbc;
        this.sight = sight;
        this.system = system;
        this.audit = audit;
        this.transactions = transactions;
        this.reading = new TransactionTemplate(manager);
        this.reading.setReadOnly(true);
        this.clock = clock;
    }

    /** What came of a manager's wish. */
    public enum Result {
        DONE,
        /** It was there, and is settled by now. */
        GONE,
        /** There never was such an incident, or whoever asks may not know of it. */
        UNKNOWN,
        /** The model, or this case, has no such way; nothing has changed. */
        NO_WAY
    }

    /** Those that have waited longest come first. */
    public List<Incident> open(int limit) {
        // A stack trace is a large object in some databases, and lives as long as its transaction.
        return Objects.requireNonNull(reading.execute(status -> jdbc
                .sql(OPEN + " and " + sight.of("i")
                        + " order by i.incident_timestamp_, i.id_ fetch first :most rows only")
                .param("most", limit)
                .query((row, number) -> stuck(row))
                .list()
                .stream()
                .map(this::incident)
                .toList()));
    }

    /** How many there are. */
    public int count() {
        return jdbc.sql("select count(*) from act_ru_incident i where i.id_ = i.root_cause_incident_id_ and "
                        + sight.of("i"))
                .query(Integer.class)
                .single();
    }

    /** One more attempt, at once. */
    public Result tryAgain(String incidentId, String reason) {
        return settle(incidentId, stuck -> {
            Job job = job(stuck);
            if (job == null) {
                return Result.NO_WAY;
            }
            if (stuck.stack().isEmpty()) {
                // Never tried: a timer that somebody stopped keeps its hour.
                management.setJobRetries(job.getId(), ATTEMPTS);
            } else {
                management
                        .setJobRetries(ATTEMPTS)
                        .jobId(job.getId())
                        .dueDate(Date.from(clock.instant()))
                        .execute();
            }
            record(stuck, "incident.tried-again", reason);
            return Result.DONE;
        });
    }

    /** Leads the case to the task in which people do what the step could not. */
    public Result byHand(String incidentId, String reason) {
        return settle(incidentId, stuck -> {
            Optional<HandWay> way = way(stuck);
            Optional<TransitionInstance> stands = way.flatMap(any -> standing(stuck));
            if (stands.isEmpty()
                    || runtime.getVariable(
                                    stuck.executionId(), way.get().dueAt().name())
                            == null) {
                return Result.NO_WAY;
            }
            if (way.get().failing().equals(TakedownProcess.NODE_REFER_CONTENT)) {
                notices.goesThrough(reference(stuck), recipient(stuck), Channel.PORTAL);
            }
            runtime.createProcessInstanceModification(stuck.instanceId())
                    // Begun before the other ends, so that the part they stand in is never empty.
                    .startBeforeActivity(way.get().task(), stands.get().getParentActivityInstanceId())
                    .cancelTransitionInstance(stands.get().getId())
                    .execute();
            record(stuck, "incident.by-hand", way.get().task() + ": " + reason);
            return Result.DONE;
        });
    }

    private interface Settling {
        Result of(Stuck stuck);
    }

    private Result settle(String incidentId, Settling settling) {
        try {
            return transactions.run(() -> system.call(() -> jdbc.sql(OPEN + " and i.id_ = :id and " + sight.of("i"))
                    .param("id", incidentId)
                    .query((row, number) -> stuck(row))
                    .optional()
                    .map(settling::of)
                    .orElseGet(() -> was(incidentId) ? Result.GONE : Result.UNKNOWN)));
        } catch (OptimisticLockingException somebodyElse) {
            return Result.GONE;
        }
    }

    private boolean was(String incidentId) {
        return jdbc.sql("select count(*) from act_hi_incident i where i.id_ = :id and " + sight.of("i"))
                        .param("id", incidentId)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    private Incident incident(Stuck stuck) {
        Trouble trouble = stuck.trouble();
        Optional<Incident.ByHand> byHand = way(stuck)
                .map(way -> new Incident.ByHand(
                        way.task(),
                        models.step(stuck.definitionId(), way.task())
                                .orElseThrow()
                                .name(),
                        way.promise()));
        return new Incident(
                stuck.id(),
                Optional.ofNullable(stuck.businessKey()),
                stuck.process(),
                stuck.stepId(),
                models.step(stuck.definitionId(), stuck.stepId())
                        .map(Step::name)
                        .orElse(stuck.stepId()),
                stuck.since(),
                trouble,
                PlainMessage.of(stuck.message()),
                stuck.type().equals(FAILED_JOB),
                byHand,
                byHand.isPresent()
                        ? ""
                        : "The model has no task in which people do this step. Try again, or turn to the operator; other"
                                + " tasks of the case are in the task list.");
    }

    /** The way of this model version; managers change models, so that it is there is looked up anew. */
    private Optional<HandWay> way(Stuck stuck) {
        return stuck.type().equals(FAILED_JOB)
                ? HandWay.of(stuck.processKey(), stuck.stepId(), stuck.trouble())
                        .filter(way -> models.standTogether(stuck.definitionId(), way.failing(), way.task()))
                : Optional.empty();
    }

    private @Nullable Job job(Stuck stuck) {
        return stuck.type().equals(FAILED_JOB)
                ? management.createJobQuery().jobId(stuck.configuration()).singleResult()
                : null;
    }

    /** The place before the step where the case stands, waiting for its job. */
    private Optional<TransitionInstance> standing(Stuck stuck) {
        ActivityInstance whole = runtime.getActivityInstance(stuck.instanceId());
        return whole == null ? Optional.empty() : standing(stuck, whole);
    }

    private static Optional<TransitionInstance> standing(Stuck stuck, ActivityInstance part) {
        for (TransitionInstance place : part.getChildTransitionInstances()) {
            if (place.getExecutionId().equals(stuck.executionId())
                    && place.getActivityId().equals(stuck.stepId())) {
                return Optional.of(place);
            }
        }
        for (ActivityInstance inner : part.getChildActivityInstances()) {
            Optional<TransitionInstance> found = standing(stuck, inner);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private int recipient(Stuck stuck) {
        return (Integer) runtime.getVariable(stuck.executionId(), TakedownProcess.RECIPIENT_NUMBER.name());
    }

    private static CaseReference reference(Stuck stuck) {
        return new CaseReference(stuck.businessKey());
    }

    private void record(Stuck stuck, String action, String reason) {
        String detail = stuck.stepId() + ": " + reason;
        if (stuck.businessKey() == null) {
            audit.record(action, detail);
        } else {
            audit.record(reference(stuck), action, detail);
        }
    }

    private static Stuck stuck(ResultSet row) throws SQLException {
        byte[] stack = row.getBytes("bytes_");
        String message = row.getString("incident_msg_");
        String key = row.getString("key_");
        String name = row.getString("name_");
        return new Stuck(
                row.getString("id_"),
                row.getString("incident_type_"),
                row.getString("activity_id_"),
                Sight.instant(row, "incident_timestamp_").orElseThrow(),
                message == null ? "" : message,
                row.getString("proc_inst_id_"),
                row.getString("proc_def_id_"),
                row.getString("execution_id_"),
                row.getString("configuration_"),
                row.getString("business_key_"),
                key == null ? "" : key,
                name == null ? String.valueOf(key) : name,
                stack == null
                        ? ""
                        : new String(stack, 0, Math.min(stack.length, LONGEST_STACK), StandardCharsets.UTF_8));
    }

    private record Stuck(
            String id,
            String type,
            String stepId,
            Instant since,
            String message,
            String instanceId,
            String definitionId,
            String executionId,
            String configuration,
            @Nullable String businessKey,
            String processKey,
            String process,
            String stack) {

        Trouble trouble() {
            Set<String> types = new LinkedHashSet<>();
            Matcher named = TYPE.matcher(stack);
            while (named.find()) {
                types.add(named.group(1));
            }
            return Trouble.of(message, types);
        }
    }
}
