package org.takedownhub.modelling.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.takedownhub.modelling.Finding;
import org.takedownhub.modelling.ModelFile;
import org.takedownhub.modelling.ModelSet;

class TestCasesTest {

    private static final TestCases RUNNER = new TestCases();

    private final TestedTables check = new TestedTables(RUNNER);

    private static ModelFile changed(String table, String row, String column, String value) {
        ModelFile file = Shipped.table(table);
        TableSheet sheet = Sheets.read(file);
        return Sheets.write(
                file,
                sheet.with(sheet.row(row)
                                .orElseThrow()
                                .with(sheet.column(column).orElseThrow(), Cell.of(value)))
                        .rows());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "removal-deadline",
                "escalation-ladder",
                "referral-route",
                "content-guide",
                "approval-rule",
                "check-schedule"
            })
    void shipsCasesThatPassAndTryEveryRow(String table) throws Exception {
        ModelFile cases = Shipped.file(table + ".csv");
        TestCases.Report report = RUNNER.run(Shipped.table(table), cases);

        assertThat(report.results()).hasSizeGreaterThanOrEqualTo(5).allMatch(TestCases.Result::passed);
        assertThat(report.untried()).isEmpty();
        assertThat(report.passed()).isTrue();
        TableSheet sheet = Sheets.read(Shipped.table(table));
        assertThat(TestCaseFiles.write(sheet, TestCaseFiles.read(sheet, cases.text())))
                .isEqualTo(cases);
    }

    @Test
    void saysWhatWasExpectedAndWhatCame() throws Exception {
        TestCases.Report report = RUNNER.run(
                changed("removal-deadline", "Rule_VoluntaryUrgent", "out.period", "PT12H"),
                Shipped.file("removal-deadline.csv"));

        assertThat(report.passed()).isFalse();
        assertThat(report.results().stream().filter(result -> !result.passed()))
                .extracting(result -> result.testCase().name(), TestCases.Result::differences)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                "A threat: one day", List.of(new TestCases.Difference("period", "PT24H", "PT12H"))),
                        org.assertj.core.groups.Tuple.tuple(
                                "Recruitment: one day", List.of(new TestCases.Difference("period", "PT24H", "PT12H"))));
    }

    @Test
    void answersAnInputWithTheRowThatFitted() {
        TestCases.Answer answer = RUNNER.ask(
                Shipped.table("escalation-ladder"),
                Map.of("instrument", "TCO_ORDER", "rung", "2", "threatToLife", "true"));

        assertThat(answer.rule()).isEqualTo("Rule_escalation_ladder_24");
        assertThat(answer.outputs()).containsEntry("waitFor", "PT30M");
        assertThat(RUNNER.ask(Shipped.table("escalation-ladder"), Map.of("rung", "99"))
                        .rule())
                .isEmpty();
        assertThat(RUNNER.ask(Shipped.table("escalation-ladder"), Map.of("rung", "two"))
                        .problem())
                .isEqualTo("“two” is no value of “Rung”");
    }

    @Test
    void namesTheRowsWhereMoreThanOneFits() {
        ModelFile file = Shipped.table("content-guide");
        TableSheet sheet = Sheets.read(file);
        Row first = sheet.rows().get(0);
        ModelFile doubled = Sheets.write(
                file, sheet.withAfter(first.id(), first.withId("Rule_again")).rows());

        assertThat(Sheets.place(doubled, "Rule_again")).hasValue(new Sheets.Place("Rule_again", ""));
        assertThat(Sheets.place(doubled, "InputEntry_Rule_again_category"))
                .hasValue(new Sheets.Place("Rule_again", "category"));
        assertThat(RUNNER.ask(doubled, Map.of("category", "THREAT")).problem())
                .isEqualTo("More than one row fits: " + first.id() + ", Rule_again");
    }

    @Test
    void holdsBackAChangedTableWhoseCasesFailOrThatHasNone() {
        ModelSet live = Shipped.set();
        ModelFile slower = changed(
                "case-priority",
                Sheets.read(Shipped.table("case-priority")).rows().get(0).id(),
                "out.verifyWithin",
                "PT20M");

        assertThat(check.findings(live, live)).isEmpty();
        assertThat(check.findings(live.with(slower), live))
                .extracting(Finding::rule, Finding::file)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("no-test-cases", "case-priority.dmn"));
        ModelSet failing = live.with(changed("removal-deadline", "Rule_WeaponsRemovalNotice", "out.period", "PT47H"));
        assertThat(check.findings(failing, live)).hasSize(2).allSatisfy(finding -> {
            assertThat(finding.isError()).isTrue();
            assertThat(finding.rule()).isEqualTo("test-case-failed");
            assertThat(finding.elementId()).isEqualTo("Rule_WeaponsRemovalNotice");
            assertThat(finding.message()).contains("expected period PT48H, the table gives PT47H");
        });
        assertThat(check.findings(live.without("removal-deadline.csv"), live))
                .extracting(Finding::rule)
                .containsExactly("no-test-cases");
        assertThat(check.findings(live.with(new ModelFile("removal-deadline.csv", "name,what\n")), live))
                .extracting(Finding::rule)
                .containsExactly("test-cases-unreadable");
        assertThat(check.findings(live.with(new ModelFile("nothing.csv", "name\n")), live))
                .extracting(Finding::rule)
                .containsExactly("test-cases-without-table");
    }

    @Test
    void advisesToTryARowThatNoCaseComesTo() throws Exception {
        ModelSet live = Shipped.set();
        ModelFile file = Shipped.table("approval-rule");
        TableSheet sheet = Sheets.read(file);
        ModelSet draft = live.with(new ModelFile(
                "approval-rule.csv",
                TestCaseFiles.write(
                                sheet,
                                TestCaseFiles.read(
                                                sheet,
                                                Shipped.file("approval-rule.csv")
                                                        .text())
                                        .subList(1, 6))
                        .text()));

        assertThat(check.findings(draft, live)).singleElement().satisfies(finding -> {
            assertThat(finding.isError()).isFalse();
            assertThat(finding.elementId()).isEqualTo("Rule_approval_rule_01");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "name\n",
                "name,category\nA,THREAT\n",
                "name,category,expect:what\n",
                "name,name,category,expect:question\n",
                "category,expect:question\nTHREAT,x\n",
                "name,category,expect:question\nA,THREAT\n",
                "name,category,expect:question\n,THREAT,x\n",
                "name,category,expect:question\nA,THREAT,\n",
                "name,category,expect:question,expect:legalReference\nA,THREAT,(no rule),x\n",
                "name,category,expect:question\nA,THREAT,x\nA,OTHER,y\n"
            })
    void refusesAFileThatIsNotOfItsTable(String csv) {
        TableSheet sheet = Sheets.read(Shipped.table("content-guide"));

        assertThatExceptionOfType(TestCaseFiles.Unreadable.class).isThrownBy(() -> TestCaseFiles.read(sheet, csv));
    }

    @Test
    void noCellOfADownloadIsAFormulaAndTheUploadIsWhatWasSaved() throws Exception {
        TableSheet sheet = Sheets.read(Shipped.table("content-guide"));
        List<TestCase> cases = java.util.stream.Stream.of(
                        "=1+1", "+1", "-1", "@a", "\tb", "\rc", "'=1", "''@", "'plain", "-")
                .map(value ->
                        new TestCase(value.strip() + "#", Map.of("category", value), Map.of("question", value), false))
                .toList();
        String saved = TestCaseFiles.write(sheet, cases).text();

        String download = TestCaseFiles.forSpreadsheet(saved);

        assertThat(download).doesNotContainPattern("(^|[,\\n\"])[=+\\-@\\t\\r]");
        assertThat(TestCaseFiles.fromSpreadsheet(download)).isEqualTo(saved);
        assertThat(TestCaseFiles.read(sheet, saved))
                .extracting(one -> one.inputs().get("category"))
                .containsExactlyElementsOf(
                        cases.stream().map(one -> one.inputs().get("category")).toList());
        assertThat(TestCaseFiles.fromSpreadsheet(saved.replace("'", ""))).contains("=1+1");
    }
}
