package org.takedownhub.modelling.migration;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.cases.CaseVisibility;

/**
 * Where the open cases stand, read from the engine's tables in two questions, however many there are. Covert cases are
 * among them only for whoever may know of them.
 */
@Component
class OpenCases {

    private final JdbcClient jdbc;
    private final CaseVisibility visibility;

    OpenCases(JdbcClient jdbc, CaseVisibility visibility) {
        this.jdbc = jdbc;
        this.visibility = visibility;
    }

    /** A case with every process that runs for it, called ones included. */
    record OpenCase(CaseReference reference, List<Standing> standings) {}

    /**
     * One running process.
     *
     * @param steps  where it stands
     * @param timers events whose timer runs, and when it goes off
     */
    record Standing(
            String instanceId,
            String definitionId,
            String process,
            int version,
            String deploymentId,
            SortedSet<String> steps,
            SortedMap<String, Instant> timers) {}

    /**
     * All open cases that have a process on another set than this one, in order of their references; of each only the
     * processes that have.
     */
    List<OpenCase> elsewhere(Optional<String> deploymentId) {
        return read(
                " and w.business_key_ in (" + visibility.references() + ") and d.deployment_id_ <> :target",
                Map.of("target", deploymentId.orElse("")));
    }

    /** One case with all its processes, on whatever set, and whoever asks. */
    Optional<OpenCase> find(CaseReference reference) {
        return read(" and w.business_key_ = :reference", Map.of("reference", reference.value())).stream()
                .findFirst();
    }

    private List<OpenCase> read(String which, Map<String, String> parameters) {
        Map<String, Standing> byInstance = new HashMap<>();
        SortedMap<String, List<Standing>> byCase = new TreeMap<>();
        jdbc.sql("select w.business_key_, w.id_, d.id_, d.key_, d.version_, d.deployment_id_, e.act_id_"
                        + " from act_ru_execution w join act_re_procdef d on d.id_ = w.proc_def_id_"
                        + " join act_ru_execution e on e.proc_inst_id_ = w.id_"
                        + " where w.id_ = w.proc_inst_id_ and e.act_id_ is not null and not exists"
                        + " (select 1 from act_ru_execution c where c.parent_id_ = e.id_)" + which)
                .params(parameters)
                .query(row -> {
                    String reference = row.getString(1);
                    String instance = row.getString(2);
                    Standing standing = byInstance.get(instance);
                    if (standing == null) {
                        standing = new Standing(
                                instance,
                                row.getString(3),
                                row.getString(4),
                                row.getInt(5),
                                row.getString(6),
                                new TreeSet<>(),
                                new TreeMap<>());
                        byInstance.put(instance, standing);
                        byCase.computeIfAbsent(reference, one -> new ArrayList<>())
                                .add(standing);
                    }
                    standing.steps().add(row.getString(7));
                });
        jdbc.sql("select w.id_, t.act_id_, j.duedate_ from act_ru_execution w"
                        + " join act_re_procdef d on d.id_ = w.proc_def_id_"
                        + " join act_ru_job j on j.process_instance_id_ = w.id_"
                        + " join act_ru_jobdef t on t.id_ = j.job_def_id_"
                        + " where w.id_ = w.proc_inst_id_ and j.type_ = 'timer'" + which)
                .params(parameters)
                .query(row -> {
                    Standing standing = byInstance.get(row.getString(1));
                    Timestamp due = row.getTimestamp(3);
                    if (standing != null && due != null) {
                        standing.timers().merge(row.getString(2), due.toInstant(), OpenCases::earlier);
                    }
                });
        List<OpenCase> cases = new ArrayList<>();
        byCase.forEach((reference, standings) -> cases.add(new OpenCase(new CaseReference(reference), standings)));
        return cases;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** Every version that cases stand on. */
    static Collection<Standing> versions(List<OpenCase> cases) {
        Map<String, Standing> versions = new TreeMap<>();
        cases.forEach(open -> open.standings().forEach(one -> versions.putIfAbsent(one.definitionId(), one)));
        return versions.values();
    }
}
