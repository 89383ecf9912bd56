package org.takedownhub.modelling.web;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.takedownhub.api.NotFound;
import org.takedownhub.modelling.ModelFile;
import org.takedownhub.modelling.PublishedModels;
import org.takedownhub.modelling.PublishedSet;
import org.takedownhub.modelling.change.ChangeRequest;
import org.takedownhub.modelling.change.ChangeRequests;

/** The sets that are or were live, and what the lint says about files that are neither. */
@RestController
class ModelsController {

    private static final int SETS = 100;

    private final PublishedModels published;
    private final ChangeRequests requests;

    ModelsController(PublishedModels published, ChangeRequests requests) {
        this.published = published;
        this.requests = requests;
    }

    record FileEntry(String name, String kind, String sha256) {}

    /** @param changeRequest {@code null} for a set that came with the program */
    record SetBody(
            String id,
            String name,
            Instant publishedAt,
            @Nullable String changeRequest,
            @Nullable String version,
            String sha256,
            boolean live,
            List<FileEntry> files) {}

    record Wish(@Nullable List<Bodies.FileBody> files, @Nullable Map<String, String> moved) {}

    record RollBack(@Nullable String reason) {}

    @GetMapping("/api/v1/models")
    SetBody live() {
        return body(published.live(), true);
    }

    /** Newest first. */
    @GetMapping("/api/v1/models/sets")
    Map<String, List<SetBody>> sets() {
        List<String> history = published.history();
        return Map.of(
                "items",
                history.stream()
                        .limit(SETS)
                        .flatMap(id -> published.set(id).stream())
                        .map(set -> body(set, set.id().equals(history.get(0))))
                        .toList());
    }

    @GetMapping("/api/v1/models/files/{name}")
    ResponseEntity<byte[]> file(@PathVariable String name, @RequestParam(required = false) @Nullable String set) {
        PublishedSet found = set == null ? published.live() : existing(set);
        return download(found.files()
                .file(name)
                .orElseThrow(() -> new NotFound("There is no file " + name + " in the set " + found.id())));
    }

    @PostMapping("/api/v1/models/lint")
    Bodies.Findings lint(@RequestBody Wish wish) {
        return Bodies.Findings.of(requests.lint(Bodies.files(wish.files()), Bodies.moves(wish.moved())));
    }

    @PostMapping("/api/v1/models/sets/{id}/rollback")
    @ResponseStatus(HttpStatus.CREATED)
    Bodies.RequestBody rollBack(@PathVariable String id, @RequestBody RollBack wish) {
        existing(id);
        return Bodies.RequestBody.of(requests.rollBack(id, Bodies.reason(wish.reason())));
    }

    /** As a file to keep, never as something a browser would show or run. */
    static ResponseEntity<byte[]> download(ModelFile file) {
        return ResponseEntity.ok()
                .contentType(
                        switch (file.kind()) {
                            case PROCESS, DECISION -> MediaType.APPLICATION_XML;
                            case FORM -> MediaType.APPLICATION_JSON;
                            case TEST_CASES -> new MediaType("text", "csv", StandardCharsets.UTF_8);
                        })
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(file.name())
                                .build()
                                .toString())
                .body(file.bytes());
    }

    private PublishedSet existing(String id) {
        return published.set(id).orElseThrow(() -> new NotFound("There is no set " + id));
    }

    private SetBody body(PublishedSet set, boolean live) {
        Optional<ChangeRequest> request = requests.ofSet(set.id());
        return new SetBody(
                set.id(),
                set.name(),
                set.publishedAt(),
                request.map(one -> one.reference().toString()).orElse(null),
                request.map(ChangeRequest::version).orElse(null),
                set.files().sha256(),
                live,
                set.files().files().values().stream()
                        .map(file -> new FileEntry(file.name(), file.kind().name(), file.sha256()))
                        .toList());
    }
}
