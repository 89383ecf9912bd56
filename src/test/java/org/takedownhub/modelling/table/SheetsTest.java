package org.takedownhub.modelling.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.stream.Stream;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.takedownhub.modelling.ModelFile;

class SheetsTest {

    static Stream<ModelFile> tables() {
        return Shipped.tables().stream();
    }

    private static Column column(TableSheet sheet, String key) {
        return sheet.column(key).orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("tables")
    void givesBackTheIdenticalTextOfATableThatWasNotChanged(ModelFile file) {
        TableSheet sheet = Sheets.read(file);

        assertThat(sheet.rows()).isNotEmpty();
        assertThat(Sheets.write(file, sheet.rows()).text()).isEqualTo(file.text());
    }

    @ParameterizedTest
    @MethodSource("tables")
    void hasWordsForEveryCellOfEveryShippedTable(ModelFile file) {
        TableSheet sheet = Sheets.read(file);

        assertThat(sheet.purpose()).isNotEmpty();
        assertThat(sheet.rows())
                .allSatisfy(row ->
                        assertThat(row.cells().values()).extracting(Cell::is).doesNotContain(Cell.Is.OTHER));
        assertThat(SheetCheck.problems(sheet)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("tables")
    void changesOneSourceAndNothingElse(ModelFile file) {
        TableSheet sheet = Sheets.read(file);
        Row last = sheet.rows().get(sheet.rows().size() - 1);

        ModelFile written =
                Sheets.write(file, sheet.with(last.withSource("A < B & \"C\"")).rows());

        assertThat(written.text().replace("A &lt; B &amp; \"C\"", XmlText.escaped(last.source())))
                .isEqualTo(file.text());
        assertThat(Sheets.read(written).row(last.id()).orElseThrow().source()).isEqualTo("A < B & \"C\"");
    }

    @Test
    void changesOneCellAndNothingElse() {
        ModelFile file = Shipped.table("removal-deadline");
        TableSheet sheet = Sheets.read(file);
        Row urgent = sheet.row("Rule_VoluntaryUrgent").orElseThrow();

        ModelFile written = Sheets.write(
                file,
                sheet.with(urgent.with(column(sheet, "out.period"), Cell.of("PT12H")))
                        .rows());

        String entry = "<outputEntry id=\"OutputEntry_VoluntaryUrgent_period\"><text>\"%s\"</text></outputEntry>";
        assertThat(written.text())
                .isEqualTo(file.text().replace(entry.formatted("PT24H"), entry.formatted("PT12H")))
                .isNotEqualTo(file.text());
    }

    @Test
    void readsWhatTheCellsOfInputsSay() {
        TableSheet sheet = Sheets.read(Shipped.table("formal-instrument"));
        Row first = sheet.rows().get(0);

        assertThat(first.cell(column(sheet, "category"))).isEqualTo(Cell.of("WEAPONS_SALE", "WEAPONS_GLORIFICATION"));
        assertThat(first.cell(column(sheet, "platform")).is()).isEqualTo(Cell.Is.NONE_OF);
        assertThat(first.cell(column(sheet, "askedOn"))).isEqualTo(new Cell(Cell.Is.FROM, List.of("2026-04-29")));
        assertThat(CellWords.words(column(sheet, "askedOn"), first.cell(column(sheet, "askedOn"))))
                .isEqualTo("From 29 April 2026");
        assertThat(sheet.rows().get(2).cell(column(sheet, "platform"))).isEqualTo(Cell.ANY);
    }

    @Test
    void saysCellsInWords() {
        TableSheet sheet = Sheets.read(Shipped.table("removal-deadline"));
        Row row = sheet.row("Rule_TerrorismNotice").orElseThrow();

        assertThat(CellWords.words(sheet, row, column(sheet, "out.period"))).isEqualTo("2 working days");
        assertThat(CellWords.words(sheet, row, column(sheet, "out.reminderShare")))
                .isEqualTo("75%");
        assertThat(CellWords.words(sheet, row, column(sheet, "category"))).isEqualTo("Any");
        assertThat(column(sheet, "out.period").label()).isEqualTo("Period");
        Row urgent = sheet.row("Rule_VoluntaryUrgent").orElseThrow();
        assertThat(CellWords.words(sheet, urgent, column(sheet, "out.period"))).isEqualTo("24 hours");
        assertThat(CellWords.words(sheet, urgent, column(sheet, "category")))
                .isEqualTo("Threat, Incitement, Gang promotion, Intimidation or Recruitment");
        assertThat(CellWords.words(sheet, urgent, column(sheet, "threatToLife")))
                .isEqualTo("No");
    }

    @ParameterizedTest
    @ValueSource(strings = {"removal-deadline", "referral-route", "escalation-ladder", "check-schedule"})
    void addsMovesAndRemovesRowsAndTheEngineReadsTheResult(String table) {
        ModelFile file = Shipped.table(table);
        TableSheet sheet = Sheets.read(file);
        Row first = sheet.rows().get(0);
        Row last = sheet.rows().get(sheet.rows().size() - 1);
        Row added = last.withId(Sheets.newRowId()).withSource("Hub policy: a trial");
        TableSheet changed =
                sheet.withAfter(first.id(), added).without(last.id()).moved(added.id(), -1);

        ModelFile written = Sheets.write(file, changed.rows());

        assertThat(Sheets.read(written).rows()).isEqualTo(changed.rows());
        assertThat(changed.rows().get(0)).isEqualTo(added);
        assertThat(Dmn.readModelFromStream(new ByteArrayInputStream(written.bytes()))
                        .getModelElementsByType(Rule.class))
                .extracting(Rule::getId)
                .containsExactlyElementsOf(changed.rows().stream().map(Row::id).toList());
        assertThat(Sheets.write(written, sheet.rows()).text())
                .as("what was taken out and put in again looks like the rows beside it")
                .hasLineCount((int) file.text().lines().count());
    }

    @Test
    void keepsCommentsPrefixesAndTheWayCharactersAreWritten() {
        ModelFile file = new ModelFile(
                "small.dmn",
                """
                <?xml version='1.0'?>
                <!-- kept -->
                <dmn:definitions xmlns:dmn='https://www.omg.org/spec/DMN/20191111/MODEL/' id='d' name='a &gt; b'>\r
                  <dmn:decision id='small' name='Small'><dmn:decisionTable id='t' hitPolicy='FIRST'>
                    <dmn:input id='i'><dmn:inputExpression id='e' typeRef='integer'><dmn:text>n</dmn:text></dmn:inputExpression></dmn:input>
                    <dmn:output id='o' name='answer' typeRef='string'/>
                    <!-- first --><dmn:rule id='one'><dmn:inputEntry id='a'><dmn:text><![CDATA[< 3]]></dmn:text></dmn:inputEntry><dmn:outputEntry id='b'><dmn:text/></dmn:outputEntry></dmn:rule>
                  </dmn:decisionTable></dmn:decision>
                </dmn:definitions>
                """);
        TableSheet sheet = Sheets.read(file);
        Row row = sheet.rows().get(0);
        Column answer = column(sheet, "out.answer");

        assertThat(sheet.ordered()).isTrue();
        assertThat(row.cell(column(sheet, "n"))).isEqualTo(new Cell(Cell.Is.LESS_THAN, List.of("3")));
        assertThat(Sheets.write(file, sheet.rows()).text()).isEqualTo(file.text());
        assertThat(Sheets.write(
                                file,
                                List.of(row.with(answer, Cell.of("say \"no\" \\ <never>"))
                                        .withSource("Law")))
                        .text())
                .isEqualTo(file.text()
                        .replace("<dmn:text/>", "<dmn:text>\"say \\\"no\\\" \\\\ &lt;never&gt;\"</dmn:text>")
                        .replace("<dmn:rule id='one'>", "<dmn:rule id='one'><dmn:description>Law</dmn:description>"));
        Row again = Sheets.read(Sheets.write(file, List.of(row.with(answer, Cell.of("say \"no\" \\ <never>")))))
                .rows()
                .get(0);
        assertThat(again.cell(answer)).isEqualTo(Cell.of("say \"no\" \\ <never>"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<a>", "<a></b", "<definitions/>", "<definitions><decision id='x'/></definitions>"})
    void refusesWhatIsNoTable(String text) {
        ModelFile file = new ModelFile("broken.dmn", text);

        assertThatExceptionOfType(UnreadableTable.class)
                .isThrownBy(() -> Sheets.read(file))
                .withMessageContaining("broken.dmn");
    }
}
