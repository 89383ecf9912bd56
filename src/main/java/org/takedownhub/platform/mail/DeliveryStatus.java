package org.takedownhub.platform.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetHeaders;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a mail server says became of a mail of ours (RFC 3464).
 *
 * @param status     such as {@code 5.1.1} (RFC 3463); empty when it names none
 * @param diagnostic the server's own words, hostile
 * @param envelopeId the ENVID we gave, when it comes back
 */
record DeliveryStatus(Action action, String status, String diagnostic, Optional<String> envelopeId) {

    private static final int MOST_RECIPIENTS = 50;

    /** In the order in which they decide where a report names several recipients behind our one. */
    enum Action {
        DELIVERED,
        FAILED,
        DELAYED,
        /** Handed on to where no proof comes from. */
        RELAYED
    }

    /** @return empty when no recipient has an action that we know */
    static Optional<DeliveryStatus> of(byte[] body) throws MessagingException {
        ByteArrayInputStream stream = new ByteArrayInputStream(body);
        InternetHeaders message = new InternetHeaders(stream, true);
        Optional<String> envelopeId = field(message, "Original-Envelope-Id");
        Optional<DeliveryStatus> decisive = Optional.empty();
        for (int number = 0; number < MOST_RECIPIENTS && stream.available() > 0; number++) {
            InternetHeaders recipient = new InternetHeaders(stream, true);
            Optional<DeliveryStatus> told = action(recipient)
                    .map(action -> new DeliveryStatus(
                            action,
                            status(recipient),
                            field(recipient, "Diagnostic-Code").orElse(""),
                            envelopeId));
            if (told.isPresent()
                    && (decisive.isEmpty()
                            || told.get().action().compareTo(decisive.get().action()) < 0)) {
                decisive = told;
            }
        }
        return decisive;
    }

    /** Whether the address itself is no good: 5.1.x, 5.2.1 and, for a domain that takes no mail, 5.1.10 (RFC 7505). */
    boolean addressIsDead() {
        return action == Action.FAILED && (status.startsWith("5.1.") || status.equals("5.2.1"));
    }

    private static Optional<Action> action(InternetHeaders recipient) {
        return field(recipient, "Action").flatMap(word -> switch (word.toLowerCase(Locale.ROOT)) {
            case "delivered" -> Optional.of(Action.DELIVERED);
            case "failed" -> Optional.of(Action.FAILED);
            case "delayed" -> Optional.of(Action.DELAYED);
            case "relayed", "expanded" -> Optional.of(Action.RELAYED);
            default -> Optional.empty();
        });
    }

    private static String status(InternetHeaders recipient) {
        return field(recipient, "Status")
                .map(text -> text.split("[ (]", 2)[0])
                .filter(text -> text.matches("[245]\\.[0-9]{1,3}\\.[0-9]{1,3}"))
                .orElse("");
    }

    private static Optional<String> field(InternetHeaders block, String name) {
        return Optional.ofNullable(block.getHeader(name))
                .flatMap(values -> List.of(values).stream().findFirst())
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }
}
