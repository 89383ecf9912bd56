package org.takedownhub.modelling.change;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.ParseException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.takedownhub.audit.Actor;
import org.takedownhub.audit.Audit;
import org.takedownhub.modelling.Finding;
import org.takedownhub.modelling.ModelFile;
import org.takedownhub.modelling.ModelSet;
import org.takedownhub.modelling.PublicationCheck;
import org.takedownhub.modelling.PublishedModels;
import org.takedownhub.modelling.PublishedSet;
import org.takedownhub.modelling.change.Outcome.Done;
import org.takedownhub.modelling.change.Outcome.NotPossible;
import org.takedownhub.modelling.change.Outcome.Overtaken;
import org.takedownhub.modelling.change.Outcome.Refused;
import org.takedownhub.modelling.lint.Linter;
import org.takedownhub.process.Transactions;

/**
 * What happens to a change request, from draft to publication. A draft is the live set with some files changed: what
 * others publish meanwhile is part of it at once, and a file that both have changed is a conflict. Nothing with an error
 * is ever kept, and nobody approves what they have had a hand in.
 */
@Component
public class ChangeRequests {

    public static final int TITLE_LENGTH = 200;
    public static final int REASON_LENGTH = 2000;
    private static final int SHOWN = 500;
    private static final Logger LOG = LoggerFactory.getLogger(ChangeRequests.class);

    private final ChangeStore store;
    private final PublishedModels published;
    private final Linter linter;
    private final List<PublicationCheck> checks;
    private final Publisher publisher;
    private final Transactions transactions;
    private final Audit audit;
    private final Actor actor;
    private final Clock clock;

    ChangeRequests(
            ChangeStore store,
            PublishedModels published,
            Linter linter,
            List<PublicationCheck> checks,
            Publisher publisher,
            Transactions transactions,
            Audit audit,
            Actor actor,
            Clock clock) {
        this.store = store;
        this.published = published;
        this.linter = linter;
        this.checks = List.copyOf(checks);
        this.publisher = publisher;
        this.transactions = transactions;
        this.audit = audit;
        this.actor = actor;
        this.clock = clock;
    }

    /** Newest first. */
    public List<ChangeRequest> all() {
        return store.newest(SHOWN);
    }

    public Optional<ChangeRequest> find(ChangeReference reference) {
        return store.find(reference);
    }

    /** The request that brought a set; empty for sets that came with the program. */
    public Optional<ChangeRequest> ofSet(String deploymentId) {
        return store.ofDeployment(deploymentId);
    }

    /** The whole set as it would be published; once it is, the set as it was. */
    public ModelSet draft(ChangeReference reference) {
        ChangeRequest request = existing(reference);
        return request.deploymentId()
                .flatMap(published::set)
                .map(PublishedSet::files)
                .orElseGet(() -> draft(reference, published.live().files()));
    }

    /** The set that a request follows: the live one, or the one that it replaced. */
    public ModelSet before(ChangeReference reference) {
        return existing(reference)
                .replacedDeploymentId()
                .flatMap(published::set)
                .orElseGet(published::live)
                .files();
    }

    /** What is wrong with a draft as it stands, conflicts with what others have published included. */
    public List<Finding> findings(ChangeReference reference) {
        ChangeRequest request = existing(reference);
        if (request.deploymentId().isPresent()) {
            return List.of();
        }
        return findings(request, published.live().files());
    }

    /** What is wrong with files if they replaced those of the live set. */
    public List<Finding> lint(List<ModelFile> files, Map<String, String> moved) {
        ModelSet live = published.live().files();
        return linter.findings(joined(live, files), live, moved);
    }

    /** A new draft without changes. */
    public ChangeRequest open(String title, String reason, Origin origin) {
        return transactions.run(() -> opened(title, reason, origin));
    }

