package org.takedownhub.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.Instrument;

/** The register as a lawyer would read it. */
class InstrumentsTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

    private final Instruments instruments = new TableInstruments(new Tables());

    @Test
    void hasTheFiveInstrumentsOfTheHub() {
        assertThat(new TableInstruments(new Tables()).names()).containsExactlyElementsOf(Instrument.SHIPPED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "WEAPONS_REMOVAL_NOTICE | contentUrl s.21(5)(a), reasons s.21(5)(b), partsOfUk s.21(5)(b), compliance s.21(5)(c), reviewRight s.21(5)(d), consequences s.21(5)(e), contact s.21(5)(f), prescribed s.21(5)(g)?",
                "TERRORISM_NOTICE | contentUrl s.3(3)(a), declaration s.3(3)(a), requirement s.3(3)(b), compliance s.3(3)(c), consequences s.3(3)(d), contact hub policy",
                "DSA_NOTICE | reasons Art. 16(2)(a), contentUrl Art. 16(2)(b), authority Art. 16(2)(c), contact Art. 16(2)(c), declaration Art. 16(2)(d)",
                "TCO_ORDER | authority Art. 3(4)(a), authentication Art. 3(4)(a), reasons Art. 3(4)(b), materialType Art. 3(4)(b), contentUrl Art. 3(4)(c), contentIdentifier Art. 3(4)(c), legalBasis Art. 3(4)(d), issuedAt Art. 3(4)(e), signature Art. 3(4)(e), redress Art. 3(4)(f) and Annex I G?, uploaderNotification Art. 3(4)(g) and Annex I C?, recipient Annex I A, recipientContact Annex I A, mainEstablishment Annex I A and D?, reference Annex I A, authorityAddress Annex I E?, contact Annex I F?"
            })
    void wantsWhatTheStatuteLists(String instrument, String demands) {
        assertThat(entry(instrument).demands().stream()
                        .map(demand -> demand.element() + " " + demand.section() + (demand.unverified() ? "?" : "")))
                .containsExactly(demands.split(", (?=[a-z])"));
    }

    @Test
    void marksWhatNobodyHasCheckedAgainstTheLaw() {
        assertThat(instruments.all())
                .filteredOn(entry -> !entry.voluntary())
                .allSatisfy(entry -> assertThat(entry.unverified()).startsWith("[BG]"));
        assertThat(entry("WEAPONS_REMOVAL_NOTICE").reviewWindow()).contains(Duration.ofHours(48));
        assertThat(entry("WEAPONS_REMOVAL_NOTICE").afterReview()).contains(Duration.ofHours(24));
        assertThat(entry("TERRORISM_NOTICE").advice()).contains("recorded post");
    }

    @Test
    void knowsNoInstrumentBeforeItsLawIsInForce() {
        assertThat(instruments.inForce(Instrument.WEAPONS_REMOVAL_NOTICE, LocalDate.of(2026, 4, 28)))
                .isEmpty();
        assertThat(instruments.inForce(Instrument.WEAPONS_REMOVAL_NOTICE, LocalDate.of(2026, 4, 29)))
                .isPresent();
    }

    @Test
    void takesTheEntryOfTheDayWhenTheLawChanges() {
        Instruments changed = new TableInstruments(new Tables().with("instrument", amended("2027-01-01")));

        assertThat(changed.inForce(Instrument.DSA_NOTICE, LocalDate.of(2026, 12, 31)))
                .hasValueSatisfying(entry -> assertThat(entry.label()).isEqualTo("Notice of illegal content"));
        assertThat(changed.inForce(Instrument.DSA_NOTICE, LocalDate.of(2027, 1, 1)))
                .hasValueSatisfying(entry -> assertThat(entry.label()).isEqualTo("New notice"));
    }

    @Test
    void refusesTwoEntriesForOneDay() {
        Instruments changed = new TableInstruments(new Tables().with("instrument", amended("2026-12-01")));

        assertThatThrownBy(() -> changed.inForce(Instrument.DSA_NOTICE, LocalDate.of(2026, 12, 15)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("2 entries for DSA_NOTICE on 2026-12-15");
    }

    @Test
    void saysWhatFitsACase() {
        assertThat(instruments.statutoryFor(Category.TERRORISM, "fake", TODAY))
                .extracting(entry -> entry.instrument().name())
                .containsExactly("WEAPONS_REMOVAL_NOTICE", "TERRORISM_NOTICE", "DSA_NOTICE", "TCO_ORDER");
        assertThat(instruments.statutoryFor(Category.WEAPONS_SALE, "fake", TODAY))
                .extracting(entry -> entry.instrument().name())
                .containsExactly("WEAPONS_REMOVAL_NOTICE", "DSA_NOTICE");
    }

    @Test
    void namesTheEntryThatCannotBeRead() {
        Instruments broken = new TableInstruments(
                new Tables().with("instrument", Tables.file("instrument").replace("\"2024-02-17\"", "\"last year\"")));

        assertThatThrownBy(broken::all)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Entry 4 of version 1 of the table instrument");
    }

    /** A second entry for DSA_NOTICE from a day on; the first ends with 2026. */
    private static String amended(String from) {
        String table = Tables.file("instrument");
        String rule = table.substring(
                table.indexOf("<rule id=\"Rule_instrument_04\">"), table.indexOf("<rule id=\"Rule_instrument_05\">"));
        String ended = rule.replaceFirst("(?s)(Rule_04_out_inForceTo\">\\s*<text>)\"\"", "$1\"2026-12-31\"");
        String second = rule.replace("Rule_instrument_04", "Rule_instrument_06")
                .replace("Rule_04_", "Rule_06_")
                .replace("<text>4</text>", "<text>6</text>")
                .replace("\"Notice of illegal content\"", "\"New notice\"")
                .replace("\"2024-02-17\"", "\"" + from + "\"");
        return table.replace(rule, ended).replace("</decisionTable>", second + "</decisionTable>");
    }

    private InstrumentEntry entry(String name) {
        return instruments.inForce(Instrument.valueOf(name), TODAY).orElseThrow();
    }
}
