package org.takedownhub.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.ValidationResult;

/** Papers become documents that machines, screen readers and people can read. */
class DocumentsTest {

    private static final Paper PAPER = new Paper(
            "Content removal notice TH-2026-000001",
            "OFFICIAL-SENSITIVE",
            "en-GB",
            List.of(
                    new Paper.Heading(1, "What this is"),
                    new Paper.Paragraph(
                            "A notice <script>alert(1)</script> & more.\nSecond line: Zürich, Łódź, Ελλάδα."),
                    new Paper.Facts(List.of(
                            new Paper.Fact("Reference", "TH-2026-000001"),
                            new Paper.Fact("Content", "https://fake.example/" + "a".repeat(180)))),
                    new Paper.Heading(2, "Chronology"),
                    new Paper.Items(List.of("one", "two \u0007 with a bell")),
                    new Paper.Table(
                            "What happened",
                            List.of("When", "What"),
                            IntStream.range(0, 60)
                                    .mapToObj(number -> List.of("2026-06-01T09:" + number + "Z", "Look " + number))
                                    .toList())));

    @Test
    void makesPdfThatPassesTheAccessibilityRulesOfPdfUa() throws Exception {
        byte[] pdf = Documents.pdf(PAPER);
        // Kept to be looked at.
        Files.createDirectories(Path.of("target"));
        Files.write(Path.of("target", "paper.pdf"), pdf);

        assertThat(violations(pdf)).isEmpty();
    }

    @Test
    void saysTitleLanguageAndMarkingAndEmbedsEveryFont() throws Exception {
        try (PDDocument pdf = Loader.loadPDF(Documents.pdf(PAPER))) {
            assertThat(pdf.getDocumentInformation().getTitle()).isEqualTo(PAPER.title());
            assertThat(pdf.getDocumentCatalog().getLanguage()).isEqualTo("en-GB");
            assertThat(pdf.getDocumentCatalog().getMarkInfo().isMarked()).isTrue();
            assertThat(pdf.getNumberOfPages()).isGreaterThan(1);
            for (int page = 1; page <= pdf.getNumberOfPages(); page++) {
                PDFTextStripper reader = new PDFTextStripper();
                reader.setStartPage(page);
                reader.setEndPage(page);
                String text = reader.getText(pdf);
                assertThat(text.split("OFFICIAL-SENSITIVE", -1))
                        .as("head and foot")
                        .hasSize(3);
                var resources = pdf.getPage(page - 1).getResources();
                for (COSName name : resources.getFontNames()) {
                    assertThat(resources.getFont(name).isEmbedded()).isTrue();
                }
            }
            assertThat(new PDFTextStripper().getText(pdf))
                    .contains("<script>alert(1)</script> & more.", "Zürich, Łódź, Ελλάδα", "Page 1 of ");
        }
    }

    @Test
    void readsAsPlainText() {
        assertThat(Documents.text(PAPER))
                .startsWith("OFFICIAL-SENSITIVE\n\nContent removal notice TH-2026-000001\n")
                .contains(
                        "WHAT THIS IS",
                        "Reference: TH-2026-000001",
                        "- one\n",
                        "- When: 2026-06-01T09:0Z; What: Look 0")
                .endsWith("OFFICIAL-SENSITIVE\n");
    }

    @Test
    void takesNoMarkingThatCouldEndTheStyleSheet() {
        assertThatThrownBy(() -> new Paper("t", "OFFICIAL\"; }", "en", List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    static List<String> violations(byte[] pdf) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        try (PDFAParser parser =
                        Foundries.defaultInstance().createParser(new ByteArrayInputStream(pdf), PDFAFlavour.PDFUA_1);
                PDFAValidator validator = Foundries.defaultInstance().createValidator(PDFAFlavour.PDFUA_1, false)) {
            ValidationResult result = validator.validate(parser);
            return result.getTestAssertions().stream()
                    .map(broken -> broken.getRuleId().getClause() + "-"
                            + broken.getRuleId().getTestNumber() + ": " + broken.getMessage())
                    .distinct()
                    .toList();
        }
    }
}
