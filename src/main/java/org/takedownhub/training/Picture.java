package org.takedownhub.training;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.imageio.ImageIO;

/** A made-up picture: a pattern that follows from its name, so that equal names are equal bytes. */
final class Picture {

    static final int WIDTH = 320;
    static final int HEIGHT = 240;

    private static final int CELL = 40;

    private Picture() {}

    /** What the picture of this name is called in addresses: 64 hexadecimal digits. */
    static String digest(String name) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }

    /** The picture with this digest, as PNG. */
    static byte[] png(String digest) {
        byte[] bits = HexFormat.of().parseHex(digest);
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = image.createGraphics();
        int cell = 0;
        for (int y = 0; y < HEIGHT; y += CELL) {
            for (int x = 0; x < WIDTH; x += CELL) {
                int value = bits[cell % bits.length] ^ (cell * 37);
                canvas.setColor(Color.getHSBColor((bits[0] & 0xff) / 255f, 0.35f, 0.35f + (value & 0x7f) / 255f));
                canvas.fillRect(x, y, CELL, CELL);
                cell++;
            }
        }
        canvas.dispose();
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", png);
        } catch (IOException impossible) {
            throw new UncheckedIOException("A picture could not be written to memory", impossible);
        }
        return png.toByteArray();
    }
}
