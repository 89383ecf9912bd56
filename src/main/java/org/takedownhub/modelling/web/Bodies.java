package org.takedownhub.modelling.web;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import org.takedownhub.api.Conflict;
import org.takedownhub.api.InvalidRequest;
import org.takedownhub.api.InvalidRequest.FieldError;
import org.takedownhub.api.NotFound;
import org.takedownhub.modelling.Finding;
import org.takedownhub.modelling.ModelFile;
import org.takedownhub.modelling.change.ChangeReference;
import org.takedownhub.modelling.change.ChangeRequest;
import org.takedownhub.modelling.change.ChangeRequests;
import org.takedownhub.modelling.change.Outcome;
import org.takedownhub.process.FormFields;

/** What the desk's API reads and writes, and how it says no. */
final class Bodies {

    private static final int FILES = 200;
    private static final int MOVES = 500;

    private Bodies() {}

    record FileBody(@Nullable String name, @Nullable String content) {}

    record FindingBody(
            String severity,
            String rule,
            String file,
            String elementId,
            String elementName,
            String message,
            String fix,
            int line,
            int column) {

        static FindingBody of(Finding finding) {
            return new FindingBody(
                    finding.severity().name(),
                    finding.rule(),
                    finding.file(),
                    finding.elementId(),
                    finding.elementName(),
                    finding.message(),
                    finding.fix(),
                    finding.line(),
                    finding.column());
        }
    }

    record Findings(List<FindingBody> findings, long errors, long advice) {

        static Findings of(List<Finding> findings) {
            long errors = findings.stream().filter(Finding::isError).count();
            return new Findings(findings.stream().map(FindingBody::of).toList(), errors, findings.size() - errors);
        }
    }

    /** @param version of the whole set; empty before submission */
    record RequestBody(
            String reference,
            String title,
            String reason,
            String origin,
            String state,
            int revision,
            String version,
            String createdBy,
            Instant createdAt,
            @Nullable String submittedBy,
            @Nullable Instant submittedAt,
            @Nullable Instant effectiveAt,
            @Nullable String decidedBy,
            @Nullable Instant decidedAt,
            @Nullable String decisionReason,
            @Nullable String setSha256,
            @Nullable Instant publishedAt,
            @Nullable String deploymentId,
            @Nullable String replacedDeploymentId,
            SortedSet<String> files,
            Map<String, String> moved) {

        static RequestBody of(ChangeRequest request) {
            return new RequestBody(
                    request.reference().toString(),
                    request.title(),
                    request.reason(),
                    request.origin().name(),
                    request.state().name(),
                    request.revision(),
                    request.version(),
                    request.createdBy(),
                    request.createdAt(),
                    request.submittedBy().orElse(null),
                    request.submittedAt().orElse(null),
                    request.effectiveAt().orElse(null),
                    request.decidedBy().orElse(null),
                    request.decidedAt().orElse(null),
                    request.decisionReason().orElse(null),
                    request.setSha256().orElse(null),
                    request.publishedAt().orElse(null),
                    request.deploymentId().orElse(null),
                    request.replacedDeploymentId().orElse(null),
                    request.changed(),
                    request.moved());
        }
    }

    /** The request that came of a wish, or the problem that stood against it. */
    static RequestBody requestOf(Outcome outcome) {
        if (outcome instanceof Outcome.Done done) {
            return RequestBody.of(done.request());
        }
        if (outcome instanceof Outcome.Refused refused) {
            throw refused(refused.findings());
        }
        if (outcome instanceof Outcome.Overtaken overtaken) {
            throw new Conflict("Somebody else has changed "
                    + overtaken.request().reference()
                    + " meanwhile: it is at revision " + overtaken.request().revision()
                    + ". Read it again and send that revision. Nothing was changed.");
        }
        throw new Conflict(((Outcome.NotPossible) outcome).why() + ".");
    }

    /** 422 with the findings as {@code findings}, and as errors for those who only read these. */
    static InvalidRequest refused(List<Finding> findings) {
        List<FieldError> errors = findings.stream()
                .filter(Finding::isError)
                .map(finding -> new FieldError("/files/" + finding.file(), sentence(finding)))
                .toList();
        return new InvalidRequest(
                422,
                errors,
                Map.of("findings", findings.stream().map(FindingBody::of).toList()));
    }

    static String sentence(Finding finding) {
        String element = finding.elementName().isEmpty()
                ? finding.elementId()
                : finding.elementName() + " (" + finding.elementId() + ")";
        return finding.file() + (element.isEmpty() ? "" : ", " + element) + ": " + finding.message() + ". "
                + finding.fix() + ". [" + finding.rule() + "]";
    }

    static ChangeReference reference(String text) {
        return ChangeReference.parse(text).orElseThrow(() -> new NotFound("There is no change request " + text));
    }

    /** @throws InvalidRequest naming each file that is none */
    static List<ModelFile> files(@Nullable List<FileBody> bodies) {
        if (bodies == null || bodies.isEmpty()) {
            throw new InvalidRequest(400, "/files", "files is missing; send name and content of each changed file");
        }
        if (bodies.size() > FILES) {
            throw new InvalidRequest(422, "/files", "has more than " + FILES + " files; send fewer at once");
        }
        List<FieldError> errors = new ArrayList<>();
        Map<String, ModelFile> files = new LinkedHashMap<>();
        for (int i = 0; i < bodies.size(); i++) {
            FileBody body = bodies.get(i);
            if (body == null || body.name() == null || body.content() == null) {
                errors.add(new FieldError("/files/" + i, "name or content is missing; send both"));
            } else if (files.put(body.name(), new ModelFile(body.name(), body.content())) != null) {
                errors.add(new FieldError("/files/" + i + "/name", "stands there twice; send each file once"));
            }
        }
        if (!errors.isEmpty()) {
            throw new InvalidRequest(400, errors);
        }
        return List.copyOf(files.values());
    }

    static Map<String, String> moves(@Nullable Map<String, String> moved) {
        if (moved == null) {
            return Map.of();
        }
        boolean fine = moved.size() <= MOVES
                && moved.entrySet().stream().allMatch(move -> isId(move.getKey()) && isId(move.getValue()));
        if (!fine) {
            throw new InvalidRequest(
                    422, "/moved", "must give, for the id of a step in the live models, its id in the draft");
        }
        return moved;
    }

    private static boolean isId(@Nullable String text) {
        return text != null && text.matches("[A-Za-z_][A-Za-z0-9_.-]{0,127}");
    }

    static String title(@Nullable String text) {
        return text("/title", text, ChangeRequests.TITLE_LENGTH, "say in a few words what changes");
    }

    static String reason(@Nullable String text) {
        return text("/reason", text, ChangeRequests.REASON_LENGTH, "say why");
    }

    private static String text(String pointer, @Nullable String text, int limit, String fix) {
        String stripped = text == null ? "" : text.strip();
        String name = pointer.substring(1);
        if (stripped.isEmpty()) {
            throw new InvalidRequest(400, pointer, name + " is missing; " + fix);
        }
        if (stripped.length() > limit) {
            throw new InvalidRequest(422, pointer, "is longer than " + limit + " characters; shorten it");
        }
        if (!stripped.codePoints().allMatch(FormFields::isText)) {
            throw new InvalidRequest(422, pointer, "has characters that are no text; send plain text");
        }
        return stripped;
    }

    static int revision(@Nullable Integer revision) {
        if (revision == null) {
            throw new InvalidRequest(
                    400, "/revision", "revision is missing; send the one of the change request that you have read");
        }
        return revision;
    }
}
