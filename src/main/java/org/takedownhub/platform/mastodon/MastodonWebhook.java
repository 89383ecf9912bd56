package org.takedownhub.platform.mastodon;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.takedownhub.platform.PlatformEvent;
import org.takedownhub.platform.Secret;

/**
 * Verifies and reads a webhook of a Mastodon server: {@code X-Hub-Signature: sha256=<hex>}, an HMAC-SHA256 over the raw
 * bytes. A server's owner may send a body of their own making, so nothing in it is relied upon. It can carry mail and
 * network addresses of people: only ids are taken out of it.
 */
final class MastodonWebhook {

    /** Largest body that is read, in bytes. */
    static final int BODY_LIMIT = 1024 * 1024;

    private static final String HEADER = "x-hub-signature";
    private static final String PREFIX = "sha256=";
    private static final Pattern SIGNATURE = Pattern.compile("sha256=[0-9a-fA-F]{64}");
    private static final Pattern KIND = Pattern.compile("[a-z_]{1,29}\\.[a-z_]{1,29}");
    private static final int LONGEST_URI = 2000;

    private MastodonWebhook() {}

    static Optional<PlatformEvent> read(byte[] body, Map<String, String> headers, List<Secret> secrets) {
        String signature = headers.getOrDefault(HEADER, "").trim();
        if (body.length > BODY_LIMIT || !SIGNATURE.matcher(signature).matches()) {
            return Optional.empty();
        }
        byte[] given = HexFormat.of().parseHex(signature.substring(PREFIX.length()));
        boolean signed = false;
        for (Secret secret : secrets) {
            signed |= secret.value()
                    .map(key -> MessageDigest.isEqual(given, hmac(key, body)))
                    .orElse(false);
        }
        return signed ? Optional.of(event(body)) : Optional.empty();
    }

    private static PlatformEvent event(byte[] body) {
        Optional<Entities.Event> read = MastodonApi.entity(body, Entities.Event.class);
        String kind = read.map(Entities.Event::event)
                .filter(name -> KIND.matcher(name).matches())
                .orElse("unknown");
        Optional<Entities.Subject> subject = read.map(Entities.Event::object);
        return new PlatformEvent(
                subject.flatMap(object -> version(kind, object)).orElseGet(() -> hash(body)),
                kind,
                subject.map(object -> identities(kind, object)).orElse(Map.of()),
                kind.equals("report.updated")
                        && subject.map(Entities.Subject::actionTaken).orElse(false));
    }

    /** A delivery has no id of its own: a report in one of its versions stands for it. */
    private static Optional<String> version(String kind, Entities.Subject object) {
        return Entities.isId(object.id()) && object.updatedAt() != null
                ? Optional.of(hash(
                        String.join("\n", kind, object.id(), object.updatedAt()).getBytes(StandardCharsets.UTF_8)))
                : Optional.empty();
    }

    /**
     * Of a report also the post it is about, so that a case is found whose own report got no answer; never the account,
     * which other reports are about, too.
     */
    private static Map<String, String> identities(String kind, Entities.Subject object) {
        Map<String, String> identities = new HashMap<>();
        if (!Entities.isId(object.id())) {
            return identities;
        }
        if (kind.startsWith("report.")) {
            identities.put(MastodonPlatform.REPORT_ID, object.id());
            List<Entities.Status> statuses = object.statuses() == null ? List.of() : object.statuses();
            if (statuses.size() == 1
                    && statuses.get(0) != null
                    && Entities.isId(statuses.get(0).id())) {
                identities.put(MastodonPlatform.STATUS_ID, statuses.get(0).id());
            }
        } else if (kind.startsWith("account.")) {
            identities.put(MastodonPlatform.ACCOUNT_ID, object.id());
        } else if (kind.startsWith("status.")) {
            identities.put(MastodonPlatform.STATUS_ID, object.id());
            if (object.uri() != null && object.uri().length() <= LONGEST_URI) {
                identities.put(MastodonPlatform.URI, object.uri());
            }
        }
        return identities;
    }

    private static byte[] hmac(String key, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256", e);
        }
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
