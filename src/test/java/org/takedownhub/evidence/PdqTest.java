package org.takedownhub.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.image.BufferedImage;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;
import org.takedownhub.evidence.PdqIndex.Near;

/** Decision record 14 says where the expected hashes are from. */
class PdqTest {

    static final MediaSettings SETTINGS = new MediaSettings(
            true,
            DataSize.ofMegabytes(20),
            25_000_000,
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            8,
            3,
            31,
            50,
            20,
            Set.of());

    @ParameterizedTest
    @CsvSource({
        "1, 400, 300, 4646cfa6cbacc2d9a9f7ed65d27ab6dacc68e9b1b27384514931487230e65852",
        "2, 64, 64, b0cb79e4586725b25ec8643d20f1a61bdf490e3021397a538ca45eb3ae7b633d",
        "3, 200, 481, ae3c6cb342d7a1dcd65cdb2f30a326c405eb12dc6471f4739f45dac12730710e",
        "4, 1000, 700, e56ee44ab31f3966ec88b173fd8be78d1331a1c386cc1b0ce797c6341a38451c",
        "5, 5, 5, 6c5b358c9324ce73749d3b0e64d9c6f18b62358c6cdb358c9324ca73749d390e",
        "6, 37, 512, f617fda1c01025a08cbf30f70c7e3fe2b7a4a0a0e4902c2d349ff076f1ec945f",
        "7, 900, 100, 477a1a5a34baa557a68a56128b478de146a282d7b5a63c5f0cd352f4934e69af"
    })
    void hashesBitForBitAsTheReferenceImplementationDoes(long seed, int width, int height, String expected)
            throws Picture.Unreadable {
        Pdq.Result result = hash(Drawing.as("png", Drawing.of(seed, width, height)));

        assertThat(result.hash().hex()).isEqualTo(expected);
        assertThat(result.quality()).isEqualTo(100);
    }

    @Test
    void takesGreyAsItStandsInTheFile() throws Picture.Unreadable {
        byte[] grey = Drawing.as("png", Drawing.of(8, 128, 128, BufferedImage.TYPE_BYTE_GRAY));

        assertThat(hash(grey).hash().hex())
                .isEqualTo("6525665c2e670efc067c9d74361997213b8697237f237908df784cf3235848b3");
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18})
    void findsAPictureAgainAfterAPlatformSavedItSmallerAndWorse(long seed) throws Picture.Unreadable {
        BufferedImage picture = Drawing.of(seed, 800, 600);

        PdqHash original = hash(Drawing.as("png", picture)).hash();
        PdqHash again = hash(Drawing.asJpeg(smaller(picture, 430, 322), 0.4f)).hash();

        assertThat(original.distance(again)).isBetween(1, SETTINGS.farthest());
    }

    @Test
    void tellsDifferentPicturesApart() throws Picture.Unreadable {
        int nearest = PdqHash.BITS;
        for (int one = 20; one < 40; one++) {
            for (int other = one + 1; other < 40; other++) {
                nearest = Math.min(
                        nearest,
                        hash(Drawing.as("png", Drawing.of(one, 96, 96)))
                                .hash()
                                .distance(hash(Drawing.as("png", Drawing.of(other, 96, 96)))
                                        .hash()));
            }
        }
        assertThat(nearest).isGreaterThan(2 * SETTINGS.farthest());
    }

    @Test
    void givesAPlainSurfaceNoQuality() {
        float[] white = new float[300 * 200];
        java.util.Arrays.fill(white, 255);

        assertThat(Pdq.hash(white, 300, 200).quality()).isZero();
    }

    @Test
    void hashesNothingThatIsSmallerThanTheAlgorithmAllows() {
        assertThatIllegalArgumentException().isThrownBy(() -> Pdq.hash(new float[4 * 100], 4, 100));
    }

    @Test
    void writesAndReadsHashesAsOthersDo() {
        String hex = "f8f8f0cee0f4a84f06370a22038f63f0b36e2ed596621e1d33e6b39c4e9c9b22";

        assertThat(PdqHash.of(hex).hex()).isEqualTo(hex);
        assertThat(PdqHash.of(hex).distance(PdqHash.of(hex.replace("f8f8", "08f9"))))
                .isEqualTo(5);
        assertThat(PdqHash.of("0".repeat(64)).distance(PdqHash.of("f".repeat(64))))
                .isEqualTo(PdqHash.BITS);
        assertThatIllegalArgumentException().isThrownBy(() -> PdqHash.of(hex.substring(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> PdqHash.of("g" + hex.substring(1)));
    }

    @Test
    void findsExactlyTheHashesWithinTheDistanceAmongMany() {
        Random random = new Random(1);
        PdqIndex index = new PdqIndex();
        for (int id = 0; id < 20_000; id++) {
            index.add(id, random(random));
        }
        PdqHash wanted = random(random);
        index.add(1_000_003, new PdqHash(~wanted.first(), wanted.second(), wanted.third(), wanted.fourth()));
        index.add(
                1_000_002,
                new PdqHash(wanted.first() ^ 0xffff_ffffL, wanted.second(), wanted.third(), wanted.fourth()));
        index.add(
                1_000_001,
                new PdqHash(wanted.first() ^ 0x7fff_ffffL, wanted.second(), wanted.third(), wanted.fourth()));
        index.add(1_000_000, new PdqHash(wanted.first(), wanted.second(), wanted.third(), wanted.fourth() ^ 1));

        assertThat(index.near(wanted, 31)).containsExactly(new Near(1_000_000, 1), new Near(1_000_001, 31));
        assertThat(index.size()).isEqualTo(20_004);
    }

    static Pdq.Result hash(byte[] file) throws Picture.Unreadable {
        Picture.Luminance picture = Picture.luminance(file, SETTINGS);
        return Pdq.hash(picture.values(), picture.height(), picture.width());
    }

    static BufferedImage smaller(BufferedImage image, int width, int height) {
        BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = small.createGraphics();
        canvas.drawImage(image.getScaledInstance(width, height, Image.SCALE_AREA_AVERAGING), 0, 0, null);
        canvas.dispose();
        return small;
    }

    private static PdqHash random(Random random) {
        return new PdqHash(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
    }
}
