package org.takedownhub.pages;

import java.time.Duration;
import java.time.Instant;

/**
 * A deadline in words and as an absolute time, never as a colour alone.
 *
 * @param words    such as {@code Due in 42 minutes}, in at most two units
 * @param tone     {@code calm}, {@code soon} (an hour or less) or {@code late}: only underlines the words
 * @param absolute date and time in the United Kingdom
 * @param machine  RFC 3339, UTC
 */
public record DeadlineChip(String words, String tone, String absolute, String machine) {

    private static final Duration SOON = Duration.ofHours(1);

    /** @param dueAt the first instant that is overdue */
    public static DeadlineChip of(Instant dueAt, Instant now) {
        boolean late = !now.isBefore(dueAt);
        Duration distance = Duration.between(now, dueAt).abs();
        String words = (late ? "Overdue by " : "Due in ") + words(distance);
        String tone = late ? "late" : distance.compareTo(SOON) <= 0 ? "soon" : "calm";
        return new DeadlineChip(words, tone, Moments.words(dueAt), dueAt.toString());
    }

    private static String words(Duration distance) {
        if (distance.toDays() > 0) {
            return together(distance.toDays(), "day", distance.toHoursPart(), "hour");
        }
        if (distance.toHours() > 0) {
            return together(distance.toHours(), "hour", distance.toMinutesPart(), "minute");
        }
        return distance.toMinutes() > 0 ? count(distance.toMinutes(), "minute") : "less than a minute";
    }

    private static String together(long large, String largeUnit, long small, String smallUnit) {
        return small == 0 ? count(large, largeUnit) : count(large, largeUnit) + " " + count(small, smallUnit);
    }

    private static String count(long number, String unit) {
        return number + " " + unit + (number == 1 ? "" : "s");
    }
}
