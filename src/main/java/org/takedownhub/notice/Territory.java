package org.takedownhub.notice;

import java.util.Locale;

/** Where an instrument wants content to be gone. */
public enum Territory {
    /** A block in the United Kingdom complies with it. */
    UNITED_KINGDOM,
    /** A block in all member states of the European Union complies with it; one in a single country does not. */
    EUROPEAN_UNION;

    /** @param code where the content is blocked: ISO 3166 alpha-2 ({@code UK} for {@code GB} is understood) or {@code EU} */
    public boolean compliesWhenBlockedIn(String code) {
        String place = code.toUpperCase(Locale.ROOT);
        return switch (this) {
            case UNITED_KINGDOM -> place.equals("GB") || place.equals("UK");
            case EUROPEAN_UNION -> place.equals("EU");
        };
    }
}
