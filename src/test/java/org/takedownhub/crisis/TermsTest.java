package org.takedownhub.crisis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TermsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "Zone Two  | They shout ZONE TWO in it            | true",
                "Zone Two  | zone-two on the wall                 | true",
                "Zone Two  | ozone two, and a zone twosome        | false",
                "@drill.er | ap:account:drill.er@social.example   | true",
                "drill     | at:account:drillers.example          | false",
                "drill     | x:account:the_drill_99               | true",
                "José      | jose was there                       | true",
                "Ｅ１５     | the e15 lot                          | true",
                "a+b       | a+b                                  | true",
                "a+b       | aab                                  | false",
            })
    void matchesNamesAsWholeWordsHoweverTheyAreSpelled(String name, String text, boolean matches) {
        assertThat(Terms.of(List.of(name), List.of()).match(text)).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "zone2  | all out tonight #ZONE2       | true",
                "#zone2 | #zone2!                      | true",
                "zone2  | zone2 without the sign       | false",
                "zone2  | #zone2a                      | false",
                "zone2  | #zone2_a                     | false",
            })
    void matchesTagsWithTheirSignOnly(String tag, String text, boolean matches) {
        assertThat(Terms.of(List.of(), List.of(tag)).match(text)).isEqualTo(matches);
    }
}
