package org.takedownhub.casefile;

import java.util.regex.Pattern;

/** {@code TH-<year>-<number>}: how people and the engine name a case. It is the business key of its process. */
public record CaseReference(String value) {

    private static final Pattern FORM = Pattern.compile("TH-[0-9]{4}-[0-9]{1,12}");

    public CaseReference {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("A case reference reads TH-<year>-<number>, for example TH-2026-000123");
        }
    }

    public static CaseReference of(int year, long number) {
        return new CaseReference("TH-%04d-%06d".formatted(year, number));
    }

    @Override
    public String toString() {
        return value;
    }
}
