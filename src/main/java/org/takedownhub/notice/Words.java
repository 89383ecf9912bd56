package org.takedownhub.notice;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import org.takedownhub.clock.PeriodUnit;

/** Instants, periods and offences as a notice says them. */
final class Words {

    private static final ZoneId UNITED_KINGDOM = ZoneId.of("Europe/London");
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("d MMMM uuuu HH:mm:ss", Locale.UK);
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("d MMMM uuuu HH:mm:ss z", Locale.UK);

    private static final Map<String, String> OFFENCES = Map.ofEntries(
            Map.entry("OAPA_1861_S16", "Offences against the Person Act 1861 s.16"),
            Map.entry("SCA_2007_S44", "Serious Crime Act 2007 ss.44 to 46"),
            Map.entry("CJA_1988_S141", "Criminal Justice Act 1988 s.141"),
            Map.entry("ROWA_1959_S1", "Restriction of Offensive Weapons Act 1959 s.1"),
            Map.entry("KNIVES_ACT_1997_S1", "Knives Act 1997 s.1"),
            Map.entry("POA_1986_S4", "Public Order Act 1986 s.4"),
            Map.entry("CJPOA_1994_S51", "Criminal Justice and Public Order Act 1994 s.51"),
            Map.entry("MSA_2015_S2", "Modern Slavery Act 2015 s.2"),
            Map.entry("TA_2006_S1", "Terrorism Act 2006 s.1"),
            Map.entry("TA_2006_S2", "Terrorism Act 2006 s.2"));

    private Words() {}

    /** To the second, in UTC and in the local time of the United Kingdom. */
    static String at(Instant instant) {
        return MOMENT.format(instant.atZone(ZoneOffset.UTC)) + " UTC (" + LOCAL.format(instant.atZone(UNITED_KINGDOM))
                + ")";
    }

    static String period(Duration period, PeriodUnit unit) {
        if (unit == PeriodUnit.WORKING_DAYS) {
            return counted(period.toDays(), "working day");
        }
        return period.toMinutesPart() == 0 ? counted(period.toHours(), "hour") : counted(period.toMinutes(), "minute");
    }

    /** The statute behind a code; a code that is not known stands for itself. */
    static String offence(String code) {
        return OFFENCES.getOrDefault(code, code);
    }

    private static String counted(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
