package org.takedownhub.modelling.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.takedownhub.api.InvalidRequest;
import org.takedownhub.api.NotFound;
import org.takedownhub.audit.Actor;
import org.takedownhub.modelling.Finding;
import org.takedownhub.modelling.ModelFile;
import org.takedownhub.modelling.change.ChangeRequest;
import org.takedownhub.modelling.change.ChangeRequests;
import org.takedownhub.modelling.change.ChangeState;
import org.takedownhub.modelling.change.Origin;
import org.takedownhub.modelling.change.Outcome;
import org.takedownhub.modelling.table.CellWords;
import org.takedownhub.modelling.table.Column;
import org.takedownhub.modelling.table.Row;
import org.takedownhub.modelling.table.SheetCheck;
import org.takedownhub.modelling.table.Sheets;
import org.takedownhub.modelling.table.TableSheet;
import org.takedownhub.modelling.table.TestCaseFiles;
import org.takedownhub.modelling.table.TestCases;
import org.takedownhub.modelling.web.TableDesk.InHand;
import org.takedownhub.pages.FormErrors;
import org.takedownhub.pages.FormErrors.FormError;

/** Where managers see timeframes and routes as tables, and change them row by row. */
@Controller
class TablePages {

    private static final String TABLE = "/manager/changes/{reference}/tables/{table}";
    private static final String NEW = "new";
    private static final String TITLE = "title";
    private static final String REASON = "reason";
    private static final String REQUEST = "request";
    private static final int MOST_PENDING = 50;

    private final TableDesk desk;
    private final ChangeRequests requests;
    private final Actor actor;
    private final ObjectMapper json;

    TablePages(TableDesk desk, ChangeRequests requests, Actor actor, ObjectMapper json) {
        this.desk = desk;
        this.requests = requests;
        this.actor = actor;
        this.json = json;
    }

    public record Listed(String table, String name, String purpose, int rows, long cases) {}

    /** @param request the reference of an open draft, or {@code new} */
    public record Wanted(String request, String title, String reason) {}

    /**
     * A form as it was sent, or as it would be sent unchanged.
     *
     * @param pending other rows that are changed along with this one
     * @param gone    rows that are removed along with it
     */
    private record Sent(
            MultiValueMap<String, String> fields, String source, int revision, List<Row> pending, List<String> gone) {}

    @GetMapping("/manager/tables")
    String list(Model model) {
        model.addAttribute(
                "tables",
                desk.live().stream()
                        .map(sheet -> new Listed(
                                sheet.table(),
                                sheet.name(),
                                sheet.purpose(),
                                sheet.rows().size(),
                                desk.liveCases(sheet)))
                        .toList());
        return "manager/tables";
    }

    @GetMapping("/manager/tables/{table}")
    String live(@PathVariable String table, Model model) {
        return live(model, desk.live(table), new Wanted(NEW, "", ""), FormErrors.NONE);
    }

    @PostMapping("/manager/tables/{table}")
    String change(
            @PathVariable String table,
            @RequestParam(defaultValue = NEW) String request,
            @RequestParam(defaultValue = "") String title,
            @RequestParam(defaultValue = "") String reason,
            Model model) {
        TableSheet sheet = desk.live(table);
        Wanted wanted = new Wanted(request, title.strip(), reason.strip());
        List<ChangeRequest> drafts = drafts();
        Optional<ChangeRequest> joined = drafts.stream()
                .filter(draft -> draft.reference().toString().equals(request))
                .findFirst();
        if (joined.isPresent()) {
            return "redirect:/manager/changes/" + joined.get().reference() + "/tables/" + table;
        }
        List<FormError> errors = new ArrayList<>();
        if (!request.equals(NEW)) {
            errors.add(new FormError(REQUEST, "Select one of your open changes, or a new one"));
        } else {
            if (wanted.title().isEmpty() || wanted.title().length() > ChangeRequests.TITLE_LENGTH) {
                errors.add(new FormError(TITLE, "Say in a few words what changes"));
            }
            if (wanted.reason().isEmpty() || wanted.reason().length() > ChangeRequests.REASON_LENGTH) {
                errors.add(new FormError(REASON, "Say why"));
            }
        }
        if (!errors.isEmpty()) {
            return live(model, sheet, wanted, new FormErrors(errors));
        }
        ChangeRequest opened = requests.open(Bodies.title(wanted.title()), Bodies.reason(wanted.reason()), Origin.DESK);
        return "redirect:/manager/changes/" + opened.reference() + "/tables/" + table;
    }

