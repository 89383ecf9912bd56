package org.takedownhub.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/** Computes deadlines. A due date is computed once and kept: nothing here looks at what time it is. */
public final class Deadlines {

    /** Where "the day on which the notice was given" is a day (Terrorism Act 2006). */
    static final ZoneId UNITED_KINGDOM = ZoneId.of("Europe/London");

    private final DeadlinePolicies policies;
    private final WorkingDays workingDays;
    private final ClockSpeed speed;

    public Deadlines(DeadlinePolicies policies, WorkingDays workingDays, ClockSpeed speed) {
        this.policies = policies;
        this.workingDays = workingDays;
        this.speed = speed;
    }

    /**
     * The deadline of a notice under the policy in force now, at the hub's clock speed.
     *
     * @throws MissingStartInstant when the notice lacks the instant from which the policy counts
     */
    public Deadline deadline(DeadlineQuestion question, NoticeInstants instants) {
        return deadline(policies.policyFor(question), instants);
    }

    /** As {@link #deadline(DeadlineQuestion, NoticeInstants)}, under a given policy. */
    public Deadline deadline(DeadlinePolicy policy, NoticeInstants instants) {
        return from(start(policy, instants), policy, speed);
    }

    /**
     * The deadline by the calendar on the wall, whatever the hub's clock speed: what an officer may tell a platform.
     *
     * @throws MissingStartInstant when the notice lacks the instant from which the policy counts
     */
    public Deadline inRealTime(DeadlineQuestion question, NoticeInstants instants) {
        DeadlinePolicy policy = policies.policyFor(question);
        return from(start(policy, instants), policy, ClockSpeed.REAL);
    }

    /**
     * The fresh period after a pause, at the hub's clock speed: the time that ran before does not count.
     *
     * @param causeEndedAt when the clarification arrived or the ground of impossibility ceased
     * @throws IllegalArgumentException when the policy knows no pause
     */
    public Deadline restarted(DeadlinePolicy policy, Instant causeEndedAt) {
        if (policy.pauseRule() != PauseRule.RESTART) {
            throw new IllegalArgumentException("The clock of %s runs on: it knows no pause".formatted(policy.code()));
        }
        return from(causeEndedAt, policy, speed);
    }

    /**
     * More time, given by the issuer. The reminder comes after the policy's share of the time that is left.
     *
     * @param at    when the issuer gave it
     * @param until the first instant that is overdue from now on
     * @throws IllegalArgumentException when the policy lets nobody extend, or the new end is not after {@code at}
     */
    public Deadline extended(DeadlinePolicy policy, Instant at, Instant until) {
        if (policy.pauseRule() != PauseRule.ISSUER_MAY_EXTEND) {
            throw new IllegalArgumentException(
                    "%s lets nobody extend the time (%s)".formatted(policy.code(), policy.legalReference()));
        }
        if (!until.isAfter(at)) {
            throw new IllegalArgumentException("More time ends later than now, but %s is not".formatted(until));
        }
        return ending(at, until, policy);
    }

    private static Instant start(DeadlinePolicy policy, NoticeInstants instants) {
        return instants.of(policy.startEvent()).orElseThrow(() -> new MissingStartInstant(policy));
    }

    private Deadline from(Instant start, DeadlinePolicy policy, ClockSpeed atSpeed) {
        if (policy.period().isZero()) {
            return new Deadline(start, Optional.empty(), Optional.empty(), Optional.empty(), policy);
        }
        Duration length = atSpeed.scaled(Duration.between(start, end(start, policy)));
        return ending(start, start.plus(length), policy);
    }

    private static Deadline ending(Instant start, Instant end, DeadlinePolicy policy) {
        long length = Duration.between(start, end).toMillis();
        Optional<Instant> remindAt = policy.reminderShare() == 0
                ? Optional.empty()
                : Optional.of(start.plusMillis(Math.round(length * policy.reminderShare())));
        return policy.unit() == PeriodUnit.NONE
                ? new Deadline(start, Optional.empty(), Optional.of(end), remindAt, policy)
                : new Deadline(start, Optional.of(end), Optional.empty(), remindAt, policy);
    }

    private Instant end(Instant start, DeadlinePolicy policy) {
        if (policy.unit() != PeriodUnit.WORKING_DAYS) {
            return start.plus(policy.period());
        }
        int days = Math.toIntExact(policy.period().toDays());
        return workingDays
                .lastOf(days, start.atZone(UNITED_KINGDOM).toLocalDate())
                .plusDays(1)
                .atStartOfDay(UNITED_KINGDOM)
                .toInstant();
    }
}
