package org.takedownhub.engine;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.ParseException;
import org.camunda.bpm.engine.Problem;
import org.camunda.bpm.engine.impl.persistence.deploy.Deployer;
import org.camunda.bpm.engine.impl.persistence.entity.DeploymentEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ResourceEntity;

/**
 * Lock 3: looks at every file of a new deployment before the engine does, whatever way it came, and lets it pass only
 * if it is made of what a takedown model needs. A refusal rolls the deployment back and answers 400.
 */
public final class ModelGuard implements Deployer {

    static final int MAX_BYTES = 1024 * 1024;
    private static final int MAX_FILES = 200;
    private static final int MAX_REPORTED = 20;
    private static final Pattern FILE =
            Pattern.compile("(?:[A-Za-z0-9_-]{1,50}/){0,3}[A-Za-z0-9][A-Za-z0-9._-]{0,99}\\.(bpmn|dmn|form|csv)");

    private final BpmnRules processes;
    private final DmnRules decisions = new DmnRules();
    private final FormRules forms = new FormRules();

    /** @param delegates names of the beans that models may name */
    public ModelGuard(Supplier<Set<String>> delegates) {
        this.processes = new BpmnRules(delegates);
    }

    /** What is wrong with a file, for whoever wants to know before deploying it. Empty: the guard lets it pass. */
    public List<Refusal> refusals(String fileName, byte[] content) {
        Matcher file = FILE.matcher(fileName);
        if (!file.matches()) {
            return List.of(Refusal.ofFile(
                    Refusal.Kind.FILE_NAME,
                    "The file name is not allowed",
                    "Name it like takedown.bpmn, removal-deadline.dmn, removal-deadline.csv, verify-content.form"));
        }
        if (content.length > MAX_BYTES) {
            return List.of(Refusal.ofFile(
                    Refusal.Kind.TOO_LARGE, "The file is larger than " + MAX_BYTES + " bytes", "Split the model"));
        }
        if (file.group(1).equals("form")) {
            return forms.refusals(content);
        }
        if (file.group(1).equals("csv")) {
            return notText(content);
        }
        try {
            ModelXml.Element root = ModelXml.read(content);
            return file.group(1).equals("bpmn") ? processes.refusals(root) : decisions.refusals(root, content);
        } catch (ModelXml.Unreadable unreadable) {
            return List.of(unreadable.refusal());
        }
    }

    /** Test cases of a table: the engine keeps them and reads nothing of them. */
    private static List<Refusal> notText(byte[] content) {
        String text = new String(content, StandardCharsets.UTF_8);
        boolean plain = Arrays.equals(text.getBytes(StandardCharsets.UTF_8), content)
                && text.chars().allMatch(c -> c >= ' ' && c != 0x7F || c == '\n' || c == '\r' || c == '\t');
        return plain
                ? List.of()
                : List.of(Refusal.ofFile(
                        Refusal.Kind.UNREADABLE, "The file is not text in UTF-8", "Save it as CSV in UTF-8"));
    }

    @Override
    public void deploy(DeploymentEntity deployment) {
        if (!deployment.isNew()) {
            return;
        }
        if (deployment.getResources().size() > MAX_FILES) {
            throw refused(
                    "",
                    List.of(Refusal.ofFile(
                            Refusal.Kind.TOO_LARGE, "More than " + MAX_FILES + " files", "Deploy fewer at once")));
        }
        for (ResourceEntity resource : deployment.getResources().values()) {
            mustPass(resource.getName(), resource.getBytes());
        }
    }

    void mustPass(String fileName, byte[] content) {
        List<Refusal> refusals = refusals(fileName, content);
        if (!refusals.isEmpty()) {
            throw refused(printable(fileName), refusals);
        }
    }

    private static ParseException refused(String fileName, List<Refusal> refusals) {
        List<Refusal> reported = refusals.stream().limit(MAX_REPORTED).toList();
        String message = reported.stream().map(Refusal::getMessage).collect(Collectors.joining(" "));
        return new ParseException(
                "Not deployed: " + fileName + " | " + message, fileName, List.<Problem>copyOf(reported), List.of());
    }

    /** A name is what the sender chose: it goes into answers and logs only when it cannot forge a line of them. */
    private static String printable(String fileName) {
        String printed = fileName.replaceAll("[^A-Za-z0-9._/-]", "?");
        return printed.getBytes(StandardCharsets.UTF_8).length > 100 ? printed.substring(0, 100) : printed;
    }
}
