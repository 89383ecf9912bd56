package org.takedownhub.evidence;

import java.util.regex.Pattern;

/**
 * A PDQ hash: 256 bits of which near pictures share nearly all. Written as 64 hexadecimal digits with bit 255 first, as
 * everybody does who exchanges such hashes.
 *
 * @param first  bits 255 to 192
 * @param second bits 191 to 128
 * @param third  bits 127 to 64
 * @param fourth bits 63 to 0
 */
record PdqHash(long first, long second, long third, long fourth) {

    static final int BITS = 256;

    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    /** @throws IllegalArgumentException the text is not 64 hexadecimal digits in lower case */
    static PdqHash of(String hex) {
        if (!HEX.matcher(hex).matches()) {
            throw new IllegalArgumentException("A PDQ hash is 64 hexadecimal digits");
        }
        return new PdqHash(word(hex, 0), word(hex, 1), word(hex, 2), word(hex, 3));
    }

    private static long word(String hex, int number) {
        return Long.parseUnsignedLong(hex, number * 16, number * 16 + 16, 16);
    }

    String hex() {
        return "%016x%016x%016x%016x".formatted(first, second, third, fourth);
    }

    /** How many bits differ, from 0 (the same) to 256; pictures that have nothing in common differ in about 128. */
    int distance(PdqHash other) {
        return Long.bitCount(first ^ other.first)
                + Long.bitCount(second ^ other.second)
                + Long.bitCount(third ^ other.third)
                + Long.bitCount(fourth ^ other.fourth);
    }
}
