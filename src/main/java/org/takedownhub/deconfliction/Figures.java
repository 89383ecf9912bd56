package org.takedownhub.deconfliction;

import static org.takedownhub.audit.Instants.stored;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.audit.Instants;
import org.takedownhub.casefile.CaseReference;

/** How long asking takes, how often somebody is interested, and what comes of it: computed from the rows, each time. */
@Component
@Transactional(readOnly = true)
public class Figures {

    private static final String SILENT = "SILENT";
    private static final String DECIDED_BY_DUTY_OFFICER = "DECIDED_BY_DUTY_OFFICER";
    private static final String TAKEN_OVER = "TAKEN_OVER";
    private static final double SECONDS_PER_HOUR = 3600;
    private static final double NINETY_PER_CENT = 0.9;

    private final JdbcClient jdbc;
    private final Clock clock;

    Figures(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * One number.
     *
     * @param value null when there is nothing to compute it from
     * @param n     how many rows it was computed from
     */
    public record Figure(String name, String definition, @Nullable Double value, int n) {}

    /**
     * All of them.
     *
     * @param asOf   when they were computed, UTC
     * @param forces by force, how often it answered in which way
     */
    public record Sheet(
            Instant from, Instant to, Instant asOf, List<Figure> figures, Map<String, Map<String, Integer>> forces) {

        /** @throws IllegalArgumentException there is no figure of that name */
        @Nullable
        Double value(String name) {
            return figures.stream()
                    .filter(figure -> figure.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(name))
                    .value();
        }
    }

    /** Figures about all cases are for many eyes, so covert ones do not count. */
    private static final String OVERT = " and exists (select 1 from takedown_case c where c.case_reference ="
            + " d.case_reference and c.source <> 'COVERT')";

    private record Round(long id, Duration length, boolean ended) {}

    private record Row(
            long round,
            String force,
            boolean hit,
            boolean silent,
            @Nullable String answer,
            boolean duty,
            boolean takenOver,
            Optional<Duration> hold,
            @Nullable String holdEnd) {}

    /** The figures of the rounds that began in a span of time, its end excluded. */
    public Sheet between(Instant from, Instant to) {
        return between(from, to, null);
    }

    /** @param only of this case alone */
    Sheet between(Instant from, Instant to, @Nullable CaseReference only) {
        Instant now = clock.instant();
        String which = " d.began_at >= ? and d.began_at < ?" + (only == null ? OVERT : " and d.case_reference = ?");
        List<Object> values = new ArrayList<>(List.of(stored(from), stored(to)));
        if (only != null) {
            values.add(only.value());
        }
        List<Round> rounds = jdbc.sql("select d.id, d.began_at, d.ended_at from deconfliction d where" + which
                        + " and exists (select 1 from deconfliction_question q where q.deconfliction_id = d.id)")
                .params(values)
                .query((row, number) -> new Round(
                        row.getLong("id"),
                        Duration.between(
                                Instants.required(row, "began_at"),
                                Instants.optional(row, "ended_at").orElse(now)),
                        row.getObject("ended_at") != null))
                .list();
        List<Row> rows = jdbc.sql("select q.* from deconfliction_question q join deconfliction d on d.id ="
                        + " q.deconfliction_id where" + which + " and q.asked_at is not null")
                .params(values)
                .query((row, number) -> new Row(
                        row.getLong("deconfliction_id"),
                        row.getString("force"),
                        row.getString("ground").equals(Question.Ground.HIT.name()),
                        row.getObject("silent_at") != null,
                        row.getString("answer"),
                        Question.As.DUTY.name().equals(row.getString("answered_as")),
                        row.getBoolean("taken_over"),
                        held(row, now),
                        row.getString("hold_end")))
                .list();
        int all = jdbc.sql("select count(*) from deconfliction d where" + which)
                .params(values)
                .query(Integer.class)
                .single();
        return new Sheet(from, to, now, figures(all, rounds, rows), forces(rows));
    }

    private static List<Figure> figures(int all, List<Round> rounds, List<Row> rows) {
        List<Double> hours = rounds.stream()
                .filter(Round::ended)
                .map(round -> hours(round.length()))
                .sorted()
                .toList();
        List<Double> holds = rows.stream()
                .flatMap(row -> row.hold().stream())
                .map(Figures::hours)
                .sorted()
                .toList();
        long asked = rounds.size();
        long hits = rows.stream().filter(Row::hit).map(Row::round).distinct().count();
        return List.of(
                new Figure(
                        "cases",
                        "Rounds of deconfliction that began in the span; a case that is asked about again counts again.",
                        (double) all,
                        all),
                new Figure("asked", "Of these, rounds in which at least one force was asked.", (double) asked, all),
                new Figure(
                        "hits",
                        "Of these, rounds in which the case was on the list of at least one force.",
                        (double) hits,
                        all),
                new Figure(
                        "unfinished",
                        "Rounds in which a force was asked and that have not ended yet.",
                        (double) (asked - hours.size()),
                        (int) asked),
                new Figure(
                        "medianHoursInDeconfliction",
                        "Median hours from the beginning to the end of a round in which a force was asked, holds"
                                + " included; unfinished rounds are left out and counted under unfinished.",
                        quantile(hours, 0.5),
                        hours.size()),
                new Figure(
                        "ninetiethPercentileHoursInDeconfliction",
                        "Nine in ten of those rounds took no longer than this many hours.",
                        quantile(hours, NINETY_PER_CENT),
                        hours.size()),
                new Figure(
                        "silences",
                        "Questions that were not answered in time and went to the duty officer.",
                        (double) rows.stream().filter(Row::silent).count(),
                        rows.size()),
                new Figure(
                        "holds", "Questions whose answer held the removal back.", (double) holds.size(), rows.size()),
                new Figure(
                        "medianHoursOnHold",
                        "Median hours that removal was held back; a hold that lasts counts up to now.",
                        quantile(holds, 0.5),
                        holds.size()),
                new Figure(
                        "holdsExpired",
                        "Holds that ended because nobody renewed them.",
                        count(rows, "EXPIRED"),
                        holds.size()),
                new Figure(
                        "holdsOverridden",
                        "Holds that a senior officer of the hub ended.",
                        count(rows, "OVERRIDDEN"),
                        holds.size()));
    }

    private static double count(List<Row> rows, String end) {
        return rows.stream().filter(row -> end.equals(row.holdEnd())).count();
    }

    private static Map<String, Map<String, Integer>> forces(List<Row> rows) {
        Map<String, Map<String, Integer>> forces = new TreeMap<>();
        for (Row row : rows) {
            Map<String, Integer> counts = forces.computeIfAbsent(row.force(), force -> {
                Map<String, Integer> none = new TreeMap<>();
                for (DeconflictionAnswer answer : DeconflictionAnswer.values()) {
                    none.put(answer.name(), 0);
                }
                none.put(SILENT, 0);
                none.put(DECIDED_BY_DUTY_OFFICER, 0);
                none.put(TAKEN_OVER, 0);
                return none;
            });
            if (row.silent()) {
                counts.merge(SILENT, 1, Integer::sum);
            }
            if (row.takenOver()) {
                counts.merge(TAKEN_OVER, 1, Integer::sum);
            }
            if (row.duty()) {
                counts.merge(DECIDED_BY_DUTY_OFFICER, 1, Integer::sum);
            } else if (row.answer() != null) {
                counts.merge(row.answer(), 1, Integer::sum);
            }
        }
        return forces;
    }

    private static Optional<Duration> held(ResultSet row, Instant now) throws SQLException {
        Instant end = Instants.optional(row, "hold_ended_at").orElse(now);
        return Instants.optional(row, "hold_from").map(start -> Duration.between(start, end));
    }

    private static double hours(Duration length) {
        return length.toMillis() / 1000.0 / SECONDS_PER_HOUR;
    }

    /** By nearest rank, so that every number is one that occurred; the median of two is the lower. */
    private static @Nullable Double quantile(List<Double> sorted, double share) {
        return sorted.isEmpty() ? null : sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }
}
