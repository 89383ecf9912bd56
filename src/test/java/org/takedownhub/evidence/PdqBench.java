package org.takedownhub.evidence;

import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/**
 * Measures, and asserts nothing: how long one question to a million hashes takes, and how long a picture takes from its
 * file to its hash.
 *
 * <pre>mvn -q test-compile exec:java -Dexec.classpathScope=test -Dexec.mainClass=org.takedownhub.evidence.PdqBench</pre>
 */
public final class PdqBench {

    private static final int HASHES = 1_000_000;
    private static final int QUESTIONS = 400;
    private static final int PICTURES = 60;

    private PdqBench() {}

    public static void main(String[] arguments) throws Picture.Unreadable {
        Random random = new Random(1);
        PdqIndex index = new PdqIndex();
        for (int id = 0; id < HASHES; id++) {
            index.add(id, random(random));
        }
        double[] questions = new double[QUESTIONS];
        for (int round = 0; round < 2 * QUESTIONS; round++) {
            PdqHash wanted = random(random);
            long start = System.nanoTime();
            index.near(wanted, 31);
            questions[round % QUESTIONS] = (System.nanoTime() - start) / 1e6;
        }
        byte[] file = Drawing.asJpeg(Drawing.of(1, 1600, 1200), 0.8f);
        double[] pictures = new double[PICTURES];
        for (int round = 0; round < 2 * PICTURES; round++) {
            long start = System.nanoTime();
            PdqTest.hash(file);
            pictures[round % PICTURES] = (System.nanoTime() - start) / 1e6;
        }
        System.out.printf(
                Locale.ROOT,
                """

                One question to %,d hashes, distance 31
                  p50 %.1f ms   p99 %.1f ms
                One JPEG of 1600 × 1200 pixels, from file to hash
                  p50 %.1f ms   p99 %.1f ms
                %n""",
                HASHES,
                percentile(questions, 50),
                percentile(questions, 99),
                percentile(pictures, 50),
                percentile(pictures, 99));
    }

    private static double percentile(double[] values, int percent) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
    }

    private static PdqHash random(Random random) {
        return new PdqHash(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
    }
}
