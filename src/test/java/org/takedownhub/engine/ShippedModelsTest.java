package org.takedownhub.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The guard is no use if it stops our own models. That their delegates exist is asked by the tests of the models. */
class ShippedModelsTest {

    private static final Pattern DELEGATE = Pattern.compile("delegateExpression=\"\\$\\{([a-zA-Z]+)}\"");

    static Stream<Path> shippedFiles() throws IOException {
        List<Path> shipped = new ArrayList<>();
        for (Path folder : List.of(Path.of("bpmn"), Path.of("forms"))) {
            try (Stream<Path> files = Files.list(folder)) {
                files.filter(file -> file.toString().matches(".*\\.(bpmn|dmn|form)"))
                        .sorted()
                        .forEach(shipped::add);
            }
        }
        return shipped.stream();
    }

    @ParameterizedTest
    @MethodSource("shippedFiles")
    void passesTheGuard(Path file) throws IOException {
        Set<String> delegates = new HashSet<>();
        Matcher named = DELEGATE.matcher(Files.readString(file));
        while (named.find()) {
            delegates.add(named.group(1));
        }

        assertThat(new ModelGuard(() -> delegates).refusals(file.getFileName().toString(), Files.readAllBytes(file)))
                .isEmpty();
    }
}
