package org.takedownhub.platform.page;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.takedownhub.platform.SafeHttp.Response;

/** An HTML page as a reader sees it, all in lower case. */
final class Page {

    private static final int SOURCE_READ = 200_000;
    private static final int TEXT_READ = 20_000;
    private static final int VERY_LITTLE = 40;
    private static final Pattern REFRESH =
            Pattern.compile("^\\s*[0-3](?:\\.0*)?\\s*[;,]\\s*url\\s*=\\s*['\"]?(.*?)['\"]?\\s*$");

    /** How sites say it in a title or heading. A body may hold such words about something else. */
    private static final List<String> NOT_FOUND = List.of(
            "not found",
            "404",
            "410 gone",
            "doesn't exist",
            "does not exist",
            "no longer available",
            "no longer exists",
            "isn't available",
            "is not available",
            "has been removed",
            "has been deleted",
            "was deleted",
            "unavailable",
            "nicht gefunden",
            "nicht mehr verf\u00fcgbar",
            "introuvable",
            "no encontrad",
            "no disponible",
            "niet gevonden");

    private final String title;
    private final String headings;
    private final String text;
    private final String source;
    private final boolean asksPassword;
    private final boolean asksConsent;
    private final boolean blank;
    private final Optional<String> canonical;
    private final Optional<String> refreshesTo;

    private Page(Document document, String source) {
        this.title = lower(document.title());
        this.headings = lower(document.select("h1, h2").text());
        this.asksPassword = !document.select("input[type=password]").isEmpty();
        this.asksConsent = document.select("form[action]").stream()
                .anyMatch(form -> lower(form.attr("action")).contains("consent"));
        this.canonical =
                Optional.of(document.select("link[rel=canonical]").attr("href")).filter(href -> !href.isBlank());
        this.refreshesTo = document.select("meta[http-equiv]").stream()
                .filter(meta -> "refresh".equals(lower(meta.attr("http-equiv"))))
                .map(meta -> REFRESH.matcher(lower(meta.attr("content"))))
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .findFirst();
        boolean scripted = !document.select("script").isEmpty();
        document.select("script, style, template, noscript").remove();
        String all = lower(document.body().text()).replaceAll("\\s+", " ").strip();
        this.text = all.substring(0, Math.min(all.length(), TEXT_READ));
        boolean shows = !document.select("img, picture, video, audio, object, embed, iframe")
                .isEmpty();
        this.blank = !shows && (text.isEmpty() || scripted && text.length() < VERY_LITTLE);
        this.source = source;
    }

    static boolean isHtml(Response answer) {
        String type = answer.header("content-type").orElse("text/html").toLowerCase(Locale.ROOT);
        return answer.body().length > 0 && (type.contains("html") || type.startsWith("text/plain"));
    }

    static Page of(Response answer) {
        try {
            Document document = Jsoup.parse(new ByteArrayInputStream(answer.body()), charset(answer), "");
            String source = lower(document.outerHtml());
            return new Page(document, source.substring(0, Math.min(source.length(), SOURCE_READ)));
        } catch (IOException e) {
            throw new UncheckedIOException("Reading from memory never fails", e);
        }
    }

    /** Only names that every Java has; with others the page's own word or UTF-8 counts. */
    private static String charset(Response answer) {
        String type = answer.header("content-type").orElse("").toLowerCase(Locale.ROOT);
        return type.contains("iso-8859-1") ? "ISO-8859-1" : type.contains("utf-16") ? "UTF-16" : "UTF-8";
    }

    String title() {
        return title;
    }

    /** What can be read on it. */
    String text() {
        return text;
    }

    String source() {
        return source;
    }

    boolean asksPassword() {
        return asksPassword;
    }

    boolean asksConsent() {
        return asksConsent;
    }

    /** The address it gives as its own. */
    Optional<String> canonical() {
        return canonical;
    }

    /** Where it sends a reader at once. */
    Optional<String> refreshesTo() {
        return refreshesTo;
    }

    boolean saysNotFound() {
        return NOT_FOUND.stream().anyMatch(words -> title.contains(words) || headings.contains(words));
    }

    /** Nothing to read without running its scripts. */
    boolean isBlank() {
        return blank;
    }

    /** The same to a reader, numbers aside: a site's one page for addresses it does not know. */
    boolean sameAs(Page other) {
        return gist(title).equals(gist(other.title)) && gist(text).equals(gist(other.text));
    }

    /** Nearly the same: the title, and nine words of ten. */
    boolean resembles(Page other) {
        if (!gist(title).equals(gist(other.title))) {
            return false;
        }
        Set<String> here = words(text);
        Set<String> there = words(other.text);
        Set<String> all = new HashSet<>(here);
        all.addAll(there);
        here.retainAll(there);
        return here.size() >= 0.9 * all.size();
    }

    /** Without what differs from call to call: numbers, and our made-up address. */
    private static String gist(String text) {
        return text.replaceAll("\\S*[0-9]\\S*", "").replaceAll("\\s+", " ").strip();
    }

    private static Set<String> words(String text) {
        return new HashSet<>(List.of(gist(text).split(" ")));
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
