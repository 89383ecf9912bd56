package org.takedownhub.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.CallActivity;

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

    /** The takedown and what it calls, however deep. Other processes have tests of their own. */
    static Stream<Path> story() {
        Set<String> told = new LinkedHashSet<>();
        Deque<String> next = new ArrayDeque<>(List.of(TakedownProcess.KEY));
        while (!next.isEmpty()) {
            String model = next.pop();
            if (told.add(model)) {
                read(Path.of("bpmn", model + ".bpmn"))
                        .getModelElementsByType(CallActivity.class)
                        .forEach(call -> next.add(call.getCalledElement()));
            }
        }
        return told.stream().map(model -> Path.of("bpmn", model + ".bpmn"));
    }

    static String name(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.lastIndexOf('.'));
    }

    static BpmnModelInstance read(Path file) {
        return Bpmn.readModelFromFile(file.toFile());
    }
}
