package org.takedownhub.modelling.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.takedownhub.modelling.Finding;
import org.takedownhub.modelling.ModelFile;
import org.takedownhub.modelling.change.ChangeRequest;
import org.takedownhub.modelling.change.Drafts;
import org.takedownhub.modelling.change.Origin;
import org.takedownhub.modelling.change.Outcome;

/**
 * Stands where the engine's REST API takes deployments, and makes drafts of them: what Camunda Modeler (or any other
 * program that knows {@code POST /deployment/create}) sends never goes live by itself. The answers have the shape of the
 * engine's own, so that Modeler shows an error at its element.
 *
 * @see <a href="https://docs.camunda.org/rest/camunda-bpm-platform/7.24/#tag/Deployment/operation/createDeployment">the
 *     call that is answered here</a>
 */
final class ModelerDoor extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final int NAME_LENGTH = 150;
    private static final String FIELD_NAME = "deployment-name";

    private final transient Drafts drafts;
    private final transient ObjectMapper json;

    ModelerDoor(Drafts drafts, ObjectMapper json) {
        this.drafts = drafts;
        this.json = json;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (!String.valueOf(request.getContentType()).startsWith("multipart/form-data")) {
            refuse(response, 415, "InvalidRequestException", "Send the files as multipart/form-data");
            return;
        }
        String title = "";
        List<ModelFile> files = new ArrayList<>();
        List<Finding> unread = new ArrayList<>();
        try {
            for (Part part : request.getParts()) {
                if (part.getSubmittedFileName() == null) {
                    if (part.getName().equals(FIELD_NAME)) {
                        title = text(part);
                    }
                } else {
                    read(part).ifPresentOrElse(files::add, () -> unread.add(notUtf8(part)));
                }
            }
        } catch (IllegalStateException | ServletException | IOException broken) {
            refuse(response, 400, "InvalidRequestException", "The upload is too large or cannot be read");
            return;
        }
        if (!unread.isEmpty()) {
            refused(response, unread);
        } else if (files.isEmpty()) {
            refuse(response, 400, "InvalidRequestException", "No deployment resources contained in the form upload.");
        } else {
            answer(response, drafts.take(Origin.MODELER, titled(title, files), "Sent from a modeler", files));
        }
    }

    private void answer(HttpServletResponse response, Drafts.Taken taken) throws IOException {
        if (taken.outcome() instanceof Outcome.Done done) {
            accepted(response, done.request(), taken.findings());
        } else if (taken.outcome() instanceof Outcome.Refused refused) {
            refused(response, refused.findings());
        } else if (taken.outcome() instanceof Outcome.NotPossible not) {
            refuse(response, 400, "InvalidRequestException", not.why());
        } else {
            refuse(response, 409, "InvalidRequestException", "Somebody else has changed the draft; send it again");
        }
    }

    private void accepted(HttpServletResponse response, ChangeRequest request, List<Finding> findings)
            throws IOException {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("links", List.of());
        body.put("id", request.reference().toString());
        body.put("name", "Draft " + request.reference() + ", not live: " + request.title());
        body.put("source", "change request");
        body.put("deploymentTime", request.createdAt().toString());
        body.put("tenantId", null);
        body.put("deployedProcessDefinitions", null);
        body.put("deployedCaseDefinitions", null);
        body.put("deployedDecisionDefinitions", null);
        body.put("deployedDecisionRequirementsDefinitions", null);
        body.put("changeRequest", Bodies.RequestBody.of(request));
        body.put("lint", Bodies.Findings.of(findings));
        write(response, 200, body);
    }

    /** As the engine answers a model that it cannot parse. */
    private void refused(HttpServletResponse response, List<Finding> findings) throws IOException {
        Map<String, Map<String, List<Map<String, Object>>>> details = new LinkedHashMap<>();
        for (Finding finding : findings) {
            details.computeIfAbsent(
                            finding.file(),
                            file -> new LinkedHashMap<>(
                                    Map.of("errors", new ArrayList<>(), "warnings", new ArrayList<>())))
                    .get(finding.isError() ? "errors" : "warnings")
                    .add(Map.of(
                            "message",
                            Bodies.sentence(finding),
                            "line",
                            finding.line(),
                            "column",
                            finding.column(),
                            "mainElementId",
                            finding.elementId(),
                            "elementIds",
                            finding.elementId().isEmpty() ? List.of() : List.of(finding.elementId())));
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "ParseException");
        body.put(
                "message",
                "Not taken, nothing was kept. "
                        + findings.stream()
                                .filter(Finding::isError)
                                .limit(20)
                                .map(Bodies::sentence)
                                .collect(Collectors.joining(" | ")));
        body.put("code", 0);
        body.put("details", details);
        body.put("lint", Bodies.Findings.of(findings));
        write(response, 400, body);
    }

    private void refuse(HttpServletResponse response, int status, String type, String message) throws IOException {
        write(response, status, Map.of("type", type, "message", message, "code", 0));
    }

    private void write(HttpServletResponse response, int status, Object body) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream().write(json.writeValueAsBytes(body));
    }

    private static Finding notUtf8(Part part) {
        return Finding.ofFile(
                "not-allowed", shown(part.getSubmittedFileName()), "The file is not text in UTF-8", "Save it as UTF-8");
    }

    private static Optional<ModelFile> read(Part part) throws IOException {
        try (InputStream content = part.getInputStream()) {
            return ModelFile.read(part.getSubmittedFileName(), content.readAllBytes());
        }
    }

    private static String text(Part part) throws IOException {
        try (InputStream content = part.getInputStream()) {
            return new String(content.readNBytes(1000), StandardCharsets.UTF_8);
        }
    }

    private static String titled(String title, List<ModelFile> files) {
        String named = shown(title).strip();
        return named.isEmpty() ? shown(files.get(0).name()) : named;
    }

    /** What a sender calls things goes into pages and logs only as one line of plain text. */
    private static String shown(String text) {
        String line = text.replaceAll("\\p{C}", "?");
        return line.length() > NAME_LENGTH ? line.substring(0, NAME_LENGTH) : line;
    }
}
