package org.takedownhub.modelling.web;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.takedownhub.api.NotFound;
import org.takedownhub.audit.Actor;
import org.takedownhub.modelling.Finding;
import org.takedownhub.modelling.ModelFile;
import org.takedownhub.modelling.ModelSet;
import org.takedownhub.modelling.PublishedModels;
import org.takedownhub.modelling.change.ChangeReference;
import org.takedownhub.modelling.change.ChangeRequest;
import org.takedownhub.modelling.change.ChangeRequests;
import org.takedownhub.modelling.change.ChangeState;
import org.takedownhub.modelling.change.Origin;
import org.takedownhub.modelling.change.Outcome;
import org.takedownhub.pages.FormErrors;
import org.takedownhub.pages.FormErrors.FormError;
import org.takedownhub.pages.Moments;

/** Where managers open change requests, look at what they would do, and decide about each other's. */
@Controller
class ChangePages {

    private static final int SETS = 20;
    private static final String LIST = "/manager/changes";
    private static final String ONE = LIST + "/{reference}";

    private final ChangeRequests requests;
    private final PublishedModels published;
    private final List<ChangeSection> sections;
    private final Actor actor;

    ChangePages(ChangeRequests requests, PublishedModels published, List<ChangeSection> sections, Actor actor) {
        this.requests = requests;
        this.published = published;
        this.sections = sections.stream()
                .sorted(Comparator.comparingInt(ChangeSection::order))
                .toList();
        this.actor = actor;
    }

    public record Row(String reference, String title, String state, String version, String who, String when) {}

    /** @param own the link by which the file is edited */
    public record FileRow(String name, String title, String own, String drawn, boolean changed, String live) {}

    public record SetRow(String id, String name, String version, String when, boolean live) {}

    public record Shown(String id, String title, @Nullable Object data) {}

    public record Opening(String title, String reason) {}

    @GetMapping("/manager")
    String desk(Model model) {
        model.addAttribute(
                "open",
                requests.all().stream()
                        .filter(one -> one.state().isOpen())
                        .map(ChangePages::row)
                        .toList());
        model.addAttribute("live", sets().get(0));
        return "manager/desk";
    }

    @GetMapping(LIST)
    String list(Model model) {
        model.addAttribute("rows", requests.all().stream().map(ChangePages::row).toList());
        model.addAttribute("sets", sets());
        return "manager/changes";
    }

    @GetMapping(LIST + "/new")
    String begin(Model model) {
        return opening(model, new Opening("", ""), FormErrors.NONE);
    }

    @PostMapping(LIST + "/new")
    String open(
            @RequestParam(defaultValue = "") String title,
            @RequestParam(defaultValue = "") String reason,
            Model model) {
        Opening entered = new Opening(title.strip(), reason.strip());
        List<FormError> errors = new ArrayList<>();
        checked("title", entered.title(), ChangeRequests.TITLE_LENGTH, "Say in a few words what changes")
                .ifPresent(errors::add);
        checked("reason", entered.reason(), ChangeRequests.REASON_LENGTH, "Say why")
                .ifPresent(errors::add);
        if (!errors.isEmpty()) {
            return opening(model, entered, new FormErrors(errors));
        }
        return "redirect:" + LIST + "/"
                + requests.open(entered.title(), entered.reason(), Origin.DESK).reference();
    }

    @PostMapping(LIST + "/roll-back")
    String rollBack(
            @RequestParam(defaultValue = "") String set, @RequestParam(defaultValue = "") String reason, Model model) {
        if (published.set(set).isEmpty()) {
            throw new NotFound("There is no set " + set);
        }
        Optional<FormError> wrong =
                checked("reason-" + set, reason.strip(), ChangeRequests.REASON_LENGTH, "Say why you roll back");
        if (wrong.isPresent()) {
            model.addAttribute("errors", new FormErrors(List.of(wrong.get())));
            return list(model);
        }
        return "redirect:" + LIST + "/" + requests.rollBack(set, reason.strip()).reference();
    }

    @GetMapping(ONE)
    String one(@PathVariable String reference, Model model) {
        return page(existing(reference), model, FormErrors.NONE, "");
    }

    /** One file as text: pasted here, or put into the field by a script that reads a chosen file. */
    @PostMapping(ONE + "/files")
    String save(
            @PathVariable String reference,
            @RequestParam(defaultValue = "0") int revision,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String content,
            Model model,
            RedirectAttributes next) {
        ChangeRequest request = existing(reference);
        String fileName = name.strip();
        if (fileName.isEmpty() || content.isBlank()) {
            return page(
                    request,
                    model,
                    new FormErrors(List.of(
                            fileName.isEmpty()
                                    ? new FormError("name", "Enter the name of the file, such as takedown.bpmn")
                                    : new FormError("content", "Paste the text of the file"))),
                    content);
        }
        Outcome outcome = requests.save(
                request.reference(), revision, List.of(new ModelFile(fileName, content.replace("\r\n", "\n"))));
        return after(outcome, request, "content", content, fileName + " is saved in the draft", model, next);
    }

