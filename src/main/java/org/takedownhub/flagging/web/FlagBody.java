package org.takedownhub.flagging.web;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.takedownhub.flagging.FlagRules;

/** A flag as it comes over the wire. Checking is left to the rules that all ways in share. */
@Schema(
        name = "Flag",
        requiredProperties = {"url", "reason"})
record FlagBody(
        @Schema(
                        description = "Address of the post; a known host may stand without https://",
                        maxLength = 2000,
                        example = "https://social.example/@drill/113002")
                @Nullable
                String url,
        @Schema(description = "Why the content is flagged", maxLength = 4000, example = "Threatens a named person")
                @Nullable
                String reason,
        @Schema(
                        description = "OTHER when left out",
                        allowableValues = {
                            "THREAT", "INCITEMENT", "GANG_PROMOTION", "WEAPONS_SALE", "WEAPONS_GLORIFICATION",
                            "GRAPHIC_VIOLENCE", "RECRUITMENT", "INTIMIDATION", "TERRORISM", "OTHER"
                        },
                        example = "THREAT")
                @Nullable
                String category,
        @Schema(
                        description =
                                "FORCE when left out and a reporting force is named, else OWN_SEARCH. COVERT is for"
                                        + " members of the covert group alone: only they see what comes of it",
                        allowableValues = {"OWN_SEARCH", "FORCE", "PUBLIC", "PARTNER", "PLATFORM", "COVERT"},
                        example = "FORCE")
                @Nullable
                String source,
        @Schema(description = "The police force that asks", maxLength = 100, example = "North") @Nullable
                String reportingForce,
        @Schema(description = "Somebody's life may be in danger; false when left out", example = "false") @Nullable
                Boolean threatToLife,
        @Schema(description = "The reporter's own number", maxLength = 200, example = "N/2026/4711") @Nullable
                String reporterReference) {

    Map<String, String> fields() {
        Map<String, String> fields = new HashMap<>();
        put(fields, FlagRules.URL, url);
        put(fields, FlagRules.REASON, reason);
        put(fields, FlagRules.CATEGORY, category);
        put(fields, FlagRules.SOURCE, source);
        put(fields, FlagRules.REPORTING_FORCE, reportingForce);
        put(fields, FlagRules.THREAT_TO_LIFE, threatToLife);
        put(fields, FlagRules.REPORTER_REFERENCE, reporterReference);
        return fields;
    }

    private static void put(Map<String, String> fields, String name, @Nullable Object value) {
        if (value != null) {
            fields.put(name, value.toString());
        }
    }
}
