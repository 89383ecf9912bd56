package org.takedownhub.evidence;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * The luminance of a picture out of strangers' bytes. Only four formats are read, told by their first bytes and not by
 * what the sender calls them; the size is read before any pixel, and a picture that unfolds to too much is left alone;
 * what is decoded is made small on the way; decoding ends at a deadline; and one picture is decoded at a time, so that
 * many at once do not add up.
 */
final class Picture {

    /** Larger ones are first made this large both ways, as the reference implementation of PDQ does. */
    static final int LARGEST_HASHED = 512;

    private static final int LONGEST_SIDE = 20_000;

    /** While decoding, rows and columns are left out as long as so many remain: memory for a picture is bounded. */
    private static final int SIDE_KEPT = 2 * LARGEST_HASHED;

    private static final Lock ONE_AT_A_TIME = new ReentrantLock();

    private Picture() {}

    /** @param values row by row, 0 to 255 */
    record Luminance(int width, int height, float[] values) {}

    enum Format {
        PNG("image/png", "png"),
        JPEG("image/jpeg", "jpeg"),
        GIF("image/gif", "gif"),
        WEBP("image/webp", "webp");

        private final String mediaType;
        private final String reader;

        Format(String mediaType, String reader) {
            this.mediaType = mediaType;
            this.reader = reader;
        }

        String mediaType() {
            return mediaType;
        }

        /** By the signature that each format's specification sets. */
        static Optional<Format> of(byte[] bytes) {
            if (startsWith(bytes, 0, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n')) {
                return Optional.of(PNG);
            }
            if (startsWith(bytes, 0, 0xff, 0xd8, 0xff)) {
                return Optional.of(JPEG);
            }
            if (startsWith(bytes, 0, 'G', 'I', 'F', '8')) {
                return Optional.of(GIF);
            }
            return startsWith(bytes, 0, 'R', 'I', 'F', 'F') && startsWith(bytes, 8, 'W', 'E', 'B', 'P')
                    ? Optional.of(WEBP)
                    : Optional.empty();
        }

        private static boolean startsWith(byte[] bytes, int from, int... signature) {
            for (int i = 0; i < signature.length; i++) {
                if (from + i >= bytes.length || (bytes[from + i] & 0xff) != signature[i]) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Why a picture has no luminance; the message holds nothing of the picture. */
    static final class Unreadable extends Exception {

        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message);
        }

        Unreadable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The first picture in the bytes. */
    static Luminance luminance(byte[] bytes, MediaSettings settings) throws Unreadable {
        Format format = Format.of(bytes).orElseThrow(() -> new Unreadable("not a PNG, JPEG, GIF or WebP"));
        ONE_AT_A_TIME.lock();
        try {
            return decoded(bytes, format, settings);
        } catch (IOException | RuntimeException e) {
            // Decoders answer hostile bytes with every kind of exception. This one picture has no hash, that is all.
            throw new Unreadable(
                    "cannot be decoded as " + format + " (" + e.getClass().getSimpleName() + ")", e);
        } finally {
            ONE_AT_A_TIME.unlock();
        }
    }

    private static Luminance decoded(byte[] bytes, Format format, MediaSettings settings)
            throws IOException, Unreadable {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format.reader);
        if (!readers.hasNext()) {
            throw new Unreadable("there is no decoder for " + format);
        }
        ImageReader reader = readers.next();
        long deadline = System.nanoTime() + settings.decodeTime().toNanos();
        // In memory: the bytes of strangers leave no temporary files.
        try (ImageInputStream input = new MemoryCacheImageInputStream(new Ending(bytes, deadline))) {
            reader.setInput(input, true, true);
            int width = reader.getWidth(0);
            int height = reader.getHeight(0);
            if (width > LONGEST_SIDE || height > LONGEST_SIDE || (long) width * height > settings.mostPixels()) {
                throw new Unreadable("%d × %d pixels are too many".formatted(width, height));
            }
            if (width < Pdq.LEAST_SIDE || height < Pdq.LEAST_SIDE) {
                throw new Unreadable("%d × %d pixels are too few".formatted(width, height));
            }
            ImageReadParam small = reader.getDefaultReadParam();
            small.setSourceSubsampling(Math.max(1, width / SIDE_KEPT), Math.max(1, height / SIDE_KEPT), 0, 0);
            return luminance(reader.read(0, small));
        } finally {
            reader.dispose();
        }
    }

    private static Luminance luminance(BufferedImage image) {
        boolean large = image.getWidth() > LARGEST_HASHED || image.getHeight() > LARGEST_HASHED;
        int width = large ? LARGEST_HASHED : image.getWidth();
        int height = large ? LARGEST_HASHED : image.getHeight();
        boolean grey = image.getColorModel().getNumColorComponents() == 1
                && !(image.getColorModel() instanceof IndexColorModel);
        float[] values = new float[width * height];
        int[] line = new int[image.getWidth()];
        for (int row = 0; row < height; row++) {
            int y = row * image.getHeight() / height;
            if (grey) {
                greys(image.getRaster(), y, line);
            } else {
                image.getRGB(0, y, image.getWidth(), 1, line, 0, image.getWidth());
            }
            for (int column = 0; column < width; column++) {
                int pixel = line[column * image.getWidth() / width];
                values[row * width + column] = grey ? pixel : luminance(pixel);
            }
        }
        return new Luminance(width, height, values);
    }

    /** As they stand in the file: {@code getRGB} would brighten them, because Java takes grey as linear. */
    private static void greys(Raster raster, int y, int[] line) {
        raster.getSamples(0, y, line.length, 1, 0, line);
        int tooFine = raster.getSampleModel().getSampleSize(0) - Byte.SIZE;
        if (tooFine > 0) {
            Arrays.setAll(line, i -> line[i] >> tooFine);
        }
    }

    /** Recommendation ITU-R BT.601. */
    private static float luminance(int rgb) {
        return 0.299f * (rgb >> 16 & 0xff) + 0.587f * (rgb >> 8 & 0xff) + 0.114f * (rgb & 0xff);
    }

    /** Bytes that run out at a deadline: decoders read as they go, and cannot be stopped otherwise. */
    private static final class Ending extends ByteArrayInputStream {

        /** Read in small pieces, so that the deadline is seen in time. */
        private static final int PIECE = 4096;

        private final long deadline;

        Ending(byte[] bytes, long deadline) {
            super(bytes);
            this.deadline = deadline;
        }

        @Override
        public synchronized int read(byte[] into, int offset, int length) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("Decoding took too long");
            }
            return super.read(into, offset, Math.min(length, PIECE));
        }
    }
}