    @PostMapping(ONE + "/revert")
    String revert(
            @PathVariable String reference,
            @RequestParam(defaultValue = "0") int revision,
            @RequestParam(defaultValue = "") String name,
            Model model,
            RedirectAttributes next) {
        ChangeRequest request = existing(reference);
        return after(
                requests.revert(request.reference(), revision, name),
                request,
                "files",
                "",
                name + " is again what it is live",
                model,
                next);
    }

    @PostMapping(ONE + "/submission")
    String submit(
            @PathVariable String reference,
            @RequestParam(defaultValue = "0") int revision,
            @RequestParam(defaultValue = "") String effectiveAt,
            Model model,
            RedirectAttributes next) {
        ChangeRequest request = existing(reference);
        Optional<Instant> at;
        try {
            at = effectiveAt.isBlank()
                    ? Optional.empty()
                    : Optional.of(LocalDateTime.parse(effectiveAt.strip())
                            .atZone(Moments.LONDON)
                            .toInstant());
        } catch (DateTimeParseException unreadable) {
            return page(
                    request,
                    model,
                    new FormErrors(List.of(new FormError(
                            "effectiveAt", "Enter date and time like 2027-01-31T09:00, or leave it empty"))),
                    "");
        }
        return after(
                requests.submit(request.reference(), revision, at),
                request,
                "effectiveAt",
                "",
                "Submitted. Another manager has to approve it",
                model,
                next);
    }

    /** @param decision {@code approve}, {@code reject}, {@code withdraw} or {@code reopen} */
    @PostMapping(ONE + "/decision")
    String decide(
            @PathVariable String reference,
            @RequestParam(defaultValue = "0") int revision,
            @RequestParam(defaultValue = "") String decision,
            @RequestParam(defaultValue = "") String reason,
            Model model,
            RedirectAttributes next) {
        ChangeRequest request = existing(reference);
        ChangeReference named = request.reference();
        String why = reason.strip();
        if (!decision.equals("reopen")) {
            Optional<FormError> wrong =
                    checked("reason", why, ChangeRequests.REASON_LENGTH, "Enter the reason for your decision");
            if (wrong.isPresent()) {
                return page(request, model, new FormErrors(List.of(wrong.get())), "");
            }
        }
        Outcome outcome =
                switch (decision) {
                    case "approve" -> requests.approve(named, revision, why);
                    case "reject" -> requests.reject(named, revision, why);
                    case "withdraw" -> requests.withdraw(named, revision, why);
                    case "reopen" -> requests.reopen(named, revision);
                    default -> new Outcome.NotPossible("Choose what you decide");
                };
        return after(outcome, request, "reason", "", "Recorded", model, next);
    }

    private String after(
            Outcome outcome,
            ChangeRequest request,
            String field,
            String content,
            String success,
            Model model,
            RedirectAttributes next) {
        if (outcome instanceof Outcome.Done done) {
            next.addFlashAttribute("done", told(done.request(), success));
            return "redirect:" + LIST + "/" + request.reference();
        }
        List<FormError> errors;
        if (outcome instanceof Outcome.Refused refused) {
            errors = refused.findings().stream()
                    .filter(Finding::isError)
                    .map(finding -> new FormError(field, Bodies.sentence(finding)))
                    .toList();
        } else if (outcome instanceof Outcome.Overtaken) {
            errors = List.of(new FormError(
                    field,
                    "Somebody else has changed " + request.reference() + " meanwhile; look at it and try again"));
        } else {
            errors = List.of(new FormError(field, ((Outcome.NotPossible) outcome).why()));
        }
        return page(existing(request.reference().toString()), model, new FormErrors(errors), content);
    }

    private static String told(ChangeRequest request, String success) {
        return request.state() == ChangeState.PUBLISHED
                ? "Version " + request.version() + " is live. Open cases stay on their version unless you migrate them"
                : request.state() == ChangeState.SCHEDULED
                        ? "Approved. It goes live by itself on "
                                + Moments.words(request.effectiveAt().orElseThrow())
                        : success;
    }

