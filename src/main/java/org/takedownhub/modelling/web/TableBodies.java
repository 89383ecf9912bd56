package org.takedownhub.modelling.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.takedownhub.api.InvalidRequest;
import org.takedownhub.api.InvalidRequest.FieldError;
import org.takedownhub.modelling.table.Cell;
import org.takedownhub.modelling.table.CellType;
import org.takedownhub.modelling.table.Choice;
import org.takedownhub.modelling.table.Column;
import org.takedownhub.modelling.table.Row;
import org.takedownhub.modelling.table.SheetCheck;
import org.takedownhub.modelling.table.Sheets;
import org.takedownhub.modelling.table.TableSheet;
import org.takedownhub.modelling.table.TestCase;
import org.takedownhub.modelling.table.TestCases;

/**
 * Sheets and test cases as JSON. A cell is {@code null} for any (an input) or nothing (an output), a value for one, a list
 * for several, and an object with one member for all the rest: {@code noneOf}, {@code from}, {@code moreThan},
 * {@code upTo}, {@code lessThan}, {@code between}, {@code expression}.
 */
final class TableBodies {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Map<Cell.Is, String> COMPARISONS = Map.of(
            Cell.Is.FROM, "from",
            Cell.Is.MORE_THAN, "moreThan",
            Cell.Is.UP_TO, "upTo",
            Cell.Is.LESS_THAN, "lessThan",
            Cell.Is.OTHER, "expression");
    private static final int MOST_ROWS = 500;
    private static final int MOST_VALUES = 200;

    private TableBodies() {}

    /** @param limits in words; {@code null} where nothing limits the values */
    record ColumnBody(
            String key,
            String name,
            String label,
            boolean input,
            String type,
            List<Choice> choices,
            boolean open,
            boolean mayBeEmpty,
            @Nullable String noPeriod,
            @Nullable String shortest,
            @Nullable String longest,
            @Nullable BigDecimal least,
            @Nullable BigDecimal most,
            @Nullable String limits,
            @Nullable String hint) {

        static ColumnBody of(Column column) {
            return new ColumnBody(
                    column.key(),
                    column.name(),
                    column.label(),
                    column.input(),
                    column.type().name(),
                    column.choices(),
                    column.open(),
                    column.mayBeEmpty(),
                    orNull(column.noPeriod()),
                    column.shortest().map(Object::toString).orElse(null),
                    column.longest().map(Object::toString).orElse(null),
                    column.least().orElse(null),
                    column.most().orElse(null),
                    orNull(SheetCheck.limits(column)),
                    orNull(column.hint()));
        }

        private static @Nullable String orNull(String text) {
            return text.isEmpty() ? null : text;
        }
    }

    record RowBody(@Nullable String id, @Nullable Map<String, JsonNode> cells, @Nullable String source) {

        static RowBody of(TableSheet sheet, Row row) {
            Map<String, JsonNode> cells = new LinkedHashMap<>();
            sheet.columns().forEach(column -> cells.put(column.key(), json(column, row.cell(column))));
            return new RowBody(row.id(), cells, row.source());
        }
    }

    /** @param changeRequest {@code null} for the live table */
    record SheetBody(
            @Nullable String changeRequest,
            @Nullable Integer revision,
            String table,
            String name,
            String purpose,
            String file,
            String hitPolicy,
            boolean ordered,
            List<ColumnBody> columns,
            List<RowBody> rows) {

        static SheetBody of(@Nullable String changeRequest, @Nullable Integer revision, TableSheet sheet) {
            return new SheetBody(
                    changeRequest,
                    revision,
                    sheet.table(),
                    sheet.name(),
                    sheet.purpose(),
                    sheet.file(),
                    sheet.hitPolicy(),
                    sheet.ordered(),
                    sheet.columns().stream().map(ColumnBody::of).toList(),
                    sheet.rows().stream().map(row -> RowBody.of(sheet, row)).toList());
        }
    }

    record CaseBody(
            @Nullable String name,
            @Nullable Map<String, String> inputs,
            @Nullable Map<String, String> expected,
            @Nullable Boolean noRule) {

        static CaseBody of(TestCase one) {
            return new CaseBody(one.name(), one.inputs(), one.expected(), one.noRule());
        }
    }

