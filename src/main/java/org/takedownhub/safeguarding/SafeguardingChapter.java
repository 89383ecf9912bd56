package org.takedownhub.safeguarding;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.cases.CaseChapter;
import org.takedownhub.pages.Moments;

/** What became of those at risk, on the case. */
@Component
@Order(50)
@Transactional(readOnly = true)
class SafeguardingChapter implements CaseChapter {

    private final Safeguarding safeguarding;

    SafeguardingChapter(Safeguarding safeguarding) {
        this.safeguarding = safeguarding;
    }

    @Override
    public String key() {
        return "safeguarding";
    }

    @Override
    public String title() {
        return "Safeguarding";
    }

    @Override
    public List<?> entries(CaseReference reference) {
        return safeguarding.of(reference).stream()
                .map(referral -> new Entry(
                        referral.referTo(),
                        referral.openedAt(),
                        referral.dueAt(),
                        referral.overdueAt().isPresent(),
                        referral.decision().orElse(null),
                        referral.decidedAt().orElse(null)))
                .toList();
    }

    @Override
    public Optional<Sheet> sheet(CaseReference reference) {
        List<Safeguarding.Referral> referrals = safeguarding.of(reference);
        return referrals.isEmpty()
                ? Optional.empty()
                : Optional.of(new Sheet(
                        List.of("Refer to", "Opened", "Due", "Decision", "Referred to", "Their reference"),
                        referrals.stream()
                                .map(referral -> List.of(
                                        Cell.of(referral.referTo()),
                                        Cell.of(Moments.words(referral.openedAt())),
                                        Cell.of(Moments.words(referral.dueAt())
                                                + (referral.overdueAt().isPresent() ? " (overdue)" : "")),
                                        Cell.of(referral.decision().orElse("open")),
                                        Cell.of(referral.referredTo().orElse("–")),
                                        Cell.of(referral.reference().orElse("–"))))
                                .toList()));
    }

    private record Entry(
            String referTo,
            Instant openedAt,
            Instant dueAt,
            boolean overdue,
            @Nullable String decision,
            @Nullable Instant decidedAt) {}
}
