package org.takedownhub.cases.web;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Codes as words: {@code AWAITING_REMOVAL} reads "Awaiting removal", {@code case.opened} "Case opened". */
final class Words {

    private static final Pattern ACRONYM = Pattern.compile("\\b(dsa|tco|api)\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern SCHEME = Pattern.compile("(?i)\\bhttp(?=s?:)");

    private Words() {}

    static String of(@Nullable Object code) {
        if (code == null || code.toString().isEmpty()) {
            return "";
        }
        String text = code.toString().toLowerCase(Locale.ROOT).replaceAll("[_.-]", " ");
        String sentence = text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
        return ACRONYM.matcher(sentence).replaceAll(found -> found.group().toUpperCase(Locale.ROOT));
    }

    /** An address that nobody follows by accident: {@code hxxps://}. */
    static String defanged(String url) {
        return SCHEME.matcher(url).replaceAll("hxxp");
    }
}
