package org.takedownhub.supervision.web;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.takedownhub.api.InvalidRequest;
import org.takedownhub.pages.Moments;

/**
 * Whole days in the United Kingdom, both ends included.
 *
 * @param from  the first day
 * @param until the last day
 */
record Period(LocalDate from, LocalDate until) {

    /**
     * @param usual   days up to today when nothing was asked for
     * @param longest days at most
     * @throws InvalidRequest a day cannot be read, or the period is too long or ends before it begins
     */
    static Period of(@Nullable String from, @Nullable String until, int usual, int longest, Clock clock) {
        LocalDate last = day("#until", until)
                .orElseGet(() -> clock.instant().atZone(Moments.LONDON).toLocalDate());
        LocalDate first = day("#from", from).orElseGet(() -> last.minusDays(usual - 1L));
        long days = ChronoUnit.DAYS.between(first, last) + 1;
        if (days < 1) {
            throw new InvalidRequest(422, "#until", "must not lie before from");
        }
        if (days > longest) {
            throw new InvalidRequest(422, "#from", "the period may have " + longest + " days at most");
        }
        return new Period(first, last);
    }

    Instant begins() {
        return from.atStartOfDay(Moments.LONDON).toInstant();
    }

    /** The first instant after it. */
    Instant ends() {
        return until.plusDays(1).atStartOfDay(Moments.LONDON).toInstant();
    }

    private static Optional<LocalDate> day(String parameter, @Nullable String text) {
        if (text == null || text.isBlank()) {
            return Optional.empty();
        }
        try {
            LocalDate day = LocalDate.parse(text.strip());
            if (day.getYear() < 2000 || day.getYear() > 2200) {
                throw new InvalidRequest(422, parameter, "must lie between 2000 and 2200");
            }
            return Optional.of(day);
        } catch (DateTimeParseException noDay) {
            throw new InvalidRequest(400, parameter, "must be a day such as 2026-11-23");
        }
    }
}
