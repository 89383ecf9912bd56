package org.takedownhub.platform.atproto;

import java.util.List;
import java.util.stream.Stream;
import org.takedownhub.casefile.Category;

/**
 * Why a subject is reported, in the tokens of {@code tools.ozone.report.defs}. Services take any token and answer 200, so
 * a wrong one would go unnoticed: only these are ever sent. {@code reasonViolenceExtremistContent} goes to the
 * application's own moderation authority alone.
 */
enum ReportReason {
    VIOLENCE_THREATS("reasonViolenceThreats", "reasonViolation"),
    VIOLENCE_GLORIFICATION("reasonViolenceGlorification", "reasonViolation"),
    VIOLENCE_GRAPHIC_CONTENT("reasonViolenceGraphicContent", "reasonViolation"),
    VIOLENCE_EXTREMIST_CONTENT("reasonViolenceExtremistContent", "reasonViolation"),
    VIOLENCE_OTHER("reasonViolenceOther", "reasonViolation"),
    HARASSMENT_TARGETED("reasonHarassmentTargeted", "reasonRude"),
    RULE_PROHIBITED_SALES("reasonRuleProhibitedSales", "reasonViolation"),
    OTHER("reasonOther", "reasonOther");

    private final String token;
    private final String legacyToken;

    ReportReason(String name, String legacyName) {
        this.token = "tools.ozone.report.defs#" + name;
        this.legacyToken = "com.atproto.moderation.defs#" + legacyName;
    }

    static ReportReason of(Category category) {
        return switch (category) {
            case THREAT, INCITEMENT -> VIOLENCE_THREATS;
            case GANG_PROMOTION, WEAPONS_GLORIFICATION -> VIOLENCE_GLORIFICATION;
            case GRAPHIC_VIOLENCE -> VIOLENCE_GRAPHIC_CONTENT;
            case WEAPONS_SALE -> RULE_PROHIBITED_SALES;
            case RECRUITMENT -> VIOLENCE_OTHER;
            case INTIMIDATION -> HARASSMENT_TARGETED;
            case TERRORISM -> VIOLENCE_EXTREMIST_CONTENT;
            case OTHER -> OTHER;
        };
    }

    String token() {
        return token;
    }

    /** What may be sent for it, best first: itself, the older token it grew out of, and at last "other". */
    List<String> tokens() {
        return Stream.of(token, legacyToken, OTHER.token, OTHER.legacyToken)
                .distinct()
                .toList();
    }
}
