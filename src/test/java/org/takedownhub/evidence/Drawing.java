package org.takedownhub.evidence;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Made-up pictures that come out the same on every machine: coloured discs on a slope, placed by a seed. */
final class Drawing {

    private static final int DISCS = 30;

    private Drawing() {}

    static BufferedImage of(long seed, int width, int height) {
        return of(seed, width, height, BufferedImage.TYPE_INT_RGB);
    }

    static BufferedImage of(long seed, int width, int height, int type) {
        Random random = new Random(seed);
        int[] middleX = random.ints(DISCS, 0, 1000).toArray();
        int[] middleY = random.ints(DISCS, 0, 1000).toArray();
        int[] radius = random.ints(DISCS, 30, 220).toArray();
        int[] colour = random.ints(DISCS, 0, 0x1000000).toArray();
        BufferedImage image = new BufferedImage(width, height, type);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int atX = (2 * x + 1) * 500 / width;
                int atY = (2 * y + 1) * 500 / height;
                int rgb = (atX / 4 << 16) + (atY / 4 << 8) + 0x40;
                for (int disc = 0; disc < DISCS; disc++) {
                    int offX = atX - middleX[disc];
                    int offY = atY - middleY[disc];
                    if (offX * offX + offY * offY < radius[disc] * radius[disc]) {
                        rgb = colour[disc];
                    }
                }
                if (type == BufferedImage.TYPE_BYTE_GRAY) {
                    image.getRaster().setSample(x, y, 0, rgb & 0xff);
                } else {
                    image.setRGB(x, y, 0xff000000 | rgb);
                }
            }
        }
        return image;
    }

    static byte[] as(String format, BufferedImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(image, format, bytes)) {
                throw new IllegalArgumentException("Nothing writes " + format);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** As platforms save it again. */
    static byte[] asJpeg(BufferedImage image, float quality) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam settings = writer.getDefaultWriteParam();
        settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        settings.setCompressionQuality(quality);
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
