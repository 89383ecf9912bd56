package org.takedownhub.supervision;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * How long steps took, from the engine's own history. A step of a person, a wait or a part took from its beginning to
 * its end, however it ended; a step of the hub took from the moment it was wanted until it was done, failed attempts
 * included. What the engine's cleanup has removed (ten years after the end of a case, as the models say) is not counted.
 */
@Component
@Transactional(readOnly = true)
public class StepTimes {

    private static final double SHORTEST = 1;

    private final ModelVersions models;
    private final JdbcClient jdbc;
    private final Sight sight;

    StepTimes(ModelVersions models, JdbcClient jdbc, Sight sight) {
        this.models = models;
        this.jdbc = jdbc;
        this.sight = sight;
    }

    /**
     * @param from    UTC, inclusive; a step counts on the day on which it was left
     * @param until   UTC, exclusive
     * @param version one version of the model; empty for all there are, summed
     * @return empty where there is no such process or version
     */
    public Optional<Picture> picture(String process, OptionalInt version, Instant from, Instant until) {
        List<ModelVersion> all = models.all(process);
        List<ModelVersion> chosen = ModelVersions.chosen(all, version);
        if (chosen.isEmpty()) {
            return Optional.empty();
        }
        Question question =
                new Question(chosen.stream().map(ModelVersion::definitionId).toList(), from, until);
        Map<String, Times> entered = entered(question);
        Map<String, Times> jobs = jobs(question);
        Map<String, Due> tasks = tasks(question);
        double longest = SHORTEST;
        List<Measured> measured = new ArrayList<>();
        for (Step step : ModelVersion.stepsOf(chosen).values()) {
            if (step.kind() == Step.Kind.PASSING) {
                continue;
            }
            Times times = (step.kind() == Step.Kind.HUB && step.startsAsJob() ? jobs : entered)
                    .getOrDefault(step.id(), Times.NONE);
            Due due = step.deadline()
                    .map(timer -> new Due(
                            times.n(), entered.getOrDefault(timer, Times.NONE).n()))
                    .orElseGet(() -> tasks.getOrDefault(step.id(), Due.NONE));
            measured.add(new Measured(step, times, due));
            longest = Math.max(longest, times.median());
        }
        double scale = longest;
        ModelVersion live = all.get(0);
        return Optional.of(new Picture(
                chosen.get(0),
                chosen,
                all,
                from,
                until,
                measured.stream()
                        .map(one -> new StepTime(
                                one.step(),
                                live.step(one.step().id()).isPresent(),
                                one.times().n(),
                                duration(one.times().median()),
                                duration(one.times().ninety()),
                                one.due().had(),
                                one.due().over(),
                                level(one.times(), scale)))
                        .toList()));
    }

    private Map<String, Times> entered(Question question) {
        return times(question.ask(
                jdbc,
                "select a.act_id_, count(*) as n, percentile_cont(0.5) within group (order by a.duration_) /"
                        + " 1000.0 as median, percentile_cont(0.9) within group (order by a.duration_) / 1000.0"
                        + " as ninety from act_hi_actinst a where a.end_time_ >= :from and a.end_time_ < :until"
                        + " and a.proc_def_id_ in (:definitions) and a.act_type_ <> 'multiInstanceBody' and "
                        + sight.of("a") + " group by a.act_id_"));
    }

    private Map<String, Times> jobs(Question question) {
        String took = "extract(epoch from (done.timestamp_ - wanted.timestamp_))";
        return times(question.ask(
                jdbc,
                "select done.act_id_, count(*) as n, percentile_cont(0.5) within group (order by " + took
                        + ") as median, percentile_cont(0.9) within group (order by " + took
                        + ") as ninety from act_hi_job_log done join act_hi_job_log wanted on"
                        + " wanted.process_instance_id_ = done.process_instance_id_ and wanted.job_id_ ="
                        + " done.job_id_ and wanted.job_state_ = 0 where done.job_state_ = 2 and"
                        + " done.job_def_type_ = 'async-continuation' and done.timestamp_ >= :from and"
                        + " done.timestamp_ < :until and done.process_def_id_ in (:definitions) and "
                        + sight.of("done") + " group by done.act_id_"));
    }

    private Map<String, Due> tasks(Question question) {
        Map<String, Due> tasks = new HashMap<>();
        question.ask(
                        jdbc,
                        "select t.task_def_key_, count(t.due_date_) as had, count(case when t.end_time_ >= t.due_date_"
                                + " then 1 end) as past from act_hi_taskinst t where t.end_time_ >= :from and t.end_time_"
                                + " < :until and t.proc_def_id_ in (:definitions) and "
                                + sight.of("t") + " group by t.task_def_key_")
                .query(row -> {
                    tasks.put(row.getString("task_def_key_"), new Due(row.getInt("had"), row.getInt("past")));
                });
        return tasks;
    }

    private static Map<String, Times> times(JdbcClient.StatementSpec asked) {
        Map<String, Times> times = new HashMap<>();
        asked.query(row -> {
            times.put(row.getString("act_id_"), Times.of(row));
        });
        return times;
    }

    private static Duration duration(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }

    private static int level(Times times, double longest) {
        if (times.n() == 0) {
            return 0;
        }
        if (times.median() <= SHORTEST || longest <= SHORTEST) {
            return 1;
        }
        return 1 + (int) Math.floor(4 * Math.log(times.median()) / Math.log(longest));
    }

    /**
     * @param drawn   the version whose drawing the times are shown on
     * @param counted the versions whose cases are counted
     * @param all     all versions there are
     */
    public record Picture(
            ModelVersion drawn,
            List<ModelVersion> counted,
            List<ModelVersion> all,
            Instant from,
            Instant until,
            List<StepTime> steps) {}

    private record Question(List<String> definitions, Instant from, Instant until) {

        JdbcClient.StatementSpec ask(JdbcClient jdbc, String query) {
            return jdbc.sql(query)
                    .param("definitions", definitions)
                    .param("from", Sight.stored(from))
                    .param("until", Sight.stored(until));
        }
    }

    private record Measured(Step step, Times times, Due due) {}

    /** In seconds. */
    private record Times(int n, double median, double ninety) {
        static final Times NONE = new Times(0, 0, 0);

        static Times of(ResultSet row) throws SQLException {
            return new Times(row.getInt("n"), row.getDouble("median"), row.getDouble("ninety"));
        }
    }

    private record Due(int had, int over) {
        static final Due NONE = new Due(0, 0);
    }
}
