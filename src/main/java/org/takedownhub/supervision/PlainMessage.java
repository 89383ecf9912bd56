package org.takedownhub.supervision;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** What a program said, for people's eyes: without anything that looks like a secret, and no longer than a paragraph. */
final class PlainMessage {

    private static final int LONGEST = 1000;
    private static final Map<Pattern, String> HIDDEN = new LinkedHashMap<>();

    static {
        HIDDEN.put(Pattern.compile("(?i)\\b(bearer|basic)\\s+[\\w+/=.~-]{6,}"), "$1 …");
        HIDDEN.put(
                Pattern.compile("(?i)(\\w*(?:secret|token|password|passwd|api[-_]?key|authorization|cookie|signature)"
                        + "\\w*)(\"?\\s*[=:]\\s*)(\"[^\"]*\"|[^\\s,;&}\\])]+)"),
                "$1$2…");
        HIDDEN.put(Pattern.compile("(?i)\\b([a-z][a-z0-9+.-]*://)[^/\\s@]+@"), "$1…@");
        HIDDEN.put(Pattern.compile("(?i)\\b([a-z][a-z0-9+.-]*://[^\\s?#]+)[?#][^\\s]*"), "$1?…");
        HIDDEN.put(Pattern.compile("\\beyJ[\\w-]+\\.[\\w-]+\\.?[\\w-]*"), "…");
        HIDDEN.put(
                Pattern.compile("\\b(?=[A-Za-z0-9+/_=-]*\\d)(?=[A-Za-z0-9+/_=-]*[A-Za-z])[A-Za-z0-9+/_=-]{40,}"), "…");
        HIDDEN.put(Pattern.compile("[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+"), "…@…");
    }

    private PlainMessage() {}

    static String of(String raw) {
        String text = raw;
        for (Map.Entry<Pattern, String> hidden : HIDDEN.entrySet()) {
            text = hidden.getKey().matcher(text).replaceAll(hidden.getValue());
        }
        text = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }
}
