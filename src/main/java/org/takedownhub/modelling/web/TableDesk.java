package org.takedownhub.modelling.web;

import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.takedownhub.api.NotFound;
import org.takedownhub.modelling.ModelFile;
import org.takedownhub.modelling.ModelFile.Kind;
import org.takedownhub.modelling.ModelSet;
import org.takedownhub.modelling.PublishedModels;
import org.takedownhub.modelling.change.ChangeRequest;
import org.takedownhub.modelling.change.ChangeRequests;
import org.takedownhub.modelling.change.ChangeState;
import org.takedownhub.modelling.table.Row;
import org.takedownhub.modelling.table.Sheets;
import org.takedownhub.modelling.table.TableSheet;
import org.takedownhub.modelling.table.TestCase;
import org.takedownhub.modelling.table.TestCaseFiles;
import org.takedownhub.modelling.table.TestCases;
import org.takedownhub.modelling.table.UnreadableTable;

/** What the pages and the API of tables share: a table in a change request, and what it was. */
@Component
class TableDesk {

    private final ChangeRequests requests;
    private final PublishedModels published;
    private final TestCases runner;

    TableDesk(ChangeRequests requests, PublishedModels published, TestCases runner) {
        this.requests = requests;
        this.published = published;
        this.runner = runner;
    }

    /**
     * A table as a change request has it.
     *
     * @param before the table that is live, or was when the request was published; empty for a new table
     * @param cases  the file of its test cases
     */
    record InHand(
            ChangeRequest request,
            ModelFile file,
            TableSheet sheet,
            Optional<ModelFile> beforeFile,
            Optional<TableSheet> before,
            Optional<ModelFile> cases) {

        boolean editable() {
            return request.state() == ChangeState.DRAFT;
        }

        /** @throws TestCaseFiles.Unreadable the file is not of this table */
        List<TestCase> testCases() throws TestCaseFiles.Unreadable {
            return cases.isPresent() ? TestCaseFiles.read(sheet, cases.get().text()) : List.of();
        }
    }

    InHand inHand(String reference, String table) {
        ChangeRequest request = requests.find(Bodies.reference(reference))
                .orElseThrow(() -> new NotFound("There is no change request " + reference));
        ModelSet draft = requests.draft(request.reference());
        ModelFile file = table(draft, table).orElseThrow(() -> new NotFound("There is no table " + table));
        Optional<ModelFile> before = table(requests.before(request.reference()), table);
        return new InHand(
                request,
                file,
                sheet(file),
                before,
                before.map(TableDesk::sheet),
                draft.file(TestCaseFiles.nameFor(table)));
    }

    List<TableSheet> live() {
        return published.live().files().all(Kind.DECISION).map(TableDesk::sheet).toList();
    }

    TableSheet live(String table) {
        return sheet(
                table(published.live().files(), table).orElseThrow(() -> new NotFound("There is no table " + table)));
    }

    /** How many test cases the live set has for a table. */
    long liveCases(TableSheet sheet) {
        try {
            Optional<ModelFile> file = published.live().files().file(TestCaseFiles.nameFor(sheet.table()));
            return file.isPresent()
                    ? TestCaseFiles.read(sheet, file.get().text()).size()
                    : 0;
        } catch (TestCaseFiles.Unreadable unreadable) {
            return 0;
        }
    }

    ModelFile written(InHand table, List<Row> rows) {
        return Sheets.write(table.file(), rows);
    }

    TestCases.Report run(InHand table, List<TestCase> cases) {
        return runner.run(table.file(), table.sheet(), cases);
    }

    TestCases.Answer ask(ModelFile table, java.util.Map<String, String> inputs) {
        return runner.ask(table, inputs);
    }

    private static Optional<ModelFile> table(ModelSet set, String table) {
        return set.file(table + "." + Kind.DECISION.ending());
    }

    private static TableSheet sheet(ModelFile file) {
        try {
            return Sheets.read(file);
        } catch (UnreadableTable unreadable) {
            throw new NotFound(unreadable.getMessage());
        }
    }
}
