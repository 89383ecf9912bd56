package org.takedownhub.notice;

import com.samskivert.mustache.BasicCollector;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The words of one instrument's notices, as logic-less Mustache: {@code {{name}}} stands for an element and
 * {@code {{#name}}…{{/name}}} for words that are there only with it. A line {@code # …} or {@code ## …} is a heading,
 * {@code - …} an item, {@code term :: value} a fact; anything else is text. What the elements say is put in after the
 * lines are read, so that no reason or address can make a heading, a fact or a placeholder of its own.
 *
 * @param version 0 for the one shipped with the program
 */
record NoticeTemplate(String text, int version) {

    static final int LONGEST = 20_000;

    private static final char OPEN = '\uE000';
    private static final char CLOSE = '\uE001';
    private static final Pattern TOKEN = Pattern.compile(OPEN + "([A-Za-z0-9]+)" + CLOSE);
    private static final Pattern NAME = Pattern.compile("[a-z][A-Za-z0-9]{0,39}");
    private static final Pattern FORBIDDEN = Pattern.compile("\\{\\{\\s*[{&=>!]");
    private static final Pattern FACT = Pattern.compile("(.{1,80}?)\\s+::\\s+(.*)");

    /** Reads maps and nothing else: no method of any object can be reached from a template. */
    private static final Mustache.Compiler COMPILER = Mustache.compiler()
            .escapeHTML(false)
            .emptyStringIsFalse(true)
            .strictSections(true)
            .withCollector(new BasicCollector() {
                @Override
                public <K, V> Map<K, V> createFetcherCache() {
                    return new ConcurrentHashMap<>();
                }
            });

    String sha256() {
        return Hash.of(text);
    }

    /**
     * What is wrong with these words for an instrument; empty when nothing is.
     *
     * @param known     codes of the elements that may be named
     * @param mandatory codes of those that must come through whatever else is missing
     */
    static List<String> problems(String text, Collection<String> known, Collection<String> mandatory) {
        List<String> problems = new ArrayList<>();
        if (text.isBlank()) {
            return List.of("The template is empty; write the words of the notice");
        }
        if (text.length() > LONGEST) {
            problems.add("The template is longer than " + LONGEST + " characters");
        }
        if (text.indexOf(OPEN) >= 0 || text.indexOf(CLOSE) >= 0) {
            problems.add("The template has characters for private use; type it again");
        }
        if (FORBIDDEN.matcher(text).find()) {
            problems.add(
                    "Write {{name}}, {{#name}}…{{/name}} or {{^name}}…{{/name}}; nothing else may stand in braces");
        }
        if (!problems.isEmpty()) {
            return problems;
        }
        Set<String> named;
        try {
            named = names(COMPILER.compile(text));
        } catch (MustacheException broken) {
            return List.of("The template cannot be read: " + broken.getMessage());
        }
        named.stream()
                .filter(name -> !known.contains(name))
                .map(name -> "There is no element " + name + "; the elements are "
                        + known.stream().sorted().collect(Collectors.joining(", ")))
                .forEach(problems::add);
        if (!problems.isEmpty()) {
            return problems;
        }
        Map<String, String> least =
                known.stream().collect(Collectors.toMap(name -> name, name -> mandatory.contains(name) ? "x" : ""));
        NoticeTemplate template = new NoticeTemplate(text, 0);
        try {
            String skeleton = template.skeleton(least);
            if (unfilled(skeleton)) {
                problems.add("Two braces stand alone; write {{name}}");
            }
            Set<String> shown = tokens(skeleton);
            mandatory.stream()
                    .filter(name -> !shown.contains(name))
                    .map(name -> "The law wants " + Element.label(name).toLowerCase(java.util.Locale.UK)
                            + " in this notice; write {{" + name + "}} where it always shows")
                    .forEach(problems::add);
        } catch (MustacheException broken) {
            problems.add("The template cannot be read: " + broken.getMessage());
        }
        return problems;
    }

    /** The blocks of the paper. Elements that are not known are left empty. */
    List<Paper.Block> blocks(Map<String, String> elements, Collection<String> known) {
        Map<String, String> filled = new HashMap<>();
        known.forEach(name -> filled.put(name, elements.getOrDefault(name, "")));
        return parse(skeleton(filled), text -> filled(text, filled));
    }

    /** Codes of the elements that come through in the paper. */
    Set<String> shown(Map<String, String> elements, Collection<String> known) {
        Map<String, String> filled = new HashMap<>();
        known.forEach(name -> filled.put(name, elements.getOrDefault(name, "")));
        return tokens(skeleton(filled));
    }

    /** Whether something in braces would go out as it stands. */
    boolean leavesPlaceholders(Map<String, String> elements, Collection<String> known) {
        Map<String, String> filled = new HashMap<>();
        known.forEach(name -> filled.put(name, elements.getOrDefault(name, "")));
        return unfilled(skeleton(filled));
    }

    private String skeleton(Map<String, String> elements) {
        Map<String, Object> tokens = new HashMap<>();
        elements.forEach((name, value) -> tokens.put(name, value.isBlank() ? "" : OPEN + name + CLOSE));
        return COMPILER.compile(text).execute(tokens);
    }

    private static boolean unfilled(String skeleton) {
        return skeleton.contains("{{") || skeleton.contains("}}");
    }

    private static Set<String> tokens(String skeleton) {
        Set<String> names = new TreeSet<>();
        Matcher token = TOKEN.matcher(skeleton);
        while (token.find()) {
            names.add(token.group(1));
        }
        return names;
    }

    private static String filled(String text, Map<String, String> elements) {
        return TOKEN.matcher(text)
                .replaceAll(token ->
                        Matcher.quoteReplacement(elements.get(token.group(1)).strip()));
    }

    private static Set<String> names(Template template) {
        Set<String> names = new TreeSet<>();
        template.visit(new Mustache.Visitor() {
            @Override
            public void visitText(String text) {
                // words are words
            }

            @Override
            public void visitVariable(String name) {
                names.add(name);
            }

            @Override
            public boolean visitInclude(String name) {
                names.add(">" + name);
                return false;
            }

            @Override
            public boolean visitSection(String name) {
                names.add(name);
                return true;
            }

            @Override
            public boolean visitInvertedSection(String name) {
                names.add(name);
                return true;
            }
        });
        return names;
    }

    /** Whether a table may name an element so. */
    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    private static List<Paper.Block> parse(String skeleton, UnaryOperator<String> fill) {
        List<Paper.Block> blocks = new ArrayList<>();
        List<String> paragraph = new ArrayList<>();
        List<String> items = new ArrayList<>();
        List<Paper.Fact> facts = new ArrayList<>();
        for (String line : (skeleton + "\n\n").split("\n", -1)) {
            String text = line.strip();
            Matcher fact = FACT.matcher(text);
            boolean isItem = text.startsWith("- ");
            boolean isFact = !isItem && fact.matches();
            boolean isHeading = text.startsWith("# ") || text.startsWith("## ");
            boolean isText = !text.isEmpty() && !isItem && !isFact && !isHeading;
            if (!isText && !paragraph.isEmpty()) {
                blocks.add(new Paper.Paragraph(fill.apply(String.join("\n", paragraph))));
                paragraph.clear();
            }
            if (!isItem && !items.isEmpty()) {
                blocks.add(new Paper.Items(items.stream().map(fill).toList()));
                items.clear();
            }
            if (!isFact && !facts.isEmpty()) {
                blocks.add(new Paper.Facts(facts));
                facts.clear();
            }
            if (isHeading) {
                int level = text.startsWith("## ") ? 2 : 1;
                blocks.add(new Paper.Heading(level, fill.apply(text.substring(level + 1))));
            } else if (isItem) {
                items.add(text.substring(2));
            } else if (isFact) {
                facts.add(new Paper.Fact(fill.apply(fact.group(1)), fill.apply(fact.group(2))));
            } else if (isText) {
                paragraph.add(text);
            }
        }
        return List.copyOf(blocks);
    }
}