    /** A new draft with these files; refused as a whole when any of them has an error. */
    public Outcome open(String title, String reason, Origin origin, List<ModelFile> files, Map<String, String> moved) {
        return transactions.run(() -> {
            ModelSet live = published.live().files();
            List<Finding> findings = linter.findings(joined(live, files), live, moved);
            if (errors(findings)) {
                audit.record("model.refused", title + ": " + names(files) + "; " + firstError(findings));
                return new Refused(findings);
            }
            return new Done(kept(opened(title, reason, origin), files, moved, live));
        });
    }

    /**
     * A new draft of files that are known to the hub already: of a newer program, or of an earlier set. What is wrong
     * with them is found when they are submitted.
     */
    ChangeRequest propose(
            String title,
            String reason,
            Origin origin,
            List<ModelFile> files,
            Set<String> removed,
            Map<String, String> moved) {
        return transactions.run(() -> {
            ModelSet live = published.live().files();
            ChangeRequest request = kept(opened(title, reason, origin), files, moved, live);
            removed.forEach(name -> store.put(
                    request.reference(),
                    name,
                    null,
                    live.file(name).map(ModelFile::sha256),
                    actor.current(),
                    clock.instant()));
            return store.find(request.reference()).orElseThrow();
        });
    }

    /** Adds or replaces files of a draft; all of them or none. {@code moved} replaces the mapping of steps. */
    public Outcome save(ChangeReference reference, int revision, List<ModelFile> files, Map<String, String> moved) {
        return edit(reference, revision, (request, live) -> {
            ModelSet draft = joined(draft(reference, live), files);
            List<Finding> findings = linter.findings(draft, live, moved);
            if (errors(findings)) {
                audit.record("model.refused", reference + ": " + names(files) + "; " + firstError(findings));
                return new Refused(findings);
            }
            return new Done(kept(request, files, moved, live));
        });
    }

    /** Adds or replaces files of a draft and leaves its mapping of steps alone. */
    public Outcome save(ChangeReference reference, int revision, List<ModelFile> files) {
        return save(
                reference,
                revision,
                files,
                find(reference).map(ChangeRequest::moved).orElse(Map.of()));
    }

    /** Makes a file what it is in the live set. */
    public Outcome revert(ChangeReference reference, int revision, String name) {
        return edit(reference, revision, (request, live) -> {
            store.remove(reference, name);
            audit.record("model.reverted", reference + ": " + name);
            return new Done(store.update(request));
        });
    }

    /** Hands a draft to the other managers. */
    public Outcome submit(ChangeReference reference, int revision, Optional<Instant> effectiveAt) {
        return edit(reference, revision, (request, live) -> {
            if (effectiveAt.filter(at -> at.isBefore(clock.instant())).isPresent()) {
                return new NotPossible("The instant it takes effect lies in the past");
            }
            SemanticVersion.Step step = Versions.step(request.changed(), request.moved());
            stamp(request, live, step);
            ModelSet draft = draft(reference, live);
            if (draft.changedFrom(live).isEmpty()) {
                return new NotPossible("Nothing differs from the live models");
            }
            List<Finding> findings = findings(request, live);
            if (errors(findings)) {
                return new Refused(findings);
            }
            ChangeRequest submitted = store.update(new Edited(request)
                    .state(ChangeState.SUBMITTED)
                    .submitted(actor.current(), clock.instant())
                    .effectiveAt(effectiveAt)
                    .version(nextVersion(live, step))
                    .setSha256(draft.sha256())
                    .build());
            audit.record(
                    "model.submitted",
                    reference + " " + submitted.version() + ", set " + draft.sha256() + ", files "
                            + String.join(" ", request.changed()) + ": " + request.reason());
            return new Done(submitted);
        });
    }

    /** A second manager's yes: it goes live now, or at the instant it takes effect. */
    public Outcome approve(ChangeReference reference, int revision, String reason) {
        try {
            return approved(reference, revision, reason);
        } catch (ParseException refused) {
            // The lint knows most of what the engine refuses, not all.
            LOG.warn("The engine refuses {}", reference, refused);
            return new NotPossible("The engine refuses the set: " + refused.getMessage());
        }
    }

