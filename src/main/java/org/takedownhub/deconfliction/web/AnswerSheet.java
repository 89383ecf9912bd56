package org.takedownhub.deconfliction.web;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.takedownhub.deconfliction.DeconflictionAnswer;
import org.takedownhub.pages.FormErrors;
import org.takedownhub.pages.FormErrors.FormError;
import org.takedownhub.pages.Moments;
import org.takedownhub.process.InvalidInput;

/**
 * What somebody entered on the page of a question, exactly as entered.
 *
 * @param who name and role, as they say; signed-in officers are asked for neither
 */
public record AnswerSheet(String answer, Day hold, String notification, Day defer, String reasons, String who) {

    static final AnswerSheet EMPTY = new AnswerSheet("", Day.EMPTY, "", Day.EMPTY, "", "");

    private static final int LONGEST_NAME = 200;
    private static final Set<String> WAITS =
            Set.of(DeconflictionAnswer.PRESERVE_FIRST.name(), DeconflictionAnswer.HOLD_UNTIL.name());

    /** A date as three numbers, for people who type. */
    public record Day(String day, String month, String year) {

        static final Day EMPTY = new Day("", "", "");

        static Day of(Map<String, String> form, String id) {
            return new Day(text(form, id + "-day"), text(form, id + "-month"), text(form, id + "-year"));
        }

        boolean isEmpty() {
            return day.isEmpty() && month.isEmpty() && year.isEmpty();
        }

        /** Empty where the three numbers are no date. */
        Optional<LocalDate> date() {
            if (!(day + month).matches("[0-9]{2,4}") || !year.matches("[0-9]{4}")) {
                return Optional.empty();
            }
            try {
                return Optional.of(
                        LocalDate.of(Integer.parseInt(year), Integer.parseInt(month), Integer.parseInt(day)));
            } catch (DateTimeException | NumberFormatException e) {
                return Optional.empty();
            }
        }
    }

    static AnswerSheet of(Map<String, String> form) {
        return new AnswerSheet(
                text(form, "answer"),
                Day.of(form, "hold"),
                text(form, "notification"),
                Day.of(form, "defer"),
                text(form, "reasons"),
                text(form, "who"));
    }

    private static String text(Map<String, String> form, String name) {
        return form.getOrDefault(name, "").strip();
    }

    /**
     * What is wrong, in the order of the fields.
     *
     * @param latestHold the last instant that a hold may reach
     * @param named      whether the sender has to say who they are
     */
    FormErrors errors(Instant now, Instant latestHold, boolean named) {
        List<FormError> errors = new ArrayList<>();
        if (answer.isEmpty()) {
            errors.add(new FormError("answer", "Select your answer"));
        }
        if (holds()) {
            hold.date()
                    .ifPresentOrElse(
                            day -> {
                                Instant end = endOf(day);
                                if (!end.isAfter(now)) {
                                    errors.add(new FormError("hold-day", "The end of the hold must lie in the future"));
                                } else if (end.isAfter(latestHold)) {
                                    errors.add(new FormError(
                                            "hold-day",
                                            "The end of the hold must not be later than " + latestDay(latestHold)
                                                    + "; a hold can be renewed"));
                                }
                            },
                            () -> errors.add(new FormError(
                                    "hold-day",
                                    hold.isEmpty()
                                            ? "Enter the date until which removal has to wait"
                                            : "The end of the hold must be a real date, such as "
                                                    + latestDay(latestHold))));
        }
        if (defers() && !defer.isEmpty() && defer.date().isEmpty()) {
            errors.add(
                    new FormError("defer-day", "The date before which nobody tells the uploader must be a real date"));
        }
        if (WAITS.contains(answer) && reasons.isEmpty()) {
            errors.add(new FormError("reasons", "Enter why removal has to wait"));
        }
        if (named && who.isEmpty()) {
            errors.add(new FormError("who", "Enter your name and role"));
        } else if (named && (who.length() > LONGEST_NAME || who.codePoints().anyMatch(Character::isISOControl))) {
            errors.add(new FormError("who", "Your name and role must have 1 to " + LONGEST_NAME + " plain characters"));
        }
        return new FormErrors(errors);
    }

    /** The fields of the form {@code answer-deconfliction}; what was not entered is left out. */
    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("deconflictionAnswer", answer);
        if (holds()) {
            hold.date().ifPresent(day -> fields.put("holdUntil", day.toString()));
        }
        if (!notification.isEmpty()) {
            fields.put("uploaderNotification", notification);
        }
        if (defers()) {
            defer.date().ifPresent(day -> fields.put("deferUntil", day.toString()));
        }
        if (!reasons.isEmpty()) {
            fields.put("answerReasons", reasons);
        }
        return fields;
    }

    /** What the form's own rules refuse, at the inputs of this page. */
    static FormErrors refused(InvalidInput refused) {
        return new FormErrors(refused.problems().stream()
                .map(problem -> switch (problem.field()) {
                    case "holdUntil" -> new FormError("hold-day", "The end of the hold " + problem.detail());
                    case "uploaderNotification" -> new FormError(
                            "notification", "Whether the uploader is told " + problem.detail());
                    case "deferUntil" -> new FormError("defer-day", "The date " + problem.detail());
                    case "answerReasons" -> new FormError("reasons", "Your reasons: " + problem.detail());
                    case "who" -> new FormError("who", "Your name and role: " + problem.detail());
                    default -> new FormError("answer", "Your answer " + problem.detail());
                })
                .toList());
    }

    /** The last whole day that a hold may last, as somebody would type it. */
    static String latestDay(Instant latestHold) {
        LocalDate day = latestHold.atZone(Moments.LONDON).toLocalDate().minusDays(1);
        return day.getDayOfMonth() + " " + day.getMonthValue() + " " + day.getYear();
    }

    private static Instant endOf(LocalDate day) {
        return day.plusDays(1).atStartOfDay(Moments.LONDON).toInstant();
    }

    private boolean holds() {
        return answer.equals(DeconflictionAnswer.HOLD_UNTIL.name());
    }

    private boolean defers() {
        return notification.equals("DEFER_UNTIL");
    }
}
