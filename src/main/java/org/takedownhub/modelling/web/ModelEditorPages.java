package org.takedownhub.modelling.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.takedownhub.api.NotFound;
import org.takedownhub.modelling.Finding;
import org.takedownhub.modelling.ModelFile;
import org.takedownhub.modelling.ModelFile.Kind;
import org.takedownhub.modelling.ModelSet;
import org.takedownhub.modelling.change.ChangeRequest;
import org.takedownhub.modelling.change.ChangeRequests;
import org.takedownhub.modelling.change.ChangeState;
import org.takedownhub.modelling.change.Outcome;
import org.takedownhub.modelling.outline.Outline;
import org.takedownhub.modelling.outline.Outline.Step;
import org.takedownhub.modelling.outline.Outlines;
import org.takedownhub.modelling.outline.StepEdit;
import org.takedownhub.modelling.outline.Words;
import org.takedownhub.pages.FormErrors;
import org.takedownhub.pages.FormErrors.FormError;

/** Where managers draw processes and forms, and where those who cannot draw change a step in words. */
@Controller
class ModelEditorPages {

    private static final String ONE = "/manager/changes/{reference}/models/{file}";
    private static final String STEP = ONE + "/steps/{elementId}";
    private static final int NAME_LENGTH = 200;
    private static final int DOCUMENTATION_LENGTH = 4000;
    private static final Pattern GROUPS = Pattern.compile("candidateGroups=\"([a-z][a-z0-9,-]*)\"");
    private static final Pattern INSTANTS = Pattern.compile("\\$\\{[A-Za-z]+At}");

    private final ChangeRequests requests;
    private final Outlines outlines;
    private final ObjectMapper json;

    ModelEditorPages(ChangeRequests requests, Outlines outlines, ObjectMapper json) {
        this.requests = requests;
        this.outlines = outlines;
        this.json = json;
    }

    /** @param due as the model writes it, such as {@code ${caseDueAt}} */
    public record Entered(String name, String documentation, String group, String due) {}

    public record Choice(String value, String words) {}

    @GetMapping(ONE)
    String edit(@PathVariable String reference, @PathVariable String file, Model model) {
        ChangeRequest request = existing(reference);
        ModelSet draft = requests.draft(request.reference());
        ModelFile edited = file(draft, file);
        model.addAttribute("request", request);
        model.addAttribute("file", edited);
        model.addAttribute("heading", ModelTitles.of(edited));
        model.addAttribute("kind", edited.kind().ending());
        model.addAttribute("editable", request.state() == ChangeState.DRAFT);
        model.addAttribute("outline", outlines.of(edited).orElse(null));
        Map<String, Object> known = new LinkedHashMap<>();
        known.put("moved", request.moved());
        known.put(
                "others",
                request.changed().stream()
                        .filter(name -> !name.equals(file) && draft.file(name).isPresent())
                        .toList());
        known.put("groups", groups(draft));
        known.put("forms", ids(draft, Kind.FORM));
        known.put("decisions", ids(draft, Kind.DECISION));
        known.put("processes", ids(draft, Kind.PROCESS));
        model.addAttribute("known", json.valueToTree(known).toString());
        return "manager/model";
    }

    @GetMapping(STEP)
    String step(
            @PathVariable String reference, @PathVariable String file, @PathVariable String elementId, Model model) {
        ChangeRequest request = existing(reference);
        ModelSet draft = requests.draft(request.reference());
        ModelFile edited = file(draft, file);
        Step step = step(edited, elementId);
        return stepPage(
                request,
                draft,
                edited,
                step,
                new Entered(
                        step.name().equals(step.id()) ? "" : step.name(),
                        step.documentation(),
                        step.group(),
                        dueOf(edited, elementId)),
                FormErrors.NONE,
                model);
    }

    @PostMapping(STEP)
    String change(
            @PathVariable String reference,
            @PathVariable String file,
            @PathVariable String elementId,
            @RequestParam(defaultValue = "0") int revision,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String documentation,
            @RequestParam(defaultValue = "") String group,
            @RequestParam(defaultValue = "") String due,
            Model model,
            RedirectAttributes next) {
        ChangeRequest request = existing(reference);
        ModelSet draft = requests.draft(request.reference());
        ModelFile edited = file(draft, file);
        Step step = step(edited, elementId);
        Entered entered = new Entered(
                name.strip().replaceAll("\\s+", " "),
                documentation.strip().replace("\r\n", "\n"),
                group.strip(),
                due.strip());
        FormErrors wrong = wrong(entered, step);
        if (!wrong.isEmpty()) {
            return stepPage(request, draft, edited, step, entered, wrong, model);
        }
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("name", entered.name());
        if (isPersons(step)) {
            attributes.put("camunda:candidateGroups", entered.group());
            attributes.put("camunda:dueDate", entered.due());
        }
        ModelFile changed = StepEdit.edited(edited, elementId, attributes, entered.documentation())
                .orElseThrow(() -> new NotFound("There is no step " + elementId + " in " + file));
        Outcome outcome = requests.save(request.reference(), revision, List.of(changed));
        if (outcome instanceof Outcome.Done) {
            next.addFlashAttribute("done", "“" + entered.name() + "” is saved in the draft");
            return "redirect:/manager/changes/" + request.reference() + "/models/" + edited.name();
        }
        return stepPage(request, draft, edited, step, entered, refused(outcome, request), model);
    }

