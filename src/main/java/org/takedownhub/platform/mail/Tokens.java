package org.takedownhub.platform.mail;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.takedownhub.platform.PlatformUnavailable;
import org.takedownhub.platform.Secret;

/** By what we know an answer again: the Message-ID we gave and the token in the address we asked to answer to. */
final class Tokens {

    private static final int BYTES = 16;

    private final Secret secret;
    private final String replyName;
    private final String replyDomain;
    private final String ownDomain;
    private final Pattern replyAddress;

    Tokens(MailSettings settings) {
        this.secret = settings.replySecret();
        String address = settings.replyAddress();
        this.replyName = address.substring(0, address.indexOf('@'));
        this.replyDomain = MailAddresses.domain(address);
        this.ownDomain = MailAddresses.domain(settings.from());
        this.replyAddress = Pattern.compile("(?<![a-z0-9._+-])" + Pattern.quote(replyName.toLowerCase(Locale.ROOT))
                + "\\+([0-9a-f]{" + 2 * BYTES + "})@" + Pattern.quote(replyDomain) + "(?![a-z0-9.-])");
    }

    /** Without angle brackets. The same notices always give the same, so that a second copy can be recognised. */
    String messageId(List<String> idempotencyKeys) {
        String keys = String.join("\n", idempotencyKeys.stream().sorted().toList());
        return hash(keys.getBytes(StandardCharsets.UTF_8)).substring(0, 2 * BYTES) + "@" + ownDomain;
    }

    /** SHA-256 in hex. */
    static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** @throws PlatformUnavailable there is no key */
    String token(String messageId) {
        String key = secret.value()
                .orElseThrow(() -> new PlatformUnavailable(
                        secret.setting() + " names a place that holds no key for reply addresses", Optional.empty()));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(messageId.getBytes(StandardCharsets.UTF_8)), 0, BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256", e);
        }
    }

    String replyAddress(String token) {
        return replyName + "+" + token + "@" + replyDomain;
    }

    /** The tokens in a header that names addresses. */
    List<String> in(String header) {
        return replyAddress
                .matcher(header.toLowerCase(Locale.ROOT))
                .results()
                .map((MatchResult match) -> match.group(1))
                .distinct()
                .limit(10)
                .toList();
    }
}
