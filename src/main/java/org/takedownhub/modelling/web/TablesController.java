package org.takedownhub.modelling.web;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.takedownhub.api.InvalidRequest;
import org.takedownhub.api.NotFound;
import org.takedownhub.modelling.ModelFile;
import org.takedownhub.modelling.change.ChangeRequests;
import org.takedownhub.modelling.table.Row;
import org.takedownhub.modelling.table.SheetCheck;
import org.takedownhub.modelling.table.TableSheet;
import org.takedownhub.modelling.table.TestCase;
import org.takedownhub.modelling.table.TestCaseFiles;
import org.takedownhub.modelling.table.TestCases;
import org.takedownhub.modelling.web.TableDesk.InHand;

/** Decision tables as typed sheets, and their test cases, for programs. */
@RestController
class TablesController {

    private static final String TABLE = "/api/v1/change-requests/{reference}/tables/{table}";

    private final TableDesk desk;
    private final ChangeRequests requests;

    TablesController(TableDesk desk, ChangeRequests requests) {
        this.desk = desk;
        this.requests = requests;
    }

    record TableEntry(String table, String name, String purpose, String file, int rows, long testCases) {}

    record SheetWish(@Nullable Integer revision, @Nullable List<TableBodies.RowBody> rows) {}

    record CasesWish(@Nullable Integer revision, @Nullable List<TableBodies.CaseBody> cases) {}

    record Question(@Nullable Map<String, String> inputs) {}

    /** @param live {@code null} for a table that is not live yet */
    record Answers(TestCases.Answer draft, TestCases.@Nullable Answer live) {}

    @GetMapping("/api/v1/models/tables")
    Map<String, List<TableEntry>> list() {
        return Map.of(
                "items",
                desk.live().stream()
                        .map(sheet -> new TableEntry(
                                sheet.table(),
                                sheet.name(),
                                sheet.purpose(),
                                sheet.file(),
                                sheet.rows().size(),
                                desk.liveCases(sheet)))
                        .toList());
    }

    @GetMapping("/api/v1/models/tables/{table}")
    TableBodies.SheetBody live(@PathVariable String table) {
        return TableBodies.SheetBody.of(null, null, desk.live(table));
    }

    @GetMapping(TABLE)
    TableBodies.SheetBody draft(@PathVariable String reference, @PathVariable String table) {
        InHand inHand = desk.inHand(reference, table);
        return TableBodies.SheetBody.of(
                inHand.request().reference().toString(), inHand.request().revision(), inHand.sheet());
    }

    /** All rows, in their order; what stands in the file beside them stays. */
    @PutMapping(TABLE)
    Bodies.RequestBody save(@PathVariable String reference, @PathVariable String table, @RequestBody SheetWish wish) {
        InHand inHand = desk.inHand(reference, table);
        int revision = Bodies.revision(wish.revision());
        TableSheet sheet = inHand.sheet().withRows(complete(inHand.sheet(), wish.rows()));
        TableBodies.refuse(sheet, SheetCheck.problems(sheet));
        return save(inHand, revision, desk.written(inHand, sheet.rows()));
    }

    /** A row that the table has keeps the cells that were not sent. */
    private static List<Row> complete(TableSheet sheet, @Nullable List<TableBodies.RowBody> bodies) {
        return TableBodies.rows(sheet, bodies).stream()
                .map(row -> sheet.row(row.id())
                        .map(known -> {
                            Map<String, org.takedownhub.modelling.table.Cell> cells =
                                    new LinkedHashMap<>(known.cells());
                            cells.putAll(row.cells());
                            return new Row(row.id(), cells, row.source());
                        })
                        .orElse(row))
                .toList();
    }

    @GetMapping(TABLE + "/cases")
    TableBodies.CasesBody cases(@PathVariable String reference, @PathVariable String table) {
        InHand inHand = desk.inHand(reference, table);
        return report(inHand, saved(inHand));
    }

    @PutMapping(TABLE + "/cases")
    Bodies.RequestBody saveCases(
            @PathVariable String reference, @PathVariable String table, @RequestBody CasesWish wish) {
        InHand inHand = desk.inHand(reference, table);
        int revision = Bodies.revision(wish.revision());
        List<TestCase> cases = TableBodies.cases(wish.cases());
        return save(inHand, revision, file(inHand, cases));
    }

