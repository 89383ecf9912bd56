package org.takedownhub.deconfliction;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/**
 * The key of each force. Under it the force's interests are hashed (HMAC-SHA-256, RFC 2104) and the names of its
 * operations are sealed (AES-256-GCM, NIST SP 800-38D). Keys lie outside the database, so that neither it nor a copy of
 * it says what a force watches.
 */
@Component
class ForceKeys {

    private static final int BYTES = 32;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final int ID_DIGITS = 16;

    private final DeconflictionSettings settings;
    private final SecureRandom random = new SecureRandom();

    ForceKeys(DeconflictionSettings settings) {
        this.settings = settings;
    }

    /** A force's key as it is now; empty when there is none. */
    Optional<ForceKey> of(String force) {
        if (settings.keyDirectory().isBlank()) {
            return Optional.empty();
        }
        Path file = file(force);
        try {
            if (Files.notExists(file)) {
                if (!settings.createKeys()) {
                    return Optional.empty();
                }
                create(file);
            }
            return Optional.of(new ForceKey(read(force, file)));
        } catch (IOException e) {
            throw new UncheckedIOException("The key of force " + force + " cannot be read", e);
        }
    }

    /** Where an operator has to put a force's key. */
    Path file(String force) {
        return Path.of(settings.keyDirectory()).resolve(force + ".key");
    }

    private static byte[] read(String force, Path file) throws IOException {
        try {
            byte[] key = HexFormat.of().parseHex(Files.readString(file).strip());
            if (key.length == BYTES) {
                return key;
            }
        } catch (IllegalArgumentException noHex) {
            throw new IllegalStateException(wrong(force), noHex);
        }
        throw new IllegalStateException(wrong(force));
    }

    private static String wrong(String force) {
        return "The key of force " + force + " must be " + 2 * BYTES + " hexadecimal digits";
    }

    private synchronized void create(Path file) throws IOException {
        if (Files.exists(file)) {
            return;
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        byte[] key = new byte[BYTES];
        random.nextBytes(key);
        FileAttribute<?>[] ownerOnly =
                file.getFileSystem().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        Files.createFile(file, ownerOnly);
        Files.writeString(file, HexFormat.of().formatHex(key));
    }

    /** One force's key. Never shown: it has no accessors and prints as nothing. */
    final class ForceKey {

        private final byte[] key;

        private ForceKey(byte[] key) {
            this.key = key;
        }

        /** Lower-case hexadecimal HMAC-SHA-256 of a text in UTF-8. */
        String hash(String text) {
            return HexFormat.of().formatHex(mac(text));
        }

        /** Tells this key from another without giving it away. */
        String id() {
            return hash("key-id").substring(0, ID_DIGITS);
        }

        String sealed(String text) {
            byte[] nonce = new byte[NONCE];
            random.nextBytes(nonce);
            try {
                byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(text.getBytes(StandardCharsets.UTF_8));
                return Base64.getEncoder()
                        .encodeToString(ByteBuffer.allocate(NONCE + sealed.length)
                                .put(nonce)
                                .put(sealed)
                                .array());
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("Every Java platform has AES in Galois/Counter Mode", e);
            }
        }

        /** What was sealed; empty when that was done under another key. */
        Optional<String> opened(String sealed) {
            byte[] bytes = Base64.getDecoder().decode(sealed);
            try {
                byte[] text = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(bytes, NONCE))
                        .doFinal(bytes, NONCE, bytes.length - NONCE);
                return Optional.of(new String(text, StandardCharsets.UTF_8));
            } catch (GeneralSecurityException otherKey) {
                return Optional.empty();
            }
        }

        private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(mac("operation"), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            return cipher;
        }

        private byte[] mac(String text) {
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(key, "HmacSHA256"));
                return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("Every Java platform has HMAC-SHA-256", e);
            }
        }
    }
}
