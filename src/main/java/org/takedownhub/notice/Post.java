package org.takedownhub.notice;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.mail.MailAuthenticationException;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionTemplate;
import org.takedownhub.notice.Letters.Sending;
import org.takedownhub.platform.BackOff;
import org.takedownhub.platform.Bulkheads;
import org.takedownhub.platform.Node;
import org.takedownhub.platform.WorkerSettings;

/**
 * Hands queued letters to the mail server: plain text, no attachments, each once. A letter of which nobody knows whether
 * the server took it is left to a person.
 */
@Component
public class Post {

    private static final Logger LOG = LoggerFactory.getLogger(Post.class);

    private static final int ROUND = 20;
    private static final int PERMANENT = 500;

    private final Letters letters;
    private final Optional<JavaMailSender> mail;
    private final MailSettings settings;
    private final Bulkheads bulkheads;
    private final WorkerSettings workers;
    private final Node node;
    private final Clock clock;
    private final TransactionTemplate transaction;
    private final ObjectProvider<PrivateLine> privateLines;
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();

    Post(
            Letters letters,
            ObjectProvider<JavaMailSender> mail,
            MailSettings settings,
            Bulkheads bulkheads,
            WorkerSettings workers,
            Node node,
            Clock clock,
            PlatformTransactionManager transactions,
            ObjectProvider<PrivateLine> privateLines) {
        this.privateLines = privateLines;
        this.letters = letters;
        this.mail = Optional.ofNullable(mail.getIfAvailable());
        this.settings = settings;
        this.bulkheads = bulkheads;
        this.workers = workers;
        this.node = node;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
        this.mail.ifPresent(this::limitTime);
    }

    @Scheduled(fixedDelayString = "PT2S")
    void scheduled() {
        if (workers.enabled()) {
            run();
        }
    }

    @TransactionalEventListener
    void queued(LetterQueued queued) {
        if (workers.enabled()) {
            offer(queued.key());
        }
    }

    /** One round: settles what a dead worker left and hands on what is due. Does not wait for the mail server. */
    public void run() {
        if (mail.isPresent()) {
            markOrphans();
            letters.due(clock.instant(), ROUND).forEach(this::offer);
        }
    }

    private void markOrphans() {
        // connecting, greeting, every command and the text: each has the time limit to itself
        Instant longAgo = clock.instant().minus(settings.timeout().multipliedBy(20));
        letters.underWay().stream()
                .filter(sending ->
                        node.isGone(sending.worker()) || sending.since().isBefore(longAgo))
                .filter(sending -> !underWay.contains(sending.letter().key()))
                .forEach(sending -> transaction.executeWithoutResult(status ->
                        letters.uncertain(sending, "The hub stopped while it was being sent, at " + sending.since())));
    }

    private void offer(String key) {
        if (underWay.add(key) && !bulkheads.offer(Bulkheads.MAIL, () -> send(key))) {
            underWay.remove(key);
        }
    }

    private void send(String key) {
        try {
            Optional<Sending> claimed = transaction.execute(status -> letters.claim(key, node.worker()));
            if (claimed != null && claimed.isPresent()) {
                send(claimed.get());
            }
        } finally {
            underWay.remove(key);
        }
    }

    private void send(Sending sending) {
        try {
            JavaMailSender server = mail.orElseThrow();
            server.send(message(server, sending.letter()));
            transaction.executeWithoutResult(status -> letters.sent(sending));
        } catch (MessagingException | UnsupportedEncodingException e) {
            file(sending, "It cannot be written as mail");
        } catch (MailAuthenticationException e) {
            postpone(sending, "The mail server refused our sign-in");
        } catch (MailSendException e) {
            refused(sending, e);
        } catch (MailException e) {
            LOG.warn("Letter {} broke off", sending.letter().key(), e);
            uncertain(sending, "Sending broke off");
        }
    }

