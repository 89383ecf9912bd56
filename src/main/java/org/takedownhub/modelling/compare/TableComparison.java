package org.takedownhub.modelling.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.takedownhub.engine.ModelXml;
import org.takedownhub.engine.ModelXml.Element;
import org.takedownhub.modelling.ModelFile;
import org.takedownhub.modelling.compare.Change.Kind;
import org.takedownhub.modelling.compare.Comparison.Unreadable;

/** Two versions of a decision table, row by row. */
final class TableComparison {

    private final String file;
    private final Table before;
    private final Table after;

    TableComparison(ModelFile before, ModelFile after) throws Unreadable {
        this.file = after.name();
        this.before = table(before);
        this.after = table(after);
    }

    /** @param what it is asked for, or what it answers, as people read it */
    private record Column(String what, boolean input, Map<String, String> properties) {}

    /** @param cells by the column's id */
    private record Row(String source, Map<String, String> cells) {}

    private record Table(
            String name, Map<String, String> properties, Map<String, Column> columns, Map<String, Row> rows) {}

    List<Change> changes() {
        List<Change> changes = new ArrayList<>(Parts.properties(
                before.properties(),
                after.properties(),
                (key, values) -> change("", after.name(), after.name() + ": " + key, values[0], values[1])));
        changes.addAll(new Parts<>(before.columns(), after.columns())
                .compare(
                        (kind, id, column) -> new Change(
                                kind,
                                file,
                                id,
                                column.what(),
                                (kind == Kind.ADDED ? "Added" : "Removed") + ": column “" + column.what() + "” of "
                                        + after.name(),
                                "",
                                ""),
                        (id, was, is) -> Parts.properties(
                                was.properties(),
                                is.properties(),
                                (key, values) -> change(
                                        id,
                                        is.what(),
                                        after.name() + ", column “" + is.what() + "”: " + key,
                                        values[0],
                                        values[1]))));
        changes.addAll(new Parts<>(before.rows(), after.rows()).compare(this::oneSided, this::compare));
        List<String> kept = before.rows().keySet().stream()
                .filter(after.rows()::containsKey)
                .toList();
        List<String> now = after.rows().keySet().stream()
                .filter(before.rows()::containsKey)
                .toList();
        if (!kept.equals(now)) {
            boolean decides = !after.properties()
                    .getOrDefault("how rows are picked", "UNIQUE")
                    .equals("UNIQUE");
            changes.add(new Change(
                    decides ? Kind.CHANGED : Kind.MOVED,
                    file,
                    "",
                    after.name(),
                    after.name() + ": the rows stand in another order"
                            + (decides ? ", and the order decides here" : ""),
                    "",
                    ""));
        }
        return changes;
    }

    private Change oneSided(Kind kind, String id, Row row) {
        Table table = kind == Kind.ADDED ? after : before;
        String answers = table.columns().entrySet().stream()
                .filter(column -> !column.getValue().input())
                .map(column -> column.getValue().what() + " "
                        + InWords.cell(row.cells().getOrDefault(column.getKey(), "")))
                .collect(Collectors.joining(", "));
        return new Change(
                kind,
                file,
                id,
                table.name(),
                (kind == Kind.ADDED ? "Added: " : "Removed: ") + "row of " + table.name() + " for "
                        + condition(table, row) + ": " + answers,
                "",
                "");
    }

    private List<Change> compare(String id, Row was, Row is) {
        List<Change> changes = new ArrayList<>();
        for (Map.Entry<String, Column> column : after.columns().entrySet()) {
            String earlier = was.cells().getOrDefault(column.getKey(), "");
            String later = is.cells().getOrDefault(column.getKey(), "");
            if (!earlier.equals(later) && before.columns().containsKey(column.getKey())) {
                changes.add(new Change(
                        Kind.CHANGED,
                        file,
                        id,
                        after.name(),
                        after.name() + " for " + condition(before, was) + ": "
                                + column.getValue().what() + " " + InWords.cell(earlier) + " → "
                                + InWords.cell(later),
                        earlier,
                        later));
            }
        }
        if (!was.source().equals(is.source())) {
            changes.add(change(
                    id,
                    after.name(),
                    after.name() + " for " + condition(after, is) + ": source",
                    was.source(),
                    is.source()));
        }
        return changes;
    }