    private String page(ChangeRequest request, Model model, FormErrors errors, String content) {
        ModelSet draft = requests.draft(request.reference());
        ModelSet before = requests.before(request.reference());
        model.addAttribute("request", request);
        model.addAttribute("state", state(request.state()));
        model.addAttribute("facts", facts(request));
        model.addAttribute("files", files(request, draft, before));
        model.addAttribute("editable", request.state() == ChangeState.DRAFT);
        model.addAttribute("decidable", request.state() == ChangeState.SUBMITTED);
        model.addAttribute(
                "own",
                request.createdBy().equals(actor.current())
                        || request.submittedBy().equals(Optional.of(actor.current())));
        model.addAttribute("content", content);
        model.addAttribute("errors", errors);
        model.addAttribute(
                "sections",
                sections.stream()
                        .filter(section -> section.shows(request))
                        .map(section -> new Shown(section.id(), section.title(), section.data(request)))
                        .toList());
        return "manager/change";
    }

    private static List<List<String>> facts(ChangeRequest request) {
        List<List<String>> facts = new ArrayList<>();
        facts.add(List.of("State", state(request.state())));
        facts.add(List.of("Why", request.reason()));
        facts.add(List.of(
                "Opened", request.createdBy() + ", " + Moments.words(request.createdAt()) + origin(request.origin())));
        request.submittedBy()
                .ifPresent(by -> facts.add(List.of(
                        "Submitted",
                        by + ", " + Moments.words(request.submittedAt().orElseThrow()))));
        request.effectiveAt().ifPresent(at -> facts.add(List.of("Takes effect", Moments.words(at))));
        request.decidedBy()
                .ifPresent(by -> facts.add(List.of(
                        "Decided",
                        by + ", " + Moments.words(request.decidedAt().orElseThrow()) + ": "
                                + request.decisionReason().orElse(""))));
        if (!request.version().isEmpty()) {
            facts.add(List.of("Version", request.version()));
        }
        request.publishedAt().ifPresent(at -> facts.add(List.of("Live since", Moments.words(at))));
        request.setSha256().ifPresent(hash -> facts.add(List.of("SHA-256 of the set", hash)));
        return facts;
    }

    private List<FileRow> files(ChangeRequest request, ModelSet draft, ModelSet before) {
        TreeSet<String> names = new TreeSet<>(draft.files().keySet());
        names.addAll(before.files().keySet());
        String base = LIST + "/" + request.reference();
        return names.stream()
                .map(name -> new FileRow(
                        name,
                        draft.file(name)
                                .or(() -> before.file(name))
                                .map(ModelTitles::of)
                                .orElse(name),
                        name.endsWith(".dmn")
                                ? base + "/tables/" + name.substring(0, name.length() - ".dmn".length())
                                : name.endsWith(".csv") ? "" : base + "/models/" + name,
                        name.endsWith(".dmn") ? base + "/models/" + name : "",
                        !draft.file(name).equals(before.file(name)),
                        before.file(name).isEmpty() ? "new" : draft.file(name).isEmpty() ? "taken out" : "changed"))
                .sorted(Comparator.comparing(FileRow::changed).reversed().thenComparing(FileRow::name))
                .toList();
    }

    private List<SetRow> sets() {
        List<String> history = published.history();
        return history.stream()
                .limit(SETS)
                .flatMap(id -> published.set(id).stream())
                .map(set -> new SetRow(
                        set.id(),
                        set.name(),
                        requests.ofSet(set.id()).map(ChangeRequest::version).orElse("came with the program"),
                        Moments.words(set.publishedAt()),
                        set.id().equals(history.get(0))))
                .collect(Collectors.toList());
    }

    private static String opening(Model model, Opening entered, FormErrors errors) {
        model.addAttribute("entered", entered);
        model.addAttribute("errors", errors);
        return "manager/new-change";
    }

    private static Row row(ChangeRequest request) {
        return new Row(
                request.reference().toString(),
                request.title(),
                state(request.state()),
                request.version(),
                request.createdBy(),
                Moments.words(request.createdAt()));
    }

    private static Optional<FormError> checked(String field, String text, int limit, String otherwise) {
        if (text.isEmpty()) {
            return Optional.of(new FormError(field, otherwise));
        }
        return text.length() > limit
                ? Optional.of(new FormError(field, "Shorten it to " + limit + " characters"))
                : Optional.empty();
    }

    private static String origin(Origin origin) {
        return switch (origin) {
            case DESK, ROLL_BACK -> "";
            case MODELER -> ", sent from a modeler";
            case API -> ", by a program";
            case FOLDER -> ", found in the folder at start-up";
            case PROGRAM -> ", brought by a newer program";
        };
    }

    static String state(ChangeState state) {
        return switch (state) {
            case DRAFT -> "Draft";
            case SUBMITTED -> "Waits for a second manager";
            case SCHEDULED -> "Approved, goes live by itself";
            case PUBLISHED -> "Published";
            case REJECTED -> "Rejected";
            case WITHDRAWN -> "Given up";
        };
    }

    private ChangeRequest existing(String reference) {
        return requests.find(Bodies.reference(reference))
                .orElseThrow(() -> new NotFound("There is no change request " + reference));
    }
}