    /** @param rule the row that fitted; {@code null} when none did */
    record ResultBody(
            String name,
            boolean passed,
            @Nullable String rule,
            Map<String, String> outputs,
            List<TestCases.Difference> differences) {

        static ResultBody of(TestCases.Result result) {
            return new ResultBody(
                    result.testCase().name(),
                    result.passed(),
                    result.answer().rule().isEmpty() ? null : result.answer().rule(),
                    result.answer().outputs(),
                    result.differences());
        }
    }

    record CasesBody(
            String changeRequest,
            int revision,
            String table,
            boolean passed,
            List<CaseBody> cases,
            List<ResultBody> results,
            List<String> rowsWithoutCase) {

        static CasesBody of(
                String changeRequest, int revision, String table, List<TestCase> cases, TestCases.Report report) {
            return new CasesBody(
                    changeRequest,
                    revision,
                    table,
                    report.passed(),
                    cases.stream().map(CaseBody::of).toList(),
                    report.results().stream().map(ResultBody::of).toList(),
                    report.untried().stream().map(Row::id).toList());
        }
    }

    static JsonNode json(Column column, Cell cell) {
        return switch (cell.is()) {
            case ANY -> JSON.nullNode();
            case ONE_OF -> cell.values().size() == 1 ? value(column, cell.value()) : list(column, cell.values());
            case NONE_OF -> JSON.objectNode().set("noneOf", list(column, cell.values()));
            case BETWEEN -> JSON.objectNode().set("between", list(column, cell.values()));
            case OTHER -> JSON.objectNode().put("expression", cell.value());
            case FROM, MORE_THAN, UP_TO, LESS_THAN -> JSON.objectNode()
                    .set(COMPARISONS.get(cell.is()), value(column, cell.value()));
        };
    }

    private static ArrayNode list(Column column, List<String> values) {
        ArrayNode list = JSON.arrayNode();
        values.forEach(value -> list.add(value(column, value)));
        return list;
    }

    private static JsonNode value(Column column, String value) {
        if (column.type() == CellType.YES_NO) {
            return JSON.booleanNode(Boolean.parseBoolean(value));
        }
        if (column.type() == CellType.NUMBER || column.type() == CellType.SHARE) {
            try {
                return JSON.numberNode(new BigDecimal(value));
            } catch (NumberFormatException none) {
                return JSON.textNode(value);
            }
        }
        return JSON.textNode(value);
    }

    /**
     * The rows that were sent; what is wrong with their values is for {@link SheetCheck} to say.
     *
     * @throws InvalidRequest naming each cell that is none
     */
    static List<Row> rows(TableSheet sheet, @Nullable List<RowBody> bodies) {
        if (bodies == null) {
            throw new InvalidRequest(400, "/rows", "rows is missing; send all rows of the table, in their order");
        }
        if (bodies.size() > MOST_ROWS) {
            throw new InvalidRequest(422, "/rows", "has more than " + MOST_ROWS + " rows; a table takes no more");
        }
        List<FieldError> errors = new ArrayList<>();
        List<Row> rows = new ArrayList<>();
        for (int place = 0; place < bodies.size(); place++) {
            row(sheet, bodies.get(place), "/rows/" + place, errors).ifPresent(rows::add);
        }
        List<String> ids = rows.stream().map(Row::id).toList();
        for (int place = 0; place < ids.size(); place++) {
            if (ids.indexOf(ids.get(place)) < place) {
                errors.add(new FieldError("/rows/" + place + "/id", "stands there twice; leave it out for a new row"));
            }
        }
        if (!errors.isEmpty()) {
            throw new InvalidRequest(400, errors);
        }
        return rows;
    }

    private static Optional<Row> row(
            TableSheet sheet, @Nullable RowBody body, String pointer, List<FieldError> errors) {
        if (body == null || body.cells() == null) {
            errors.add(new FieldError(pointer, "cells is missing; send the cells by the keys of their columns"));
            return Optional.empty();
        }
        if (body.id() != null && !body.id().matches("[A-Za-z_][A-Za-z0-9_.-]{0,99}")) {
            errors.add(new FieldError(pointer + "/id", "is no id; leave it out for a new row"));
        }
        Map<String, Cell> cells = new LinkedHashMap<>();
        body.cells().forEach((key, json) -> {
            if (sheet.column(key).isEmpty()) {
                errors.add(new FieldError(pointer + "/cells/" + pointed(key), "The table has no such column."));
            } else {
                cell(json)
                        .ifPresentOrElse(
                                cell -> cells.put(key, cell),
                                () -> errors.add(new FieldError(
                                        pointer + "/cells/" + pointed(key),
                                        "is no cell; send null, a value, a list of values, or one of noneOf, from,"
                                                + " moreThan, upTo, lessThan, between, expression")));
            }
        });
        return Optional.of(new Row(
                body.id() == null ? Sheets.newRowId() : body.id(),
                cells,
                body.source() == null ? "" : body.source().strip()));
    }

