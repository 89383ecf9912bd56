package org.takedownhub.modelling.lint;

import static org.mockito.Mockito.CALLS_REAL_METHODS;
import static org.mockito.Mockito.mock;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AssignableTypeFilter;
import org.takedownhub.engine.GuardInTest;
import org.takedownhub.engine.ModelXml;
import org.takedownhub.modelling.Finding;
import org.takedownhub.modelling.ModelFile;
import org.takedownhub.modelling.ModelSet;
import org.takedownhub.process.StartForm;
import org.takedownhub.process.TaskForm;
import org.takedownhub.process.Vocabulary;

/** The shipped set and the linter over it, without the hub. */
public final class LintInTest {

    static final ModelSet SHIPPED = shipped();
    static final Linter LINTER = linter();

    private LintInTest() {}

    static List<Finding> findings(ModelSet draft) {
        return LINTER.findings(draft, SHIPPED, Map.of());
    }

    /** What is wrong with the drawing of a shipped process. */
    public static List<Finding> drawing(String file) {
        ModelXml.Element root;
        try {
            root = ModelXml.read(SHIPPED.file(file).orElseThrow().bytes());
        } catch (ModelXml.Unreadable unreadable) {
            throw new IllegalStateException(file, unreadable);
        }
        ProcessFile process = new ProcessFile(file, root);
        if (process.flows().isEmpty()) {
            throw new IllegalStateException(file + " has no flows");
        }
        Report report = new Report(file);
        new DrawingRules().check(process, report);
        return report.findings();
    }

    private static Linter linter() {
        Map<String, Set<String>> tasks = new HashMap<>();
        Map<String, Set<String>> starts = new HashMap<>();
        types(TaskForm.class).stream()
                .map(type -> (TaskForm) mock(type, CALLS_REAL_METHODS))
                .forEach(form -> tasks.put(form.taskDefinitionKey(), form.fields()));
        types(StartForm.class).stream()
                .map(type -> (StartForm) mock(type, CALLS_REAL_METHODS))
                .forEach(form -> starts.put(form.processDefinitionKey(), form.fields()));
        Set<String> delegates = types(JavaDelegate.class).stream()
                .map(Class::getSimpleName)
                .map(type -> Character.toLowerCase(type.charAt(0)) + type.substring(1))
                .collect(Collectors.toSet());
        ProgramWords words = new ProgramWords(
                Vocabulary.variables(),
                Vocabulary.groupVariables(),
                Vocabulary.messages(),
                Vocabulary.errors(),
                Vocabulary.steps(),
                Vocabulary.processes(),
                Vocabulary.decisions(),
                Set.of(
                        "caseworkers",
                        "authorised-officers",
                        "duty-officers",
                        "managers",
                        "review-officers",
                        "deconfliction-north"),
                tasks,
                starts);
        return new Linter(
                GuardInTest.knowing(delegates),
                () -> words,
                Clock.fixed(Instant.parse("2026-11-23T09:00:00Z"), ZoneOffset.UTC));
    }

    private static Collection<Class<?>> types(Class<?> of) {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AssignableTypeFilter(of));
        List<Class<?>> types = new ArrayList<>();
        scanner.findCandidateComponents("org.takedownhub").forEach(bean -> {
            String name = bean.getBeanClassName();
            if (name != null && !name.contains("$") && !name.contains("Test")) {
                try {
                    types.add(Class.forName(name, false, LintInTest.class.getClassLoader()));
                } catch (ClassNotFoundException gone) {
                    throw new IllegalStateException(gone);
                }
            }
        });
        return types;
    }

    private static ModelSet shipped() {
        List<ModelFile> files = new ArrayList<>();
        for (String folder : List.of("bpmn", "forms")) {
            try (Stream<Path> found = Files.list(Path.of(folder))) {
                for (Path file : found.toList()) {
                    String name = file.getFileName().toString();
                    if (ModelFile.Kind.ofName(name).isPresent()) {
                        files.add(new ModelFile(name, Files.readString(file)));
                    }
                }
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
        return ModelSet.of(files);
    }
}