    private Change change(String id, String name, String what, String was, String is) {
        return new Change(
                Kind.CHANGED, file, id, name, what + " " + InWords.quoted(was) + " → " + InWords.quoted(is), was, is);
    }

    private static String condition(Table table, Row row) {
        String said = table.columns().entrySet().stream()
                .filter(column -> column.getValue().input())
                .filter(column -> !InWords.cell(row.cells().getOrDefault(column.getKey(), ""))
                        .equals("any"))
                .map(column -> {
                    String value = InWords.cell(row.cells().getOrDefault(column.getKey(), ""));
                    return value.equals("yes") || value.equals("no")
                            ? column.getValue().what().replaceFirst("\\?$", "") + ": " + value
                            : value;
                })
                .collect(Collectors.joining(", "));
        return said.isEmpty() ? "everything" : said;
    }

    private static Table table(ModelFile file) throws Unreadable {
        Element root;
        try {
            root = ModelXml.read(file.bytes());
        } catch (ModelXml.Unreadable unreadable) {
            throw new Unreadable(unreadable.refusal().rule());
        }
        Element decision =
                root.children("decision").findFirst().orElseThrow(() -> new Unreadable("it has no decision"));
        Element table = decision.children("decisionTable")
                .findFirst()
                .orElseThrow(() -> new Unreadable("it has no decision table"));
        Map<String, Column> columns = new LinkedHashMap<>();
        List<String> inputs = new ArrayList<>();
        List<String> outputs = new ArrayList<>();
        for (Element column : table.children()) {
            boolean input = column.name().equals("input");
            if (input || column.name().equals("output")) {
                String id = column.attribute("id");
                (input ? inputs : outputs).add(id);
                columns.put(id, new Column(label(column), input, properties(column)));
            }
        }
        Map<String, Row> rows = new LinkedHashMap<>();
        table.children("rule").forEach(rule -> {
            Map<String, String> cells = new LinkedHashMap<>();
            cells(rule, "inputEntry", inputs, cells);
            cells(rule, "outputEntry", outputs, cells);
            String source = rule.children().stream()
                    .filter(child ->
                            child.name().equals("description") || child.name().equals("annotationEntry"))
                    .map(TableComparison::allText)
                    .collect(Collectors.joining(" "));
            rows.put(rule.attribute("id"), new Row(source, cells));
        });
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("name", decision.attribute("name"));
        properties.put("how rows are picked", table.attributes().getOrDefault("hitPolicy", "UNIQUE"));
        decision.attributes().forEach((key, value) -> {
            if (key.endsWith("}versionTag")) {
                properties.put("version", value);
            } else if (key.endsWith("}historyTimeToLive")) {
                properties.put("how long its history is kept", value);
            }
        });
        return new Table(decision.attribute("name"), properties, columns, rows);
    }

    private static void cells(Element rule, String kind, List<String> columns, Map<String, String> cells) {
        List<Element> entries = rule.children(kind).toList();
        for (int i = 0; i < Math.min(entries.size(), columns.size()); i++) {
            cells.put(columns.get(i), allText(entries.get(i)));
        }
    }

    private static Map<String, String> properties(Element column) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("label", column.attribute("label"));
        properties.put("name", column.attribute("name"));
        column.children().forEach(child -> {
            switch (child.name()) {
                case "inputExpression" -> {
                    properties.put("what it looks at", allText(child));
                    properties.put("type", child.attribute("typeRef"));
                }
                case "inputValues", "outputValues" -> properties.put("allowed values", allText(child));
                default -> {}
            }
        });
        properties.putIfAbsent("type", column.attribute("typeRef"));
        return properties;
    }

    private static String label(Element column) {
        return !column.attribute("label").isEmpty()
                ? column.attribute("label")
                : !column.attribute("name").isEmpty() ? column.attribute("name") : column.attribute("id");
    }

    private static String allText(Element element) {
        return element.withDescendants()
                .map(Element::text)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(" "));
    }
}
