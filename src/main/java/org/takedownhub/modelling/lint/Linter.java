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
import java.util.Set;
import java.util.TreeMap;
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
    private final Remembered<List<Finding>> refused = new Remembered<>(300, Integer.MAX_VALUE);
    private final Remembered<Optional<ProcessFile>> processes = new Remembered<>(20, 200_000);
    private final Remembered<Optional<TableFile>> tables = new Remembered<>(60, 100_000);
    private final Remembered<Optional<JsonNode>> forms = new Remembered<>(60, 50_000);
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
        List<Finding> findings = found(draft, live, moved);
        boolean inherited = findings.stream().anyMatch(finding -> finding.isError() && untouched(finding, draft, live));
        if (inherited && !draft.equals(live)) {
            Set<Finding> before = Set.copyOf(found(live, live, Map.of()));
            findings.replaceAll(finding ->
                    untouched(finding, draft, live) && before.contains(finding) ? asAdvice(finding) : finding);
        }
        findings.sort(Comparator.comparing(Finding::severity)
                .thenComparing(Finding::file)
                .thenComparing(Finding::line)
                .thenComparing(Finding::column)
                .thenComparing(Finding::rule));
        return List.copyOf(findings);
    }

    /**
     * What the live set suffers from as well, in a file that the draft leaves alone, must not keep anybody from
     * publishing another: a set of an older program may break a rule that came later.
     */
    private static boolean untouched(Finding finding, ModelSet draft, ModelSet live) {
        return draft.file(finding.file()).equals(live.file(finding.file()));
    }

    private static Finding asAdvice(Finding finding) {
        return new Finding(
                Severity.ADVICE,
                finding.rule(),
                finding.file(),
                finding.elementId(),
                finding.elementName(),
                finding.message(),
                finding.fix(),
                finding.line(),
                finding.column());
    }

    private List<Finding> found(ModelSet draft, ModelSet live, Map<String, String> moved) {
        List<Finding> findings = new ArrayList<>();
        Map<String, ModelFile> passed = new TreeMap<>();
        draft.files().forEach((name, file) -> {
            List<Finding> refusals = refusals(file);
            findings.addAll(refusals);
            if (refusals.isEmpty()) {
                passed.put(name, file);
            }
        });
        SetUnderLint set = new SetUnderLint(
                draft,
                read(passed, Kind.PROCESS, this::process),
                read(passed, Kind.DECISION, this::table),
                read(passed, Kind.FORM, this::form),
                read(live.files(), Kind.PROCESS, this::process),
                read(live.files(), Kind.DECISION, this::table),
                read(live.files(), Kind.FORM, this::form),
                moved,
                words.get(),
                clock.instant());
        set.processes().forEach((name, process) -> findings.addAll(check(process, set)));
        set.tables().forEach((name, table) -> findings.addAll(check(table, set)));
        set.forms().forEach((name, form) -> {
            Report report = new Report(name);
            FormFileRules.check(name, form, set, report);
            findings.addAll(report.findings());
        });
        findings.addAll(SetRules.check(set));
        return findings;
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
        return refused.of(file, () -> guard.refusals(file.name(), file.bytes()).stream()
                .map(refusal -> finding(file.name(), refusal))
                .toList());
    }

    private static List<Finding> check(ProcessFile process, SetUnderLint set) {
        Report report = new Report(process.file());
        new ReferenceRules().check(process, set, report);
        if (!report.hasErrors()) {
            PROCESS_RULES.forEach(rule -> rule.check(process, set, report));
        }
        return report.findings();
    }

    private static List<Finding> check(TableFile table, SetUnderLint set) {
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

    private static <T> Map<String, T> read(
            Map<String, ModelFile> files, Kind kind, Function<ModelFile, Optional<T>> reader) {
        Map<String, T> read = new TreeMap<>();
        files.forEach((name, file) -> {
            if (Kind.ofName(name).filter(kind::equals).isPresent()) {
                reader.apply(file).ifPresent(found -> read.put(name, found));
            }
        });
        return read;
    }

    private Optional<ProcessFile> process(ModelFile file) {
        return processes.of(file, () -> xml(file).map(root -> new ProcessFile(file.name(), root)));
    }

    private Optional<TableFile> table(ModelFile file) {
        return tables.of(file, () -> xml(file).map(root -> new TableFile(file.name(), root)));
    }

    private Optional<JsonNode> form(ModelFile file) {
        return forms.of(file, () -> json(file));
    }

    /** Empty for what cannot be read: the guard has said so of a draft, and a live file was read before. */
    private static Optional<Element> xml(ModelFile file) {
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
