package org.takedownhub.modelling.web;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.takedownhub.api.NotFound;
import org.takedownhub.modelling.ModelSet;
import org.takedownhub.modelling.PublishedModels;
import org.takedownhub.modelling.StepTemplates;
import org.takedownhub.modelling.change.ChangeRequest;
import org.takedownhub.modelling.change.ChangeRequests;
import org.takedownhub.modelling.outline.Outline;
import org.takedownhub.modelling.outline.Outlines;

/** Processes in words, and the words for the hub's own steps. */
@RestController
class OutlinesController {

    private final PublishedModels published;
    private final ChangeRequests requests;
    private final Outlines outlines;
    private final StepTemplates templates;

    OutlinesController(PublishedModels published, ChangeRequests requests, Outlines outlines, StepTemplates templates) {
        this.published = published;
        this.requests = requests;
        this.outlines = outlines;
        this.templates = templates;
    }

    /** Of the live set, or of another one that is or was live. */
    @GetMapping("/api/v1/models/files/{name}/outline")
    Outline published(@PathVariable String name, @RequestParam @Nullable String set) {
        return outline(
                set == null
                        ? published.live().files()
                        : published
                                .set(set)
                                .orElseThrow(() -> new NotFound("There is no set " + set))
                                .files(),
                name);
    }

    @GetMapping("/api/v1/change-requests/{reference}/files/{name}/outline")
    Outline drafted(@PathVariable String reference, @PathVariable String name) {
        ChangeRequest request = requests.find(Bodies.reference(reference))
                .orElseThrow(() -> new NotFound("There is no change request " + reference));
        return outline(requests.draft(request.reference()), name);
    }

    /** Element templates of Camunda 7, for whoever draws in Camunda Modeler. */
    @GetMapping("/api/v1/models/step-templates")
    JsonNode stepTemplates() {
        return templates.json();
    }

    private Outline outline(ModelSet set, String name) {
        return set.file(name).flatMap(outlines::of).orElseThrow(() -> new NotFound("There is no process " + name));
    }
}
