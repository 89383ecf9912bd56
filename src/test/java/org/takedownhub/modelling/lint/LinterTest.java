package org.takedownhub.modelling.lint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LinterTest {

    @Test
    void findsNothingInTheShippedSet() {
        assertThat(LintInTest.findings(LintInTest.SHIPPED)).isEmpty();
    }
}
