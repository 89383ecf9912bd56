package org.takedownhub.modelling.compare;

import java.time.Duration;
import java.time.Period;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values of models as people say them. */
final class InWords {

    private static final Pattern TEXT = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*");
    private static final Pattern ISO_TIME = Pattern.compile("PT[0-9HMS.]+");
    private static final Pattern ISO_DATE = Pattern.compile("P[0-9YMWD]+");
    private static final int LONGEST = 160;

    private InWords() {}

    /** A cell of a table: texts without their quotes, codes as words, periods as numbers with units. */
    static String cell(String feel) {
        String text = feel.strip();
        if (text.isEmpty() || text.equals("-")) {
            return "any";
        }
        Matcher matcher = TEXT.matcher(text);
        StringBuilder words = new StringBuilder();
        while (matcher.find()) {
            matcher.appendReplacement(words, Matcher.quoteReplacement(value(matcher.group(1))));
        }
        matcher.appendTail(words);
        String said = words.toString();
        return said.equals("true") ? "yes" : said.equals("false") ? "no" : said.isEmpty() ? "nothing" : shortened(said);
    }

    /** A value that stands by itself. */
    static String value(String text) {
        if (ISO_TIME.matcher(text).matches()) {
            return time(text);
        }
        if (ISO_DATE.matcher(text).matches()) {
            return date(text);
        }
        if (CODE.matcher(text).matches() && text.length() > 3) {
            return text.replace('_', ' ').toLowerCase(java.util.Locale.UK);
        }
        return text;
    }

    static String quoted(String text) {
        return text.isEmpty() ? "nothing" : "“" + shortened(text) + "”";
    }

    static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }

    private static String time(String iso) {
        try {
            Duration duration = Duration.parse(iso);
            List<String> parts = new ArrayList<>();
            long hours = duration.toHours();
            if (hours >= 24 && hours % 24 == 0 && hours > 72) {
                parts.add(counted(hours / 24, "day"));
            } else if (hours > 0) {
                parts.add(counted(hours, "hour"));
            }
            if (duration.toMinutesPart() > 0) {
                parts.add(counted(duration.toMinutesPart(), "minute"));
            }
            if (duration.toSecondsPart() > 0) {
                parts.add(counted(duration.toSecondsPart(), "second"));
            }
            return parts.isEmpty() ? "no time" : String.join(" ", parts);
        } catch (DateTimeParseException none) {
            return iso;
        }
    }

    private static String date(String iso) {
        try {
            Period period = Period.parse(iso);
            List<String> parts = new ArrayList<>();
            if (period.getYears() > 0) {
                parts.add(counted(period.getYears(), "year"));
            }
            if (period.getMonths() > 0) {
                parts.add(counted(period.getMonths(), "month"));
            }
            if (period.getDays() > 0) {
                parts.add(counted(period.getDays(), "day"));
            }
            return parts.isEmpty() ? "no time" : String.join(" ", parts);
        } catch (DateTimeParseException none) {
            return iso;
        }
    }

    private static String counted(long number, String unit) {
        return number + " " + unit + (number == 1 ? "" : "s");
    }
}
