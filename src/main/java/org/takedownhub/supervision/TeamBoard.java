package org.takedownhub.supervision;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.pages.Moments;

/** Who has what to do: per person, and per queue, which is a group that may pick tasks up. A day is one in the UK. */
@Component
@Transactional(readOnly = true)
public class TeamBoard {

    private static final String FIGURES =
            "count(*) as open, count(case when t.due_date_ >= :day and t.due_date_ < :tomorrow then 1 end) as today,"
                    + " count(case when t.due_date_ <= :now then 1 end) as overdue, min(t.create_time_) as oldest,"
                    + " count(case when t.assignee_ is null then 1 end) as unclaimed";

    private final JdbcClient jdbc;
    private final Sight sight;
    private final KnownPeople people;
    private final Clock clock;

    TeamBoard(JdbcClient jdbc, Sight sight, KnownPeople people, Clock clock) {
        this.jdbc = jdbc;
        this.sight = sight;
        this.people = people;
        this.clock = clock;
    }

    public Board board() {
        Instant now = clock.instant();
        LocalDate day = now.atZone(Moments.LONDON).toLocalDate();
        Today today = new Today(
                now,
                day.atStartOfDay(Moments.LONDON).toInstant(),
                day.plusDays(1).atStartOfDay(Moments.LONDON).toInstant());
        Map<String, Load> byGroup = loads(
                today,
                "select l.group_id_ as whose, " + FIGURES
                        + " from act_ru_task t join act_ru_identitylink l on l.task_id_ ="
                        + " t.id_ and l.type_ = 'candidate' and l.group_id_ is not null where " + sight.of("t")
                        + " group by l.group_id_");
        Map<String, Load> byPerson = loads(
                today,
                "select t.assignee_ as whose, " + FIGURES + " from act_ru_task t where t.assignee_ is not null and "
                        + sight.of("t") + " group by t.assignee_");
        Map<String, Integer> done = done(today);
        List<Queue> queues = byGroup.entrySet().stream()
                .map(queue -> new Queue(queue.getKey(), queue.getValue()))
                .toList();
        Set<String> names = new TreeSet<>(byPerson.keySet());
        names.addAll(done.keySet());
        people.recent().stream()
                .filter(known -> known.groups().stream().anyMatch(byGroup::containsKey))
                .forEach(known -> names.add(known.id()));
        List<Member> members = names.stream()
                .map(name -> new Member(name, byPerson.getOrDefault(name, Load.NONE), done.getOrDefault(name, 0)))
                .toList();
        return new Board(now, day, members, queues);
    }

    /** The open tasks that somebody has claimed, the soonest due first. */
    public List<OpenTask> tasksOf(String person, int limit) {
        return tasks("t.assignee_ = :whose", person, limit);
    }

    /** The open tasks of a queue, claimed or not, the soonest due first. */
    public List<OpenTask> tasksIn(String queue, int limit) {
        return tasks(
                "exists (select 1 from act_ru_identitylink l where l.task_id_ = t.id_ and l.type_ = 'candidate' and"
                        + " l.group_id_ = :whose)",
                queue,
                limit);
    }

    private List<OpenTask> tasks(String which, String whose, int limit) {
        return new ArrayList<>(jdbc.sql(
                        "select t.id_, t.task_def_key_, t.name_, t.assignee_, t.create_time_, t.due_date_,"
                                + " p.business_key_ from act_ru_task t join act_ru_execution p on p.id_ = t.proc_inst_id_ where "
                                + which + " and " + sight.of("t")
                                + " order by t.due_date_ nulls last, t.create_time_, t.id_ fetch first :most rows only")
                .param("whose", whose)
                .param("most", limit)
                .query((row, number) -> new OpenTask(
                        row.getString("id_"),
                        row.getString("task_def_key_"),
                        Optional.ofNullable(row.getString("name_")).orElse(row.getString("task_def_key_")),
                        Optional.ofNullable(row.getString("business_key_")).orElse(""),
                        Optional.ofNullable(row.getString("assignee_")),
                        Sight.instant(row, "create_time_").orElseThrow(),
                        Sight.instant(row, "due_date_")))
                .list());
    }

    private Map<String, Load> loads(Today today, String query) {
        Map<String, Load> loads = new TreeMap<>();
        jdbc.sql(query)
                .param("now", Sight.stored(today.now()))
                .param("day", Sight.stored(today.begins()))
                .param("tomorrow", Sight.stored(today.ends()))
                .query(row -> {
                    loads.put(
                            row.getString("whose"),
                            new Load(
                                    row.getInt("open"),
                                    row.getInt("today"),
                                    row.getInt("overdue"),
                                    row.getInt("unclaimed"),
                                    Sight.instant(row, "oldest")));
                });
        return loads;
    }

    /** Whoever completed a task is in the engine's log, whether they had claimed it or not. */
    private Map<String, Integer> done(Today today) {
        Map<String, Integer> done = new HashMap<>();
        jdbc.sql("select o.user_id_, count(distinct o.task_id_) from act_hi_op_log o where o.timestamp_ >= :day and"
                        + " o.operation_type_ = 'Complete' and o.entity_type_ = 'Task' and o.user_id_ is not null and "
                        + sight.of("o") + " group by o.user_id_")
                .param("day", Sight.stored(today.begins()))
                .query(row -> {
                    done.put(row.getString(1), row.getInt(2));
                });
        return done;
    }

    /**
     * @param asOf    UTC
     * @param day     today in the United Kingdom
     * @param members who has open tasks, has done some today, or could pick some up
     * @param queues  a task for several groups stands in the queue of each
     */
    public record Board(Instant asOf, LocalDate day, List<Member> members, List<Queue> queues) {}

    /** @param doneToday tasks that this person has completed since midnight, UK time */
    public record Member(String person, Load load, int doneToday) {}

    public record Queue(String group, Load load) {}

    /**
     * @param dueToday  due on this day, whether the hour has passed or not
     * @param overdue   due before now, on this day or an earlier one
     * @param unclaimed open and claimed by nobody
     * @param oldest    when the oldest open one was made, UTC
     */
    public record Load(int open, int dueToday, int overdue, int unclaimed, Optional<Instant> oldest) {
        static final Load NONE = new Load(0, 0, 0, 0, Optional.empty());
    }

    /** @param dueAt UTC */
    public record OpenTask(
            String taskId,
            String step,
            String name,
            String caseReference,
            Optional<String> assignee,
            Instant since,
            Optional<Instant> dueAt) {}

    private record Today(Instant now, Instant begins, Instant ends) {}
}
