package org.takedownhub.supervision.web;

import java.time.Duration;

/** Lengths of time in words, in at most two units. */
public final class Spans {

    private Spans() {}

    /** Such as {@code 3 days 4 hours}; below a second {@code less than a second}. */
    public static String words(Duration span) {
        if (span.toDays() > 0) {
            return together(span.toDays(), "day", span.toHoursPart(), "hour");
        }
        if (span.toHours() > 0) {
            return together(span.toHours(), "hour", span.toMinutesPart(), "minute");
        }
        if (span.toMinutes() > 0) {
            return together(span.toMinutes(), "minute", span.toSecondsPart(), "second");
        }
        return span.toSeconds() > 0 ? count(span.toSeconds(), "second") : "less than a second";
    }

    /** In one unit, for where there is little room: {@code 3 d}, {@code 2 h}, {@code 5 min}, {@code 7 s}, {@code <1 s}. */
    static String brief(Duration span) {
        if (span.toDays() > 0) {
            return Math.round(span.toMinutes() / 1440.0) + " d";
        }
        if (span.toHours() > 0) {
            return Math.round(span.toSeconds() / 3600.0) + " h";
        }
        if (span.toMinutes() > 0) {
            return span.toMinutes() + " min";
        }
        return span.toSeconds() > 0 ? span.toSeconds() + " s" : "<1 s";
    }

    private static String together(long large, String largeUnit, long small, String smallUnit) {
        return small == 0 ? count(large, largeUnit) : count(large, largeUnit) + " " + count(small, smallUnit);
    }

    private static String count(long number, String unit) {
        return number + " " + unit + (number == 1 ? "" : "s");
    }
}
