package org.takedownhub.platform.mail;

import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.io.OutputStream;
import java.util.Optional;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.takedownhub.platform.PlatformUnavailable;
import org.takedownhub.platform.mail.MailSettings.Login;

/**
 * Hands one mail to the relay (RFC 5321). Until the relay lets the text come (354) nothing can have been taken; from
 * then on only the relay's own word tells, and without it nobody knows.
 */
final class Smtp {

    private static final Logger LOG = LoggerFactory.getLogger(Smtp.class);

    private static final int PERMANENT = 500;
    private static final int TRANSIENT = 400;

    private final MailSettings settings;

    Smtp(MailSettings settings) {
        this.settings = settings;
    }

    /** What became of a mail. */
    sealed interface Outcome {}

    /** @param receipts whether the relay promises to pass on our wish for delivery reports (RFC 3461) */
    record Taken(boolean receipts) implements Outcome {}

    /** The address is not taken, for good. */
    record RecipientRefused(int code) implements Outcome {}

    /** The text is not taken, for good. */
    record TextRefused(int code) implements Outcome {}

    /** The text went out and no word came back. */
    record NobodyKnows() implements Outcome {}

    /** Writes a mail in a session that is about to be used. */
    @FunctionalInterface
    interface Draft {
        SMTPMessage in(Session session) throws MessagingException;
    }

    /**
     * @param envelopeId what delivery reports give back to us (ENVID, RFC 3461), printable ASCII without + and =
     * @throws PlatformUnavailable the mail certainly was not taken
     */
    Outcome send(Draft draft, String envelopeId) {
        try (LimitedSockets sockets = new LimitedSockets(settings.wholeCall())) {
            Session session = MailServers.session("smtp", settings.smtp(), settings, sockets);
            Watched transport = new Watched(session);
            boolean receipts;
            SMTPMessage message;
            try {
                message = draft.in(session);
                connect(transport);
                receipts = transport.supportsExtension("DSN");
                if (receipts) {
                    message.setMailExtension("ENVID=" + envelopeId);
                }
                message.saveChanges();
            } catch (MessagingException e) {
                throw unavailable(e);
            }
            try {
                return send(transport, message, receipts);
            } finally {
                leave(transport);
            }
        }
    }

    /** What became of the mail is known by now, or never will be: how the good-bye goes changes nothing. */
    private static void leave(Watched transport) {
        try {
            transport.close();
        } catch (MessagingException e) {
            LOG.debug("The mail relay was left without a good-bye", e);
        }
    }

    /** @throws PlatformUnavailable the relay does not let us in */
    void check() {
        try (LimitedSockets sockets = new LimitedSockets(settings.wholeCall());
                Watched transport = new Watched(MailServers.session("smtp", settings.smtp(), settings, sockets))) {
            connect(transport);
        } catch (MessagingException e) {
            throw unavailable(e);
        }
    }

    private void connect(Watched transport) throws MessagingException {
        Optional<Login> login = settings.smtpLogin();
        if (login.isEmpty()) {
            transport.connect(settings.smtp().host(), settings.smtp().port(), null, null);
            return;
        }
        String password = login.get()
                .password()
                .value()
                .orElseThrow(() -> new PlatformUnavailable(
                        login.get().password().setting() + " names a place that holds no password", Optional.empty()));
        transport.connect(
                settings.smtp().host(), settings.smtp().port(), login.get().name(), password);
    }

    private Outcome send(Watched transport, SMTPMessage message, boolean receipts) {
        try {
            transport.sendMessage(message, message.getAllRecipients());
            return new Taken(receipts);
        } catch (MessagingException e) {
            return failed(transport, e);
        }
    }

    private Outcome failed(Watched transport, MessagingException failure) {
        int ofRecipient = 0;
        int ofText = 0;
        for (Exception e = failure; e instanceof MessagingException messaging; e = messaging.getNextException()) {
            if (e instanceof SMTPAddressFailedException address) {
                ofRecipient = address.getReturnCode();
            } else if (e instanceof SMTPSendFailedException text) {
                ofText = text.getReturnCode();
            }
        }
        if (!transport.textBegun) {
            if (ofRecipient >= PERMANENT) {
                return new RecipientRefused(ofRecipient);
            }
            throw unavailable(failure);
        }
        // 4yz and 5yz after the text: the relay says that it did not take it. Anything else says nothing.
        if (ofText >= PERMANENT) {
            return new TextRefused(ofText);
        }
        if (ofText >= TRANSIENT) {
            throw unavailable(failure);
        }
        return new NobodyKnows();
    }

    /** A server's words may repeat what it was told; only the kind of failure and its code go on. */
    private PlatformUnavailable unavailable(MessagingException failure) {
        String relay = settings.smtp().host() + ":" + settings.smtp().port();
        if (failure instanceof AuthenticationFailedException) {
            String setting = settings.smtpLogin()
                    .map(login -> login.password().setting())
                    .orElse("secret");
            return new PlatformUnavailable(
                    "The mail relay " + relay + " refuses our sign-in: mend " + setting, failure);
        }
        int code = 0;
        for (Exception e = failure; e instanceof MessagingException messaging; e = messaging.getNextException()) {
            if (e instanceof SMTPAddressFailedException address) {
                code = address.getReturnCode();
            } else if (e instanceof SMTPSendFailedException refused) {
                code = refused.getReturnCode();
            } else if (e instanceof org.eclipse.angus.mail.smtp.SMTPSenderFailedException sender) {
                code = sender.getReturnCode();
            }
        }
        return new PlatformUnavailable(
                code > 0
                        ? "The mail relay " + relay + " answered " + code
                        : "The mail relay " + relay + " cannot be reached ("
                                + failure.getClass().getSimpleName() + ")",
                failure);
    }

    /** Knows whether the text may have left: the line between the two kinds of failure. */
    private static final class Watched extends SMTPTransport {

        private boolean textBegun;

        Watched(Session session) {
            super(session, new URLName("smtp", null, -1, null, null, null));
        }

        @Override
        protected OutputStream data() throws MessagingException {
            OutputStream text = super.data();
            textBegun = true;
            return text;
        }

        @Override
        public synchronized void sendMessage(jakarta.mail.Message message, Address[] addresses)
                throws MessagingException {
            textBegun = false;
            super.sendMessage(message, addresses);
        }
    }
}
