package org.takedownhub.modelling;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * One file of a {@link ModelSet}.
 *
 * @param name without folders: {@code takedown.bpmn}
 * @param text the file as UTF-8 says it
 */
public record ModelFile(String name, String text) {

    /** What a file is, by the ending of its name. */
    public enum Kind {
        PROCESS("bpmn"),
        DECISION("dmn"),
        FORM("form"),
        /** Cases that a decision table must decide as written; named like the table's file. */
        TEST_CASES("csv");

        private final String ending;

        Kind(String ending) {
            this.ending = ending;
        }

        public String ending() {
            return ending;
        }

        /** Empty for a name that ends like none of them. */
        public static Optional<Kind> ofName(String name) {
            for (Kind kind : values()) {
                if (name.endsWith("." + kind.ending)) {
                    return Optional.of(kind);
                }
            }
            return Optional.empty();
        }
    }

    /** @return empty when the bytes are not UTF-8 */
    public static Optional<ModelFile> read(String name, byte[] content) {
        try {
            return Optional.of(new ModelFile(
                    name,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(content))
                            .toString()));
        } catch (CharacterCodingException notUtf8) {
            return Optional.empty();
        }
    }

    /** @throws IllegalStateException the name ends like no kind */
    public Kind kind() {
        return Kind.ofName(name).orElseThrow(() -> new IllegalStateException(name + " is no file of a model set"));
    }

    /** The name without its ending: the id of the one process, decision or form in it. */
    public String id() {
        return name.substring(0, name.lastIndexOf('.'));
    }

    public byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** In hex. */
    public String sha256() {
        return sha256(bytes());
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("Every Java platform has SHA-256", missing);
        }
    }
}
