package org.takedownhub.modelling.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.takedownhub.modelling.table.SheetCheck.Problem;

class SheetCheckTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "removal-deadline | Rule_VoluntaryUrgent | out.period | PT59M | “Period” must be between 1 hour and 30 days",
                "removal-deadline | Rule_VoluntaryUrgent | out.period | P31D | “Period” must be between 1 hour and 30 days",
                "removal-deadline | Rule_VoluntaryUrgent | out.period | P1M | “Period” must be a whole number of minutes, hours or days",
                "removal-deadline | Rule_VoluntaryUrgent | out.period | PT90S | “Period” must be a whole number of minutes, hours or days",
                "removal-deadline | Rule_VoluntaryUrgent | out.period | soon | “Period” must be a whole number of minutes, hours or days",
                "removal-deadline | Rule_TerrorismNotice | out.period | PT36H | The period must be whole days where it is counted in working days",
                "removal-deadline | Rule_VoluntaryUrgent | out.unit | WORKING_DAYS | Working days are counted from the day after the notice was given, and nothing else is",
                "removal-deadline | Rule_VoluntaryUrgent | out.reminderShare | 1 | “Reminder after this share” must be between 0% and 95%",
                "removal-deadline | Rule_VoluntaryUrgent | out.reminderShare | half | “Reminder after this share” must be a number",
                "removal-deadline | Rule_VoluntaryUrgent | out.startEvent | READ | “READ” is no value of “Clock starts when”",
                "removal-deadline | Rule_VoluntaryUrgent | category | KNIVES | “KNIVES” is no value of “Category”",
                "removal-deadline | Rule_VoluntaryUrgent | threatToLife | maybe | Select yes or no for “Threat to life?”",
                "escalation-ladder | Rule_escalation_ladder_01 | out.waitFor | PT4M | “Time until the next rung” must be between 5 minutes and 14 days",
                "escalation-ladder | Rule_escalation_ladder_01 | rung | 1.5 | “Rung” must be a whole number",
                "referral-route | Rule_referral_route_01 | out.channels | API,FAX | “FAX” is no value of “Channels, the first that can be used”",
                "referral-route | Rule_referral_route_01 | out.channels | API,API | “Channels, the first that can be used” names API twice",
                "referral-route | Rule_referral_route_01 | platform | a b | “Platform” takes letters, digits, dots, hyphens and underscores; “a b” has others",
                "formal-instrument | Rule_formal_instrument_01 | askedOn | 2026-02-30 | “Day in London” must be a real day",
                "content-guide | Rule_content_guide_01 | out.suggestedVerdict | GUILTY | “GUILTY” is no value of “Suggested verdict”",
                "check-schedule | Rule_check_schedule_01 | out.shortest | PT45M | The longest time between two looks is shorter than the shortest"
            })
    void namesTheCellAndTheLimit(String table, String row, String column, String value, String message) {
        TableSheet sheet = Sheets.read(Shipped.table(table));
        Row changed = sheet.row(row).orElseThrow().with(sheet.column(column).orElseThrow(), Cell.of(value));

        assertThat(SheetCheck.problems(sheet.with(changed))).singleElement().satisfies(problem -> {
            assertThat(problem.row()).isEqualTo(row);
            assertThat(problem.message()).isEqualTo(message);
        });
    }

    @Test
    void wantsASourceForEachRowAndAValueForEachOutput() {
        TableSheet sheet = Sheets.read(Shipped.table("escalation-ladder"));
        Row row = sheet.rows()
                .get(0)
                .withSource(" ")
                .with(sheet.column("out.addressee").orElseThrow(), Cell.ANY);

        assertThat(SheetCheck.problems(sheet.with(row)))
                .containsExactly(
                        new Problem(row.id(), "out.addressee", "Enter “Addressee”"),
                        new Problem(
                                row.id(),
                                SheetCheck.SOURCE,
                                "Enter the source: the law, the code or the policy that this row comes from"));
        assertThat(SheetCheck.problems(sheet.withRows(java.util.List.of()))).singleElement();
    }

    @Test
    void lettersOfAnInstrumentThatTheProgramDoesNotKnowAreTaken() {
        TableSheet sheet = Sheets.read(Shipped.table("approval-rule"));
        Row row = sheet.rows().get(1).with(sheet.column("instrument").orElseThrow(), Cell.of("NEW_ORDER"));

        assertThat(SheetCheck.problems(sheet, row)).isEmpty();
    }
}
