package org.takedownhub.modelling.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.takedownhub.engine.ModelXml.Element;

/** One file of a decision table. */
final class TableFile {

    /** @param variable what the column asks, as FEEL; a plain name in every table of ours */
    record Input(Element element, String variable, String type, List<String> allowed) {

        String title() {
            return Words.nameOf(element).isEmpty() ? variable : Words.nameOf(element);
        }
    }

    record Output(Element element, String name, String type, List<String> allowed) {

        String title() {
            return Words.nameOf(element).isEmpty()
                    ? name
                    : element.attribute("label").isEmpty() ? name : element.attribute("label");
        }
    }

    /** @param number from 1, as people count rows */
    record Row(Element element, int number, List<Element> inputs, List<Element> outputs, String source) {}

    private final String file;
    private final Element root;
    private final List<Element> decisions;
    private final Optional<Element> table;
    private final List<Input> inputs = new ArrayList<>();
    private final List<Output> outputs = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();

    TableFile(String file, Element root) {
        this.file = file;
        this.root = root;
        this.decisions = root.children("decision").toList();
        this.table = decisions.stream()
                .flatMap(decision -> decision.children("decisionTable"))
                .findFirst();
        table.ifPresent(this::read);
    }

    String file() {
        return file;
    }

    String id() {
        return file.substring(0, file.lastIndexOf('.'));
    }

    Element root() {
        return root;
    }

    List<Element> decisions() {
        return decisions;
    }

    Optional<Element> table() {
        return table;
    }

    List<Input> inputs() {
        return inputs;
    }

    List<Output> outputs() {
        return outputs;
    }

    List<Row> rows() {
        return rows;
    }

    /** {@code UNIQUE} where nothing else is said, as in DMN. */
    String hitPolicy() {
        String policy = table.map(found -> found.attribute("hitPolicy")).orElse("");
        return policy.isEmpty() ? "UNIQUE" : policy;
    }

    Stream<String> values(String output) {
        for (int column = 0; column < outputs.size(); column++) {
            if (outputs.get(column).name.equals(output)) {
                int of = column;
                return rows.stream()
                        .filter(row -> row.outputs.size() > of)
                        .flatMap(row -> Cells.text(text(row.outputs.get(of))).stream());
            }
        }
        return Stream.empty();
    }

    static String text(Element cell) {
        return cell.children("text").map(Element::text).findFirst().orElse("").strip();
    }

    private void read(Element found) {
        found.children("input").forEach(input -> {
            Optional<Element> expression = input.children("inputExpression").findFirst();
            inputs.add(new Input(
                    input,
                    expression.map(TableFile::text).orElse(""),
                    expression.map(element -> element.attribute("typeRef")).orElse(""),
                    allowed(input, "inputValues")));
        });
        found.children("output")
                .forEach(output -> outputs.add(new Output(
                        output,
                        output.attribute("name"),
                        output.attribute("typeRef"),
                        allowed(output, "outputValues"))));
        found.children("rule")
                .forEach(rule -> rows.add(new Row(
                        rule,
                        rows.size() + 1,
                        rule.children("inputEntry").toList(),
                        rule.children("outputEntry").toList(),
                        Stream.concat(
                                        rule.children("description").map(Element::text),
                                        rule.children("annotationEntry").map(TableFile::text))
                                .filter(text -> !text.isBlank())
                                .findFirst()
                                .orElse(""))));
    }

    private static List<String> allowed(Element column, String name) {
        return column.children(name)
                .findFirst()
                .map(TableFile::text)
                .map(Cells::texts)
                .orElse(List.of());
    }
}
