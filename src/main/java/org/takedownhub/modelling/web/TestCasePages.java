package org.takedownhub.modelling.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.takedownhub.api.Conflict;
import org.takedownhub.api.NotFound;
import org.takedownhub.modelling.Finding;
import org.takedownhub.modelling.ModelFile;
import org.takedownhub.modelling.change.ChangeRequests;
import org.takedownhub.modelling.change.Outcome;
import org.takedownhub.modelling.table.Cell;
import org.takedownhub.modelling.table.Column;
import org.takedownhub.modelling.table.TableSheet;
import org.takedownhub.modelling.table.TestCase;
import org.takedownhub.modelling.table.TestCaseFiles;
import org.takedownhub.modelling.table.TestCases;
import org.takedownhub.modelling.web.TableDesk.InHand;
import org.takedownhub.pages.FormErrors;
import org.takedownhub.pages.FormErrors.FormError;

/** Where managers try a table, and keep what it must answer. */
@Controller
class TestCasePages {

    private static final String CASES = "/manager/changes/{reference}/tables/{table}/cases";
    private static final String NAME = "name";
    private static final String LIST = "cases";
    private static final String UPLOAD = "csv";
    private static final int LONGEST_NAME = 200;

    private final TableDesk desk;
    private final ChangeRequests requests;

    TestCasePages(TableDesk desk, ChangeRequests requests) {
        this.desk = desk;
        this.requests = requests;
    }

    /** @param rule the row that fitted, with its number; empty when none did */
    public record Shown(String rule, int number, List<TestCaseView.Part> outputs, String problem) {}

    @GetMapping(CASES)
    String list(@PathVariable String reference, @PathVariable String table, Model model) {
        return list(model, desk.inHand(reference, table), "", FormErrors.NONE);
    }

    private String list(Model model, InHand inHand, String csv, FormErrors errors) {
        TablePages.frame(model, inHand, errors);
        model.addAttribute("heading", "Test cases of " + inHand.sheet().name());
        model.addAttribute(UPLOAD, csv);
        try {
            TestCases.Report report = desk.run(inHand, inHand.testCases());
            model.addAttribute("summary", TestCaseView.Summary.of(report));
            model.addAttribute("lines", TestCaseView.lines(inHand.sheet(), report.results()));
            model.addAttribute(
                    "untried",
                    report.untried().stream()
                            .map(row -> new TableView.Other(
                                    row.id(),
                                    TableView.number(inHand.sheet(), row.id()),
                                    TableView.when(inHand.sheet(), row)))
                            .toList());
        } catch (TestCaseFiles.Unreadable unreadable) {
            model.addAttribute("summary", TestCaseView.Summary.unreadable(unreadable.getMessage()));
            model.addAttribute("lines", List.of());
            model.addAttribute("untried", List.of());
        }
        return "manager/table-cases";
    }

    @GetMapping(CASES + ".csv")
    ResponseEntity<byte[]> download(@PathVariable String reference, @PathVariable String table) {
        return TablesController.csv(desk.inHand(reference, table));
    }

    /** The whole file, as text: pasted, or read from a chosen file by the reader's own editor. */
    @PostMapping(CASES + "/file")
    String upload(
            @PathVariable String reference,
            @PathVariable String table,
            @RequestParam(defaultValue = "-1") int revision,
            @RequestParam(defaultValue = "") String csv,
            Model model,
            RedirectAttributes flash) {
        InHand inHand = desk.inHand(reference, table);
        try {
            List<TestCase> cases = TestCaseFiles.read(inHand.sheet(), TestCaseFiles.fromSpreadsheet(csv));
            return saved(
                    inHand, revision, cases, cases.size() + " test cases are saved in the draft", csv, model, flash);
        } catch (TestCaseFiles.Unreadable unreadable) {
            return list(
                    model,
                    inHand,
                    csv,
                    new FormErrors(List.of(
                            new FormError(UPLOAD, "Line " + unreadable.line() + ": " + unreadable.getMessage()))));
        }
    }

    /** Takes the table's new answer as what a case expects; {@code one} names the case, or is empty for all that fail. */
    @PostMapping(CASES + "/adoption")
    String adopt(
            @PathVariable String reference,
            @PathVariable String table,
            @RequestParam(defaultValue = "-1") int revision,
            @RequestParam(defaultValue = "") String one,
            Model model,
            RedirectAttributes flash) {
        InHand inHand = desk.inHand(reference, table);
        List<TestCase> cases = desk.run(inHand, saved(inHand)).results().stream()
                .map(result ->
                        (one.isEmpty() || result.testCase().name().equals(one)) ? adopted(result) : result.testCase())
                .toList();
        return saved(inHand, revision, cases, "The test cases expect the table’s answer now", "", model, flash);
    }