    private static FormErrors wrong(Entered entered, Step step) {
        if (entered.name().isEmpty()) {
            return new FormErrors(List.of(new FormError("name", "Enter what the step is called")));
        }
        if (entered.name().length() > NAME_LENGTH) {
            return new FormErrors(List.of(new FormError("name", "Shorten it to " + NAME_LENGTH + " characters")));
        }
        if (entered.documentation().length() > DOCUMENTATION_LENGTH) {
            return new FormErrors(
                    List.of(new FormError("documentation", "Shorten it to " + DOCUMENTATION_LENGTH + " characters")));
        }
        if (isPersons(step) && entered.group().isEmpty()) {
            return new FormErrors(List.of(new FormError("group", "Select who does it")));
        }
        return isPersons(step) && entered.due().isEmpty()
                ? new FormErrors(List.of(new FormError("due", "Select until when it is to be done")))
                : FormErrors.NONE;
    }

    private static FormErrors refused(Outcome outcome, ChangeRequest request) {
        if (outcome instanceof Outcome.Refused refused) {
            return new FormErrors(refused.findings().stream()
                    .filter(Finding::isError)
                    .map(finding -> new FormError("name", Bodies.sentence(finding)))
                    .toList());
        }
        return new FormErrors(List.of(new FormError(
                "name",
                outcome instanceof Outcome.NotPossible impossible
                        ? impossible.why()
                        : "Somebody else has changed " + request.reference()
                                + " meanwhile. Open this step again from the outline")));
    }

    private static String stepPage(
            ChangeRequest request,
            ModelSet draft,
            ModelFile file,
            Step step,
            Entered entered,
            FormErrors errors,
            Model model) {
        model.addAttribute("request", request);
        model.addAttribute("file", file);
        model.addAttribute("step", step);
        model.addAttribute("entered", entered);
        model.addAttribute("person", isPersons(step));
        model.addAttribute("editable", request.state() == ChangeState.DRAFT);
        model.addAttribute(
                "groups",
                withOwn(groups(draft), entered.group()).stream()
                        .map(name -> new Choice(name, name))
                        .toList());
        TreeSet<String> instants = new TreeSet<>();
        INSTANTS.matcher(file.text()).results().forEach(found -> instants.add(found.group()));
        model.addAttribute(
                "instants",
                withOwn(instants, entered.due()).stream()
                        .map(one -> new Choice(one, Words.ofInstant(one)))
                        .toList());
        model.addAttribute("errors", errors);
        return "manager/step";
    }

    private static boolean isPersons(Step step) {
        return step.kind().equals(Outline.PERSONS_TASK);
    }

    private static TreeSet<String> withOwn(TreeSet<String> names, String own) {
        TreeSet<String> all = new TreeSet<>(names);
        if (!own.isEmpty()) {
            all.add(own);
        }
        return all;
    }

    private static String dueOf(ModelFile file, String elementId) {
        return StepEdit.attribute(file, elementId, "camunda:dueDate");
    }

    /** Groups that any of the models gives work to. */
    private static TreeSet<String> groups(ModelSet draft) {
        TreeSet<String> groups = new TreeSet<>();
        draft.all(Kind.PROCESS).forEach(process -> {
            Matcher found = GROUPS.matcher(process.text());
            while (found.find()) {
                groups.add(found.group(1));
            }
        });
        return groups;
    }

    private static List<String> ids(ModelSet draft, Kind kind) {
        return draft.all(kind).map(ModelFile::id).toList();
    }

    private Step step(ModelFile file, String elementId) {
        return outlines.of(file)
                .flatMap(outline -> outline.step(elementId))
                .orElseThrow(() -> new NotFound("There is no step " + elementId + " in " + file.name()));
    }

    private static ModelFile file(ModelSet draft, String name) {
        return draft.file(name)
                .filter(file -> file.kind() != Kind.TEST_CASES)
                .orElseThrow(() -> new NotFound("There is nothing to draw called " + name));
    }

    private ChangeRequest existing(String reference) {
        return requests.find(Bodies.reference(reference))
                .orElseThrow(() -> new NotFound("There is no change request " + reference));
    }
}
