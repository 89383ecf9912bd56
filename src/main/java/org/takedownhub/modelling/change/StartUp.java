package org.takedownhub.modelling.change;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.spring.boot.starter.property.CamundaBpmProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.stereotype.Component;
import org.takedownhub.engine.PublishedByManagers;
import org.takedownhub.modelling.Finding;
import org.takedownhub.modelling.ModelFile;
import org.takedownhub.modelling.ModelFile.Kind;
import org.takedownhub.modelling.ModelSet;
import org.takedownhub.modelling.PublishedModels;
import org.takedownhub.modelling.PublishedSet;

/**
 * What becomes a draft when the program starts: models of a newer program where managers have published their own, and
 * the files of a folder. Neither ever goes live without two managers, and neither keeps the program from starting.
 */
@Component
class StartUp {

    private static final Logger LOG = LoggerFactory.getLogger(StartUp.class);
    private static final int FILES = 200;
    private static final int BYTES = 1024 * 1024;

    private final ChangeRequests requests;
    private final Drafts drafts;
    private final PublishedModels published;
    private final RepositoryService repository;
    private final CamundaBpmProperties camunda;
    private final ResourcePatternResolver resources;
    private final ModellingSettings settings;

    StartUp(
            ChangeRequests requests,
            Drafts drafts,
            PublishedModels published,
            RepositoryService repository,
            CamundaBpmProperties camunda,
            ResourcePatternResolver resources,
            ModellingSettings settings) {
        this.requests = requests;
        this.drafts = drafts;
        this.published = published;
        this.repository = repository;
        this.camunda = camunda;
        this.resources = resources;
        this.settings = settings;
    }

    @EventListener(ApplicationReadyEvent.class)
    void look() {
        if (published.history().isEmpty()) {
            return;
        }
        newerProgram(shipped());
        if (settings.folder() != null) {
            folder(settings.folder());
        }
    }

    /** Proposes what this program ships otherwise than the last one whose models went live by themselves. */
    Optional<ChangeRequest> newerProgram(ModelSet shipped) {
        Optional<PublishedSet> last = lastOfAProgram();
        ModelSet live = published.live().files();
        if (last.isEmpty() || live.equals(last.get().files())) {
            return Optional.empty();
        }
        SortedSet<String> differing = shipped.changedFrom(last.get().files());
        String title = "Models of a newer program (" + shipped.sha256().substring(0, 12) + ")";
        boolean known = requests.all().stream()
                .anyMatch(request ->
                        request.origin() == Origin.PROGRAM && request.title().equals(title));
        if (differing.isEmpty() || known) {
            return Optional.empty();
        }
        List<ModelFile> files = differing.stream()
                .flatMap(name -> shipped.file(name).stream())
                .filter(file -> !live.file(file.name()).equals(Optional.of(file)))
                .toList();
        Set<String> removed = differing.stream()
                .filter(name -> shipped.file(name).isEmpty() && live.file(name).isPresent())
                .collect(Collectors.toSet());
        if (files.isEmpty() && removed.isEmpty()) {
            return Optional.empty();
        }
        String both = live.changedFrom(last.get().files()).stream()
                .filter(differing::contains)
                .collect(Collectors.joining(", "));
        return Optional.of(requests.propose(
                title,
                "The program brings other models than the last one."
                        + (both.isEmpty()
                                ? ""
                                : " Managers have changed these files, too; compare before you submit: " + both + "."),
                Origin.PROGRAM,
                files,
                removed,
                Map.of()));
    }

    /** Makes a draft of the files of a folder, or says why not. */
    Optional<Drafts.Taken> folder(Path folder) {
        List<ModelFile> files = new ArrayList<>();
        List<Finding> unread = new ArrayList<>();
        ModelSet live = published.live().files();
        try (Stream<Path> found = Files.list(folder)) {
            List<Path> paths = found.filter(path ->
                            Kind.ofName(String.valueOf(path.getFileName())).isPresent())
                    .sorted()
                    .limit(FILES + 1L)
                    .toList();
            if (paths.size() > FILES) {
                LOG.warn("Nothing is taken from {}: it holds more than {} models", folder, FILES);
                return Optional.empty();
            }
            for (Path path : paths) {
                read(path)
                        .ifPresentOrElse(
                                files::add,
                                () -> unread.add(Finding.ofFile(
                                        "not-allowed",
                                        String.valueOf(path.getFileName()),
                                        "The file is larger than " + BYTES + " bytes or not text in UTF-8",
                                        "Split it, or save it as UTF-8")));
            }
        } catch (IOException unreadable) {
            LOG.warn("The folder of models {} cannot be read", folder, unreadable);
            return Optional.empty();
        }
        if (!unread.isEmpty()) {
            return Optional.of(told(folder, new Drafts.Taken(new Outcome.Refused(unread), unread)));
        }
        files.removeIf(file -> live.file(file.name()).equals(Optional.of(file)));
        String title = "Files of the folder (" + ModelSet.of(files).sha256().substring(0, 12) + ")";
        boolean known = requests.all().stream()
                .anyMatch(request ->
                        request.origin() == Origin.FOLDER && request.title().equals(title));
        if (files.isEmpty() || known) {
            return Optional.empty();
        }
        return Optional.of(
                told(folder, drafts.take(Origin.FOLDER, title, "Found in the folder that is read at start-up", files)));
    }

    private static Drafts.Taken told(Path folder, Drafts.Taken taken) {
        if (taken.outcome() instanceof Outcome.Refused refused) {
            refused.findings().stream()
                    .filter(Finding::isError)
                    .forEach(finding -> LOG.warn(
                            "Nothing is taken from {}: {} at {}: {} ({}). {}",
                            folder,
                            finding.file(),
                            finding.elementId(),
                            finding.message(),
                            finding.rule(),
                            finding.fix()));
        } else if (taken.outcome() instanceof Outcome.Done done) {
            LOG.info("The files of {} are draft {}", folder, done.request().reference());
        }
        return taken;
    }

    private static Optional<ModelFile> read(Path path) throws IOException {
        try (InputStream content = Files.newInputStream(path)) {
            byte[] bytes = content.readNBytes(BYTES + 1);
            return bytes.length > BYTES ? Optional.empty() : ModelFile.read(String.valueOf(path.getFileName()), bytes);
        }
    }

    /** The newest set that no manager published. */
    private Optional<PublishedSet> lastOfAProgram() {
        return published.history().stream()
                .filter(id -> !PublishedByManagers.SOURCE.equals(repository
                        .createDeploymentQuery()
                        .deploymentId(id)
                        .singleResult()
                        .getSource()))
                .findFirst()
                .flatMap(published::set);
    }

    private ModelSet shipped() {
        List<ModelFile> files = new ArrayList<>();
        for (String pattern : camunda.getDeploymentResourcePattern()) {
            try {
                for (Resource resource : resources.getResources(pattern)) {
                    String name = Objects.requireNonNull(resource.getFilename());
                    files.add(ModelFile.read(name, resource.getContentAsByteArray())
                            .orElseThrow(() -> new IllegalStateException(name + " of the program is not UTF-8")));
                }
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
        return ModelSet.of(files);
    }
}
