package org.takedownhub.evidence.web;

import java.util.Arrays;
import java.util.Optional;

/** What may be handed in as proof, told by its first bytes alone: what a browser says about a file is anybody's word. */
enum ProofType {
    PNG("image/png", "png", new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'}),
    JPEG("image/jpeg", "jpg", new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF}),
    PDF("application/pdf", "pdf", new byte[] {'%', 'P', 'D', 'F', '-'});

    private final String mediaType;
    private final String suffix;
    private final byte[] magic;

    ProofType(String mediaType, String suffix, byte[] magic) {
        this.mediaType = mediaType;
        this.suffix = suffix;
        this.magic = magic;
    }

    static Optional<ProofType> of(byte[] content) {
        return Arrays.stream(values())
                .filter(type -> content.length > type.magic.length
                        && Arrays.equals(content, 0, type.magic.length, type.magic, 0, type.magic.length))
                .findFirst();
    }

    static Optional<ProofType> named(String mediaType) {
        return Arrays.stream(values())
                .filter(type -> type.mediaType.equals(mediaType))
                .findFirst();
    }

    String mediaType() {
        return mediaType;
    }

    String suffix() {
        return suffix;
    }
}
