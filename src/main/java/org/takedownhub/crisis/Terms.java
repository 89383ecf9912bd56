package org.takedownhub.crisis;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What links a case to a crisis: names, which match as whole words in whatever is on file about a case, its account
 * among it, and tags, which match with their hash sign. Spelling in capitals, full-width letters and accents make no
 * difference.
 */
record Terms(Set<String> names, Set<String> tags) {

    private static final Pattern ACCENTS = Pattern.compile("\\p{M}+");
    private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}]+");
    private static final String NO_LETTER_BEFORE = "(?<![\\p{L}\\p{N}])";
    private static final String NO_LETTER_AFTER = "(?![\\p{L}\\p{N}])";

    Terms {
        names = Set.copyOf(names);
        tags = Set.copyOf(tags);
    }

    /** Names and tags as people type them, with or without their signs. */
    static Terms of(List<String> names, List<String> tags) {
        return new Terms(
                names.stream().map(name -> plain(name).replaceFirst("^@", "")).collect(Collectors.toSet()),
                tags.stream().map(tag -> plain(tag).replaceFirst("^#", "")).collect(Collectors.toSet()));
    }

    boolean match(String text) {
        String plain = plain(text);
        return patterns().anyMatch(pattern -> pattern.matcher(plain).find());
    }

    private Stream<Pattern> patterns() {
        return Stream.concat(
                        names.stream().map(name -> NO_LETTER_BEFORE + words(name) + NO_LETTER_AFTER),
                        tags.stream().map(tag -> "#" + Pattern.quote(tag) + "(?![\\p{L}\\p{N}_])"))
                .map(Pattern::compile);
    }

    private static String words(String name) {
        return Stream.of(name.split(" ")).map(Pattern::quote).collect(Collectors.joining("[^\\p{L}\\p{N}]+"));
    }

    private static String plain(String text) {
        String decomposed = Normalizer.normalize(text, Normalizer.Form.NFKD);
        return SPACE.matcher(ACCENTS.matcher(decomposed).replaceAll(""))
                .replaceAll(" ")
                .strip()
                .toLowerCase(Locale.ROOT);
    }
}
