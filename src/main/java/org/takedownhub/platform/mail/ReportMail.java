package org.takedownhub.platform.mail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.activation.DataHandler;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import org.takedownhub.casefile.Category;
import org.takedownhub.platform.Notice;

/**
 * A mail as it goes out: a text that a person reads, and the same as JSON for a machine. No media, no officer's name.
 *
 * @param messageId without angle brackets
 */
record ReportMail(String messageId, String token, List<Notice> notices, Instant issuedAt) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_REFERENCES_IN_SUBJECT = 3;
    private static final String GOOD_FAITH =
            "We believe in good faith that what this notice says is accurate and" + " complete.";

    SMTPMessage to(Contact contact, Session session, MailSettings settings, Tokens tokens) throws MessagingException {
        SMTPMessage message = blank(session, messageId, contact.address(), settings, tokens.replyAddress(token));
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setSubject(subject(), StandardCharsets.UTF_8.name());
        message.setSentDate(Date.from(issuedAt));
        MimeBodyPart text = new MimeBodyPart();
        text.setText(text(settings), StandardCharsets.UTF_8.name());
        MimeBodyPart machine = new MimeBodyPart();
        machine.setDataHandler(new DataHandler(new ByteArrayDataSource(json(settings, tokens), "application/json")));
        machine.setFileName("notice.json");
        message.setContent(new MimeMultipart(text, machine));
        return message;
    }

    /** Head and envelope of a mail of ours. Delivery reports go where answers go. */
    static SMTPMessage blank(Session session, String messageId, String to, MailSettings settings, String replyAddress)
            throws MessagingException {
        SMTPMessage message = new Identified(session, messageId);
        try {
            message.setFrom(
                    new InternetAddress(settings.from(), settings.organisation(), StandardCharsets.UTF_8.name()));
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException("Every Java platform has UTF-8", e);
        }
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(to, true));
        message.setReplyTo(new InternetAddress[] {new InternetAddress(replyAddress, true)});
        message.setEnvelopeFrom(replyAddress);
        message.setNotifyOptions(SMTPMessage.NOTIFY_SUCCESS | SMTPMessage.NOTIFY_FAILURE | SMTPMessage.NOTIFY_DELAY);
        message.setReturnOption(SMTPMessage.RETURN_HDRS);
        return message;
    }

    private boolean urgent() {
        return notices.stream().anyMatch(Notice::threatToLife);
    }

    private String subject() {
        List<String> references = notices.stream()
                .map(notice -> notice.content().reference().value())
                .distinct()
                .toList();
        String named = String.join(", ", references.subList(0, Math.min(MOST_REFERENCES_IN_SUBJECT, references.size())))
                + (references.size() > MOST_REFERENCES_IN_SUBJECT ? " …" : "");
        return (urgent() ? "URGENT, threat to life: " : "")
                + (notices.size() == 1 ? "Notice about content" : notices.size() + " notices about content") + " ["
                + named + "]";
    }

    private String text(MailSettings settings) {
        StringBuilder text = new StringBuilder()
                .append("To the abuse or trust and safety team\n\n")
                .append(settings.organisation())
                .append(
                        notices.size() == 1
                                ? " notifies you of the content below.\n"
                                : " notifies you of the " + notices.size()
                                        + " items below. Each is a notice of its own.\n");
        if (urgent()) {
            text.append("There is a threat to life: please act at once.\n");
        }
        int number = 0;
        for (Notice notice : notices) {
            number++;
            text.append('\n')
                    .append(notices.size() == 1 ? "" : number + ". ")
                    .append("Reference: ")
                    .append(notice.content().reference())
                    .append("\nAddress: ")
                    .append(notice.content().url())
                    .append("\nCategory: ")
                    .append(words(notice.category()))
                    .append("\nGround: ")
                    .append(notice.unlawful() ? "unlawful" : "breach of your terms")
                    .append("\n\n")
                    .append(notice.explanation())
                    .append('\n');
        }
        return text.append("\nPlease answer to the address this mail asks to reply to, and leave the reference in your"
                        + " answer: tell us that you have it, what you decided, and ask there if anything is unclear."
                        + " The file notice.json says the same for machines. We attach no media on purpose.\n\n")
                .append(GOOD_FAITH)
                .append("\n\n")
                .append(settings.organisation())
                .append('\n')
                .toString();
    }

    private byte[] json(MailSettings settings, Tokens tokens) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("version", "1");
        root.put("issuedAt", issuedAt.truncatedTo(ChronoUnit.SECONDS).toString());
        root.put("issuer", Map.of("organisation", settings.organisation(), "contact", tokens.replyAddress(token)));
        root.put("correlation", Map.of("replyToken", token));
        root.put("goodFaithStatement", GOOD_FAITH);
        root.put("notices", notices.stream().map(ReportMail::entry).toList());
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A notice of plain words cannot be written as JSON", e);
        }
    }

    private static Map<String, Object> entry(Notice notice) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("noticeId", notice.idempotencyKey());
        entry.put("reference", notice.content().reference().value());
        entry.put(
                "target",
                Map.of(
                        "canonicalKey", notice.content().key().value(),
                        "urls", List.of(notice.content().url().toString())));
        entry.put("category", Map.of("own", notice.category().name(), "dsa", dsa(notice.category())));
        entry.put("ground", notice.unlawful() ? "UNLAWFUL" : "BREACH_OF_TERMS");
        entry.put("explanation", notice.explanation());
        entry.put("urgency", Map.of("threatToLife", notice.threatToLife()));
        entry.put("requested", Map.of("action", "REMOVE"));
        return entry;
    }

    private static String words(Category category) {
        return category.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** In the vocabulary of the DSA Transparency Database. */
    private static String dsa(Category category) {
        return switch (category) {
            case WEAPONS_SALE -> "STATEMENT_CATEGORY_UNSAFE_AND_PROHIBITED_PRODUCTS";
            case TERRORISM -> "STATEMENT_CATEGORY_RISK_FOR_PUBLIC_SECURITY";
            case OTHER -> "STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH";
            default -> "STATEMENT_CATEGORY_VIOLENCE";
        };
    }

    /** A mail that keeps the id it was given; the library would make up another. */
    private static final class Identified extends SMTPMessage {

        private final String messageId;

        Identified(Session session, String messageId) {
            super(session);
            this.messageId = messageId;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", "<" + messageId + ">");
        }
    }
}