    private Outcome approved(ChangeReference reference, int revision, String reason) {
        return decide(reference, revision, request -> {
            if (handsIn(request).contains(actor.current())) {
                return new NotPossible("A second manager approves: " + actor.current() + " had a hand in " + reference);
            }
            ChangeRequest approved = store.update(new Edited(request)
                    .decided(actor.current(), clock.instant(), reason)
                    .build());
            audit.record(
                    "model.approved",
                    reference + " " + request.version() + ", set "
                            + request.setSha256().orElse("") + ": " + reason);
            if (request.effectiveAt().filter(at -> at.isAfter(clock.instant())).isPresent()) {
                return new Done(store.update(
                        new Edited(approved).state(ChangeState.SCHEDULED).build()));
            }
            return publish(approved);
        });
    }

    public Outcome reject(ChangeReference reference, int revision, String reason) {
        return decide(reference, revision, request -> {
            audit.record("model.rejected", reference + ": " + reason);
            return new Done(store.update(new Edited(request)
                    .state(ChangeState.REJECTED)
                    .decided(actor.current(), clock.instant(), reason)
                    .build()));
        });
    }

    /** Gives an open request up, whoever has it in hand. */
    public Outcome withdraw(ChangeReference reference, int revision, String reason) {
        return locked(reference, revision, request -> {
            if (!request.state().isOpen()) {
                return new NotPossible(reference + " is " + words(request.state()));
            }
            audit.record("model.withdrawn", reference + ": " + reason);
            return new Done(store.update(new Edited(request)
                    .state(ChangeState.WITHDRAWN)
                    .decided(actor.current(), clock.instant(), reason)
                    .build()));
        });
    }

    /** Takes a submitted or scheduled request back to be edited; what was decided about it is void. */
    public Outcome reopen(ChangeReference reference, int revision) {
        return locked(reference, revision, request -> {
            if (request.state() != ChangeState.SUBMITTED && request.state() != ChangeState.SCHEDULED) {
                return new NotPossible(reference + " is " + words(request.state()));
            }
            audit.record("model.reopened", reference.toString());
            return new Done(store.update(new Edited(request).backToDraft().build()));
        });
    }

    /** Publishes what is approved and takes effect by now. */
    void publishDue() {
        for (ChangeRequest due : store.inState(ChangeState.SCHEDULED)) {
            if (due.effectiveAt().filter(at -> at.isAfter(clock.instant())).isEmpty()) {
                try {
                    locked(due.reference(), due.revision(), this::publish);
                } catch (ProcessEngineException refused) {
                    // The next round tries again; what is wrong is the operator's to find, and others go on.
                    LOG.error("{} cannot be published", due.reference(), refused);
                }
            }
        }
    }

    /**
     * Opens a request that brings an earlier set back. The set stays what it was; the request publishes its files anew.
     *
     * @throws java.util.NoSuchElementException there is no such set
     */
    public ChangeRequest rollBack(String deploymentId, String reason) {
        PublishedSet earlier = published.set(deploymentId).orElseThrow();
        PublishedSet live = published.live();
        SortedSet<String> changed = earlier.files().changedFrom(live.files());
        List<ModelFile> files = changed.stream()
                .flatMap(name -> earlier.files().file(name).stream())
                // a version tag is never used twice: the earlier files come back under the live file's, and get the
                // next
                .map(file -> Versions.retagged(file, live.files()))
                .toList();
        Set<String> removed = changed.stream()
                .filter(name -> earlier.files().file(name).isEmpty())
                .collect(Collectors.toSet());
        return propose(
                "Roll back to " + earlier.name(), reason, Origin.ROLL_BACK, files, removed, movedBack(deploymentId));
    }

