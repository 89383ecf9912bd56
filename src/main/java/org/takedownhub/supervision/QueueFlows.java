package org.takedownhub.supervision;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.pages.Moments;

/**
 * What flows into the queues and out of them, from the engine's history of tasks: one aggregate over all days. A queue is
 * a step together with a group that may pick it up; a task for two groups is in two queues. A day is one in the UK.
 */
@Component
@Transactional(readOnly = true)
public class QueueFlows {

    /** The longest period, in days. */
    public static final int LONGEST = 62;

    private final JdbcClient jdbc;
    private final Sight sight;

    QueueFlows(JdbcClient jdbc, Sight sight) {
        this.jdbc = jdbc;
        this.sight = sight;
    }

    /**
     * @param from  the first day
     * @param until the last day, at most {@link #LONGEST} days in all
     */
    public List<Flow> flows(LocalDate from, LocalDate until) {
        List<LocalDate> days = from.datesUntil(until.plusDays(1)).toList();
        if (days.isEmpty() || days.size() > LONGEST) {
            throw new IllegalArgumentException("A period has 1 to " + LONGEST + " days");
        }
        String calendar = IntStream.range(0, days.size())
                .mapToObj(n -> "(" + n + ", cast(:begin" + n + " as timestamp), cast(:end" + n + " as timestamp))")
                .collect(Collectors.joining(", "));
        JdbcClient.StatementSpec asked = jdbc.sql(
                        "select q.group_id_, t.task_def_key_, max(t.name_) as name, d.n, count(case when t.start_time_ >="
                                + " d.begins then 1 end) as came, count(case when t.end_time_ < d.ends and t.end_time_ >="
                                + " d.begins then 1 end) as went, count(case when t.end_time_ is null or t.end_time_ >="
                                + " d.ends then 1 end) as remained, count(case when t.end_time_ < d.ends and"
                                + " t.delete_reason_ = 'completed' then 1 end) as completed, percentile_cont(0.5) within"
                                + " group (order by case when t.end_time_ < d.ends and t.delete_reason_ = 'completed'"
                                + " then t.duration_ end) as age from act_hi_taskinst t left join act_hi_identitylink q"
                                + " on q.task_id_ = t.id_ and q.type_ = 'candidate' and q.operation_type_ = 'add' and"
                                + " q.group_id_ is not null join"
                                + " (values " + calendar + ") d(n, begins, ends) on t.start_time_ < d.ends and"
                                + " (t.end_time_ is null or t.end_time_ >= d.begins) where "
                                + sight.of("t")
                                + " and t.start_time_ < :last and (t.end_time_ is null or t.end_time_ >= :first) group by"
                                + " q.group_id_, t.task_def_key_, d.n order by q.group_id_, t.task_def_key_, d.n")
                .param(
                        "first",
                        Sight.stored(days.get(0).atStartOfDay(Moments.LONDON).toInstant()))
                .param(
                        "last",
                        Sight.stored(
                                until.plusDays(1).atStartOfDay(Moments.LONDON).toInstant()));
        for (int n = 0; n < days.size(); n++) {
            asked = asked.param(
                            "begin" + n,
                            Sight.stored(
                                    days.get(n).atStartOfDay(Moments.LONDON).toInstant()))
                    .param(
                            "end" + n,
                            Sight.stored(days.get(n)
                                    .plusDays(1)
                                    .atStartOfDay(Moments.LONDON)
                                    .toInstant()));
        }
        Map<List<String>, Flow> flows = new LinkedHashMap<>();
        asked.query(row -> {
            String group = Optional.ofNullable(row.getString("group_id_")).orElse("");
            String step = row.getString("task_def_key_");
            String name = Optional.ofNullable(row.getString("name")).orElse(step);
            Flow flow = flows.computeIfAbsent(
                    List.of(group, step),
                    queue -> new Flow(
                            group,
                            step,
                            name,
                            days.stream().map(Day::quiet).collect(Collectors.toCollection(ArrayList::new))));
            int n = row.getInt("n");
            int completed = row.getInt("completed");
            flow.days()
                    .set(
                            n,
                            new Day(
                                    days.get(n),
                                    row.getInt("came"),
                                    row.getInt("went"),
                                    row.getInt("remained"),
                                    completed,
                                    completed == 0
                                            ? Optional.empty()
                                            : Optional.of(Duration.ofMillis(Math.round(row.getDouble("age"))))));
        });
        return flows.values().stream()
                .map(flow -> new Flow(flow.group(), flow.step(), flow.name(), List.copyOf(flow.days())))
                .toList();
    }

    /**
     * @param group who may pick the tasks up; empty for those that were given to somebody by name
     * @param step  the id of the step in its model
     * @param days  all days of the period, the oldest first
     */
    public record Flow(String group, String step, String name, List<Day> days) {

        public int cameIn() {
            return days.stream().mapToInt(Day::cameIn).sum();
        }

        public int wentOut() {
            return days.stream().mapToInt(Day::wentOut).sum();
        }

        public int openAtEnd() {
            return days.get(days.size() - 1).openAtEnd();
        }
    }

    /**
     * @param wentOut   completed, or no longer wanted because the case took another way
     * @param openAtEnd still open when the day was over, or now where it is not over yet
     * @param completed of those that went out, the ones that somebody completed
     * @param medianAge half of those completed on this day had been open no longer
     */
    public record Day(
            LocalDate day, int cameIn, int wentOut, int openAtEnd, int completed, Optional<Duration> medianAge) {

        private static Day quiet(LocalDate day) {
            return new Day(day, 0, 0, 0, 0, Optional.empty());
        }
    }
}
