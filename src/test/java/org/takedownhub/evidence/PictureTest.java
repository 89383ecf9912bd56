package org.takedownhub.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

class PictureTest {

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg", "gif"})
    void readsWhatJavaReads(String format) throws Picture.Unreadable {
        PdqHash expected =
                PdqTest.hash(Drawing.as("png", Drawing.of(3, 300, 200))).hash();

        Pdq.Result result = PdqTest.hash(Drawing.as(format, Drawing.of(3, 300, 200)));

        assertThat(result.hash().distance(expected)).isLessThanOrEqualTo(10);
    }

    @Test
    void readsWebp() throws IOException, Picture.Unreadable {
        PdqHash expected =
                PdqTest.hash(Drawing.as("png", Drawing.of(3, 300, 200))).hash();

        try (InputStream file = PictureTest.class.getResourceAsStream("/evidence/drawing.webp")) {
            byte[] webp = file.readAllBytes();
            assertThat(Picture.Format.of(webp)).contains(Picture.Format.WEBP);
            assertThat(PdqTest.hash(webp).hash().distance(expected)).isLessThanOrEqualTo(10);
        }
    }

    @Test
    void makesLargePicturesSmallOnTheWay() throws Picture.Unreadable {
        BufferedImage large = new BufferedImage(4200, 4200, BufferedImage.TYPE_BYTE_GRAY);

        Picture.Luminance picture = Picture.luminance(Drawing.as("png", large), PdqTest.SETTINGS);

        assertThat(picture.width()).isEqualTo(Picture.LARGEST_HASHED);
        assertThat(picture.height()).isEqualTo(Picture.LARGEST_HASHED);
    }

    @ParameterizedTest
    @CsvSource({"30000, 30000", "20001, 5", "5, 20001", "5001, 5000", "2147483647, 2147483647"})
    void decodesNoPixelOfAPictureThatUnfoldsToTooMuch(int width, int height) {
        byte[] bomb = png(width, height);

        assertThatThrownBy(() -> Picture.luminance(bomb, PdqTest.SETTINGS))
                .isInstanceOf(Picture.Unreadable.class)
                .hasMessage("%d × %d pixels are too many", width, height);
    }

    @Test
    void leavesTinyPicturesAlone() {
        assertThatThrownBy(() -> Picture.luminance(Drawing.as("png", Drawing.of(1, 4, 300)), PdqTest.SETTINGS))
                .hasMessage("4 × 300 pixels are too few");
    }

    @Test
    void stopsDecodingWhenItTakesTooLong() {
        MediaSettings hasty = new MediaSettings(
                true,
                DataSize.ofMegabytes(20),
                25_000_000,
                Duration.ZERO,
                Duration.ofSeconds(30),
                8,
                3,
                31,
                50,
                20,
                Set.of());

        assertThatThrownBy(() -> Picture.luminance(Drawing.as("png", Drawing.of(1, 300, 300)), hasty))
                .isInstanceOf(Picture.Unreadable.class)
                .hasMessageContaining("cannot be decoded as PNG");
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg", "gif"})
    void saysOfBrokenFilesThatTheyCannotBeRead(String format) {
        byte[] whole = Drawing.as(format, Drawing.of(1, 300, 200));

        for (int length : new int[] {10, 40, 200}) {
            assertThatThrownBy(() -> Picture.luminance(Arrays.copyOf(whole, length), PdqTest.SETTINGS))
                    .as("%d bytes", length)
                    .isInstanceOf(Picture.Unreadable.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>sign in</html>", "", "<svg xmlns='http://www.w3.org/2000/svg'/>", "II*\0", "BM"})
    void readsNoOtherFormat(String start) {
        byte[] bytes = start.getBytes(StandardCharsets.ISO_8859_1);

        assertThat(Picture.Format.of(bytes)).isEmpty();
        assertThatThrownBy(() -> Picture.luminance(bytes, PdqTest.SETTINGS)).hasMessage("not a PNG, JPEG, GIF or WebP");
    }

    /** A PNG that claims a size and holds next to nothing. */
    private static byte[] png(int width, int height) {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        png.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        chunk(
                png,
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(width)
                        .putInt(height)
                        .put(new byte[] {8, 2, 0, 0, 0})
                        .array());
        ByteArrayOutputStream pixels = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflated = new DeflaterOutputStream(pixels)) {
            deflated.write(new byte[100_000]);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        chunk(png, "IDAT", pixels.toByteArray());
        chunk(png, "IEND", new byte[0]);
        return png.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream png, String type, byte[] content) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 check = new CRC32();
        check.update(name);
        check.update(content);
        png.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
        png.writeBytes(name);
        png.writeBytes(content);
        png.writeBytes(ByteBuffer.allocate(4).putInt((int) check.getValue()).array());
    }
}