    static Optional<Cell> cell(@Nullable JsonNode json) {
        if (json == null || json.isNull()) {
            return Optional.of(Cell.ANY);
        }
        if (json.isValueNode()) {
            return Optional.of(json.asText().isEmpty() ? Cell.ANY : Cell.of(json.asText()));
        }
        if (json.isArray()) {
            return values(json).map(values -> new Cell(Cell.Is.ONE_OF, values));
        }
        if (json.size() != 1) {
            return Optional.empty();
        }
        String name = json.fieldNames().next();
        JsonNode inside = json.get(name);
        if (name.equals("noneOf")) {
            return values(inside).map(values -> new Cell(Cell.Is.NONE_OF, values));
        }
        if (name.equals("between")) {
            return values(inside).filter(ends -> ends.size() == 2).map(ends -> new Cell(Cell.Is.BETWEEN, ends));
        }
        return COMPARISONS.entrySet().stream()
                .filter(known -> known.getValue().equals(name) && inside.isValueNode() && !inside.isNull())
                .findFirst()
                .map(known -> new Cell(known.getKey(), List.of(inside.asText())));
    }

    private static Optional<List<String>> values(JsonNode list) {
        if (!list.isArray() || list.isEmpty() || list.size() > MOST_VALUES) {
            return Optional.empty();
        }
        List<String> values = new ArrayList<>();
        for (JsonNode value : list) {
            if (!value.isValueNode() || value.isNull()) {
                return Optional.empty();
            }
            values.add(value.asText());
        }
        return Optional.of(values);
    }

    /** @throws InvalidRequest naming each cell with its place in what was sent */
    static void refuse(TableSheet sheet, List<SheetCheck.Problem> problems) {
        if (problems.isEmpty()) {
            return;
        }
        List<String> ids = sheet.rows().stream().map(Row::id).toList();
        throw new InvalidRequest(
                422,
                problems.stream()
                        .map(problem -> new FieldError(
                                problem.row().isEmpty()
                                        ? "/rows"
                                        : "/rows/" + ids.indexOf(problem.row())
                                                + (problem.column().equals(SheetCheck.SOURCE)
                                                        ? "/source"
                                                        : problem.column().isEmpty()
                                                                ? ""
                                                                : "/cells/" + pointed(problem.column())),
                                problem.message() + "."))
                        .toList());
    }

    private static String pointed(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }

    /** @throws InvalidRequest naming each case that is none */
    static List<TestCase> cases(@Nullable List<CaseBody> bodies) {
        if (bodies == null) {
            throw new InvalidRequest(400, "/cases", "cases is missing; send all test cases of the table");
        }
        List<FieldError> errors = new ArrayList<>();
        List<TestCase> cases = new ArrayList<>();
        for (int place = 0; place < bodies.size(); place++) {
            CaseBody body = bodies.get(place);
            if (body == null || body.name() == null || body.inputs() == null) {
                errors.add(new FieldError("/cases/" + place, "name or inputs is missing; send both"));
            } else if (hasNull(body.inputs()) || hasNull(body.expected())) {
                errors.add(new FieldError("/cases/" + place, "holds null; leave out what is not looked at"));
            } else {
                cases.add(new TestCase(
                        body.name().strip(),
                        body.inputs(),
                        body.expected() == null ? Map.of() : body.expected(),
                        Boolean.TRUE.equals(body.noRule())));
            }
        }
        if (!errors.isEmpty()) {
            throw new InvalidRequest(400, errors);
        }
        return cases;
    }

    static boolean hasNull(@Nullable Map<String, String> map) {
        return map != null && map.values().stream().anyMatch(value -> value == null);
    }
}
