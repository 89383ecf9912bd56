package org.takedownhub.platform.mail;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.FetchProfile;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.UIDFolder;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPMessage;
import org.eclipse.angus.mail.imap.IMAPStore;
import org.takedownhub.platform.PlatformUnavailable;
import org.takedownhub.platform.mail.MailSettings.Login;
import org.takedownhub.platform.mail.MailSettings.Server;

/** The mailbox that answers come to (RFC 9051), opened for reading alone: nothing in it is changed or deleted. */
final class Inbox implements AutoCloseable {

    /** So much of a message is read. What is longer is kept in its mailbox, and a person is told. */
    static final int LARGEST = 1024 * 1024;

    private final IMAPStore store;
    private final IMAPFolder folder;

    private Inbox(IMAPStore store, IMAPFolder folder) {
        this.store = store;
        this.folder = folder;
    }

    /**
     * One message.
     *
     * @param bytes      at most {@link #LARGEST}
     * @param whole      false when there is more of it
     * @param receivedAt when our mail server got it, UTC
     */
    record Fetched(long uid, byte[] bytes, boolean whole, long size, Optional<Instant> receivedAt) {}

    static Inbox open(Server server, MailSettings settings, LimitedSockets sockets) throws MessagingException {
        Login login = settings.imapLogin().orElseThrow();
        String password = login.password()
                .value()
                .orElseThrow(() -> new PlatformUnavailable(
                        login.password().setting() + " names a place that holds no password", Optional.empty()));
        IMAPStore store = (IMAPStore)
                MailServers.session("imap", server, settings, sockets).getStore("imap");
        store.connect(server.host(), server.port(), login.name(), password);
        IMAPFolder folder = (IMAPFolder) store.getFolder(settings.folder());
        folder.open(Folder.READ_ONLY);
        return new Inbox(store, folder);
    }

    /** Another value than before: the server has given out its numbers anew (RFC 9051, section 2.3.1.1). */
    long uidValidity() throws MessagingException {
        return folder.getUIDValidity();
    }

    /** The oldest messages with a higher number, without their text. */
    List<Message> after(long uid, int most) throws MessagingException {
        // "n:*" always includes the last message, however low its number
        Message[] found = folder.getMessagesByUID(uid + 1, UIDFolder.LASTUID);
        Message[] newer = Arrays.stream(found)
                .filter(message -> message != null && uid(message) > uid)
                .limit(most)
                .toArray(Message[]::new);
        FetchProfile profile = new FetchProfile();
        profile.add(FetchProfile.Item.SIZE);
        profile.add(IMAPFolder.FetchProfileItem.INTERNALDATE);
        folder.fetch(newer, profile);
        return List.of(newer);
    }

    long uid(Message message) {
        try {
            return folder.getUID(message);
        } catch (MessagingException e) {
            // deleted by somebody since: it is not there to be read
            return -1;
        }
    }

    Fetched fetch(Message message) throws MessagingException, IOException {
        IMAPMessage imap = (IMAPMessage) message;
        imap.setPeek(true);
        try (InputStream stream = imap.getMimeStream()) {
            byte[] bytes = stream.readNBytes(LARGEST + 1);
            boolean whole = bytes.length <= LARGEST;
            return new Fetched(
                    folder.getUID(message),
                    whole ? bytes : Arrays.copyOf(bytes, LARGEST),
                    whole,
                    Math.max(bytes.length, imap.getSize()),
                    Optional.ofNullable(imap.getReceivedDate()).map(Date::toInstant));
        }
    }

    static PlatformUnavailable unavailable(Server server, MailSettings settings, MessagingException failure) {
        String mailbox = server.host() + ":" + server.port();
        return new PlatformUnavailable(
                failure instanceof AuthenticationFailedException
                        ? "The mailbox at " + mailbox + " refuses our sign-in: mend "
                                + settings.imapLogin()
                                        .map(login -> login.password().setting())
                                        .orElse("imap-secret")
                        : "The mailbox at " + mailbox + " cannot be read ("
                                + failure.getClass().getSimpleName() + ")",
                failure);
    }

    @Override
    public void close() throws MessagingException {
        try {
            if (folder.isOpen()) {
                folder.close(false);
            }
        } finally {
            store.close();
        }
    }
}