    private String live(Model model, TableSheet sheet, Wanted wanted, FormErrors errors) {
        model.addAttribute("view", TableView.of(sheet, Optional.empty()));
        model.addAttribute("drafts", drafts());
        model.addAttribute("wanted", wanted);
        model.addAttribute("errors", errors);
        return "manager/table-live";
    }

    private List<ChangeRequest> drafts() {
        return requests.all().stream()
                .filter(request -> request.state() == ChangeState.DRAFT
                        && request.createdBy().equals(actor.current()))
                .toList();
    }

    @GetMapping(TABLE)
    String table(@PathVariable String reference, @PathVariable String table, Model model) {
        return table(model, desk.inHand(reference, table), FormErrors.NONE);
    }

    private String table(Model model, InHand inHand, FormErrors errors) {
        frame(model, inHand, errors);
        model.addAttribute("view", TableView.of(inHand.sheet(), inHand.before()));
        TestCaseView.Summary summary;
        try {
            TestCases.Report report = desk.run(inHand, inHand.testCases());
            summary = TestCaseView.Summary.of(report);
        } catch (TestCaseFiles.Unreadable unreadable) {
            summary = TestCaseView.Summary.unreadable(unreadable.getMessage());
        }
        model.addAttribute("cases", summary);
        return "manager/table";
    }

    static void frame(Model model, InHand inHand, FormErrors errors) {
        model.addAttribute(REQUEST, inHand.request());
        model.addAttribute("sheet", inHand.sheet());
        model.addAttribute(
                "heading", inHand.sheet().name() + ", " + inHand.request().reference());
        model.addAttribute("editable", inHand.editable());
        model.addAttribute("errors", errors);
    }

    /** A row to change; {@code new} for one that is not there yet, perhaps as a copy. */
    @GetMapping(TABLE + "/rows/{rule}")
    String row(
            @PathVariable String reference,
            @PathVariable String table,
            @PathVariable String rule,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") List<String> gone,
            Model model) {
        InHand inHand = desk.inHand(reference, table);
        Row row = rule.equals(NEW)
                ? inHand.sheet().row(from).orElse(new Row(NEW, Map.of(), "")).withId(NEW)
                : existing(inHand.sheet(), rule);
        return row(
                model,
                inHand,
                rule,
                from,
                sent(inHand, row, List.of(), gone(inHand, gone)),
                FormErrors.NONE,
                List.of());
    }

