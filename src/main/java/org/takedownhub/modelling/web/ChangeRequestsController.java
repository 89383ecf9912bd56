package org.takedownhub.modelling.web;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.takedownhub.api.NotFound;
import org.takedownhub.modelling.ModelFile;
import org.takedownhub.modelling.change.ChangeReference;
import org.takedownhub.modelling.change.ChangeRequest;
import org.takedownhub.modelling.change.ChangeRequests;
import org.takedownhub.modelling.change.Origin;

/** Change requests of managers: from draft to publication. */
@RestController
class ChangeRequestsController {

    private static final String ONE = "/api/v1/change-requests/{reference}";

    private final ChangeRequests requests;

    ChangeRequestsController(ChangeRequests requests) {
        this.requests = requests;
    }

    record Wish(
            @Nullable String title,
            @Nullable String reason,
            @Nullable List<Bodies.FileBody> files,
            @Nullable Map<String, String> moved) {}

    record FilesWish(
            @Nullable Integer revision, @Nullable List<Bodies.FileBody> files, @Nullable Map<String, String> moved) {}

    record FileWish(@Nullable Integer revision, @Nullable String content) {}

    record Submission(@Nullable Integer revision, @Nullable Instant effectiveAt) {}

    record Decision(@Nullable Integer revision, @Nullable String reason) {}

    record Reopening(@Nullable Integer revision) {}

    @GetMapping("/api/v1/change-requests")
    Map<String, List<Bodies.RequestBody>> list() {
        return Map.of(
                "items", requests.all().stream().map(Bodies.RequestBody::of).toList());
    }

    /** With files, they are kept only if none of them has an error. */
    @PostMapping("/api/v1/change-requests")
    @ResponseStatus(HttpStatus.CREATED)
    Bodies.RequestBody open(@RequestBody Wish wish) {
        String title = Bodies.title(wish.title());
        String reason = Bodies.reason(wish.reason());
        if (wish.files() == null || wish.files().isEmpty()) {
            return Bodies.RequestBody.of(requests.open(title, reason, Origin.API));
        }
        return Bodies.requestOf(
                requests.open(title, reason, Origin.API, Bodies.files(wish.files()), Bodies.moves(wish.moved())));
    }

    @GetMapping(ONE)
    Bodies.RequestBody one(@PathVariable String reference) {
        return Bodies.RequestBody.of(existing(reference));
    }

    @GetMapping(ONE + "/findings")
    Bodies.Findings findings(@PathVariable String reference) {
        return Bodies.Findings.of(requests.findings(existing(reference).reference()));
    }

    /** A file as the draft has it, changed or not. */
    @GetMapping(ONE + "/files/{name}")
    ResponseEntity<byte[]> file(@PathVariable String reference, @PathVariable String name) {
        return ModelsController.download(requests.draft(existing(reference).reference())
                .file(name)
                .orElseThrow(() -> new NotFound("There is no file " + name + " in " + reference)));
    }

    @PutMapping(ONE + "/files/{name}")
    Bodies.RequestBody save(@PathVariable String reference, @PathVariable String name, @RequestBody FileWish wish) {
        ModelFile file =
                Bodies.files(List.of(new Bodies.FileBody(name, wish.content()))).get(0);
        return Bodies.requestOf(
                requests.save(existing(reference).reference(), Bodies.revision(wish.revision()), List.of(file)));
    }

    /** Several files and the mapping of steps at once. */
    @PutMapping(ONE + "/files")
    Bodies.RequestBody saveAll(@PathVariable String reference, @RequestBody FilesWish wish) {
        return Bodies.requestOf(requests.save(
                existing(reference).reference(),
                Bodies.revision(wish.revision()),
                Bodies.files(wish.files()),
                Bodies.moves(wish.moved())));
    }

    /** Makes the file what it is in the live set. */
    @DeleteMapping(ONE + "/files/{name}")
    Bodies.RequestBody revert(
            @PathVariable String reference, @PathVariable String name, @RequestParam @Nullable Integer revision) {
        return Bodies.requestOf(requests.revert(existing(reference).reference(), Bodies.revision(revision), name));
    }

    @PostMapping(ONE + "/submission")
    Bodies.RequestBody submit(@PathVariable String reference, @RequestBody Submission wish) {
        return Bodies.requestOf(requests.submit(
                existing(reference).reference(),
                Bodies.revision(wish.revision()),
                Optional.ofNullable(wish.effectiveAt())));
    }

    @PostMapping(ONE + "/approval")
    Bodies.RequestBody approve(@PathVariable String reference, @RequestBody Decision wish) {
        ChangeReference named = existing(reference).reference();
        return Bodies.requestOf(
                requests.approve(named, Bodies.revision(wish.revision()), Bodies.reason(wish.reason())));
    }

    @PostMapping(ONE + "/rejection")
    Bodies.RequestBody reject(@PathVariable String reference, @RequestBody Decision wish) {
        ChangeReference named = existing(reference).reference();
        return Bodies.requestOf(requests.reject(named, Bodies.revision(wish.revision()), Bodies.reason(wish.reason())));
    }

    @PostMapping(ONE + "/withdrawal")
    Bodies.RequestBody withdraw(@PathVariable String reference, @RequestBody Decision wish) {
        ChangeReference named = existing(reference).reference();
        return Bodies.requestOf(
                requests.withdraw(named, Bodies.revision(wish.revision()), Bodies.reason(wish.reason())));
    }

    @PostMapping(ONE + "/reopening")
    Bodies.RequestBody reopen(@PathVariable String reference, @RequestBody Reopening wish) {
        return Bodies.requestOf(requests.reopen(existing(reference).reference(), Bodies.revision(wish.revision())));
    }

    private ChangeRequest existing(String reference) {
        return requests.find(Bodies.reference(reference))
                .orElseThrow(() -> new NotFound("There is no change request " + reference));
    }
}
