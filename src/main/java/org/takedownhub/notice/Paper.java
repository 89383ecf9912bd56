package org.takedownhub.notice;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A paper of the hub, before it is text or PDF: what it says and in which order, and nothing of how it looks.
 *
 * @param title    what the paper is, with its reference
 * @param marking  protective marking, printed at the head and the foot of every page, such as {@code OFFICIAL}
 * @param language of its words, a BCP 47 tag
 */
public record Paper(String title, String marking, String language, List<Block> blocks) {

    private static final Pattern MARKING = Pattern.compile("[A-Z][A-Z0-9 :,-]{0,79}");
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*");

    public Paper {
        if (title.isBlank()) {
            throw new IllegalArgumentException("A paper has a title");
        }
        if (!MARKING.matcher(marking).matches()) {
            throw new IllegalArgumentException(
                    "The marking of %s must be capital letters, such as OFFICIAL-SENSITIVE".formatted(title));
        }
        if (!LANGUAGE.matcher(language).matches()) {
            throw new IllegalArgumentException("The language of %s must be a tag such as en-GB".formatted(title));
        }
        blocks = List.copyOf(blocks);
    }

    /** One part of a paper. */
    public sealed interface Block {}

    /** @param level 1 for a section, 2 for a part of one */
    public record Heading(int level, String text) implements Block {
        public Heading {
            if (level < 1 || level > 2) {
                throw new IllegalArgumentException("A heading is of level 1 or 2");
            }
        }
    }

    /** Line breaks in it are kept. */
    public record Paragraph(String text) implements Block {}

    public record Items(List<String> items) implements Block {
        public Items {
            items = List.copyOf(items);
        }
    }

    /** Terms and what they are, one below the other. */
    public record Facts(List<Fact> facts) implements Block {
        public Facts {
            facts = List.copyOf(facts);
        }
    }

    public record Fact(String term, String value) {}

    /**
     * @param caption what the table holds
     * @param rows    each as long as the head
     */
    public record Table(String caption, List<String> head, List<List<String>> rows) implements Block {
        public Table {
            head = List.copyOf(head);
            rows = rows.stream().map(List::copyOf).toList();
            if (head.isEmpty()) {
                throw new IllegalArgumentException("The table %s needs a head".formatted(caption));
            }
            for (List<String> row : rows) {
                if (row.size() != head.size()) {
                    throw new IllegalArgumentException(
                            "Every row of the table %s must be as long as its head".formatted(caption));
                }
            }
        }
    }
}
