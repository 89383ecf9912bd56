package org.takedownhub.platform.mail;

import jakarta.annotation.PreDestroy;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.takedownhub.platform.PlatformHealth;
import org.takedownhub.platform.PlatformReply;
import org.takedownhub.platform.PlatformReplyListener;
import org.takedownhub.platform.PlatformUnavailable;
import org.takedownhub.platform.Platforms;
import org.takedownhub.platform.WorkerSettings;
import org.takedownhub.platform.mail.Inbox.Fetched;
import org.takedownhub.platform.mail.MailSettings.Server;
import org.takedownhub.platform.mail.Received.Entry;
import org.takedownhub.platform.mail.Received.Kind;
import org.takedownhub.platform.mail.Received.Mark;
import org.takedownhub.platform.mail.Received.Untold;
import org.takedownhub.platform.mail.SentMails.Answered;

/**
 * Fetches what came in, finds the mail of ours that it answers, and tells the case. Each mailbox has a thread of its own
 * and is read by one node at a time; each mail is kept once, however often it is read. Mail is easily forged: it is told
 * as somebody's words and settles nothing.
 */
@Component
public class MailPoll {

    private static final Logger LOG = LoggerFactory.getLogger(MailPoll.class);

    private static final int MAILS_PER_POLL = 50;
    private static final int TELLS_PER_ROUND = 50;
    private static final int TRIES_PER_MAIL = 3;
    private static final int LONGEST_BODY = 4000;
    private static final Duration TELL_AGAIN = Duration.ofSeconds(30);

    private final Platforms platforms;
    private final SentMails sent;
    private final Received received;
    private final ObjectProvider<PlatformReplyListener> listeners;
    private final PlatformHealth health;
    private final WorkerSettings workers;
    private final Clock clock;
    private final Map<String, ExecutorService> threads = new ConcurrentHashMap<>();
    private final Set<String> failing = ConcurrentHashMap.newKeySet();
    /** How often a message broke off its poll: by instance and UID. */
    private final Map<String, Integer> broken = new ConcurrentHashMap<>();

    MailPoll(
            Platforms platforms,
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            ObjectProvider<PlatformReplyListener> listeners,
            PlatformHealth health,
            WorkerSettings workers,
            Clock clock) {
        this.platforms = platforms;
        this.sent = new SentMails(jdbc, transactions);
        this.received = new Received(jdbc, transactions);
        this.listeners = listeners;
        this.health = health;
        this.workers = workers;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "PT5S")
    void scheduled() {
        if (workers.enabled()) {
            run();
        }
    }

    @PreDestroy
    void stop() {
        threads.values().forEach(ExecutorService::shutdownNow);
    }

    /** One round: hands each mailbox whose turn it is to its thread. Does not wait for them. */
    public void run() {
        mailboxes().forEach(this::offer);
    }

    private List<MailPlatform> mailboxes() {
        return platforms.all().stream()
                .filter(MailPlatform.class::isInstance)
                .map(MailPlatform.class::cast)
                .filter(platform -> platform.settings().imap().isPresent())
                .toList();
    }

    private void offer(MailPlatform platform) {
        try {
            threads.computeIfAbsent(platform.instance(), MailPoll::thread).execute(() -> round(platform));
        } catch (RejectedExecutionException e) {
            LOG.debug("{} is still being read", platform.instance());
        }
    }

