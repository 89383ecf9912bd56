package org.takedownhub.supervision;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Where cases stand now. Five aggregates whatever the number of cases: a case stands at a step that it has entered and
 * not left, or before one whose job has not run yet.
 */
@Component
@Transactional(readOnly = true)
public class StepsNow {

    private final ModelVersions models;
    private final JdbcClient jdbc;
    private final Sight sight;
    private final Clock clock;

    StepsNow(ModelVersions models, JdbcClient jdbc, Sight sight, Clock clock) {
        this.models = models;
        this.jdbc = jdbc;
        this.sight = sight;
        this.clock = clock;
    }

    /**
     * @param process the key of the process
     * @param version one version of its model; empty for all that cases run on, summed
     * @return empty where there is no such process, or nothing runs on that version
     */
    public Optional<Picture> picture(String process, OptionalInt version) {
        List<ModelVersion> running = models.running(process);
        List<ModelVersion> chosen = ModelVersions.chosen(running, version);
        if (chosen.isEmpty()) {
            return Optional.empty();
        }
        List<String> definitions =
                chosen.stream().map(ModelVersion::definitionId).toList();
        Instant now = clock.instant();
        Map<String, Standing> standing = standing(definitions);
        Map<String, Integer> lateTasks = lateTasks(definitions, now);
        Map<String, Integer> lateAlarms = lateAlarms(definitions, now);
        Map<String, Integer> incidents = incidents(definitions);
        Map<String, Integer> retrying = retrying(definitions);

        Map<String, Step> steps = new LinkedHashMap<>(ModelVersion.stepsOf(chosen));
        Stream.of(standing.keySet(), incidents.keySet(), retrying.keySet())
                .flatMap(ids -> new TreeSet<>(ids).stream())
                .forEach(id -> steps.computeIfAbsent(
                        id, unknown -> new Step(id, id, Step.Kind.PASSING, false, Optional.empty())));
        ModelVersion live = running.get(0);
        return Optional.of(new Picture(
                chosen.get(0),
                chosen,
                running,
                now,
                steps.values().stream()
                        .map(step -> {
                            Standing here = standing.getOrDefault(step.id(), Standing.NONE);
                            int late = lateTasks.getOrDefault(step.id(), 0)
                                    + step.deadline()
                                            .map(timer -> lateAlarms.getOrDefault(timer, 0))
                                            .orElse(0);
                            return new StepNow(
                                    step,
                                    live.step(step.id()).isPresent(),
                                    here.cases(),
                                    here.places(),
                                    here.since(),
                                    late,
                                    incidents.getOrDefault(step.id(), 0),
                                    retrying.getOrDefault(step.id(), 0));
                        })
                        .filter(row -> row.step().kind() != Step.Kind.PASSING || !row.isEmpty())
                        .toList()));
    }

    private Map<String, Standing> standing(List<String> definitions) {
        Map<String, Standing> standing = new HashMap<>();
        jdbc.sql("select act_id_, count(distinct business_key_) as cases, count(*) as places, min(since) as since from"
                        + " (select a.act_id_, p.business_key_, a.start_time_ as since from act_hi_actinst a join"
                        + " act_ru_execution p on p.id_ = a.proc_inst_id_ where a.end_time_ is null and a.proc_def_id_ in"
                        + " (:definitions) and a.act_type_ <> 'multiInstanceBody' and " + sight.of("a")
                        + " union all select d.act_id_, p.business_key_, j.create_time_ from act_ru_job j join"
                        + " act_ru_jobdef d on d.id_ = j.job_def_id_ join act_ru_execution p on p.id_ ="
                        + " j.process_instance_id_ where j.handler_type_ = 'async-continuation' and j.process_def_id_ in"
                        + " (:definitions) and " + sight.of("j") + ") here group by act_id_")
                .param("definitions", definitions)
                .query(row -> {
                    standing.put(
                            row.getString("act_id_"),
                            new Standing(row.getInt("cases"), row.getInt("places"), Sight.instant(row, "since")));
                });
        return standing;
    }

    private Map<String, Integer> lateTasks(List<String> definitions, Instant now) {
        return counts(
                "select t.task_def_key_, count(distinct p.business_key_) from act_ru_task t join act_ru_execution p on"
                        + " p.id_ = t.proc_inst_id_ where t.due_date_ <= :now and t.proc_def_id_ in (:definitions) and "
                        + sight.of("t") + " group by t.task_def_key_",
                definitions,
                Sight.stored(now));
    }

    /** Alarms that should have rung: by event, not by the step on whose border it sits. */
    private Map<String, Integer> lateAlarms(List<String> definitions, Instant now) {
        return counts(
                "select d.act_id_, count(distinct p.business_key_) from act_ru_job j join act_ru_jobdef d on d.id_ ="
                        + " j.job_def_id_ join act_ru_execution p on p.id_ = j.process_instance_id_ where j.type_ ="
                        + " 'timer' and j.duedate_ <= :now and j.process_def_id_ in (:definitions) and "
                        + sight.of("j") + " group by d.act_id_",
                definitions,
                Sight.stored(now));
    }

    private Map<String, Integer> incidents(List<String> definitions) {
        return counts(
                "select i.activity_id_, count(*) from act_ru_incident i where i.id_ = i.root_cause_incident_id_ and"
                        + " i.proc_def_id_ in (:definitions) and " + sight.of("i") + " group by i.activity_id_",
                definitions,
                null);
    }

    private Map<String, Integer> retrying(List<String> definitions) {
        return counts(
                "select d.act_id_, count(*) from act_ru_job j join act_ru_jobdef d on d.id_ = j.job_def_id_ where"
                        + " j.exception_stack_id_ is not null and j.retries_ > 0 and j.process_def_id_ in (:definitions)"
                        + " and " + sight.of("j") + " group by d.act_id_",
                definitions,
                null);
    }

    private Map<String, Integer> counts(String query, List<String> definitions, @Nullable Timestamp now) {
        Map<String, Integer> counts = new HashMap<>();
        JdbcClient.StatementSpec asked = jdbc.sql(query).param("definitions", definitions);
        (now == null ? asked : asked.param("now", now)).query(row -> {
            counts.put(row.getString(1), row.getInt(2));
        });
        return counts;
    }

    /**
     * @param drawn   the version whose drawing the numbers are shown on: the live one, unless an older one was asked for
     * @param counted the versions whose cases are counted
     * @param running all versions that cases run on, and the live one
     * @param asOf    UTC
     * @param steps   in the order of the model; then those that only older versions have
     */
    public record Picture(
            ModelVersion drawn,
            List<ModelVersion> counted,
            List<ModelVersion> running,
            Instant asOf,
            List<StepNow> steps) {}

    private record Standing(int cases, int places, Optional<Instant> since) {
        static final Standing NONE = new Standing(0, 0, Optional.empty());
    }
}
