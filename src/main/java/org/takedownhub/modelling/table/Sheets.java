package org.takedownhub.modelling.table;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.takedownhub.modelling.ModelFile;
import org.takedownhub.modelling.table.XmlText.Element;
import org.takedownhub.modelling.table.XmlText.Span;

/**
 * Reads a decision table's file as a sheet, and writes a sheet's rows into the file: ids, namespaces, widths, the drawing
 * and every rule that was not changed stay to the letter.
 */
public final class Sheets {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Pattern ID = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,99}");

    private Sheets() {}

    /**
     * Opens a file that the linter has found no error in.
     *
     * @throws UnreadableTable it holds no decision table, or one with missing entries
     */
    public static TableSheet read(ModelFile file) {
        return Opened.of(file).sheet();
    }

    /**
     * The file with these rows in the place of its own, in this order. A row whose id the file does not have is new.
     *
     * @throws UnreadableTable          as {@link #read} has it
     * @throws IllegalArgumentException two rows have the same id, or an id is none
     */
    public static ModelFile write(ModelFile file, List<Row> rows) {
        return new ModelFile(file.name(), Opened.of(file).written(rows));
    }

    /** A row of a table, or a cell of it. */
    public record Place(String row, String column) {}

    /** Which row and cell an element of the file belongs to; the column is empty for the rule itself. */
    public static Optional<Place> place(ModelFile file, String elementId) {
        Opened opened = Opened.of(file);
        for (int rule = 0; rule < opened.rules().size(); rule++) {
            Row row = opened.sheet().rows().get(rule);
            if (row.id().equals(elementId)) {
                return Optional.of(new Place(row.id(), ""));
            }
            List<Element> entries = Opened.entries(opened.rules().get(rule));
            for (int place = 0; place < entries.size(); place++) {
                if (opened.xml().attribute(entries.get(place), "id").equals(elementId)) {
                    return Optional.of(new Place(
                            row.id(), opened.sheet().columns().get(place).key()));
                }
            }
        }
        return Optional.empty();
    }

    /** The same table, answering with every row that fits. */
    static ModelFile collecting(ModelFile file) {
        Opened opened = Opened.of(file);
        Span policy = opened.table().attributes().get("hitPolicy");
        String collect = policy == null ? " hitPolicy=\"COLLECT\"" : "COLLECT";
        int tag = opened.table().all().start() + 1 + opened.table().tag().length();
        Span span = policy == null ? new Span(tag, tag) : policy;
        return new ModelFile(
                file.name(),
                file.text().substring(0, span.start()) + collect + file.text().substring(span.end()));
    }

    /** An id for a new row that no other row, here or in another version of the table, is likely to have. */
    public static String newRowId() {
        return "Rule_" + String.format("%08x", RANDOM.nextInt());
    }

    /** A file and where its rules stand. */
    private record Opened(String file, XmlText xml, Element table, List<Element> rules, TableSheet sheet) {

        static Opened of(ModelFile file) {
            try {
                return opened(file);
            } catch (IllegalArgumentException | IndexOutOfBoundsException broken) {
                throw new UnreadableTable(file.name(), "it is no XML: " + broken.getMessage());
            }
        }

        private static Opened opened(ModelFile file) {
            XmlText xml = XmlText.of(file.text());
            Element decision = xml.root()
                    .child("decision")
                    .orElseThrow(() -> new UnreadableTable(file.name(), "it holds no decision"));
            Element table = decision.child("decisionTable")
                    .orElseThrow(() -> new UnreadableTable(file.name(), "its decision is no table"));
            List<Element> rules = table.children("rule").toList();
            String id = xml.attribute(decision, "id");
            List<Column> columns = Stream.concat(
                            table.children("input").map(input -> input(file, id, xml, table, input)),
                            table.children("output").map(output -> output(file, id, xml, table, output)))
                    .toList();
            if (columns.stream().map(Column::key).distinct().count() < columns.size()) {
                throw new UnreadableTable(file.name(), "two columns have the same name");
            }
            List<Row> rows =
                    rules.stream().map(rule -> row(file, xml, columns, rule)).toList();
            if (rows.stream().map(Row::id).distinct().count() < rows.size()) {
                throw new UnreadableTable(file.name(), "two rules have the same id");
            }
            String policy = xml.attribute(table, "hitPolicy");
            return new Opened(
                    file.name(),
                    xml,
                    table,
                    rules,
                    new TableSheet(
                            id,
                            xml.attribute(decision, "name"),
                            TableKnowledge.purpose(id),
                            policy.isEmpty() ? "UNIQUE" : policy,
                            columns,
                            rows));
        }

        private static Column input(ModelFile file, String id, XmlText xml, Element table, Element input) {
            Element expression = input.child("inputExpression")
                    .orElseThrow(() -> new UnreadableTable(file.name(), "an input has no expression"));
            String name = text(xml, expression);
            int place = table.children("input").toList().indexOf(input);
            return TableKnowledge.column(
                    id,
                    name,
                    label(xml, input, name),
                    true,
                    xml.attribute(expression, "typeRef"),
                    allowed(xml, input, "inputValues"),
                    texts(xml, table, "inputEntry", place));
        }

        private static Column output(ModelFile file, String id, XmlText xml, Element table, Element output) {
            String name = xml.attribute(output, "name");
            if (name.isEmpty()) {
                throw new UnreadableTable(file.name(), "an output has no name");
            }
            int place = table.children("output").toList().indexOf(output);
            return TableKnowledge.column(
                    id,
                    name,
                    label(xml, output, name),
                    false,
                    xml.attribute(output, "typeRef"),
                    allowed(xml, output, "outputValues"),
                    texts(xml, table, "outputEntry", place));
        }

        private static String label(XmlText xml, Element column, String name) {
            String label = xml.attribute(column, "label");
            return label.isEmpty() ? name : label;
        }

        private static List<String> allowed(XmlText xml, Element column, String holder) {
            return column.child(holder)
                    .map(values -> CellText.values(text(xml, values)))
                    .orElse(List.of());
        }

        private static List<String> texts(XmlText xml, Element table, String entry, int place) {
            return table.children("rule")
                    .map(rule -> rule.children(entry).toList())
                    .filter(entries -> entries.size() > place)
                    .map(entries -> text(xml, entries.get(place)))
                    .toList();
        }

        private static Row row(ModelFile file, XmlText xml, List<Column> columns, Element rule) {
            List<Element> entries = entries(rule);
            if (entries.size() != columns.size()) {
                throw new UnreadableTable(
                        file.name(),
                        "rule " + xml.attribute(rule, "id") + " has another number of entries than columns");
            }
            Map<String, Cell> cells = new LinkedHashMap<>();
            for (int place = 0; place < entries.size(); place++) {
                Column column = columns.get(place);
                cells.put(column.key(), CellText.read(text(xml, entries.get(place)), column));
            }
            return new Row(xml.attribute(rule, "id"), cells, source(xml, rule));
        }

        /** Camunda's Modeler keeps what stands in the last column as the rule's description. */
        private static String source(XmlText xml, Element rule) {
            return rule.child("description")
                    .map(description -> xml.content(description).strip())
                    .or(() -> rule.child("annotationEntry").map(annotation -> text(xml, annotation)))
                    .orElse("");
        }

        private static List<Element> entries(Element rule) {
            return Stream.concat(rule.children("inputEntry"), rule.children("outputEntry"))
                    .toList();
        }

        private static String text(XmlText xml, Element holder) {
            return holder.child("text").map(text -> xml.content(text).strip()).orElse("");
        }

        String written(List<Row> rows) {
            Set<String> ids = new HashSet<>();
            rows.forEach(row -> {
                if (!ID.matcher(row.id()).matches() || !ids.add(row.id())) {
                    throw new IllegalArgumentException("A row's id is empty, is none, or is there twice: " + row.id());
                }
            });
            StringBuilder written = new StringBuilder(xml.raw(new Span(0, beforeRules())));
            for (Row row : rows) {
                int place = sheet.rows().stream().map(Row::id).toList().indexOf(row.id());
                if (place >= 0) {
                    written.append(gap(place))
                            .append(edited(rules.get(place), sheet.rows().get(place), row));
                } else {
                    written.append(gap(0)).append(added(row));
                }
            }
            int rest = rules.isEmpty()
                    ? beforeRules()
                    : rules.get(rules.size() - 1).all().end();
            return written.append(xml.raw(new Span(rest, xml.length()))).toString();
        }

        /** Where the last column ends. */
        private int beforeRules() {
            return table.children().stream()
                    .filter(child ->
                            child.name().equals("input") || child.name().equals("output"))
                    .mapToInt(child -> child.all().end())
                    .max()
                    .orElseThrow(() -> new UnreadableTable(file, "it has no columns"));
        }

        /** What stands between a rule and what comes before it: a break, blanks, perhaps a comment. */
        private String gap(int place) {
            if (rules.isEmpty()) {
                return "\n      ";
            }
            int from = place == 0 ? beforeRules() : rules.get(place - 1).all().end();
            return xml.raw(new Span(from, rules.get(place).all().start()));
        }

        private String edited(Element rule, Row before, Row after) {
            List<Edit> edits = new ArrayList<>();
            if (!before.source().equals(after.source().strip())) {
                edits.add(source(rule, after.source().strip()));
            }
            List<Element> entries = entries(rule);
            for (int place = 0; place < entries.size(); place++) {
                Column column = sheet.columns().get(place);
                if (!before.cell(column).saysWhat(after.cell(column))) {
                    edits.add(cell(entries.get(place), CellText.write(after.cell(column), column)));
                }
            }
            return applied(rule.all(), edits);
        }

        private Edit source(Element rule, String text) {
            String tag = prefixed(rule, "description");
            String whole = "<" + tag + ">" + XmlText.escaped(text) + "</" + tag + ">";
            return rule.child("description")
                    .or(() -> rule.child("annotationEntry").flatMap(entry -> entry.child("text")))
                    .map(found -> inner(found, text))
                    .orElseGet(() -> {
                        int place = rule.children().get(0).all().start();
                        return new Edit(
                                new Span(place, place),
                                whole + xml.raw(new Span(rule.inside().start(), place)));
                    });
        }

        private Edit cell(Element entry, String text) {
            if (entry.child("text").isPresent()) {
                return inner(entry.child("text").get(), text);
            }
            String tag = prefixed(entry, "text");
            return new Edit(
                    entry.all(),
                    "<" + entry.tag() + " id=\"" + xml.attribute(entry, "id") + "\"><" + tag + ">"
                            + XmlText.escaped(text) + "</" + tag + "></" + entry.tag() + ">");
        }

        private static Edit inner(Element element, String text) {
            return element.closesItself()
                    ? new Edit(
                            element.all(),
                            "<" + element.tag() + ">" + XmlText.escaped(text) + "</" + element.tag() + ">")
                    : new Edit(element.inside(), XmlText.escaped(text));
        }

        /** A new rule looks like the first one. */
        private String added(Row row) {
            if (rules.isEmpty()) {
                return plain(row);
            }
            Element rule = rules.get(0);
            List<Edit> edits = new ArrayList<>();
            edits.add(new Edit(rule.attributes().get("id"), row.id()));
            edits.add(source(rule, row.source().strip()));
            List<Element> entries = entries(rule);
            for (int place = 0; place < entries.size(); place++) {
                Column column = sheet.columns().get(place);
                Element entry = entries.get(place);
                Edit cell = cell(entry, CellText.write(row.cell(column), column));
                if (cell.span().equals(entry.all())) {
                    edits.add(new Edit(cell.span(), plain(row, column, entry.tag(), prefixed(entry, "text"))));
                } else {
                    Span id = entry.attributes().get("id");
                    if (id != null) {
                        edits.add(new Edit(id, entryId(row, column)));
                    }
                    edits.add(cell);
                }
            }
            return applied(rule.all(), edits);
        }

        private String plain(Row row) {
            StringBuilder rule = new StringBuilder("<" + prefixed(table, "rule") + " id=\"" + row.id() + "\">");
            String description = prefixed(table, "description");
            rule.append("\n        <" + description + ">")
                    .append(XmlText.escaped(row.source().strip()))
                    .append("</" + description + ">");
            sheet.columns().forEach(column -> rule.append("\n        ")
                    .append(plain(
                            row,
                            column,
                            prefixed(table, column.input() ? "inputEntry" : "outputEntry"),
                            prefixed(table, "text"))));
            return rule.append("\n      </" + prefixed(table, "rule") + ">").toString();
        }

        private static String plain(Row row, Column column, String entry, String text) {
            return "<" + entry + " id=\"" + entryId(row, column) + "\"><" + text + ">"
                    + XmlText.escaped(CellText.write(row.cell(column), column)) + "</" + text + "></" + entry + ">";
        }

        private static String entryId(Row row, Column column) {
            return (column.input() ? "InputEntry_" : "OutputEntry_") + row.id() + "_"
                    + column.name().replaceAll("[^A-Za-z0-9_.-]", "_");
        }

        private static String prefixed(Element like, String name) {
            return like.tag().substring(0, like.tag().length() - like.name().length()) + name;
        }

        private record Edit(Span span, String text) {}

        private String applied(Span of, List<Edit> edits) {
            StringBuilder text = new StringBuilder(xml.raw(of));
            edits.stream()
                    .sorted((one, other) ->
                            Integer.compare(other.span().start(), one.span().start()))
                    .forEach(edit -> text.replace(
                            edit.span().start() - of.start(), edit.span().end() - of.start(), edit.text()));
            return text.toString();
        }
    }
}
