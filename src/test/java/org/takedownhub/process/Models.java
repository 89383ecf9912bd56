package org.takedownhub.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;

/** The models as they lie in the project, for tests that read them. */
final class Models {

    private Models() {}

    static Stream<Path> files(String ending) {
        try (Stream<Path> files = Files.list(Path.of("bpmn"))) {
            List<Path> found = files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
            if (found.isEmpty()) {
                throw new IllegalStateException("There is no model ending in " + ending);
            }
            return found.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<Path> processes() {
        return files(".bpmn");
    }

    /** The takedown, its ladder and safeguarding. Every other process has a test of its own that passes all its nodes. */
    static Stream<Path> story() {
        return Stream.of(TakedownProcess.KEY, TakedownProcess.ESCALATION_KEY, TakedownProcess.SAFEGUARDING_KEY)
                .map(model -> Path.of("bpmn", model + ".bpmn"));
    }

    static String name(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.lastIndexOf('.'));
    }

    static BpmnModelInstance read(Path file) {
        return Bpmn.readModelFromFile(file.toFile());
    }
}
