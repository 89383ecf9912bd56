package org.takedownhub.platform;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.takedownhub.clock.ClockSpeed;
import org.takedownhub.platform.Submissions.Sent;

/**
 * Asks platforms that tell their reporters what they decided. Soon after the report often, then less and less; what a
 * platform says twice is told once, by whoever listens.
 */
@Component
public class Replies {

    private static final Logger LOG = LoggerFactory.getLogger(Replies.class);

    private static final int ROUND = 100;
    private static final Duration SHORTEST = Duration.ofMinutes(5);
    private static final Duration LONGEST = Duration.ofHours(6);
    private static final int SHARE = 10;

    private final Submissions submissions;
    private final Platforms platforms;
    private final Bulkheads bulkheads;
    private final ContentSource contents;
    private final PlatformHealth health;
    private final ObjectProvider<PlatformReplyListener> listeners;
    private final WorkerSettings workers;
    private final Clock clock;
    private final ClockSpeed speed;
    private final TransactionTemplate transaction;
    private final Set<String> busy = ConcurrentHashMap.newKeySet();

    Replies(
            Submissions submissions,
            Platforms platforms,
            Bulkheads bulkheads,
            ContentSource contents,
            PlatformHealth health,
            ObjectProvider<PlatformReplyListener> listeners,
            WorkerSettings workers,
            Clock clock,
            ClockSpeed speed,
            PlatformTransactionManager transactions) {
        this.submissions = submissions;
        this.platforms = platforms;
        this.bulkheads = bulkheads;
        this.contents = contents;
        this.health = health;
        this.listeners = listeners;
        this.workers = workers;
        this.clock = clock;
        this.speed = speed;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Scheduled(fixedDelayString = "PT1S")
    void scheduled() {
        if (workers.enabled()) {
            run();
        }
    }

    /** One round: hands what is due to the platforms' threads. Does not wait for them. */
    public void run() {
        List<String> talkative = platforms.all().stream()
                .filter(Platform::repliesToReports)
                .map(Platform::instance)
                .toList();
        if (talkative.isEmpty()) {
            return;
        }
        submissions.repliesDue(talkative, clock.instant(), ROUND).stream()
                .collect(Collectors.groupingBy(Sent::platform))
                .forEach((instance, due) -> {
                    if (busy.add(instance) && !bulkheads.offer(instance, () -> ask(instance, due))) {
                        busy.remove(instance);
                    }
                });
    }

    private void ask(String instance, List<Sent> due) {
        try {
            Instant now = clock.instant();
            List<Sent> ours = due.stream()
                    .filter(sent -> Boolean.TRUE.equals(transaction.execute(
                            status -> submissions.askAgain(sent, now, now.plus(interval(sent, now))))))
                    .toList();
            List<SentReport> reports = new ArrayList<>();
            List<Sent> asked = new ArrayList<>();
            for (Sent sent : ours) {
                contents.find(sent.about(), instance).ifPresent(content -> {
                    reports.add(sent.with(content));
                    asked.add(sent);
                });
            }
            if (!reports.isEmpty()) {
                tell(asked, platforms.require(instance).repliesTo(reports));
                health.answered(instance);
            }
        } catch (PlatformUnavailable e) {
            health.failed(instance, Optional.ofNullable(e.getMessage()).orElse("unavailable"));
        } catch (RuntimeException e) {
            LOG.error("Asking {} what became of {} reports broke off", instance, due.size(), e);
        } finally {
            busy.remove(instance);
        }
    }

    private void tell(List<Sent> asked, List<List<PlatformReply>> replies) {
        for (int i = 0; i < Math.min(asked.size(), replies.size()); i++) {
            Sent sent = asked.get(i);
            for (PlatformReply reply : replies.get(i)) {
                tell(sent, reply);
            }
        }
    }

    private void tell(Sent sent, PlatformReply reply) {
        try {
            listeners.forEach(listener -> listener.replied(sent.about(), sent.recipientNumber(), reply));
        } catch (RuntimeException e) {
            LOG.warn("Could not tell what {} replied about {}; it is told again", sent.platform(), sent.about(), e);
        }
    }

    private Duration interval(Sent sent, Instant now) {
        Duration wanted = Duration.between(sent.sentAt(), now).dividedBy(SHARE);
        Duration shortest = speed.scaled(SHORTEST);
        Duration longest = speed.scaled(LONGEST);
        if (wanted.compareTo(shortest) < 0) {
            return shortest;
        }
        return wanted.compareTo(longest) > 0 ? longest : wanted;
    }
}
