package org.takedownhub.evidence;

import java.util.Arrays;

/**
 * The perceptual hash PDQ, after "The TMK+PDQF Video-Hashing Algorithm and the PDQ Image-Hashing Algorithm" (Facebook,
 * 2019): the picture's luminance is blurred by two passes of a box filter each way (Jarosz's approximation of a tent),
 * 64 × 64 samples are taken, the lowest 16 × 16 frequencies of their cosine transform computed, the constant one left
 * out, and each becomes one bit: above the median or not. Single precision throughout and the order of additions are
 * part of the algorithm: without them some bits come out otherwise than everybody else's.
 */
final class Pdq {

    /** Pictures that are smaller in one direction have no hash. */
    static final int LEAST_SIDE = 5;

    private static final int SAMPLES = 64;
    private static final int FREQUENCIES = 16;
    private static final int PASSES = 2;
    private static final int BEST_QUALITY = 100;

    /** The paper's scale of what the gradients of the samples add up to in a picture with much in it. */
    private static final int GRADIENT_SCALE = 90;

    private static final float[][] COSINES = cosines();

    private Pdq() {}

    /**
     * A hash and how much it says.
     *
     * @param quality from 0, a plain surface, to 100; below 50 a hash is better not compared
     */
    record Result(PdqHash hash, int quality) {}

    /**
     * Hashes a picture of at least {@link #LEAST_SIDE} pixels each way.
     *
     * @param luminance row by row, 0 to 255; is written over
     */
    static Result hash(float[] luminance, int rows, int columns) {
        if (rows < LEAST_SIDE || columns < LEAST_SIDE || luminance.length != rows * columns) {
            throw new IllegalArgumentException("A picture of " + rows + " × " + columns + " has no PDQ hash");
        }
        float[][] samples = samples(luminance, rows, columns);
        return new Result(bits(frequencies(samples)), quality(samples));
    }

    private static float[][] samples(float[] luminance, int rows, int columns) {
        // A picture of just the size of the samples, such as a frame made small by its player, is them already.
        if (rows != SAMPLES || columns != SAMPLES) {
            float[] blurred = new float[luminance.length];
            for (int pass = 0; pass < PASSES; pass++) {
                for (int row = 0; row < rows; row++) {
                    blur(luminance, blurred, row * columns, 1, columns);
                }
                for (int column = 0; column < columns; column++) {
                    blur(blurred, luminance, column, columns, rows);
                }
            }
        }
        float[][] samples = new float[SAMPLES][SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            int row = centre(i, rows);
            for (int j = 0; j < SAMPLES; j++) {
                samples[i][j] = luminance[row * columns + centre(j, columns)];
            }
        }
        return samples;
    }

    /** The pixel in the middle of one of 64 equal parts. */
    private static int centre(int part, int length) {
        return (int) ((part + 0.5) * length / SAMPLES);
    }

    /**
     * The mean of a window around each value of a row or column. Two such passes blur as far as one sample reaches, so
     * the window is half of that, rounded up; at the edges it is what remains of it.
     */
    private static void blur(float[] from, float[] to, int start, int step, int length) {
        int window = (length + 2 * SAMPLES - 1) / (2 * SAMPLES);
        int ahead = window / 2;
        int behind = window - 1 - ahead;
        float sum = 0;
        int summed = 0;
        for (int i = 0; i < ahead; i++) {
            sum += from[start + i * step];
            summed++;
        }
        for (int i = 0; i < length; i++) {
            if (i + ahead < length) {
                sum += from[start + (i + ahead) * step];
                summed++;
            }
            if (i > behind) {
                sum -= from[start + (i - behind - 1) * step];
                summed--;
            }
            to[start + i * step] = sum / summed;
        }
    }

    /** Steps between neighbouring samples in whole percent, so that only visible ones count. */
    private static int quality(float[][] samples) {
        int gradients = 0;
        for (int i = 0; i < SAMPLES; i++) {
            for (int j = 0; j < SAMPLES; j++) {
                if (i + 1 < SAMPLES) {
                    gradients += percent(samples[i][j], samples[i + 1][j]);
                }
                if (j + 1 < SAMPLES) {
                    gradients += percent(samples[i][j], samples[i][j + 1]);
                }
            }
        }
        return Math.min(BEST_QUALITY, gradients / GRADIENT_SCALE);
    }

    private static int percent(float one, float other) {
        return Math.abs((int) ((one - other) * 100 / 255));
    }

    /** The product cosines × samples × cosines transposed. */
    private static float[][] frequencies(float[][] samples) {
        float[][] half = new float[FREQUENCIES][SAMPLES];
        for (int i = 0; i < FREQUENCIES; i++) {
            for (int j = 0; j < SAMPLES; j++) {
                float sum = 0;
                for (int k = 0; k < SAMPLES; k++) {
                    sum += COSINES[i][k] * samples[k][j];
                }
                half[i][j] = sum;
            }
        }
        float[][] frequencies = new float[FREQUENCIES][FREQUENCIES];
        for (int i = 0; i < FREQUENCIES; i++) {
            for (int j = 0; j < FREQUENCIES; j++) {
                float sum = 0;
                for (int k = 0; k < SAMPLES; k++) {
                    sum += half[i][k] * COSINES[j][k];
                }
                frequencies[i][j] = sum;
            }
        }
        return frequencies;
    }

    /** Frequencies 1 to 16: frequency 0 is only how bright the picture is. */
    private static float[][] cosines() {
        float scale = (float) Math.sqrt(2.0 / SAMPLES);
        float[][] cosines = new float[FREQUENCIES][SAMPLES];
        for (int i = 0; i < FREQUENCIES; i++) {
            for (int j = 0; j < SAMPLES; j++) {
                cosines[i][j] = (float) (scale * Math.cos(Math.PI / 2 / SAMPLES * (i + 1) * (2 * j + 1)));
            }
        }
        return cosines;
    }

    private static PdqHash bits(float[][] frequencies) {
        float median = median(frequencies);
        long[] words = new long[4];
        for (int bit = 0; bit < PdqHash.BITS; bit++) {
            if (frequencies[bit / FREQUENCIES][bit % FREQUENCIES] > median) {
                words[bit / Long.SIZE] |= 1L << bit % Long.SIZE;
            }
        }
        return new PdqHash(words[3], words[2], words[1], words[0]);
    }

    /** The lower of the two in the middle. */
    private static float median(float[][] frequencies) {
        float[] all = new float[PdqHash.BITS];
        for (int i = 0; i < FREQUENCIES; i++) {
            System.arraycopy(frequencies[i], 0, all, i * FREQUENCIES, FREQUENCIES);
        }
        Arrays.sort(all);
        return all[all.length / 2 - 1];
    }
}