    private Map<String, String> movedBack(String deploymentId) {
        Map<String, String> back = new TreeMap<>();
        for (String id : published.history()) {
            if (id.equals(deploymentId)) {
                break;
            }
            // from the newest to the oldest: a -> b, then what b was called before that
            ofSet(id).ifPresent(request -> request.moved().forEach((earlier, later) -> {
                Optional<String> start = back.entrySet().stream()
                        .filter(move -> move.getValue().equals(later))
                        .map(Map.Entry::getKey)
                        .findFirst();
                back.put(start.orElse(later), earlier);
            }));
        }
        return back;
    }

    private Outcome publish(ChangeRequest approved) {
        store.lockPublication();
        PublishedSet live = published.live();
        List<Finding> findings = findings(approved, live.files());
        ModelSet draft = draft(approved.reference(), live.files());
        boolean other = !approved.setSha256().equals(Optional.of(draft.sha256()));
        if (errors(findings) || other) {
            // What two people agreed to is this set and no other: they look again.
            audit.record(
                    "model.returned",
                    approved.reference() + ": "
                            + (errors(findings)
                                    ? firstError(findings)
                                    : "other models went live since it was submitted"));
            ChangeRequest back = store.update(new Edited(approved).backToDraft().build());
            return errors(findings)
                    ? new Refused(findings)
                    : new NotPossible(back.reference()
                            + " is a draft again: other models went live since it was submitted, so what would be"
                            + " published is not what was looked at. Check it and submit it once more");
        }
        String deploymentId = publisher.publish(approved.reference() + " " + approved.version(), draft);
        ChangeRequest done = store.update(new Edited(approved)
                .state(ChangeState.PUBLISHED)
                .published(clock.instant(), deploymentId, live.id())
                .build());
        audit.record(
                "model.published",
                approved.reference() + " " + approved.version() + ", set " + draft.sha256() + ", submitted by "
                        + approved.submittedBy().orElse("?") + ", approved by "
                        + approved.decidedBy().orElse("?") + ", deployment " + deploymentId + " after " + live.id());
        return new Done(done);
    }

    private ChangeRequest opened(String title, String reason, Origin origin) {
        ChangeReference reference = store.insert(title, reason, origin, actor.current(), clock.instant());
        audit.record(
                "model.opened", reference + " (" + origin.name().toLowerCase(java.util.Locale.ROOT) + "): " + title);
        return store.find(reference).orElseThrow();
    }

    private ChangeRequest kept(ChangeRequest request, List<ModelFile> files, Map<String, String> moved, ModelSet live) {
        Map<String, Optional<String>> bases = store.files(request.reference()).stream()
                .collect(Collectors.toMap(ChangeStore.Changed::name, ChangeStore.Changed::baseSha256));
        for (ModelFile file : files) {
            Optional<String> base =
                    bases.getOrDefault(file.name(), live.file(file.name()).map(ModelFile::sha256));
            store.put(request.reference(), file.name(), file.text(), base, actor.current(), clock.instant());
            audit.record("model.saved", request.reference() + ": " + file.name() + ", SHA-256 " + file.sha256());
        }
        store.move(request.reference(), moved);
        return store.update(request);
    }

    private void stamp(ChangeRequest request, ModelSet live, SemanticVersion.Step step) {
        for (ChangeStore.Changed changed : store.files(request.reference())) {
            if (changed.content() != null) {
                ModelFile file = ChangeStore.file(changed);
                ModelFile stamped = Versions.stamped(file, live, step);
                if (!stamped.equals(file)) {
                    store.put(
                            request.reference(),
                            stamped.name(),
                            stamped.text(),
                            changed.baseSha256(),
                            changed.savedBy(),
                            clock.instant());
                }
            }
        }
    }

    private List<Finding> findings(ChangeRequest request, ModelSet live) {
        ModelSet draft = draft(request.reference(), live);
        List<Finding> findings = new ArrayList<>(conflicts(request, live));
        findings.addAll(linter.findings(draft, live, request.moved()));
        if (!errors(findings)) {
            checks.forEach(check -> findings.addAll(check.findings(draft, live)));
        }
        return findings;
    }

