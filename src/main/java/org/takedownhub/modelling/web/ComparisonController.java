package org.takedownhub.modelling.web;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.takedownhub.api.InvalidRequest;
import org.takedownhub.api.NotFound;
import org.takedownhub.modelling.ModelFile;
import org.takedownhub.modelling.ModelSet;
import org.takedownhub.modelling.PublishedModels;
import org.takedownhub.modelling.change.ChangeReference;
import org.takedownhub.modelling.change.ChangeRequest;
import org.takedownhub.modelling.change.ChangeRequests;
import org.takedownhub.modelling.compare.Change;
import org.takedownhub.modelling.compare.Comparison;

/** What differs between drafts and live models, in words and as marks on the drawing. */
@RestController
class ComparisonController {

    private static final String BEFORE = "before";
    private static final String AFTER = "after";

    private final ChangeRequests requests;
    private final PublishedModels published;
    private final Comparison comparison;

    ComparisonController(ChangeRequests requests, PublishedModels published, Comparison comparison) {
        this.requests = requests;
        this.published = published;
        this.comparison = comparison;
    }

    record Wish(@Nullable List<Bodies.FileBody> files) {}

    record Compared(List<Change> changes) {}

    record Marker(String elementId, String cssClass) {}

    /** As the drawing's viewer reads it. */
    record Markers(List<Marker> markers) {}

    /** Files against the live set. */
    @PostMapping("/api/v1/models/compare")
    Compared compare(@RequestBody Wish wish) {
        ModelSet live = published.live().files();
        ModelSet draft = live;
        for (ModelFile file : Bodies.files(wish.files())) {
            if (ModelFile.Kind.ofName(file.name()).isEmpty()) {
                throw new InvalidRequest(
                        422, "/files", file.name() + " is no model; its name must end with .bpmn, .dmn, .form or .csv");
            }
            draft = draft.with(file);
        }
        return new Compared(comparison.compare(live, draft));
    }

    /** A request against the set it follows. */
    @GetMapping("/api/v1/change-requests/{reference}/comparison")
    Compared compare(@PathVariable String reference) {
        return new Compared(changes(existing(reference)));
    }

    /** The changed elements of one model, on one side. */
    @GetMapping("/api/v1/change-requests/{reference}/comparison/{name}/markers")
    Markers markers(@PathVariable String reference, @PathVariable String name, @RequestParam String side) {
        if (!side.equals(BEFORE) && !side.equals(AFTER)) {
            throw new InvalidRequest(400, "#side", "side must be before or after");
        }
        Change.Kind gone = side.equals(BEFORE) ? Change.Kind.ADDED : Change.Kind.REMOVED;
        return new Markers(changes(existing(reference)).stream()
                .filter(change ->
                        change.file().equals(name) && !change.elementId().isEmpty() && change.kind() != gone)
                .map(change -> new Marker(
                        change.elementId(), "desk-" + change.kind().name().toLowerCase(java.util.Locale.ROOT)))
                .distinct()
                .toList());
    }

    /** A model as it was before a request. */
    @GetMapping("/api/v1/change-requests/{reference}/comparison/{name}/before")
    org.springframework.http.ResponseEntity<byte[]> before(@PathVariable String reference, @PathVariable String name) {
        return ModelsController.download(requests.before(existing(reference).reference())
                .file(name)
                .orElseThrow(() -> new NotFound("There was no file " + name + " before " + reference)));
    }

    private List<Change> changes(ChangeRequest request) {
        ChangeReference reference = request.reference();
        return comparison.compare(requests.before(reference), requests.draft(reference));
    }

    private ChangeRequest existing(String reference) {
        return requests.find(Bodies.reference(reference))
                .orElseThrow(() -> new NotFound("There is no change request " + reference));
    }

    /** For the page. */
    static Map<String, List<String>> byFile(List<Change> changes) {
        return changes.stream()
                .collect(java.util.stream.Collectors.groupingBy(
                        Change::file,
                        java.util.TreeMap::new,
                        java.util.stream.Collectors.mapping(Change::text, java.util.stream.Collectors.toList())));
    }
}
