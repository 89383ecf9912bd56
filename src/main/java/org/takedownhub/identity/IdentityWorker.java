package org.takedownhub.identity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionTemplate;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.cases.CaseOpened;
import org.takedownhub.platform.Bulkheads;
import org.takedownhub.platform.WorkerSettings;

/** Asks what is due, on threads of its own. Nothing waits for it: a case with a weak key is worked on meanwhile. */
@Component
class IdentityWorker {

    private static final Logger LOG = LoggerFactory.getLogger(IdentityWorker.class);
    private static final int AT_ONCE = 20;

    /** Longer than a whole chain of requests; after that another worker may ask. Asking twice harms nobody. */
    private static final Duration LEASE = Duration.ofMinutes(5);

    private final IdentityQuestions questions;
    private final IdentityResolver resolver;
    private final IdentitySettings settings;
    private final Bulkheads bulkheads;
    private final WorkerSettings workers;
    private final Clock clock;
    private final TransactionTemplate transaction;
    private final Set<CaseReference> busy = ConcurrentHashMap.newKeySet();

    IdentityWorker(
            IdentityQuestions questions,
            IdentityResolver resolver,
            IdentitySettings settings,
            Bulkheads bulkheads,
            WorkerSettings workers,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.questions = questions;
        this.resolver = resolver;
        this.settings = settings;
        this.bulkheads = bulkheads;
        this.workers = workers;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Scheduled(fixedDelayString = "PT5S")
    void scheduled() {
        if (workers.enabled() && settings.enabled()) {
            run();
        }
    }

    @TransactionalEventListener
    void opened(CaseOpened opened) {
        if (workers.enabled()
                && settings.enabled()
                && Question.about(opened.identity()).isPresent()) {
            offer(opened.reference());
        }
    }

    /** One round: hands what is due to the threads. Does not wait for them. */
    void run() {
        questions.due(clock.instant(), AT_ONCE).forEach(this::offer);
    }

    /** Whether nothing is being asked. */
    boolean idle() {
        return busy.isEmpty();
    }

    private void offer(CaseReference reference) {
        if (busy.add(reference) && !bulkheads.offer(Bulkheads.IDENTITY, () -> ask(reference))) {
            busy.remove(reference);
        }
    }

    private void ask(CaseReference reference) {
        try {
            Instant now = clock.instant();
            Optional<Question> question =
                    transaction.execute(status -> questions.lease(reference, now, now.plus(LEASE)));
            if (question != null && question.isPresent()) {
                Resolution resolution = resolver.resolve(question.get());
                transaction.executeWithoutResult(status -> questions.answered(question.get(), resolution));
            }
        } catch (DuplicateKeyException somebodyElse) {
            // The lease runs out, and then the case that was opened meanwhile is found.
            LOG.info("The item of {} was flagged by itself at the same moment; asking again later", reference);
        } finally {
            busy.remove(reference);
        }
    }
}