    @PostMapping(TABLE + "/rows/{rule}")
    String save(
            @PathVariable String reference,
            @PathVariable String table,
            @PathVariable String rule,
            @RequestParam MultiValueMap<String, String> fields,
            @RequestParam(defaultValue = "") String source,
            @RequestParam(defaultValue = "-1") int revision,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "[]") String pending,
            @RequestParam(defaultValue = "") List<String> gone,
            @RequestParam(defaultValue = "") String next,
            Model model,
            RedirectAttributes flash) {
        InHand inHand = desk.inHand(reference, table);
        TableSheet sheet = inHand.sheet();
        boolean added = rule.equals(NEW);
        Sent sent = new Sent(fields, source.strip(), revision, pending(sheet, pending), gone(inHand, gone));
        Row row = new Row(added ? Sheets.newRowId() : existing(sheet, rule).id(), Map.of(), sent.source());
        for (Column column : sheet.columns()) {
            row = row.with(column, CellFields.read(column, fields));
        }
        List<SheetCheck.Problem> problems = SheetCheck.problems(sheet, row);
        if (!problems.isEmpty()) {
            return row(model, inHand, rule, from, sent, problems(problems), List.of());
        }
        List<Row> changed = new ArrayList<>(sent.pending());
        Row mine = row;
        changed.removeIf(other -> other.id().equals(mine.id()));
        changed.add(mine);
        if (!next.isEmpty()) {
            return row(
                    model,
                    inHand,
                    next,
                    "",
                    sent(inHand, another(sheet, changed, next), changed, sent.gone()),
                    FormErrors.NONE,
                    List.of());
        }
        TableSheet whole = with(sheet, changed, from);
        for (String removed : sent.gone()) {
            whole = whole.without(removed);
        }
        Outcome outcome =
                requests.save(inHand.request().reference(), revision, List.of(desk.written(inHand, whole.rows())));
        if (outcome instanceof Outcome.Done) {
            flash.addFlashAttribute(
                    "saved",
                    changed.size() == 1 && sent.gone().isEmpty()
                            ? (added ? "The row was added to the draft" : "The row was changed in the draft")
                            : changed.size() + sent.gone().size() + " rows were changed or removed in the draft");
            return "redirect:/manager/changes/" + reference + "/tables/" + table;
        }
        ModelFile written = desk.written(inHand, whole.rows());
        return row(
                model,
                inHand,
                rule,
                from,
                overtaken(sent, outcome),
                errors(outcome, sheet, written, mine.id()),
                refused(outcome));
    }

    @PostMapping(TABLE + "/rows/{rule}/removal")
    String remove(
            @PathVariable String reference,
            @PathVariable String table,
            @PathVariable String rule,
            @RequestParam(defaultValue = "-1") int revision,
            Model model,
            RedirectAttributes flash) {
        InHand inHand = desk.inHand(reference, table);
        existing(inHand.sheet(), rule);
        // Where the table would have a gap without it, another row has to take its place in the same step.
        model.addAttribute("gone", rule);
        model.addAttribute("others", others(inHand.sheet(), List.of(rule)));
        return saved(
                inHand, revision, inHand.sheet().without(rule), "The row was removed from the draft", model, flash);
    }

    /** Makes a row what it is in the live table. */
    @PostMapping(TABLE + "/rows/{rule}/restoration")
    String restore(
            @PathVariable String reference,
            @PathVariable String table,
            @PathVariable String rule,
            @RequestParam(defaultValue = "-1") int revision,
            Model model,
            RedirectAttributes flash) {
        InHand inHand = desk.inHand(reference, table);
        TableSheet before = inHand.before().orElseThrow(() -> new NotFound("There is no live table " + table));
        Row row = existing(before, rule);
        TableSheet sheet = inHand.sheet();
        if (sheet.row(rule).isPresent()) {
            sheet = sheet.with(row);
        } else {
            int place = before.rows().stream().map(Row::id).toList().indexOf(rule);
            sheet = place == 0
                    ? inHand.sheet()
                            .withRows(Stream.concat(Stream.of(row), inHand.sheet().rows().stream())
                                    .toList())
                    : sheet.withAfter(before.rows().get(place - 1).id(), row);
        }
        return saved(inHand, revision, sheet, "The row is what it is in the live table", model, flash);
    }

    /** @param by -1 for up, 1 for down */
    @PostMapping(TABLE + "/rows/{rule}/place")
    String move(
            @PathVariable String reference,
            @PathVariable String table,
            @PathVariable String rule,
            @RequestParam(defaultValue = "0") int by,
            @RequestParam(defaultValue = "-1") int revision,
            Model model,
            RedirectAttributes flash) {
        InHand inHand = desk.inHand(reference, table);
        existing(inHand.sheet(), rule);
        return saved(
                inHand, revision, inHand.sheet().moved(rule, Integer.signum(by)), "The row was moved", model, flash);
    }

    private String saved(
            InHand inHand, int revision, TableSheet sheet, String done, Model model, RedirectAttributes flash) {
        List<SheetCheck.Problem> problems = sheet.rows().isEmpty() ? SheetCheck.problems(sheet) : List.of();
        if (!problems.isEmpty()) {
            return table(
                    model,
                    inHand,
                    new FormErrors(List.of(new FormError("rows", problems.get(0).message()))));
        }
        ModelFile written = desk.written(inHand, sheet.rows());
        Outcome outcome = requests.save(inHand.request().reference(), revision, List.of(written));
        if (outcome instanceof Outcome.Done) {
            flash.addFlashAttribute("saved", done);
            return "redirect:/manager/changes/" + inHand.request().reference() + "/tables/"
                    + inHand.sheet().table();
        }
        InHand again = desk.inHand(
                inHand.request().reference().toString(), inHand.sheet().table());
        return table(
                model,
                again,
                new FormErrors(errors(outcome, sheet, written, "").all().stream()
                        .map(error -> new FormError("rows", error.text()))
                        .toList()));
    }

    private String row(
            Model model, InHand inHand, String rule, String from, Sent sent, FormErrors errors, List<Finding> refused) {
        frame(model, inHand, errors);
        Optional<Row> was = inHand.before().flatMap(before -> before.row(rule));
        TableSheet sheet = inHand.sheet();
        model.addAttribute("rule", rule);
        model.addAttribute("added", rule.equals(NEW));
        model.addAttribute("from", from);
        model.addAttribute(
                "heading",
                rule.equals(NEW)
                        ? from.isEmpty() ? "Add a row" : "Add a row like another"
                        : "Row " + TableView.number(sheet, rule));
        model.addAttribute("inputs", fields(inHand, sheet.inputs(), sent, was));
        model.addAttribute("outputs", fields(inHand, TableView.shownFirst(sheet), sent, was));
        model.addAttribute(
                "when", sheet.row(rule).map(row -> TableView.when(sheet, row)).orElse(""));
        model.addAttribute(
                "openInputs",
                rule.equals(NEW)
                        || !refused.isEmpty()
                        || sheet.inputs().stream().anyMatch(input -> errors.has(input.key())));
        model.addAttribute("source", sent.source());
        model.addAttribute(
                "sourceWas",
                was.map(Row::source)
                        .filter(source -> !source.equals(sent.source()))
                        .orElse(""));
        model.addAttribute("revision", sent.revision());
        model.addAttribute("pending", pending(sheet, sent.pending()));
        model.addAttribute("gone", sent.gone());
        model.addAttribute(
                "pendingRows",
                Stream.concat(
                                sent.gone().stream()
                                        .map(removed -> "Removed: " + TableView.when(sheet, existing(sheet, removed))),
                                sent.pending().stream()
                                        .filter(row -> !row.id().equals(rule))
                                        .map(row -> "Changed: " + TableView.when(sheet, row)))
                        .toList());
        model.addAttribute("refused", refused.stream().filter(Finding::isError).toList());
        model.addAttribute(
                "others",
                refused.isEmpty()
                        ? List.of()
                        : others(
                                sheet,
                                Stream.concat(sent.gone().stream(), Stream.of(rule))
                                        .toList()));
        model.addAttribute("restorable", was.isPresent() && !was.equals(sheet.row(rule)));
        return "manager/table-row";
    }

    private static List<TableView.Other> others(TableSheet sheet, List<String> without) {
        return sheet.rows().stream()
                .filter(row -> !without.contains(row.id()))
                .map(row ->
                        new TableView.Other(row.id(), TableView.number(sheet, row.id()), TableView.when(sheet, row)))
                .toList();
    }

    private static List<CellFields.Field> fields(InHand inHand, List<Column> columns, Sent sent, Optional<Row> was) {
        return columns.stream()
                .map(column -> CellFields.field(column, sent.fields(), was(inHand, was, column, sent)))
                .toList();
    }

    private static String was(InHand inHand, Optional<Row> was, Column column, Sent sent) {
        return inHand.before()
                .flatMap(before -> before.column(column.key()).flatMap(old -> was.filter(
                                row -> !row.cell(old).saysWhat(CellFields.read(column, sent.fields())))
                        .map(row -> CellWords.words(before, row, old))))
                .orElse("");
    }

    private static Sent sent(InHand inHand, Row row, List<Row> pending, List<String> gone) {
        return new Sent(
                CellFields.sent(inHand.sheet().columns(), row::cell),
                row.source(),
                inHand.request().revision(),
                pending,
                gone);
    }

    /** After somebody else's change, sending once more is a decision to go on from theirs. */
    private static Sent overtaken(Sent sent, Outcome outcome) {
        return outcome instanceof Outcome.Overtaken overtaken
                ? new Sent(sent.fields(), sent.source(), overtaken.request().revision(), sent.pending(), sent.gone())
                : sent;
    }

    private static List<String> gone(InHand inHand, List<String> rules) {
        List<String> gone =
                rules.stream().filter(rule -> !rule.isBlank()).distinct().toList();
        gone.forEach(rule -> existing(inHand.sheet(), rule));
        return gone;
    }

    private static Row existing(TableSheet sheet, String rule) {
        return sheet.row(rule).orElseThrow(() -> new NotFound("The table " + sheet.table() + " has no row " + rule));
    }

    private static Row another(TableSheet sheet, List<Row> changed, String rule) {
        return changed.stream().filter(row -> row.id().equals(rule)).findFirst().orElseGet(() -> existing(sheet, rule));
    }

    private static TableSheet with(TableSheet sheet, List<Row> changed, String from) {
        TableSheet whole = sheet;
        for (Row row : changed) {
            whole = sheet.row(row.id()).isPresent() || from.isEmpty() ? whole.with(row) : whole.withAfter(from, row);
        }
        return whole;
    }

    private static FormErrors problems(List<SheetCheck.Problem> problems) {
        return new FormErrors(problems.stream()
                .map(problem -> new FormError(problem.column().isEmpty() ? "row" : problem.column(), problem.message()))
                .toList());
    }

    private static List<Finding> refused(Outcome outcome) {
        return outcome instanceof Outcome.Refused refused ? refused.findings() : List.of();
    }

    /** Findings stand at the cell that they are about, if it is one of this row. */
    private static FormErrors errors(Outcome outcome, TableSheet sheet, ModelFile written, String rule) {
        if (outcome instanceof Outcome.Refused refused) {
            return new FormErrors(refused.findings().stream()
                    .filter(Finding::isError)
                    .map(finding -> new FormError(field(sheet, written, rule, finding), sentence(finding)))
                    .toList());
        }
        String text = outcome instanceof Outcome.Overtaken overtaken
                ? "Somebody else has changed " + overtaken.request().reference()
                        + " since you began. Look at their change in another window; saving again goes on from it"
                : ((Outcome.NotPossible) outcome).why();
        return new FormErrors(List.of(new FormError("row", text)));
    }

    private static String field(TableSheet sheet, ModelFile written, String rule, Finding finding) {
        return Sheets.place(written, finding.elementId())
                .filter(place -> place.row().equals(rule) && !place.column().isEmpty())
                .map(Sheets.Place::column)
                .filter(column -> sheet.column(column).isPresent())
                .orElse("row");
    }

    private static String sentence(Finding finding) {
        return finding.message() + ". " + finding.fix();
    }

    private String pending(TableSheet sheet, List<Row> rows) {
        try {
            return json.writeValueAsString(
                    rows.stream().map(row -> TableBodies.RowBody.of(sheet, row)).toList());
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("Rows can be written as JSON", impossible);
        }
    }

    private List<Row> pending(TableSheet sheet, String text) {
        try {
            List<TableBodies.RowBody> bodies = json.readValue(text, new TypeReference<>() {});
            if (bodies == null || bodies.size() > MOST_PENDING) {
                throw new InvalidRequest(422, "/pending", "holds too many rows");
            }
            List<Row> rows = TableBodies.rows(sheet, bodies);
            rows.forEach(row -> {
                if (!SheetCheck.problems(sheet, row).isEmpty()) {
                    throw new InvalidRequest(422, "/pending", "holds a row that was not checked");
                }
            });
            return rows;
        } catch (JsonProcessingException broken) {
            throw new InvalidRequest(400, "/pending", "is no list of rows");
        }
    }
}