    private List<Finding> conflicts(ChangeRequest request, ModelSet live) {
        return store.files(request.reference()).stream()
                .filter(changed ->
                        !changed.baseSha256().equals(live.file(changed.name()).map(ModelFile::sha256)))
                .map(changed -> Finding.ofFile(
                        "changed-meanwhile",
                        changed.name(),
                        "Somebody else has published another version of " + changed.name() + " since this change began",
                        "Compare both, undo the change of this file here, and make it again on the live one"))
                .toList();
    }

    private ModelSet draft(ChangeReference reference, ModelSet live) {
        ModelSet draft = live;
        for (ChangeStore.Changed changed : store.files(reference)) {
            draft = changed.content() == null ? draft.without(changed.name()) : draft.with(ChangeStore.file(changed));
        }
        return draft;
    }

    /** Everybody who wrote any of it. */
    private Set<String> handsIn(ChangeRequest request) {
        Set<String> people = new LinkedHashSet<>(new TreeSet<>(Set.of(request.createdBy())));
        request.submittedBy().ifPresent(people::add);
        store.files(request.reference()).forEach(changed -> people.add(changed.savedBy()));
        return people;
    }

    private String nextVersion(ModelSet live, SemanticVersion.Step step) {
        String current = store.ofDeployment(published.live().id())
                .map(ChangeRequest::version)
                .or(() -> live.file("takedown.bpmn").map(Versions::tag))
                .orElse("");
        return SemanticVersion.parse(current)
                .orElse(new SemanticVersion(1, 0, 0))
                .next(step)
                .toString();
    }

    private Outcome edit(ChangeReference reference, int revision, BiFunction<ChangeRequest, ModelSet, Outcome> change) {
        return transactions.run(() -> locked(reference, revision, request -> {
            if (request.state() != ChangeState.DRAFT) {
                return new NotPossible(reference + " is " + words(request.state()) + " and can no longer be changed");
            }
            return change.apply(request, published.live().files());
        }));
    }

    private Outcome decide(
            ChangeReference reference, int revision, java.util.function.Function<ChangeRequest, Outcome> decision) {
        return locked(
                reference,
                revision,
                request -> request.state() == ChangeState.SUBMITTED
                        ? decision.apply(request)
                        : new NotPossible(
                                reference + " is " + words(request.state()) + "; only what is submitted is decided"));
    }

    private Outcome locked(
            ChangeReference reference, int revision, java.util.function.Function<ChangeRequest, Outcome> work) {
        return transactions.run(() -> {
            ChangeRequest request = store.lock(reference)
                    .orElseThrow(() -> new java.util.NoSuchElementException("There is no change request " + reference));
            return request.revision() == revision ? work.apply(request) : new Overtaken(request);
        });
    }

    private ChangeRequest existing(ChangeReference reference) {
        return store.find(reference)
                .orElseThrow(() -> new java.util.NoSuchElementException("There is no change request " + reference));
    }

    private static ModelSet joined(ModelSet set, List<ModelFile> files) {
        ModelSet joined = set;
        for (ModelFile file : files) {
            joined = joined.with(file);
        }
        return joined;
    }

    private static boolean errors(List<Finding> findings) {
        return findings.stream().anyMatch(Finding::isError);
    }

    private static String firstError(List<Finding> findings) {
        return findings.stream()
                .filter(Finding::isError)
                .findFirst()
                .map(finding -> finding.rule() + " in " + finding.file()
                        + (finding.elementId().isEmpty() ? "" : " at " + finding.elementId()) + ": "
                        + finding.message())
                .orElse("");
    }

    private static String names(List<ModelFile> files) {
        return files.stream().map(file -> file.name() + " " + file.sha256()).collect(Collectors.joining(", "));
    }

    static String words(ChangeState state) {
        return state.name().toLowerCase(java.util.Locale.ROOT);
    }
}
