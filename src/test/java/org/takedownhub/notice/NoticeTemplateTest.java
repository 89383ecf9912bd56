package org.takedownhub.notice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Managers write words; nothing they write, and nothing that a reason says, can do more than stand there. */
class NoticeTemplateTest {

    private static final List<String> KNOWN = List.of("reasons", "contact", "threatToLife");

    @Test
    void putsElementsIntoHeadingsFactsItemsAndText() {
        List<Paper.Block> blocks = blocks(
                """
                # Why {{contact}}
                Because:
                {{reasons}}

                Contact :: {{contact}}
                - one {{contact}}
                {{#threatToLife}}
                ## Act at once
                {{/threatToLife}}
                """,
                Map.of("reasons", "It says so.", "contact", "a@hub.example"));

        assertThat(blocks)
                .containsExactly(
                        new Paper.Heading(1, "Why a@hub.example"),
                        new Paper.Paragraph("Because:\nIt says so."),
                        new Paper.Facts(List.of(new Paper.Fact("Contact", "a@hub.example"))),
                        new Paper.Items(List.of("one a@hub.example")));
    }

    @Test
    void letsNoReasonMakeAHeadingAFactOrAPlaceholderOfItsOwn() {
        String hostile = "# Withdrawn\nContact :: evil@example.org\n- {{contact}} <b>x</b> {{#threatToLife}}";

        assertThat(blocks("Reasons :: {{reasons}}", Map.of("reasons", hostile, "contact", "a@hub.example")))
                .containsExactly(new Paper.Facts(List.of(new Paper.Fact("Reasons", hostile))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{reasons}} {{officer}}",
                "{{reasons}} {{#officer}}x{{/officer}}",
                "{{reasons.class}}",
                "{{{reasons}}}",
                "{{&reasons}}",
                "{{>other}}",
                "{{=<% %>=}}",
                "{{reasons}} {{#contact}}",
                "{{reasons}} {{contact",
                "{{reasons}} }}",
                "{{#threatToLife}}{{reasons}}{{/threatToLife}}",
                "{{^reasons}}none{{/reasons}}",
                "no reasons at all",
                " "
            })
    void refusesWordsThatAreUnknownOrLeaveOutWhatTheLawWants(String template) {
        assertThat(NoticeTemplate.problems(template, KNOWN, List.of("reasons"))).isNotEmpty();
    }

    @Test
    void takesWordsInWhichEverythingMandatoryAlwaysShows() {
        assertThat(NoticeTemplate.problems(
                        "{{#reasons}}{{reasons}}{{/reasons}}{{^contact}}no contact{{/contact}}",
                        KNOWN,
                        List.of("reasons")))
                .isEmpty();
    }

    @Test
    void saysWhichElementTheLawWants() {
        assertThat(NoticeTemplate.problems("{{contact}}", KNOWN, List.of("reasons")))
                .singleElement()
                .asString()
                .contains("The law wants reasons in this notice", "{{reasons}}");
    }

    private static List<Paper.Block> blocks(String template, Map<String, String> elements) {
        return new NoticeTemplate(template, 1).blocks(elements, KNOWN);
    }
}
