package org.takedownhub.platform.mail;

import java.nio.charset.StandardCharsets;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/** A stranger's words as plain text: no markup, nothing invisible that steers what is seen, no endless length. */
final class SafeText {

    private static final String MARKUP_ONLY = "script, style, head, template, noscript, iframe, object, svg";
    private static final String LINES = "br, p, div, tr, li, h1, h2, h3, h4, h5, h6, blockquote";
    private static final int LONGEST_HTML = 300_000;

    private SafeText() {}

    /** @param html whatever came; at most its first 300,000 characters are read, and the text says so */
    static String ofHtml(String html) {
        boolean longer = html.length() > LONGEST_HTML;
        Document page = Jsoup.parse(longer ? html.substring(0, LONGEST_HTML) : html);
        page.select(MARKUP_ONLY).remove();
        page.select(LINES).forEach(element -> element.appendText("\n"));
        return of(page.wholeText())
                + (longer ? "\n(The rest of this mail is too long to be read here: look into the mailbox.)" : "");
    }

    /** Without control characters, direction marks, and more than two line ends in a row. */
    static String of(String text) {
        String decodable = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        return decodable
                .replace("\r\n", "\n")
                .replace('\r', '\n')
                .replace('\u00a0', ' ')
                .replaceAll("[\\p{Cntrl}&&[^\\n]]", " ")
                .replaceAll("[\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069\\ufeff]", "")
                .replaceAll(" {2,}", " ")
                .replaceAll(" ?\\n ?", "\n")
                .replaceAll("\\n{3,}", "\n\n")
                .strip();
    }

    /** The same on one line. */
    static String line(String text, int most) {
        return cut(of(text).replaceAll("[\\n\\u2028\\u2029]+", " "), most);
    }

    /** Says so where something was left out. */
    static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        String note = " … (shortened from " + text.length() + " characters)";
        int end = Math.max(0, most - note.length());
        if (note.length() >= most) {
            note = "";
            end = most;
        }
        if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end) + note;
    }
}
