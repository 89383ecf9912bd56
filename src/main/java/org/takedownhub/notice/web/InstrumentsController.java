package org.takedownhub.notice.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.takedownhub.casefile.Category;
import org.takedownhub.clock.DeadlinePolicies;
import org.takedownhub.clock.DeadlinePolicy;
import org.takedownhub.clock.DeadlineQuestion;
import org.takedownhub.notice.InstrumentEntry;
import org.takedownhub.notice.Instruments;

/** The register of instruments, as anybody may read it who works here. */
@RestController
@Tag(name = "Instruments")
class InstrumentsController {

    private final Instruments instruments;
    private final DeadlinePolicies policies;

    InstrumentsController(Instruments instruments, DeadlinePolicies policies) {
        this.instruments = instruments;
        this.policies = policies;
    }

    @GetMapping("/api/v1/instruments")
    @Operation(
            summary = "The instruments there are",
            description =
                    "Every dated entry of the register, with what a notice must contain. Clock, period and pause are"
                            + " those for content seen first and without threat to life, of the first category it fits.")
    List<Body> list() {
        return instruments.all().stream().map(this::body).toList();
    }

    private Body body(InstrumentEntry entry) {
        Category category =
                entry.categories().stream().findFirst().map(Category::valueOf).orElse(Category.OTHER);
        DeadlinePolicy policy = policies.policyFor(new DeadlineQuestion(entry.instrument(), category, false));
        return new Body(
                entry.instrument().name(),
                entry.label(),
                entry.issuedBy(),
                entry.categories(),
                entry.platforms(),
                entry.demands().stream()
                        .map(demand -> new DemandBody(demand.element(), demand.section(), demand.unverified()))
                        .toList(),
                entry.recipients(),
                policy.startEvent().name(),
                policy.period().isZero() ? null : policy.period().toString(),
                policy.unit().name(),
                policy.pauseRule().name(),
                entry.reviewRight().isEmpty() ? null : entry.reviewRight(),
                entry.reviewWindow().map(Object::toString).orElse(null),
                entry.reviewDecision().map(Object::toString).orElse(null),
                entry.afterReview().map(Object::toString).orElse(null),
                entry.consequences().isEmpty() ? null : entry.consequences(),
                entry.legalReference(),
                entry.inForceFrom(),
                entry.inForceTo().orElse(null),
                entry.verifiedBy().isEmpty() ? null : entry.verifiedBy(),
                entry.verifiedAt().orElse(null),
                entry.unverified().isEmpty() ? null : entry.unverified(),
                entry.advice().isEmpty() ? null : entry.advice(),
                entry.version());
    }

    /** @param version of the table */
    @Schema(name = "Instrument")
    record Body(
            @Schema(example = "WEAPONS_REMOVAL_NOTICE") String instrument,
            String label,
            @Schema(description = "The group whose members may issue it") String issuedBy,
            @Schema(description = "Empty: all") List<String> categories,
            @Schema(description = "Empty: all") List<String> platforms,
            @Schema(description = "What must be in a notice") List<DemandBody> mandatory,
            @Schema(description = "Roles") List<String> recipients,
            String startEvent,
            @Schema(description = "ISO 8601; where unit is NONE it is the hub's own target, no duty") @Nullable
                    String period,
            String unit,
            String pauseRule,
            @Nullable String reviewRight,
            @Nullable String reviewWindow,
            @Nullable String reviewDecision,
            @Nullable String afterReview,
            @Nullable String consequences,
            String legalReference,
            LocalDate inForceFrom,
            @Nullable LocalDate inForceTo,
            @Nullable String verifiedBy,
            @Nullable LocalDate verifiedAt,
            @Schema(description = "What nobody has checked against the law; marked [BG] in the table") @Nullable
                    String unverified,
            @Nullable String advice,
            int version) {}

    @Schema(name = "MandatoryElement")
    record DemandBody(String element, String section, boolean unverified) {}
}
