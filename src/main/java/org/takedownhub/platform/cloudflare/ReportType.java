package org.takedownhub.platform.cloudflare;

import org.takedownhub.casefile.Category;

/** What a report is filed as: the last part of its path, and {@code act} in its body. */
enum ReportType {
    /** Violent threats and harassment. */
    THREAT("abuse_threat"),
    GENERAL("abuse_general");

    private final String act;

    ReportType(String act) {
        this.act = act;
    }

    String act() {
        return act;
    }

    /** Unless the settings say otherwise. */
    static ReportType of(Category category) {
        return switch (category) {
            case THREAT, INCITEMENT, GANG_PROMOTION, INTIMIDATION -> THREAT;
            case WEAPONS_SALE, WEAPONS_GLORIFICATION, GRAPHIC_VIOLENCE, RECRUITMENT, TERRORISM, OTHER -> GENERAL;
        };
    }
}