    private static TestCase adopted(TestCases.Result result) {
        TestCase one = result.testCase();
        TestCases.Answer answer = result.answer();
        if (result.passed() || !answer.problem().isEmpty()) {
            return one;
        }
        if (answer.rule().isEmpty()) {
            return new TestCase(one.name(), one.inputs(), Map.of(), true);
        }
        Map<String, String> expected = new LinkedHashMap<>(one.noRule() ? answer.outputs() : one.expected());
        expected.replaceAll((output, value) -> answer.outputs().getOrDefault(output, ""));
        return new TestCase(one.name(), one.inputs(), expected, false);
    }

    @PostMapping(CASES + "/removal")
    String remove(
            @PathVariable String reference,
            @PathVariable String table,
            @RequestParam(defaultValue = "-1") int revision,
            @RequestParam(defaultValue = "") String one,
            Model model,
            RedirectAttributes flash) {
        InHand inHand = desk.inHand(reference, table);
        List<TestCase> cases = saved(inHand).stream()
                .filter(known -> !known.name().equals(one))
                .toList();
        return saved(inHand, revision, cases, "The test case was removed from the draft", "", model, flash);
    }

    /** Asks the table; with {@code one}, about the input of a saved case. */
    @GetMapping(CASES + "/one")
    String one(
            @PathVariable String reference,
            @PathVariable String table,
            @RequestParam MultiValueMap<String, String> fields,
            @RequestParam(defaultValue = "") String one,
            @RequestParam(defaultValue = "false") boolean asked,
            Model model) {
        InHand inHand = desk.inHand(reference, table);
        TableSheet sheet = inHand.sheet();
        if (asked || one.isEmpty()) {
            return one(model, inHand, one, one, fields, asked, FormErrors.NONE);
        }
        TestCase known = existing(inHand, one);
        MultiValueMap<String, String> sent = new LinkedMultiValueMap<>();
        sheet.inputs()
                .forEach(input -> CellFields.send(
                        CellFields.valueOf(input), cell(known.inputs().getOrDefault(input.name(), "")), sent));
        sheet.outputs()
                .forEach(output ->
                        CellFields.send(output, cell(known.expected().getOrDefault(output.name(), "")), sent));
        return one(model, inHand, one, one, sent, true, FormErrors.NONE);
    }

