package org.takedownhub.platform.atproto;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.takedownhub.platform.PlatformUnavailable;

/**
 * What the moderation service has said about subjects and not taken back. Of several labels with the same source,
 * subject and value the latest counts; one that is negated or has expired does not hold (atproto.com/specs/label).
 */
final class Labels {

    static final String TAKEDOWN = "!takedown";
    static final String SUSPEND = "!suspend";

    private static final int PAGE = 250;
    /** A subject has a handful of labels; a service that pages on and on is broken. */
    private static final int MOST_PAGES = 20;

    private static final String BROKEN = "The moderation service's labels cannot be read";

    private final Map<String, Set<String>> valuesBySubject;
    private final String hash;

    private Labels(Map<String, Set<String>> valuesBySubject, String hash) {
        this.valuesBySubject = valuesBySubject;
        this.hash = hash;
    }

    /** @throws PlatformUnavailable the labels are not to be had: then nobody can tell what holds */
    static Labels of(Collection<String> subjects, Xrpc xrpc, AtprotoSettings settings, Instant now) {
        Map<Said, Label> latest = new HashMap<>();
        String hash = "";
        String cursor = "";
        for (int page = 0; page < MOST_PAGES; page++) {
            Xrpc.Parameters parameters = new Xrpc.Parameters();
            subjects.forEach(subject -> parameters.with("uriPatterns", subject));
            parameters.with("sources", settings.labeler()).with("limit", String.valueOf(PAGE));
            if (!cursor.isEmpty()) {
                parameters.with("cursor", cursor);
            }
            Xrpc.Answer answer = xrpc.query(settings.labelerUrl(), "com.atproto.label.queryLabels", parameters);
            JsonNode labels = answer.json().path("labels");
            if (!answer.ok() || !labels.isArray()) {
                throw new PlatformUnavailable(BROKEN + " (" + answer.refusal() + ")", Optional.empty());
            }
            if (page == 0 || !labels.isEmpty()) {
                hash = answer.hash();
            }
            for (JsonNode node : labels) {
                Label label = Label.of(node);
                if (label.said().source().equals(settings.labeler())
                        && subjects.contains(label.said().subject())) {
                    latest.merge(label.said(), label, (one, other) -> other.at().isBefore(one.at()) ? one : other);
                }
            }
            cursor = answer.json().path("cursor").asText("");
            // a short page is not yet the last one, and Ozone gives a cursor with the last one, too
            if (labels.isEmpty() || cursor.isEmpty()) {
                return new Labels(holding(latest, now), hash);
            }
        }
        throw new PlatformUnavailable(BROKEN + " (it does not come to an end)", Optional.empty());
    }

    private static Map<String, Set<String>> holding(Map<Said, Label> latest, Instant now) {
        Map<String, Set<String>> values = new HashMap<>();
        for (Label label : latest.values()) {
            if (!label.negated() && label.expires().map(now::isBefore).orElse(true)) {
                values.computeIfAbsent(label.said().subject(), subject -> new TreeSet<>())
                        .add(label.said().value());
            }
        }
        return values;
    }

    Set<String> on(String subject) {
        return valuesBySubject.getOrDefault(subject, Set.of());
    }

    /** SHA-256 in hex of the answer that they were read from. */
    String hash() {
        return hash;
    }

    private record Said(String source, String subject, String value) {}

    private record Label(Said said, boolean negated, Instant at, Optional<Instant> expires) {

        static Label of(JsonNode node) {
            try {
                JsonNode expires = node.path("exp");
                return new Label(
                        new Said(text(node, "src"), text(node, "uri"), text(node, "val")),
                        node.path("neg").asBoolean(false),
                        instant(text(node, "cts")),
                        expires.isTextual() ? Optional.of(instant(expires.asText())) : Optional.empty());
            } catch (DateTimeException e) {
                throw new PlatformUnavailable(BROKEN + " (a date that is none)", e);
            }
        }

        private static String text(JsonNode node, String field) {
            JsonNode value = node.path(field);
            if (!value.isTextual()) {
                throw new PlatformUnavailable(BROKEN + " (no " + field + ")", Optional.empty());
            }
            return value.asText();
        }

        private static Instant instant(String text) {
            return OffsetDateTime.parse(text).toInstant();
        }
    }
}
