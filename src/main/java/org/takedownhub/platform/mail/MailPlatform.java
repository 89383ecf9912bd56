package org.takedownhub.platform.mail;

import jakarta.mail.MessagingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import org.takedownhub.casefile.Channel;
import org.takedownhub.platform.Capture;
import org.takedownhub.platform.Content;
import org.takedownhub.platform.Look;
import org.takedownhub.platform.NeedsPerson;
import org.takedownhub.platform.NoAnswer;
import org.takedownhub.platform.Notice;
import org.takedownhub.platform.Platform;
import org.takedownhub.platform.PlatformUnavailable;
import org.takedownhub.platform.PublicLooks;
import org.takedownhub.platform.Receipt;
import org.takedownhub.platform.ReferralAnswer;
import org.takedownhub.platform.SentReport;
import org.takedownhub.platform.Uncertain;
import org.takedownhub.platform.Vantage;
import org.takedownhub.platform.Vantages;
import org.takedownhub.platform.mail.SentMails.Known;
import org.takedownhub.platform.mail.Smtp.NobodyKnows;
import org.takedownhub.platform.mail.Smtp.Outcome;
import org.takedownhub.platform.mail.Smtp.RecipientRefused;
import org.takedownhub.platform.mail.Smtp.Taken;
import org.takedownhub.platform.mail.Smtp.TextRefused;

/**
 * Notices by mail to the abuse contacts of the host that content lies on, whichever host that is. That the relay took a
 * mail is "sent", not "received": proof of delivery and answers come in through {@link MailPoll}.
 */
final class MailPlatform implements Platform {

    /** Identity kept with a case: who was written to, and with what scope. */
    static final String CONTACT = "abuseContact";

    private static final int MOST_CONTACTS = 5;
    private static final int LONGEST_ANSWER = 4000;

    private final String instance;
    private final MailSettings settings;
    private final Contacts contacts;
    private final SentMails sent;
    private final Smtp smtp;
    private final Tokens tokens;
    private final PublicLooks looks;
    private final Vantages vantages;
    private final Clock clock;

    MailPlatform(
            String instance,
            MailSettings settings,
            Contacts contacts,
            SentMails sent,
            PublicLooks looks,
            Vantages vantages,
            Clock clock) {
        this.looks = looks;
        this.vantages = vantages;
        this.instance = instance;
        this.settings = settings;
        this.contacts = contacts;
        this.sent = sent;
        this.smtp = new Smtp(settings);
        this.tokens = new Tokens(settings);
        this.clock = clock;
    }

    MailSettings settings() {
        return settings;
    }

    @Override
    public String instance() {
        return instance;
    }

    @Override
    public String kind() {
        return MailPlatformFactory.KIND;
    }

    @Override
    public Channel channel() {
        return Channel.MAIL;
    }