    /** Keeps a case: what is expected is what the draft answers, or what was entered ({@code own}). */
    @PostMapping(CASES + "/one")
    String keep(
            @PathVariable String reference,
            @PathVariable String table,
            @RequestParam MultiValueMap<String, String> fields,
            @RequestParam(defaultValue = "") String one,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "false") boolean own,
            @RequestParam(defaultValue = "-1") int revision,
            Model model,
            RedirectAttributes flash) {
        InHand inHand = desk.inHand(reference, table);
        String called = name.strip();
        Map<String, String> inputs = inputs(inHand.sheet(), fields);
        TestCases.Answer answer = desk.ask(inHand.file(), inputs);
        List<FormError> errors = new ArrayList<>();
        List<TestCase> cases = saved(inHand);
        if (called.isEmpty() || called.length() > LONGEST_NAME) {
            errors.add(new FormError(NAME, "Give the test case a name, such as: threats have one day"));
        } else if (!called.equals(one)
                && cases.stream().anyMatch(other -> other.name().equals(called))) {
            errors.add(new FormError(NAME, "There is a test case of that name"));
        }
        if (!answer.problem().isEmpty()) {
            errors.add(new FormError(NAME, answer.problem()));
        }
        boolean noRule = answer.rule().isEmpty() && !own;
        Map<String, String> expected = own
                ? expected(
                        inHand.sheet(),
                        fields,
                        cases.stream().filter(known -> known.name().equals(one)).findFirst())
                : answer.outputs();
        if (!noRule && expected.isEmpty()) {
            errors.add(new FormError(NAME, "Enter at least one answer to expect"));
        }
        if (!errors.isEmpty()) {
            return one(model, inHand, one, name, fields, true, new FormErrors(errors));
        }
        TestCase kept = new TestCase(called, inputs, noRule ? Map.of() : expected, noRule);
        List<TestCase> all = new ArrayList<>(cases);
        int place = cases.stream().map(TestCase::name).toList().indexOf(one);
        if (place >= 0) {
            all.set(place, kept);
        } else {
            all.add(kept);
        }
        return saved(inHand, revision, all, "The test case is saved in the draft", "", model, flash);
    }

    private String one(
            Model model,
            InHand inHand,
            String one,
            String name,
            MultiValueMap<String, String> fields,
            boolean asked,
            FormErrors errors) {
        TableSheet sheet = inHand.sheet();
        TablePages.frame(model, inHand, errors);
        model.addAttribute("heading", one.isEmpty() ? "Try an input" : one);
        model.addAttribute("one", one);
        model.addAttribute(NAME, name);
        model.addAttribute(
                "inputs",
                sheet.inputs().stream()
                        .map(input -> CellFields.field(CellFields.valueOf(input), fields, ""))
                        .toList());
        model.addAttribute(
                "outputs",
                sheet.outputs().stream()
                        .map(output -> CellFields.field(output, fields, ""))
                        .toList());
        model.addAttribute("asked", asked);
        if (asked) {
            Map<String, String> inputs = inputs(sheet, fields);
            model.addAttribute("draft", shown(sheet, desk.ask(inHand.file(), inputs)));
            inHand.beforeFile()
                    .ifPresent(file ->
                            model.addAttribute("live", shown(inHand.before().orElse(sheet), desk.ask(file, inputs))));
            model.addAttribute(
                    "hidden",
                    sheet.inputs().stream()
                            .flatMap(input -> hidden(CellFields.valueOf(input), fields).stream())
                            .toList());
        }
        return "manager/table-case";
    }

    private static List<Map.Entry<String, String>> hidden(Column column, MultiValueMap<String, String> fields) {
        return fields.entrySet().stream()
                .filter(field ->
                        field.getKey().equals(column.key()) || field.getKey().startsWith(column.key() + "."))
                .flatMap(field -> field.getValue().stream().map(value -> Map.entry(field.getKey(), value)))
                .toList();
    }

    private static Shown shown(TableSheet sheet, TestCases.Answer answer) {
        return new Shown(
                answer.rule(),
                TableView.number(sheet, answer.rule()),
                TestCaseView.outputs(sheet, answer.outputs()),
                answer.problem());
    }

    private static Map<String, String> inputs(TableSheet sheet, MultiValueMap<String, String> fields) {
        Map<String, String> inputs = new LinkedHashMap<>();
        sheet.inputs()
                .forEach(input -> inputs.put(
                        input.name(),
                        CellFields.read(CellFields.valueOf(input), fields).value()));
        return inputs;
    }

    /** An empty field is not looked at, unless nothing is what the case expected there before. */
    private static Map<String, String> expected(
            TableSheet sheet, MultiValueMap<String, String> fields, Optional<TestCase> before) {
        Map<String, String> expected = new LinkedHashMap<>();
        for (Column output : sheet.outputs()) {
            String value = CellFields.read(output, fields).value();
            boolean nothing = before.map(known -> "".equals(known.expected().get(output.name())))
                    .orElse(false);
            if (!value.isEmpty() || nothing) {
                expected.put(output.name(), value);
            }
        }
        return expected;
    }

    private static Cell cell(String value) {
        return value.isEmpty() ? Cell.ANY : Cell.of(value);
    }

    private static List<TestCase> saved(InHand inHand) {
        try {
            return inHand.testCases();
        } catch (TestCaseFiles.Unreadable unreadable) {
            throw new Conflict("The test cases cannot be read: " + unreadable.getMessage() + ". Paste them anew.");
        }
    }

    private static TestCase existing(InHand inHand, String name) {
        return saved(inHand).stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new NotFound("There is no test case " + name));
    }

    private String saved(
            InHand inHand,
            int revision,
            List<TestCase> cases,
            String done,
            String csv,
            Model model,
            RedirectAttributes flash) {
        ModelFile file = TestCaseFiles.write(inHand.sheet(), cases);
        Outcome outcome = requests.save(inHand.request().reference(), revision, List.of(file));
        if (outcome instanceof Outcome.Done) {
            flash.addFlashAttribute("saved", done);
            return "redirect:/manager/changes/" + inHand.request().reference() + "/tables/"
                    + inHand.sheet().table() + "/cases";
        }
        List<FormError> errors;
        if (outcome instanceof Outcome.Refused refused) {
            errors = refused.findings().stream()
                    .filter(Finding::isError)
                    .map(finding -> new FormError(LIST, finding.message() + ". " + finding.fix()))
                    .toList();
        } else if (outcome instanceof Outcome.Overtaken overtaken) {
            errors = List.of(new FormError(
                    LIST,
                    "Somebody else has changed " + overtaken.request().reference()
                            + " meanwhile; this is how it stands now. Try again"));
        } else {
            errors = List.of(new FormError(LIST, ((Outcome.NotPossible) outcome).why()));
        }
        InHand again = desk.inHand(
                inHand.request().reference().toString(), inHand.sheet().table());
        return list(model, again, csv, new FormErrors(errors));
    }
}
