package org.takedownhub.platform.mail;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.internet.ParseException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UnsupportedEncodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A mail that came in, read with no trust in any of it.
 *
 * @param messageKey  the same for the same mail, also when it arrives twice on different ways
 * @param messageId   its own Message-ID without angle brackets
 * @param tokens      of our reply addresses that it was sent to
 * @param messageIds  that it says it answers, without angle brackets
 * @param automatic   written by a machine (RFC 3834, and what was usual before)
 * @param delivery    when it is a delivery report
 * @param text        plain, in full
 * @param ticket      the number that the other side seems to have given it
 * @param dkim        what our own mail server says about its signature: {@code pass}, {@code fail} …, or {@code unknown}
 */
record ReceivedMail(
        String messageKey,
        Optional<String> messageId,
        String sender,
        String subject,
        Set<String> tokens,
        Set<String> messageIds,
        boolean automatic,
        Optional<DeliveryStatus> delivery,
        String text,
        int attachments,
        Optional<String> ticket,
        String dkim) {

    private static final int DEEPEST = 8;
    private static final int MOST_PARTS = 100;
    private static final int MOST_IDS = 50;
    private static final List<String> SENT_TO =
            List.of("Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "To", "Cc");
    private static final Pattern ID = Pattern.compile("<([^<>\\s]{3,120})>");
    private static final Pattern DKIM = Pattern.compile("\\bdkim=([a-z]{1,20})");
    private static final Pattern TICKET = Pattern.compile(
            "(?:\\[#?|#|\\b(?:ticket|case|report|incident|ref|reference)(?: (?:number|no|id))?[ :.#-]{1,3})"
                    + "([A-Z0-9](?:[A-Z0-9-]{0,30}[A-Z0-9])?)\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern OURS = Pattern.compile("TH-[0-9]{4}-[0-9]{1,12}");

    /**
     * @param authServer in lower case: whose word about signatures counts
     * @throws MessagingException it cannot be read as a mail at all
     */
    static ReceivedMail read(byte[] raw, Tokens tokens, Optional<String> authServer) throws MessagingException {
        MimeMessage message = new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(raw));
        Body body = new Body();
        body.readWhatCanBeRead(message);
        Set<String> sentTo = new LinkedHashSet<>();
        SENT_TO.forEach(header -> values(message, header).forEach(value -> sentTo.addAll(tokens.in(value))));
        Set<String> answered = new LinkedHashSet<>();
        Stream.of("In-Reply-To", "References")
                .flatMap(header -> values(message, header))
                .forEach(value -> answered.addAll(ids(value)));
        answered.addAll(body.returnedIds);
        String subject = SafeText.line(
                decoded(SafeText.cut(values(message, "Subject").findFirst().orElse(""), 2000)), 300);
        String text = body.text();
        Optional<String> messageId = values(message, "Message-ID")
                .flatMap(value -> ids(value).stream())
                .findFirst();
        String sender = sender(message);
        return new ReceivedMail(
                messageKey(raw, messageId),
                messageId,
                sender,
                subject,
                sentTo,
                answered,
                automatic(message) && !isMailer(sender),
                body.delivery,
                text,
                body.attachments,
                ticket(subject).or(() -> ticket(text.substring(0, Math.min(text.length(), 2000)))),
                dkim(message, authServer));
    }

    private static Stream<String> values(Part part, String header) {
        try {
            String @Nullable [] values = part.getHeader(header);
            return values == null ? Stream.empty() : Arrays.stream(values).limit(20);
        } catch (MessagingException e) {
            return Stream.empty();
        }
    }

    private static List<String> ids(String value) {
        return ID.matcher(value)
                .results()
                .map(match -> match.group(1))
                .limit(MOST_IDS)
                .toList();
    }

    private static String decoded(String header) {
        try {
            return MimeUtility.decodeText(MimeUtility.unfold(header));
        } catch (UnsupportedEncodingException e) {
            return header;
        }
    }

    private static String sender(MimeMessage message) {
        String from = values(message, "From").findFirst().orElse("");
        try {
            InternetAddress[] parsed = InternetAddress.parseHeader(from, false);
            if (parsed.length > 0 && parsed[0].getAddress() != null) {
                return SafeText.line(parsed[0].getAddress(), 320);
            }
        } catch (AddressException e) {
            return SafeText.line(from, 320);
        }
        return SafeText.line(from, 320);
    }

    /** A mail server that reports in free words: no receipt, a person reads it. */
    private static boolean isMailer(String sender) {
        String name = sender.toLowerCase(Locale.ROOT);
        return name.startsWith("mailer-daemon@") || name.startsWith("postmaster@");
    }

    private static boolean automatic(MimeMessage message) {
        boolean submitted = values(message, "Auto-Submitted")
                .anyMatch(value -> !value.strip().toLowerCase(Locale.ROOT).startsWith("no"));
        boolean precedence = values(message, "Precedence")
                .map(value -> value.strip().toLowerCase(Locale.ROOT))
                .anyMatch(value ->
                        Set.of("auto_reply", "auto-reply", "bulk", "junk").contains(value));
        return submitted
                || precedence
                || Stream.of("X-Autoreply", "X-Autorespond", "X-Autoresponder")
                        .anyMatch(header -> values(message, header).findAny().isPresent());
    }

    private static String dkim(MimeMessage message, Optional<String> authServer) {
        // Only the topmost can be our own server's: whatever stands below came with the mail.
        return authServer
                .flatMap(own -> values(message, "Authentication-Results")
                        .findFirst()
                        .map(value -> MimeUtility.unfold(value).toLowerCase(Locale.ROOT))
                        .filter(value -> value.split("[;\\s]", 2)[0].equals(own)))
                .map(DKIM::matcher)
                .filter(Matcher::find)
                .map(match -> match.group(1))
                .orElse("unknown");
    }

    private static Optional<String> ticket(String text) {
        return TICKET.matcher(text)
                .results()
                .map(match -> match.group(1))
                .limit(20)
                .filter(number -> number.chars().anyMatch(Character::isDigit) && number.length() >= 3)
                .filter(number -> !OURS.matcher(number.toUpperCase(Locale.ROOT)).matches())
                .findFirst();
    }

    private static String messageKey(byte[] raw, Optional<String> messageId) {
        if (messageId.isEmpty()) {
            return Tokens.hash(raw);
        }
        String text = new String(raw, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        byte[] body = end < 0 ? new byte[0] : Arrays.copyOfRange(raw, end, raw.length);
        return Tokens.hash((messageId.get() + "\n" + Tokens.hash(body)).getBytes(StandardCharsets.UTF_8));
    }

    /** The parts of one mail, to a depth and number that no honest mail reaches. */
    private static final class Body {

        private final List<String> plain = new ArrayList<>();
        private final List<String> html = new ArrayList<>();
        private final List<String> returnedIds = new ArrayList<>();
        private Optional<DeliveryStatus> delivery = Optional.empty();
        private int attachments;
        private int parts;
        private boolean broken;

        /** The head says whose answer it is, however broken the rest may be. */
        void readWhatCanBeRead(MimeMessage message) {
            try {
                read(message, 0);
            } catch (MessagingException | IOException e) {
                broken = true;
            }
        }

        private void read(Part part, int depth) throws MessagingException, IOException {
            parts++;
            if (parts > MOST_PARTS || depth > DEEPEST) {
                attachments++;
                return;
            }
            ContentType type = type(part);
            if (type.match("multipart/*")) {
                readParts(part, type, depth);
            } else if (Part.ATTACHMENT.equalsIgnoreCase(disposition(part)) || !type.match("text/*")) {
                attachments++;
            } else if (type.match("text/html")) {
                html.add(text(part, type));
            } else {
                plain.add(text(part, type));
            }
        }

        private void readParts(Part part, ContentType type, int depth) throws MessagingException, IOException {
            if (!(part.getContent() instanceof MimeMultipart multipart)) {
                attachments++;
                return;
            }
            boolean report = type.match("multipart/report")
                    && "delivery-status".equalsIgnoreCase(String.valueOf(type.getParameter("report-type")));
            for (int number = 0; number < multipart.getCount() && parts <= MOST_PARTS; number++) {
                BodyPart child = multipart.getBodyPart(number);
                ContentType childType = type(child);
                if (report && childType.match("message/delivery-status")) {
                    delivery = DeliveryStatus.of(bytes(child));
                } else if (report && (childType.match("message/*") || childType.match("text/rfc822-headers"))) {
                    returned(bytes(child));
                } else {
                    read(child, depth + 1);
                }
            }
        }

        /** The head of our own mail, as a mail server gives it back. */
        private void returned(byte[] mail) throws MessagingException {
            String @Nullable [] values =
                    new InternetHeaders(new ByteArrayInputStream(mail), true).getHeader("Message-ID");
            if (values != null) {
                Arrays.stream(values).limit(5).forEach(value -> returnedIds.addAll(ids(value)));
            }
        }

        String text() {
            String written = SafeText.of(String.join("\n\n", plain));
            String text = written.isEmpty() ? SafeText.ofHtml(String.join("<br>", html)) : written;
            return broken ? "(This mail cannot be read in full: look into the mailbox.)\n" + text : text;
        }

        private static ContentType type(Part part) throws MessagingException {
            try {
                return new ContentType(part.getContentType());
            } catch (ParseException e) {
                return new ContentType("application", "octet-stream", null);
            }
        }

        private static String disposition(Part part) {
            try {
                return String.valueOf(part.getDisposition());
            } catch (MessagingException e) {
                return Part.ATTACHMENT;
            }
        }

        private static String text(Part part, ContentType type) throws MessagingException, IOException {
            return new String(bytes(part), charset(type.getParameter("charset")));
        }

        private static byte[] bytes(Part part) throws MessagingException, IOException {
            try (InputStream stream = part.getInputStream()) {
                return stream.readNBytes(Inbox.LARGEST);
            }
        }

        private static Charset charset(@Nullable String name) {
            try {
                return name == null ? StandardCharsets.UTF_8 : Charset.forName(MimeUtility.javaCharset(name));
            } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
                return StandardCharsets.UTF_8;
            }
        }
    }
}