    /** Runs cases on the draft without saving them; without any, those that are saved. */
    @PostMapping(TABLE + "/cases/runs")
    TableBodies.CasesBody run(@PathVariable String reference, @PathVariable String table, @RequestBody CasesWish wish) {
        InHand inHand = desk.inHand(reference, table);
        if (wish.cases() == null) {
            return report(inHand, saved(inHand));
        }
        return report(
                inHand,
                read(inHand, file(inHand, TableBodies.cases(wish.cases())).text()));
    }

    /** As a spreadsheet may open it: no cell is a formula. Sent back, it is what was saved. */
    @GetMapping(TABLE + "/cases.csv")
    ResponseEntity<byte[]> download(@PathVariable String reference, @PathVariable String table) {
        return csv(desk.inHand(reference, table));
    }

    static ResponseEntity<byte[]> csv(InHand inHand) {
        try {
            String saved =
                    TestCaseFiles.write(inHand.sheet(), inHand.testCases()).text();
            return ResponseEntity.ok()
                    .contentType(new MediaType("text", "csv", StandardCharsets.UTF_8))
                    .header(
                            HttpHeaders.CONTENT_DISPOSITION,
                            ContentDisposition.attachment()
                                    .filename(
                                            TestCaseFiles.nameFor(inHand.sheet().table()))
                                    .build()
                                    .toString())
                    .body(TestCaseFiles.forSpreadsheet(saved).getBytes(StandardCharsets.UTF_8));
        } catch (TestCaseFiles.Unreadable unreadable) {
            throw new NotFound("The test cases cannot be read: " + unreadable.getMessage());
        }
    }

    @PutMapping(path = TABLE + "/cases.csv", consumes = "text/csv")
    Bodies.RequestBody upload(
            @PathVariable String reference,
            @PathVariable String table,
            @RequestParam(required = false) @Nullable Integer revision,
            @RequestBody byte[] csv) {
        InHand inHand = desk.inHand(reference, table);
        String text = ModelFile.read(TestCaseFiles.nameFor(table), csv)
                .orElseThrow(() -> new InvalidRequest(400, "", "The file is not in UTF-8. Save it as \"CSV UTF-8\"."))
                .text();
        try {
            String cleaned = TestCaseFiles.fromSpreadsheet(text);
            return save(inHand, Bodies.revision(revision), file(inHand, TestCaseFiles.read(inHand.sheet(), cleaned)));
        } catch (TestCaseFiles.Unreadable unreadable) {
            throw unreadable(unreadable);
        }
    }

    /** What the draft and the live table say to one input. */
    @PostMapping(TABLE + "/answer")
    Answers ask(@PathVariable String reference, @PathVariable String table, @RequestBody Question question) {
        InHand inHand = desk.inHand(reference, table);
        if (question.inputs() == null || TableBodies.hasNull(question.inputs())) {
            throw new InvalidRequest(400, "/inputs", "inputs is missing; send the inputs by their names, as texts");
        }
        return new Answers(
                desk.ask(inHand.file(), question.inputs()),
                inHand.beforeFile()
                        .map(file -> desk.ask(file, question.inputs()))
                        .orElse(null));
    }

    private Bodies.RequestBody save(InHand inHand, int revision, ModelFile file) {
        return Bodies.requestOf(requests.save(inHand.request().reference(), revision, List.of(file)));
    }

    private TableBodies.CasesBody report(InHand inHand, List<TestCase> cases) {
        return TableBodies.CasesBody.of(
                inHand.request().reference().toString(),
                inHand.request().revision(),
                inHand.sheet().table(),
                cases,
                desk.run(inHand, cases));
    }

    private static List<TestCase> saved(InHand inHand) {
        return read(inHand, inHand.cases().map(ModelFile::text).orElse(""));
    }

    private static List<TestCase> read(InHand inHand, String csv) {
        try {
            return csv.isEmpty() ? List.of() : TestCaseFiles.read(inHand.sheet(), csv);
        } catch (TestCaseFiles.Unreadable unreadable) {
            throw unreadable(unreadable);
        }
    }

    /** The file of these cases, once it is sure that it reads as them. */
    private static ModelFile file(InHand inHand, List<TestCase> cases) {
        ModelFile file = TestCaseFiles.write(inHand.sheet(), cases);
        if (!cases.isEmpty()) {
            read(inHand, file.text());
        }
        return file;
    }

    private static InvalidRequest unreadable(TestCaseFiles.Unreadable unreadable) {
        return new InvalidRequest(422, "/" + unreadable.line(), unreadable.getMessage() + ".");
    }
}
