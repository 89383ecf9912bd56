package org.takedownhub.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** A secret in a file that only its owner may read. */
final class SecretFile {

    private static final int BYTES = 32;

    private SecretFile() {}

    /**
     * The secret in force: the given one if there is one, else the one in the file, else a new random one. Afterwards
     * the file holds it, so that a setting of the form {@code file:PATH} works out of the box.
     */
    static synchronized String inForce(Path file, String given) {
        try {
            if (Files.exists(file)) {
                String kept = Files.readString(file).strip();
                if (!kept.isEmpty() && (given.isBlank() || kept.equals(given.strip()))) {
                    return kept;
                }
                Files.delete(file);
            }
            String secret = given.isBlank() ? random() : given.strip();
            Files.createDirectories(file.toAbsolutePath().getParent());
            createForOwnerOnly(file);
            Files.writeString(file, secret);
            return secret;
        } catch (FileAlreadyExistsException race) {
            throw new IllegalStateException(file + " was written by another program at the same moment", race);
        } catch (IOException failure) {
            throw new UncheckedIOException(
                    "Cannot keep a secret in " + file + ": make its directory writable or name another one in "
                            + "takedown.training.data-directory",
                    failure);
        }
    }

    private static void createForOwnerOnly(Path file) throws IOException {
        FileAttribute<?>[] ownerOnly =
                file.getFileSystem().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        Files.createFile(file, ownerOnly);
    }

    private static String random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
