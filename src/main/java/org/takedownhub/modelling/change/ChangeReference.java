package org.takedownhub.modelling.change;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What people call a change request: {@code CR-000017}. */
public record ChangeReference(long number) {

    private static final Pattern TEXT = Pattern.compile("CR-([0-9]{6,12})");

    public static Optional<ChangeReference> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches()
                ? Optional.of(new ChangeReference(Long.parseLong(matcher.group(1))))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return String.format("CR-%06d", number);
    }
}
