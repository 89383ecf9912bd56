package org.takedownhub.modelling.lint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;
import org.takedownhub.access.Groups;
import org.takedownhub.engine.ModelGuard;
import org.takedownhub.engine.ModelXml;
import org.takedownhub.engine.ModelXml.Element;
import org.takedownhub.engine.Refusal;
import org.takedownhub.modelling.Finding;
import org.takedownhub.modelling.Finding.Severity;
import org.takedownhub.modelling.ModelFile;
import org.takedownhub.modelling.ModelFile.Kind;
import org.takedownhub.modelling.ModelSet;
import org.takedownhub.process.StartForm;
import org.takedownhub.process.TaskForm;
import org.takedownhub.process.Vocabulary;

/**
 * All rules, in one place for everybody: the browser asks it while somebody draws, and every door asks it again. A set
 * without an error among its findings may be published.
 */
@Component
public class Linter {

    /** In this order, each tells more than the one before takes for granted. */
    private static final List<ProcessRule> PROCESS_RULES = List.of(
            new FlowRules(),
            new ClockRules(),
            new TaskRules(),
            new WordRules(),
            new LiveRules(),
            new NameRules(),
            new DrawingRules());

    private final ModelGuard guard;
    private final Supplier<ProgramWords> words;
    private final Clock clock;
    private final Remembered remembered = new Remembered();
    private final ObjectMapper json = new ObjectMapper();

    @Autowired
    Linter(
            ModelGuard guard,
            ObjectProvider<TaskForm> taskForms,
            ObjectProvider<StartForm> startForms,
            Groups groups,
            Clock clock) {
        // Forms need the engine, so they are asked when the first model comes.
        this(
                guard,
                SingletonSupplier.of(() -> new ProgramWords(
                        Vocabulary.variables(),
                        Vocabulary.groupVariables(),
                        Vocabulary.messages(),
                        Vocabulary.errors(),
                        Vocabulary.steps(),
                        Vocabulary.processes(),
                        Vocabulary.decisions(),
                        groups.all(),
                        taskForms.stream().collect(Collectors.toMap(TaskForm::taskDefinitionKey, TaskForm::fields)),
                        startForms.stream()
                                .collect(Collectors.toMap(StartForm::processDefinitionKey, StartForm::fields)))),
                clock);
    }

    Linter(ModelGuard guard, Supplier<ProgramWords> words, Clock clock) {
        this.guard = guard;
        this.words = words;
        this.clock = clock;
    }

    /**
     * What is wrong with a set, errors first, in the order of its files. Whatever the engine's guard refuses in a file
     * is said of that file and nothing else.
     *
     * @param draft the whole set as it would be published
     * @param live  the set it would follow
     * @param moved ids of steps that people and timers wait at in the live set, and what they are called in the draft
     */
    public List<Finding> findings(ModelSet draft, ModelSet live, Map<String, String> moved) {
        if (SetRules.isTooLarge(draft.files().size())) {
            return List.of(SetRules.tooLarge(draft.files().size()));
        }
        List<Finding> findings = new ArrayList<>();
        Map<String, ModelFile> passed = new TreeMap<>();
        draft.files().forEach((name, file) -> {
            List<Finding> refused = refusals(file);
            findings.addAll(refused);
            if (refused.isEmpty()) {
                passed.put(name, file);
            }
        });
        SetUnderLint set = new SetUnderLint(
                draft,
                read(passed, Kind.PROCESS, this::xml, ProcessFile::new),
                read(passed, Kind.DECISION, this::xml, TableFile::new),
                read(passed, Kind.FORM, this::json, (name, form) -> form),
                read(live.files(), Kind.PROCESS, this::xml, ProcessFile::new),
                read(live.files(), Kind.DECISION, this::xml, TableFile::new),
                read(live.files(), Kind.FORM, this::json, (name, form) -> form),
                moved,
                words.get(),
                clock.instant());
        set.processes().forEach((name, process) -> findings.addAll(process(process, set)));
        set.tables().forEach((name, table) -> findings.addAll(table(table, set)));
        set.forms().forEach((name, form) -> {
            Report report = new Report(name);
            FormFileRules.check(name, form, set, report);
            findings.addAll(report.findings());
        });
        findings.addAll(SetRules.check(set));
        findings.sort(Comparator.comparing(Finding::severity)
                .thenComparing(Finding::file)
                .thenComparing(Finding::line)
                .thenComparing(Finding::column)
                .thenComparing(Finding::rule));
        return List.copyOf(findings);
    }

    /** What the engine's locks refuse in one file; a file they refuse is looked at no further. */
    public List<Finding> refusals(ModelFile file) {
        if (file.name().contains("/")) {
            return List.of(Finding.ofFile(
                    "file-name",
                    file.name(),
                    "The file name has a folder in it",
                    "Name it like takedown.bpmn, removal-deadline.dmn, verify-content.form"));
        }
        return remembered.of(file.name() + " " + file.sha256(), () -> guard.refusals(file.name(), file.bytes()).stream()
                .map(refusal -> finding(file.name(), refusal))
                .toList());
    }

    private static List<Finding> process(ProcessFile process, SetUnderLint set) {
        Report report = new Report(process.file());
        new ReferenceRules().check(process, set, report);
        if (!report.hasErrors()) {
            PROCESS_RULES.forEach(rule -> rule.check(process, set, report));
        }
        return report.findings();
    }

    private static List<Finding> table(TableFile table, SetUnderLint set) {
        Report report = new Report(table.file());
        TableRules.identity(table, report);
        if (!report.hasErrors()) {
            TableRules.check(table, set, report);
        }
        return report.findings();
    }

    private static Finding finding(String file, Refusal refusal) {
        String rule =
                switch (refusal.kind()) {
                    case FILE_NAME -> "file-name";
                    case TOO_LARGE -> "too-large";
                    case UNREADABLE -> "unreadable";
                    case NOT_ALLOWED -> "not-allowed";
                };
        return new Finding(
                Severity.ERROR,
                rule,
                file,
                refusal.elementId(),
                "",
                refusal.rule(),
                refusal.fix(),
                refusal.line(),
                refusal.column());
    }

    private static <C, T> Map<String, T> read(
            Map<String, ModelFile> files,
            Kind kind,
            Function<ModelFile, Optional<C>> content,
            BiFunction<String, C, T> made) {
        Map<String, T> read = new TreeMap<>();
        files.forEach((name, file) -> {
            if (Kind.ofName(name).filter(kind::equals).isPresent()) {
                content.apply(file).ifPresent(found -> read.put(name, made.apply(name, found)));
            }
        });
        return read;
    }

    /** Empty for what cannot be read: the guard has said so of a draft, and a live file was read before. */
    private Optional<Element> xml(ModelFile file) {
        try {
            return Optional.of(ModelXml.read(file.bytes()));
        } catch (ModelXml.Unreadable unreadable) {
            return Optional.empty();
        }
    }

    private Optional<JsonNode> json(ModelFile file) {
        try {
            return Optional.of(json.readTree(file.text()));
        } catch (JsonProcessingException broken) {
            return Optional.empty();
        }
    }
}