    /** Only the server's own refusal, or no connection at all, is certain. */
    private void refused(Sending sending, MailSendException failure) {
        Throwable cause = failure.getCause();
        if (failure.getFailedMessages().isEmpty()) {
            // All that failed was saying good-bye.
            transaction.executeWithoutResult(status -> letters.sent(sending));
            return;
        }
        if (cause != null && failure.getFailedMessages().containsValue(cause)) {
            postpone(sending, "The mail server could not be reached");
            return;
        }
        int code = failure.getFailedMessages().values().stream()
                .mapToInt(Post::refusal)
                .max()
                .orElse(0);
        if (code >= PERMANENT) {
            file(sending, "The mail server refused it with code " + code);
        } else if (code > 0) {
            postpone(sending, "The mail server put it off with code " + code);
        } else {
            LOG.warn("Letter {} broke off", sending.letter().key(), failure);
            uncertain(sending, "The connection broke off");
        }
    }

    /** The server's answer to sender, recipient or text (RFC 5321, section 4.2), 0 if it gave none. */
    private static int refusal(Exception failure) {
        int code = 0;
        for (Exception e = failure; e instanceof MessagingException messaging; e = messaging.getNextException()) {
            if (e instanceof SMTPAddressFailedException address) {
                code = Math.max(code, address.getReturnCode());
            } else if (e instanceof SMTPSenderFailedException sender) {
                code = Math.max(code, sender.getReturnCode());
            } else if (e instanceof SMTPSendFailedException text) {
                code = Math.max(code, text.getReturnCode());
            }
        }
        return code;
    }

    private void postpone(Sending sending, String why) {
        Instant now = clock.instant();
        if (now.isBefore(sending.letter().writtenAt().plus(settings.giveUpAfter()))) {
            Duration pause = BackOff.after(sending.tries());
            transaction.executeWithoutResult(status -> letters.postpone(sending, now.plus(pause), why));
        } else {
            file(sending, why);
        }
    }

    private void file(Sending sending, String why) {
        transaction.executeWithoutResult(status -> letters.file(sending, why));
    }

    private void uncertain(Sending sending, String why) {
        transaction.executeWithoutResult(status -> letters.uncertain(sending, why));
    }

    private MimeMessage message(JavaMailSender server, Letter letter)
            throws MessagingException, UnsupportedEncodingException {
        InternetAddress to =
                MailAddress.parse(letter.address().orElse("")).orElseThrow(() -> new MessagingException("no address"));
        to.setPersonal(MailAddress.line(letter.addressee()), StandardCharsets.UTF_8.name());
        MimeMessage message = server.createMimeMessage();
        message.setFrom(new InternetAddress(settings.from(), true));
        message.setRecipient(MimeMessage.RecipientType.TO, to);
        message.setSubject(MailAddress.line(letter.subject()), StandardCharsets.UTF_8.name());
        message.setSentDate(Date.from(letter.writtenAt()));
        // The same letter always has the same id, so that a mail server or a reader can drop a second copy.
        message.setHeader("Message-ID", messageId(letter));
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setText(body(letter), StandardCharsets.UTF_8.name());
        return message;
    }

    private String body(Letter letter) {
        if (!letter.body().contains(PrivateLine.PLACE)) {
            return letter.body();
        }
        String line = privateLines
                .orderedStream()
                .flatMap(lines -> lines.of(letter).stream())
                .findFirst()
                .orElse("");
        return letter.body().replace(PrivateLine.PLACE, line);
    }

    private String messageId(Letter letter) {
        String domain = settings.from().substring(settings.from().indexOf('@') + 1);
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(letter.key().getBytes(StandardCharsets.UTF_8));
            return "<" + HexFormat.of().formatHex(digest, 0, 16) + "@" + domain + ">";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** Without these a mail server that says nothing would be waited for without end. */
    private void limitTime(JavaMailSender sender) {
        if (sender instanceof JavaMailSenderImpl server) {
            Properties properties = server.getJavaMailProperties();
            String limit = Long.toString(settings.timeout().toMillis());
            for (String protocol : Set.of("smtp", "smtps")) {
                for (String step : Set.of("connectiontimeout", "timeout", "writetimeout")) {
                    properties.putIfAbsent("mail." + protocol + "." + step, limit);
                }
            }
        }
    }
}
