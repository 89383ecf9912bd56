package org.takedownhub.modelling.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.stream.StreamResult;
import javax.xml.transform.stream.StreamSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.takedownhub.BesideOthers;
import org.takedownhub.modelling.Finding;
import org.takedownhub.modelling.ModelFile;
import org.takedownhub.modelling.ModelSet;

/** What is in order passes, however it was saved. */
@BesideOthers
class GoodFilesTest {

    private static final ModelSet SHIPPED = LintInTest.SHIPPED;

    /** A change that a manager may well want. */
    record Edit(String title, String file, String from, String to) {

        @Override
        public String toString() {
            return title;
        }
    }

    static List<Edit> edits() {
        return List.of(
                new Edit("another label", "takedown.bpmn", "\"Send reminder\"", "\"Remind platform\""),
                new Edit(
                        "another label with accents",
                        "takedown.bpmn",
                        "\"Send reminder\"",
                        "\"Send reminder à la carte\""),
                new Edit("another group", "safeguarding.bpmn", "\"caseworkers,duty-officers\"", "\"duty-officers\""),
                new Edit(
                        "a documentation",
                        "safeguarding.bpmn",
                        "</bpmn:startEvent>",
                        "<bpmn:documentation>Seen while the content was verified.</bpmn:documentation></bpmn:startEvent>"),
                new Edit("another version", "takedown.bpmn", "versionTag=\"3.0.0\"", "versionTag=\"3.1.0\""),
                new Edit(
                        "a step moved a little",
                        "safeguarding.bpmn",
                        "<dc:Bounds x=\"762\" y=\"142\"",
                        "<dc:Bounds x=\"762\" y=\"140\""),
                new Edit("a deadline of a day", "removal-deadline.dmn", "\"PT48H\"", "\"PT24H\""),
                new Edit("a deadline in days", "removal-deadline.dmn", "\"PT72H\"", "\"P3D\""),
                new Edit("another rung's time", "escalation-ladder.dmn", "\"PT4H\"", "\"PT3H\""),
                new Edit("another route", "referral-route.dmn", "\"API,MAIL,PORTAL\"", "\"MAIL,API,PORTAL\""),
                new Edit(
                        "a quarter more platforms",
                        "referral-route.dmn",
                        "\"twitch\",\"x\"",
                        "\"twitch\",\"vimeo\",\"x\""),
                new Edit("another source", "case-priority.dmn", "Hub policy: normal", "Hub policy of 1 December 2026"),
                new Edit(
                        "a row parted in two",
                        "deconfliction-deadline.dmn",
                        "<text>false</text>",
                        "<text>not(true)</text>"),
                new Edit(
                        "a clearer question", "refer-safeguarding.form", "\"What you did\"", "\"What have you done?\""),
                new Edit(
                        "a choice said otherwise",
                        "refer-safeguarding.form",
                        "\"label\": \"Referred\"",
                        "\"label\": \"I referred them\""),
                new Edit("more cases to decide by", "removal-deadline.csv", "\n", "\n"));
    }

    @ParameterizedTest
    @MethodSource("edits")
    void passesWhatManagersChange(Edit edit) {
        String text = SHIPPED.file(edit.file).orElseThrow().text();
        assertThat(text).contains(edit.from);

        ModelSet draft = SHIPPED.with(new ModelFile(edit.file, text.replace(edit.from, edit.to)));

        assertThat(LintInTest.findings(draft)).isEmpty();
    }

    @Test
    void passesARowMoreOfATableThatIsStillWhole() {
        String text = SHIPPED.file("case-priority.dmn").orElseThrow().text();
        String row = text.substring(
                text.indexOf("<rule id=\"Rule_case_priority_05\">"),
                text.indexOf("<rule id=\"Rule_case_priority_06\">"));
        String parted = text.replace(
                        "\"GANG_PROMOTION\",\"WEAPONS_GLORIFICATION\",\"GRAPHIC_VIOLENCE\"",
                        "\"GANG_PROMOTION\",\"WEAPONS_GLORIFICATION\"")
                .replace(
                        "<rule id=\"Rule_case_priority_06\">",
                        row.replace("_05", "_07")
                                        .replace(
                                                "\"GANG_PROMOTION\",\"WEAPONS_GLORIFICATION\",\"GRAPHIC_VIOLENCE\"",
                                                "\"GRAPHIC_VIOLENCE\"")
                                        .replace("Rule_05", "Rule_07")
                                + "<rule id=\"Rule_case_priority_06\">");

        assertThat(LintInTest.findings(SHIPPED.with(new ModelFile("case-priority.dmn", parted))))
                .isEmpty();
    }

    @Test
    void passesTheSetHoweverItWasSaved() {
        assertThat(LintInTest.findings(saved(text -> text.replace("\n", "\r\n"))))
                .isEmpty();
        assertThat(LintInTest.findings(saved(text -> text.replace("<bpmn:", "<bpmn2:")
                        .replace("</bpmn:", "</bpmn2:")
                        .replace("xmlns:bpmn=", "xmlns:bpmn2=")
                        .replace("\"bpmn:t", "\"bpmn2:t"))))
                .isEmpty();
        assertThat(LintInTest.findings(saved(GoodFilesTest::writtenAgain))).isEmpty();
    }

    @Test
    void asksNothingOfAFileThatIsNotThere() {
        assertThat(LintInTest.findings(SHIPPED.without("removal-deadline.csv")))
                .extracting(Finding::rule)
                .isEmpty();
    }

    private static ModelSet saved(UnaryOperator<String> again) {
        ModelSet set = SHIPPED;
        for (ModelFile file : SHIPPED.files().values()) {
            if (file.name().endsWith(".bpmn") || file.name().endsWith(".dmn")) {
                set = set.with(new ModelFile(file.name(), again.apply(file.text())));
            }
        }
        return set;
    }

    /** By another program: other quotes, other line breaks, attributes in another order. */
    private static String writtenAgain(String text) {
        try {
            Transformer transformer = TransformerFactory.newInstance().newTransformer();
            transformer.setOutputProperty(OutputKeys.INDENT, "no");
            StringWriter written = new StringWriter();
            transformer.transform(new StreamSource(new StringReader(text)), new StreamResult(written));
            return written.toString().replace(">\n  ", ">");
        } catch (TransformerException never) {
            throw new IllegalStateException(never);
        }
    }
}