    @Override
    public List<String> capabilities() {
        List<String> capabilities = new ArrayList<>(List.of(
                "finds the abuse contacts of any host (RDAP), in the order "
                        + settings.order().stream()
                                .map(scope ->
                                        scope.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                                .collect(Collectors.joining(", ")),
                "sends up to " + settings.noticesPerMail() + " notices to one contact in one mail",
                "asks for proof of delivery"));
        capabilities.add(
                settings.imap().isPresent()
                        ? "reads answers and delivery reports, which never settle a case by themselves"
                        : "does not read answers: imap-host is not set");
        return List.copyOf(capabilities);
    }

    @Override
    public ReferralAnswer refer(Notice notice) {
        return refer(List.of(notice)).get(0);
    }

    /** The contact's address: a threat to life goes alone, so that nothing hides it. */
    @Override
    public Optional<String> group(Notice notice) {
        Optional<String> host = host(notice.content());
        if (notice.threatToLife() || noticesPerReport() == 1 || host.isEmpty()) {
            return Optional.empty();
        }
        try {
            return alive(contacts.of(host.get())).stream().findFirst().map(Contact::address);
        } catch (PlatformUnavailable e) {
            return Optional.empty();
        }
    }

    @Override
    public int noticesPerReport() {
        return settings.noticesPerMail();
    }

    @Override
    public List<ReferralAnswer> refer(List<Notice> notices) {
        Map<String, Known> known = sent
                .known(notices.stream().map(Notice::idempotencyKey).toList())
                .stream()
                .collect(Collectors.toMap(Known::submissionKey, Function.identity()));
        List<Notice> fresh = notices.stream()
                .filter(notice -> !known.containsKey(notice.idempotencyKey()))
                .toList();
        Optional<ReferralAnswer> ofFresh = fresh.isEmpty() ? Optional.empty() : Optional.of(send(fresh));
        return notices.stream()
                .map(notice -> Optional.ofNullable(known.get(notice.idempotencyKey()))
                        .map(MailPlatform::again)
                        .orElseGet(ofFresh::orElseThrow))
                .toList();
    }

    /** The same notice again: nothing is sent, the answer is the same. */
    private static ReferralAnswer again(Known known) {
        return known.sentAt()
                .<ReferralAnswer>map(at -> new Receipt(known.messageId(), at, Map.of()))
                .orElseGet(() -> new Uncertain("A mail with this notice was being sent when the hub stopped. Look for"
                        + " Message-ID " + known.messageId() + " in the relay's log"));
    }

    private ReferralAnswer send(List<Notice> notices) {
        List<Contact> candidates = candidates(notices);
        if (candidates.isEmpty()) {
            return new NeedsPerson("No abuse contact could be found for "
                    + host(notices.get(0).content()).orElse("an address without a host")
                    + " to which a mail may go: find one, or hand the notice in another way");
        }
        String messageId =
                tokens.messageId(notices.stream().map(Notice::idempotencyKey).toList());
        String token = tokens.token(messageId);
        if (!sent.begin(instance, messageId, token, candidates.get(0), notices, clock.instant())) {
            return new Uncertain("Another worker is sending this notice, or died over it. Look for Message-ID "
                    + messageId + " in the relay's log");
        }
        try {
            return send(new ReportMail(messageId, token, notices, clock.instant()), candidates);
        } catch (PlatformUnavailable e) {
            sent.drop(messageId);
            throw e;
        }
    }

    private ReferralAnswer send(ReportMail mail, List<Contact> candidates) {
        List<String> refused = new ArrayList<>();
        for (Contact contact : candidates) {
            if (!refused.isEmpty()) {
                sent.turnTo(mail.messageId(), contact);
            }
            Outcome outcome =
                    smtp.send(session -> mail.to(contact, session, settings, tokens), envelopeId(mail.messageId()));
            if (outcome instanceof Taken) {
                return taken(mail, contact);
            }
            if (outcome instanceof NobodyKnows) {
                return new Uncertain("The mail to " + contact.address() + " went out and the relay did not say whether"
                        + " it took it. Look for Message-ID " + mail.messageId() + " in the relay's log");
            }
            if (outcome instanceof TextRefused text) {
                sent.drop(mail.messageId());
                return new NeedsPerson("The mail relay refuses the text of the mail with code " + text.code()
                        + ": hand the notice in another way");
            }
            refused.add(contact.address() + " (" + ((RecipientRefused) outcome).code() + ")");
        }
        sent.drop(mail.messageId());
        return new NeedsPerson("No abuse contact takes mail: " + String.join(", ", refused)
                + ". Find another, or hand the notice in another way");
    }

    private Receipt taken(ReportMail mail, Contact contact) {
        Instant now = clock.instant();
        sent.sent(mail.messageId(), now);
        return new Receipt(
                mail.messageId(),
                now,
                Map.of(
                        CONTACT,
                        contact.address() + " (" + contact.scope().name().toLowerCase(Locale.ROOT) + ")"));
    }

    /** What all notices have in common, in the order of the first; no address that is known not to exist. */
    private List<Contact> candidates(List<Notice> notices) {
        List<Contact> common = List.of();
        Set<String> hosts = notices.stream()
                .flatMap(notice -> host(notice.content()).stream())
                .collect(Collectors.toCollection(java.util.LinkedHashSet::new));
        if (notices.stream().anyMatch(notice -> host(notice.content()).isEmpty())) {
            return List.of();
        }
        boolean first = true;
        for (String host : hosts) {
            List<Contact> found = contacts.of(host);
            Set<String> addresses = found.stream().map(Contact::address).collect(Collectors.toSet());
            common = first
                    ? found
                    : common.stream()
                            .filter(contact -> addresses.contains(contact.address()))
                            .toList();
            first = false;
        }
        return alive(common).stream().limit(MOST_CONTACTS).toList();
    }

    private List<Contact> alive(List<Contact> found) {
        Set<String> dead = sent.dead(found.stream().map(Contact::address).toList(), clock.instant());
        return found.stream()
                .filter(contact -> !dead.contains(contact.address()))
                .toList();
    }

    private static Optional<String> host(Content content) {
        return Optional.ofNullable(content.url().getHost());
    }

    private static String envelopeId(String messageId) {
        return messageId.substring(0, messageId.indexOf('@'));
    }

    /** The contact we wrote to has the dialogue; whoever else answers, with whatever address, is not written to. */
    @Override
    public boolean takesAnswers() {
        return true;
    }

    @Override
    public void answer(SentReport report, String text) {
        if (text.length() > LONGEST_ANSWER) {
            throw new IllegalArgumentException("An answer has at most " + LONGEST_ANSWER + " characters");
        }
        String about = report.reference();
        String to = sent.byMessageId(instance, List.of(about))
                .orElseThrow(() -> new PlatformUnavailable(
                        "No mail " + about + " is known, so nobody knows whom to answer", Optional.empty()))
                .address();
        String messageId =
                tokens.messageId(List.of(about, Tokens.hash(text.getBytes(StandardCharsets.UTF_8)), "answer"));
        String replyAddress = tokens.replyAddress(tokens.token(about));
        Outcome outcome = smtp.send(
                session -> {
                    SMTPMessage message = ReportMail.blank(session, messageId, to, settings, replyAddress);
                    message.setSubject(
                            "Re: Notice about content [" + report.content().reference() + "]",
                            StandardCharsets.UTF_8.name());
                    message.setSentDate(java.util.Date.from(clock.instant()));
                    message.setHeader("In-Reply-To", "<" + about + ">");
                    message.setHeader("References", "<" + about + ">");
                    message.setText(text, StandardCharsets.UTF_8.name());
                    return message;
                },
                envelopeId(about));
        if (outcome instanceof NobodyKnows) {
            throw new NoAnswer("The answer went out and the mail relay did not say whether it took it");
        }
        if (!(outcome instanceof Taken)) {
            throw new PlatformUnavailable("The mail relay does not take the answer to " + to, Optional.empty());
        }
    }

    /** Mail says nothing about what became of the item: it is looked at as the public sees it. */
    @Override
    public List<Look> look(List<Content> contents) {
        return look(contents, vantages.home());
    }

    @Override
    public List<Look> look(List<Content> contents, Vantage vantage) {
        return looks.look(contents, vantage, PublicLooks.Hints.NONE);
    }

    @Override
    public boolean differsByCountry() {
        return true;
    }

    @Override
    public Capture capture(Content content) {
        throw new PlatformUnavailable("Nothing can be fetched by mail", Optional.empty());
    }

    @Override
    public void checkConnection() {
        tokens.token("connection-check");
        smtp.check();
        settings.imap().ifPresent(server -> {
            try (LimitedSockets sockets = new LimitedSockets(settings.wholeCall());
                    Inbox inbox = Inbox.open(server, settings, sockets)) {
                inbox.uidValidity();
            } catch (MessagingException e) {
                throw Inbox.unavailable(server, settings, e);
            }
        });
    }
}
