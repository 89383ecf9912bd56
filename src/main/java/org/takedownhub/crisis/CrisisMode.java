package org.takedownhub.crisis;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.platform.WorkerSettings;
import org.takedownhub.process.Transactions;
import org.takedownhub.process.Urgency;

/**
 * Declaring a crisis, and its end: by itself when its time is over, or earlier by a manager. Only the priority of tasks
 * follows from it; deadlines stay what the law and the hub's policy made them.
 */
@Component
public class CrisisMode {

    private static final Logger LOG = LoggerFactory.getLogger(CrisisMode.class);

    /** A capture may be written down a while after it was made; twice the longest of that. */
    private static final Duration RECENT = Duration.ofMinutes(15);

    private final Crises crises;
    private final CaseTexts texts;
    private final Urgency urgency;
    private final Transactions transactions;
    private final CrisisSettings settings;
    private final WorkerSettings workers;
    private final Clock clock;

    CrisisMode(
            Crises crises,
            CaseTexts texts,
            Urgency urgency,
            Transactions transactions,
            CrisisSettings settings,
            WorkerSettings workers,
            Clock clock) {
        this.crises = crises;
        this.texts = texts;
        this.urgency = urgency;
        this.transactions = transactions;
        this.settings = settings;
        this.workers = workers;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "PT20S")
    void scheduled() {
        if (workers.enabled()) {
            run();
        }
    }

    /** The latest end that a crisis may be given now. */
    public Instant latestEnd() {
        return clock.instant().plus(settings.longest());
    }

    /**
     * Declares a crisis and raises what it is about already.
     *
     * @param priority empty for the usual one
     * @param endsAt   later than now, at most {@link #latestEnd()}
     */
    public Crisis declare(
            List<String> names, List<String> tags, String reason, Optional<Integer> priority, Instant endsAt) {
        String id = transactions.run(
                () -> crises.declare(Terms.of(names, tags), reason, priority.orElse(settings.priority()), endsAt));
        find(id).ifPresent(crisis -> gather(crisis, Instant.EPOCH));
        return find(id).orElseThrow();
    }

    /**
     * Ends a crisis before its time.
     *
     * @return false when it is over already
     */
    public boolean end(Crisis crisis) {
        boolean cut = transactions.run(() -> crises.cutShort(crisis));
        if (cut) {
            lower(crisis);
        }
        return cut;
    }

    /** All crises, the newest first. */
    public List<Crisis> all(int limit) {
        return crises.all(limit);
    }

    public Optional<Crisis> find(String crisisId) {
        return crises.find(crisisId);
    }

    /** One round: lowers what is over, and raises what has come to be about a crisis. */
    public void run() {
        crises.over().forEach(this::lower);
        Instant since = clock.instant().minus(RECENT);
        crises.raising().forEach(crisis -> gather(crisis, since));
    }

    private void gather(Crisis crisis, Instant capturedSince) {
        Terms terms = Crises.terms(crisis);
        for (CaseReference reference : texts.openWithout(crisis.crisisId())) {
            if (terms.match(texts.written(reference)) || terms.match(texts.captured(reference, capturedSince))) {
                raise(crisis, reference);
            }
        }
    }

    private void raise(Crisis crisis, CaseReference reference) {
        try {
            transactions.run(() -> {
                boolean joined = crises.join(crisis, reference);
                if (joined) {
                    urgency.refresh(reference);
                }
                return joined;
            });
        } catch (DuplicateKeyException faster) {
            LOG.debug("Another node has raised case {}", reference);
        }
    }

    /** A node that stops in between leaves the rest to the next round. */
    private void lower(Crisis crisis) {
        for (CaseReference reference : crises.stillRaised(crisis)) {
            transactions.run(() -> {
                boolean left = crises.leave(crisis, reference);
                if (left) {
                    urgency.refresh(reference);
                }
                return left;
            });
        }
        transactions.run(() -> {
            crises.ended(crisis);
            return true;
        });
        LOG.info("Crisis {} is over; its cases are back at their own priority", crisis.crisisId());
    }
}
