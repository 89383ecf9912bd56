package org.takedownhub.api;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A request body set aside so that it can be read more than once: small ones in memory, large ones in a temporary file
 * that only this process's user can read and that goes with {@link #close()}.
 */
public final class SpooledBody implements AutoCloseable {

    private static final int IN_MEMORY = 64 * 1024;

    private final byte[] start;
    private final @Nullable Path file;
    private final String sha256;

    private SpooledBody(byte[] start, @Nullable Path file, String sha256) {
        this.start = start;
        this.file = file;
        this.sha256 = sha256;
    }

    /** Reads the stream to its end. */
    public static SpooledBody of(InputStream body) throws IOException {
        MessageDigest digest = sha256Digest();
        byte[] start = body.readNBytes(IN_MEMORY);
        digest.update(start);
        if (start.length < IN_MEMORY) {
            return new SpooledBody(start, null, HexFormat.of().formatHex(digest.digest()));
        }
        Path file = Files.createTempFile("takedown-hub-", ".body");
        boolean complete = false;
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] buffer = new byte[IN_MEMORY];
            for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
                digest.update(buffer, 0, count);
                out.write(buffer, 0, count);
            }
            complete = true;
        } finally {
            if (!complete) {
                Files.deleteIfExists(file);
            }
        }
        return new SpooledBody(start, file, HexFormat.of().formatHex(digest.digest()));
    }

    /** SHA-256 in hex. */
    public String sha256() {
        return sha256;
    }

    public InputStream open() throws IOException {
        InputStream beginning = new ByteArrayInputStream(start);
        return file == null ? beginning : new SequenceInputStream(beginning, Files.newInputStream(file));
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            Files.deleteIfExists(file);
        }
    }

    static MessageDigest sha256Digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
