package org.takedownhub.notice;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A paper as readable text. */
final class PaperText {

    private PaperText() {}

    static String of(Paper paper) {
        return paper.marking() + "\n\n" + body(paper) + "\n\n" + paper.marking() + "\n";
    }

    /** Without the marking: what goes into the form of a platform. */
    static String body(Paper paper) {
        return paper.title() + "\n\n"
                + paper.blocks().stream().map(PaperText::block).collect(Collectors.joining("\n\n"));
    }

    private static String block(Paper.Block block) {
        if (block instanceof Paper.Heading heading) {
            return heading.level() == 1 ? heading.text().toUpperCase(Locale.UK) : heading.text();
        } else if (block instanceof Paper.Paragraph paragraph) {
            return paragraph.text();
        } else if (block instanceof Paper.Items items) {
            return items.items().stream().map(item -> "- " + item).collect(Collectors.joining("\n"));
        } else if (block instanceof Paper.Facts facts) {
            return facts.facts().stream()
                    .map(fact -> fact.term() + ": " + fact.value())
                    .collect(Collectors.joining("\n"));
        }
        Paper.Table table = (Paper.Table) block;
        return table.caption() + "\n"
                + table.rows().stream()
                        .map(row -> IntStream.range(0, row.size())
                                .mapToObj(column -> table.head().get(column) + ": " + row.get(column))
                                .collect(Collectors.joining("; ", "- ", "")))
                        .collect(Collectors.joining("\n"));
    }
}
