package org.takedownhub.casefile;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The legal kind of a request, by its name in the tables. Which instruments there are, what each requires and how long
 * it gives is data: a new one is added to the tables and needs no line here. The constants name the ones that the
 * hub's own rules speak of.
 *
 * @param name capital letters, digits and underscores, 3 to 32 characters, as {@code TCO_ORDER}
 */
public record Instrument(String name) {

    private static final Pattern NAME = Pattern.compile("[A-Z][A-Z0-9_]{2,31}");

    /** A request under the platform's own terms; no law sets a time. */
    public static final Instrument VOLUNTARY_REFERRAL = new Instrument("VOLUNTARY_REFERRAL");

    /** Crime and Policing Act 2026 s.21. */
    public static final Instrument WEAPONS_REMOVAL_NOTICE = new Instrument("WEAPONS_REMOVAL_NOTICE");

    /** Terrorism Act 2006 s.3. */
    public static final Instrument TERRORISM_NOTICE = new Instrument("TERRORISM_NOTICE");

    /** Regulation (EU) 2022/2065 Art. 16. */
    public static final Instrument DSA_NOTICE = new Instrument("DSA_NOTICE");

    /** Regulation (EU) 2021/784 Art. 3. */
    public static final Instrument TCO_ORDER = new Instrument("TCO_ORDER");

    /** The ones that the shipped tables know. */
    public static final List<Instrument> SHIPPED =
            List.of(VOLUNTARY_REFERRAL, WEAPONS_REMOVAL_NOTICE, TERRORISM_NOTICE, DSA_NOTICE, TCO_ORDER);

    /** @throws IllegalArgumentException the name has another shape */
    public Instrument {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "An instrument is named by 3 to 32 capital letters, digits and underscores, as TCO_ORDER");
        }
    }

    /** The instrument of that name. */
    public static Instrument valueOf(String name) {
        return new Instrument(name);
    }

    @Override
    public String toString() {
        return name;
    }
}
