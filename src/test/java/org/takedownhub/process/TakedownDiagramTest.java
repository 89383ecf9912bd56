package org.takedownhub.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.takedownhub.BesideOthers;
import org.takedownhub.modelling.lint.LintInTest;

/** The diagrams can be read, by the rules that managers' drawings are held to as well. */
@BesideOthers
class TakedownDiagramTest {

    static Stream<Path> processes() {
        return Models.processes();
    }

    @ParameterizedTest
    @MethodSource("processes")
    void drawsEveryNodeAndEveryFlowWithoutOverlapOrCrossingFromLeftToRight(Path file) {
        assertThat(LintInTest.drawing(file.getFileName().toString())).isEmpty();
    }
}
