package org.takedownhub.evidence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Hashes in memory, compared one by one: a million of them take 40 MB and a few milliseconds a question (decision
 * record 14), which no index in the database comes near at a distance of 31 bits.
 */
final class PdqIndex {

    private static final int WORDS = 4;

    private long[] words = new long[1024 * WORDS];
    private long[] ids = new long[1024];
    private int size;

    record Near(long mediaId, int distance) {}

    synchronized void add(long mediaId, PdqHash hash) {
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, size + size / 2);
            words = Arrays.copyOf(words, ids.length * WORDS);
        }
        ids[size] = mediaId;
        words[size * WORDS] = hash.first();
        words[size * WORDS + 1] = hash.second();
        words[size * WORDS + 2] = hash.third();
        words[size * WORDS + 3] = hash.fourth();
        size++;
    }

    synchronized int size() {
        return size;
    }

    /** All within a distance, the nearest first; among equals the oldest. */
    synchronized List<Near> near(PdqHash hash, int farthest) {
        List<Near> found = new ArrayList<>();
        for (int i = 0, word = 0; i < size; i++, word += WORDS) {
            int distance = Long.bitCount(words[word] ^ hash.first())
                    + Long.bitCount(words[word + 1] ^ hash.second())
                    + Long.bitCount(words[word + 2] ^ hash.third())
                    + Long.bitCount(words[word + 3] ^ hash.fourth());
            if (distance <= farthest) {
                found.add(new Near(ids[i], distance));
            }
        }
        found.sort(Comparator.comparingInt(Near::distance).thenComparingLong(Near::mediaId));
        return found;
    }
}
