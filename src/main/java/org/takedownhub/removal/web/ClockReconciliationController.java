package org.takedownhub.removal.web;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.takedownhub.removal.ClockFinding;
import org.takedownhub.removal.Reconciliations;

/** For operators: whether the engine's timers agree with the ledger of clocks. */
@RestController
class ClockReconciliationController {

    private static final int ROUNDS = 10;

    private final Reconciliations rounds;

    ClockReconciliationController(Reconciliations rounds) {
        this.rounds = rounds;
    }

    @GetMapping("/api/v1/clock-reconciliation")
    Report report() {
        return new Report(rounds.rounds(ROUNDS).stream().map(this::round).toList());
    }

    private Round round(Reconciliations.Round round) {
        return new Round(
                round.key(),
                round.startedAt(),
                round.finishedAt().orElse(null),
                round.checked(),
                round.repaired(),
                round.unrepaired(),
                rounds.findings(round.key()).stream().map(Finding::of).toList());
    }

    /** @param rounds the newest first */
    record Report(List<Round> rounds) {}

    record Round(
            String round,
            Instant startedAt,
            @Nullable Instant finishedAt,
            int checked,
            int repaired,
            int unrepaired,
            List<Finding> findings) {}

    /** @param recipient counts the recipients of the case from 0 */
    record Finding(
            String caseReference,
            int recipient,
            String problem,
            @Nullable String timer,
            @Nullable Instant found,
            @Nullable Instant wanted,
            boolean repaired,
            String detail) {

        static Finding of(ClockFinding finding) {
            return new Finding(
                    finding.reference().value(),
                    finding.recipientNumber(),
                    finding.problem().name(),
                    finding.timer().map(Enum::name).orElse(null),
                    finding.found().orElse(null),
                    finding.wanted().orElse(null),
                    finding.repaired(),
                    finding.detail());
        }
    }
}