    private static ExecutorService thread(String instance) {
        return new ThreadPoolExecutor(0, 1, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
            Thread thread = new Thread(work, "mailbox-" + instance);
            thread.setDaemon(true);
            return thread;
        });
    }

    private void round(MailPlatform platform) {
        try {
            poll(platform);
            tell();
        } catch (RuntimeException e) {
            LOG.error("Reading the mailbox of {} failed and will be taken up again", platform.instance(), e);
        }
    }

    /** Reads one mailbox, when it is this node's turn. */
    void poll(MailPlatform platform) {
        String instance = platform.instance();
        MailSettings settings = platform.settings();
        Server server = settings.imap().orElseThrow();
        Instant now = clock.instant();
        Duration turn = settings.wholeCall().multipliedBy(2);
        Optional<Mark> mark = received.claim(instance, now, now.plus(turn));
        if (mark.isEmpty()) {
            return;
        }
        try (LimitedSockets sockets = new LimitedSockets(settings.wholeCall());
                Inbox inbox = Inbox.open(server, settings, sockets)) {
            read(platform, inbox, mark.get());
            if (failing.remove(instance)) {
                health.answered(instance);
            }
        } catch (PlatformUnavailable e) {
            failed(instance, e);
        } catch (MessagingException e) {
            failed(instance, Inbox.unavailable(server, settings, e));
        } finally {
            received.nextPoll(instance, clock.instant().plus(settings.pollEvery()));
        }
    }

    private void failed(String instance, PlatformUnavailable reason) {
        failing.add(instance);
        LOG.warn("Answers to {} cannot be fetched: {}", instance, reason.getMessage());
        health.failed(instance, String.valueOf(reason.getMessage()));
    }

    private void read(MailPlatform platform, Inbox inbox, Mark mark) throws MessagingException {
        long validity = inbox.uidValidity();
        long last = mark.lastUid();
        if (validity != mark.uidValidity()) {
            received.restart(platform.instance(), validity);
            last = 0;
        }
        for (Message message : inbox.after(last, MAILS_PER_POLL)) {
            read(platform, inbox, message, validity);
        }
    }

    /** A message that breaks off its poll again and again is left in its mailbox, so that those behind it are read. */
    private void read(MailPlatform platform, Inbox inbox, Message message, long validity) throws MessagingException {
        long uid = inbox.uid(message);
        String place = platform.instance() + " " + validity + "/" + uid;
        if (uid < 0) {
            return;
        }
        if (broken.getOrDefault(place, 0) >= TRIES_PER_MAIL) {
            keepBroken(platform, validity, uid);
            broken.remove(place);
            return;
        }
        broken.merge(place, 1, Integer::sum);
        Fetched fetched;
        try {
            fetched = inbox.fetch(message);
        } catch (IOException e) {
            throw new MessagingException("The message broke off", e);
        }
        broken.remove(place);
        keep(platform, validity, fetched);
    }

    private void keepBroken(MailPlatform platform, long validity, long uid) {
        Instant now = clock.instant();
        byte[] nothing = new byte[0];
        received.keep(
                platform.instance(),
                validity,
                uid,
                unreadable(
                        Tokens.hash((validity + "/" + uid).getBytes(java.nio.charset.StandardCharsets.US_ASCII)),
                        "Message " + uid + " cannot be fetched: look into the mailbox",
                        0,
                        nothing,
                        now),
                now,
                Optional.empty());
    }

    private void keep(MailPlatform platform, long validity, Fetched fetched) {
        Instant now = clock.instant();
        Entry entry = entry(platform, fetched, now);
        boolean tells = entry.answers().isPresent() && entry.kind() != Kind.OWN && entry.kind() != Kind.RELAYED;
        if (received.keep(
                platform.instance(),
                validity,
                fetched.uid(),
                entry,
                now,
                tells ? Optional.of(now) : Optional.empty())) {
            if (entry.answers().isEmpty()) {
                LOG.info("A mail to {} answers none of ours: see the list of unmatched mail", platform.instance());
            }
        }
    }

    private Entry entry(MailPlatform platform, Fetched fetched, Instant now) {
        Instant at = fetched.receivedAt().filter(said -> !said.isAfter(now)).orElse(now);
        MailSettings settings = platform.settings();
        ReceivedMail mail;
        try {
            mail = ReceivedMail.read(fetched.bytes(), new Tokens(settings), settings.authServer());
        } catch (MessagingException | RuntimeException e) {
            // The parser has its own faults, and whoever writes to us can look for them.
            LOG.warn("A mail to {} cannot be read", platform.instance(), e);
            return unreadable(
                    Tokens.hash(fetched.bytes()),
                    "This mail cannot be read: look into the mailbox",
                    fetched.size(),
                    fetched.bytes(),
                    at);
        }
        return entry(platform.instance(), settings, fetched, mail, at);
    }

    private Entry entry(String instance, MailSettings settings, Fetched fetched, ReceivedMail mail, Instant at) {
        boolean own = mail.messageId()
                .filter(id -> mail.sender().equalsIgnoreCase(settings.from()))
                .flatMap(id -> sent.byMessageId(instance, List.of(id)))
                .isPresent();
        Optional<Answered> answered = answered(instance, settings, mail);
        Kind kind = own ? Kind.OWN : kind(fetched, mail, answered);
        answered.ifPresent(report -> learn(report, mail, at));
        return new Entry(
                mail.messageKey(),
                kind,
                answered.map(Answered::messageId),
                mail.sender(),
                mail.subject(),
                mail.dkim(),
                mail.ticket(),
                SafeText.cut(body(kind, mail, answered, fetched), LONGEST_BODY),
                mail.attachments(),
                fetched.size(),
                fetched.bytes(),
                at);
    }

    /** By the address it came to, which nobody can guess; else by what it says it answers. */
    private Optional<Answered> answered(String instance, MailSettings settings, ReceivedMail mail) {
        String domain = MailAddresses.domain(settings.from());
        List<String> envelopeIds = mail.delivery().flatMap(DeliveryStatus::envelopeId).stream()
                .map(id -> id + "@" + domain)
                .toList();
        return sent.byToken(instance, mail.tokens())
                .or(() -> sent.byMessageId(instance, envelopeIds))
                .or(() -> sent.byMessageId(instance, mail.messageIds()));
    }

    private Kind kind(Fetched fetched, ReceivedMail mail, Optional<Answered> answered) {
        if (!fetched.whole()) {
            return Kind.UNREADABLE;
        }
        if (mail.delivery().isPresent()) {
            return Kind.valueOf(mail.delivery().get().action().name());
        }
        // A machine that writes a second time has something else to say than that it has our mail.
        boolean receipt = mail.automatic()
                && answered.filter(report -> received.acknowledged(report.messageId()))
                        .isEmpty();
        return receipt ? Kind.AUTOMATIC : Kind.ANSWER;
    }

    private void learn(Answered report, ReceivedMail mail, Instant at) {
        mail.delivery().ifPresent(delivery -> {
            if (delivery.action() == DeliveryStatus.Action.DELIVERED) {
                sent.delivered(report.messageId(), at);
            }
            if (delivery.addressIsDead()) {
                sent.bury(report.address(), delivery.status(), at);
            }
        });
    }

    private static String body(Kind kind, ReceivedMail mail, Optional<Answered> answered, Fetched fetched) {
        String to = answered.map(Answered::address).orElse("an unknown contact");
        String why = mail.delivery()
                .map(delivery -> (delivery.status().isEmpty() ? "" : " (" + delivery.status() + ")")
                        + (delivery.diagnostic().isEmpty() ? "." : ": " + SafeText.line(delivery.diagnostic(), 300)))
                .orElse(".");
        return switch (kind) {
            case DELIVERED -> "Delivered to the mail server of " + to + why;
            case FAILED -> "The mail to " + to + " could not be delivered" + why;
            case DELAYED -> "The mail to " + to + " is delayed; the mail server goes on trying" + why;
            case RELAYED -> "The mail to " + to + " was handed on to where no proof comes from" + why;
            case OWN -> "Our own mail came back to us.";
            case UNREADABLE -> "A mail from " + mail.sender() + " has " + fetched.size()
                    + " bytes, too long to be read here: look into the mailbox. Subject: " + mail.subject();
            case AUTOMATIC, ANSWER -> (kind == Kind.AUTOMATIC ? "Automatic answer from " : "Mail from ")
                    + mail.sender()
                    + (answered.filter(report -> isStranger(mail.sender(), report.address()))
                                    .isPresent()
                            ? " (not of the domain that was written to)"
                            : "")
                    + mail.ticket().map(number -> ", ticket " + number).orElse("")
                    + ", signature (DKIM): " + mail.dkim()
                    + (mail.attachments() == 0 ? "" : ", attachments, not kept: " + mail.attachments())
                    + ". Subject: " + mail.subject()
                    + "\n\n" + mail.text();
        };
    }

    private static boolean isStranger(String sender, String contact) {
        String ofSender = MailAddresses.domain(sender);
        String ofContact = MailAddresses.domain(contact);
        return !MailAddresses.registrable(ofSender)
                .orElse(ofSender)
                .equals(MailAddresses.registrable(ofContact).orElse(ofContact));
    }

    private static Entry unreadable(String key, String why, long size, byte[] raw, Instant at) {
        return new Entry(
                key, Kind.UNREADABLE, Optional.empty(), "", "", "unknown", Optional.empty(), why, 0, size, raw, at);
    }

    /** Tells the cases what is untold. Whoever listens remembers the key, so telling again changes nothing. */
    void tell() {
        if (listeners.stream().findAny().isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        received.untold(now, TELLS_PER_ROUND).stream()
                .filter(untold -> received.claim(untold, now.plus(TELL_AGAIN)))
                .forEach(this::tell);
    }

    private void tell(Untold untold) {
        PlatformReply reply =
                new PlatformReply(replyKind(untold.kind()), untold.body(), untold.saidAt(), untold.messageKey());
        try {
            sent.recipients(untold.answers()).forEach(recipient -> listeners
                    .orderedStream()
                    .forEach(listener -> listener.replied(recipient.reference(), recipient.number(), reply)));
            received.told(untold.id());
        } catch (RuntimeException e) {
            LOG.warn("Could not tell a case about mail {}, it will be told again", untold.id(), e);
        }
    }

    private static PlatformReply.Kind replyKind(Kind kind) {
        return switch (kind) {
            case DELIVERED -> PlatformReply.Kind.DELIVERED;
            case FAILED -> PlatformReply.Kind.UNDELIVERABLE;
            case AUTOMATIC -> PlatformReply.Kind.ACKNOWLEDGED;
            case DELAYED, ANSWER, UNREADABLE -> PlatformReply.Kind.MESSAGE;
            case RELAYED, OWN -> throw new IllegalStateException("Nobody is told of mail of this kind");
        };
    }
}
