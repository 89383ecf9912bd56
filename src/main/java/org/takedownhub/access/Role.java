package org.takedownhub.access;

import java.util.Locale;
import java.util.Optional;

/** What people are here. Each role is one group of the sign-in server, but deconfliction has a group per force. */
enum Role {
    CASEWORKERS,
    AUTHORISED_OFFICERS,
    DECONFLICTION_OFFICERS,
    DUTY_OFFICERS,
    MANAGERS,
    REVIEW_OFFICERS,
    LEADERSHIP,
    RECORDS_MANAGERS,
    AUDITORS,
    OPERATORS,
    /** Adds covert cases to what the other roles of a person reach; by itself it opens no door. */
    COVERT_OFFICERS;

    private static final String DECONFLICTION = "deconfliction-";

    /** The role that members of a group have; a group this program does not know gives none. */
    static Optional<Role> ofGroup(String group) {
        if (group.startsWith(DECONFLICTION) && group.length() > DECONFLICTION.length()) {
            return Optional.of(DECONFLICTION_OFFICERS);
        }
        for (Role role : values()) {
            if (role != DECONFLICTION_OFFICERS && role.group().equals(group)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }

    /** The group of the deconfliction officers of a force. */
    static String deconflictionGroup(String force) {
        return DECONFLICTION + force;
    }

    /** The group's id as models, forms and the sign-in server write it. */
    String group() {
        if (this == DECONFLICTION_OFFICERS) {
            throw new IllegalStateException("Deconfliction officers have a group per force");
        }
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
