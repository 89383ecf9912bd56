package org.takedownhub.platform.mastodon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.takedownhub.casefile.CaseReference;

class ReportCommentTest {

    private static final CaseReference REFERENCE = CaseReference.of(2026, 7);

    @Test
    void leavesAloneWhatFits() {
        String explanation = "x".repeat(1000);
        assertThat(comment(explanation)).isEqualTo(explanation);
    }

    @Test
    void endsAfterTheLastSentenceThatFitsAndSaysWhereTheWholeIs() {
        String comment = comment("Every sentence is a statement of fact. ".repeat(40));
        assertThat(comment)
                .contains("a statement of fact. [Shortened: this form takes 1,000 characters. The full notice is"
                        + " available on request, reference TH-2026-000007.]");
        assertThat(characters(comment)).isBetween(900, 1000);
    }

    @Test
    void endsAfterAWordWhereThereIsNoSentence() {
        String comment = comment("word ".repeat(300));
        assertThat(comment).contains("word [Shortened").doesNotContain("wor [");
        assertThat(characters(comment)).isLessThanOrEqualTo(1000);
    }

    @Test
    void endsAnywhereWhereThereIsNotEvenAWord() {
        String comment = comment("x".repeat(1001));
        assertThat(comment).startsWith("xxx").contains("x [Shortened");
        assertThat(characters(comment)).isLessThanOrEqualTo(1000);
    }

    @Test
    void countsCharactersAsThePlatformDoesAndCutsNoneInTwo() {
        String knives = "\uD83D\uDD2A".repeat(1000);
        assertThat(comment(knives)).isEqualTo(knives);

        String comment = comment(knives + "\uD83D\uDD2A");
        assertThat(characters(comment)).isLessThanOrEqualTo(1000);
        assertThat(comment.codePoints().limit(800)).containsOnly(0x1F52A);
    }

    private static String comment(String explanation) {
        return ReportComment.of(explanation, List.of(REFERENCE));
    }

    private static int characters(String text) {
        return text.codePointCount(0, text.length());
    }
}
