package org.takedownhub.cases;

import java.util.List;
import java.util.Optional;
import org.takedownhub.casefile.CaseReference;

/**
 * What one step adds to the page of a case and to the case in the API, without the case having to know the step. Each
 * chapter stands after the ones the page has of its own, in the order of {@code @Order}.
 */
public interface CaseChapter {

    /** The key of its entries in the API's case, in camel case; it is the id of the section on the page, too. */
    String key();

    /** The heading on the page. */
    String title();

    /** What the API tells: records of texts, numbers, truths and instants in UTC, the oldest first. */
    List<?> entries(CaseReference reference);

    /** What the page shows; empty for nothing at all. */
    Optional<Sheet> sheet(CaseReference reference);

    /**
     * A table on the page.
     *
     * @param note    a sentence above it
     * @param columns headings
     * @param rows    as many cells as there are headings
     */
    record Sheet(Optional<String> note, List<String> columns, List<List<Cell>> rows) {

        public Sheet {
            columns = List.copyOf(columns);
            rows = List.copyOf(rows);
            for (List<Cell> row : rows) {
                if (row.size() != columns.size()) {
                    throw new IllegalArgumentException("A row has a cell for each of " + columns);
                }
            }
        }

        public Sheet(List<String> columns, List<List<Cell>> rows) {
            this(Optional.empty(), columns, rows);
        }
    }

    /**
     * A cell of text.
     *
     * @param link where it leads, a path of the hub; never another host
     */
    record Cell(String text, Optional<String> link) {

        public Cell {
            if (link.filter(path -> !path.startsWith("/") || path.startsWith("//"))
                    .isPresent()) {
                throw new IllegalArgumentException("A cell leads to a path of the hub and nowhere else");
            }
        }

        public static Cell of(String text) {
            return new Cell(text, Optional.empty());
        }

        public static Cell leading(String text, String path) {
            return new Cell(text, Optional.of(path));
        }
    }
}
