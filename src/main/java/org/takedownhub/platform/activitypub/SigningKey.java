package org.takedownhub.platform.activitypub;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.takedownhub.platform.Secret;

/** The RSA key our actor signs with. All of the fediverse takes RSA; other kinds of keys only a part of it. */
final class SigningKey {

    private static final int LEAST_BITS = 2048;
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]{1,20000})-----END PRIVATE KEY-----");

    private final RSAPrivateCrtKey privateKey;

    private SigningKey(RSAPrivateCrtKey privateKey) {
        this.privateKey = privateKey;
    }

    /** The key as it is now; empty when the place holds no RSA key of at least 2048 bits in PEM (PKCS #8). */
    static Optional<SigningKey> of(Secret secret) {
        try {
            return secret.value().flatMap(SigningKey::ofPem).filter(SigningKey::isStrong);
        } catch (UncheckedIOException e) {
            return Optional.empty();
        }
    }

    /** Of whatever strength: the examples of the standards are old. */
    static Optional<SigningKey> ofPem(String pem) {
        Matcher matcher = PEM.matcher(pem.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            byte[] encoded = Base64.getMimeDecoder().decode(matcher.group(1));
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(encoded))
                            instanceof RSAPrivateCrtKey key
                    ? Optional.of(new SigningKey(key))
                    : Optional.empty();
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private boolean isStrong() {
        return privateKey.getModulus().bitLength() >= LEAST_BITS;
    }

    /** RSASSA-PKCS1-v1_5 with SHA-256, which both kinds of signatures use; in base 64. */
    String sign(String text) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(privateKey);
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform signs with RSA", e);
        }
    }

    /** What everybody may know, as our actor shows it. */
    String publicPem() {
        Base64.Encoder lines = Base64.getMimeEncoder(64, new byte[] {'\n'});
        return "-----BEGIN PUBLIC KEY-----\n" + lines.encodeToString(publicKey().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    RSAPublicKey publicKey() {
        try {
            return (RSAPublicKey) KeyFactory.getInstance("RSA")
                    .generatePublic(new RSAPublicKeySpec(privateKey.getModulus(), privateKey.getPublicExponent()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform knows RSA", e);
        }
    }
}
