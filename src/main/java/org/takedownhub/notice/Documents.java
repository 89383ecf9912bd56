package org.takedownhub.notice;

import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.logging.Level;
import java.util.stream.Collectors;

/**
 * Makes documents of papers: readable text, and PDF that screen readers can read (ISO 14289-1, PDF/UA-1), with its fonts
 * in it and nothing loaded from anywhere.
 */
public final class Documents {

    private static final String FONTS = "/net/sf/jasperreports/fonts/dejavu/";
    private static final byte[] REGULAR = font("DejaVuSans.ttf");
    private static final byte[] BOLD = font("DejaVuSans-Bold.ttf");
    private static final int BOLD_WEIGHT = 700;
    private static final int REGULAR_WEIGHT = 400;

    /** Widths, sizes and gaps are for A4. The marking stands in the margins, which readers skip as decoration. */
    private static final String STYLE =
            """
            @page { size: A4; margin: 25mm 20mm 25mm 20mm;
              @top-center { content: "%1$s"; font: 700 10pt Hub; }
              @bottom-center { content: "%1$s"; font: 700 10pt Hub; }
              @bottom-left { content: "%2$s"; font: 400 8pt Hub; }
              @bottom-right { content: "Page " counter(page) " of " counter(pages); font: 400 8pt Hub; } }
            body { font-family: Hub; font-size: 10.5pt; line-height: 1.45; color: #0b0c0c; margin: 0; }
            h1 { font-size: 17pt; line-height: 1.25; margin: 0 0 6mm 0; }
            h2 { font-size: 12.5pt; margin: 6mm 0 2mm 0; page-break-after: avoid; }
            h3 { font-size: 10.5pt; margin: 4mm 0 1mm 0; page-break-after: avoid; }
            p { margin: 0 0 3mm 0; word-wrap: break-word; }
            ul { margin: 0 0 3mm 0; padding: 0 0 0 6mm; }
            li { margin: 0 0 1mm 0; word-wrap: break-word; }
            table { width: 100%%; border-collapse: collapse; margin: 0 0 4mm 0; -fs-table-paginate: paginate; }
            table.facts { table-layout: fixed; }
            table.facts th { width: 32%%; }
            caption { text-align: left; font-weight: 700; margin: 0 0 1mm 0; }
            th, td { text-align: left; vertical-align: top; padding: 1.2mm 2mm 1.2mm 0;
              border-bottom: 0.3mm solid #b1b4b6; word-wrap: break-word; }
            tr { page-break-inside: avoid; }
            """;

    static {
        // The library tells of every step, and of nothing that could not be told by looking at the document.
        XRLog.listRegisteredLoggers().forEach(logger -> XRLog.setLevel(logger, Level.SEVERE));
    }

    private Documents() {}

    /** The paper as readable text, lines ended by a line feed. */
    public static String text(Paper paper) {
        return PaperText.of(paper);
    }

    /** The paper as tagged PDF with title, language and embedded fonts. */
    public static byte[] pdf(Paper paper) {
        PdfRendererBuilder builder = new PdfRendererBuilder();
        builder.usePdfUaAccessibility(true);
        builder.withProducer("Takedown Hub");
        builder.useFont(() -> new ByteArrayInputStream(REGULAR), "Hub", REGULAR_WEIGHT, FontStyle.NORMAL, true);
        builder.useFont(() -> new ByteArrayInputStream(BOLD), "Hub", BOLD_WEIGHT, FontStyle.NORMAL, true);
        builder.withHtmlContent(page(paper), null);
        // The paper holds no address to load; should one come in, it stays where it is.
        builder.useUriResolver((base, uri) -> null);
        ByteArrayOutputStream pdf = new ByteArrayOutputStream();
        builder.toStream(pdf);
        try {
            builder.run();
        } catch (IOException e) {
            throw new UncheckedIOException("No PDF could be made of " + paper.title(), e);
        }
        return pdf.toByteArray();
    }

    private static String page(Paper paper) {
        return "<html lang=\"" + paper.language() + "\"><head><title>" + escaped(paper.title())
                + "</title><meta name=\"subject\" content=\"" + escaped(paper.title()) + "\"/><style>"
                + STYLE.formatted(paper.marking(), styleText(paper.title())) + "</style></head><body><h1>"
                + escaped(paper.title()) + "</h1>"
                + paper.blocks().stream().map(Documents::html).collect(Collectors.joining("\n"))
                + "</body></html>";
    }

    private static String html(Paper.Block block) {
        if (block instanceof Paper.Heading heading) {
            String tag = "h" + (heading.level() + 1);
            return "<" + tag + ">" + escaped(heading.text()) + "</" + tag + ">";
        } else if (block instanceof Paper.Paragraph paragraph) {
            return "<p>" + lines(paragraph.text()) + "</p>";
        } else if (block instanceof Paper.Items items) {
            return items.items().stream()
                    .map(item -> "<li>" + lines(item) + "</li>")
                    .collect(Collectors.joining("", "<ul>", "</ul>"));
        } else if (block instanceof Paper.Facts facts) {
            return facts.facts().stream()
                    .map(fact -> "<tr><th scope=\"row\">" + escaped(fact.term()) + "</th><td>" + lines(fact.value())
                            + "</td></tr>")
                    .collect(Collectors.joining("", "<table class=\"facts\"><tbody>", "</tbody></table>"));
        }
        return table((Paper.Table) block);
    }

    private static String table(Paper.Table table) {
        String head = table.head().stream()
                .map(cell -> "<th scope=\"col\">" + escaped(cell) + "</th>")
                .collect(Collectors.joining());
        String rows = table.rows().stream()
                .map(row -> row.stream()
                        .map(cell -> "<td>" + lines(cell) + "</td>")
                        .collect(Collectors.joining("", "<tr>", "</tr>")))
                .collect(Collectors.joining());
        return "<h3>" + escaped(table.caption()) + "</h3><table><thead><tr>" + head + "</tr></thead><tbody>" + rows
                + "</tbody></table>";
    }

    private static String lines(String text) {
        return escaped(text).replace("\r\n", "\n").replace("\n", "<br/>");
    }

    /** Text as XML may hold it: without what is no character there, and with long words that may break. */
    private static String escaped(String text) {
        StringBuilder xml = new StringBuilder(text.length() + 16);
        text.codePoints().filter(Documents::isXml).forEach(character -> {
            switch (character) {
                case '&' -> xml.append("&amp;");
                case '<' -> xml.append("&lt;");
                case '>' -> xml.append("&gt;");
                case '"' -> xml.append("&quot;");
                default -> xml.appendCodePoint(character);
            }
        });
        return xml.toString();
    }

    private static boolean isXml(int character) {
        return character == '\t'
                || character == '\n'
                || character == '\r'
                || character >= 0x20 && character <= 0xD7FF
                || character >= 0xE000 && character <= 0xFFFD
                || character >= 0x10000;
    }

    /** For a string in the style sheet: only what cannot end it. */
    private static String styleText(String text) {
        return text.codePoints()
                .filter(character -> Character.isLetterOrDigit(character) || " .,:;()/-".indexOf(character) >= 0)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
    }

    private static byte[] font(String file) {
        try (InputStream in = Documents.class.getResourceAsStream(FONTS + file)) {
            if (in == null) {
                throw new IllegalStateException(
                        "The font %s is not in the program".formatted(file.toLowerCase(Locale.ROOT)));
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("The font " + file + " cannot be read", e);
        }
    }
}
