package org.takedownhub.modelling.web;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.takedownhub.api.NotFound;
import org.takedownhub.modelling.ModelFile;
import org.takedownhub.modelling.ModelSet;
import org.takedownhub.modelling.change.ChangeRequest;
import org.takedownhub.modelling.change.ChangeRequests;
import org.takedownhub.modelling.compare.Comparison;

/** Two drawings side by side, with what differs marked in both. */
@Controller
class ComparePages {

    private final ChangeRequests requests;
    private final Comparison comparison;

    ComparePages(ChangeRequests requests, Comparison comparison) {
        this.requests = requests;
        this.comparison = comparison;
    }

    @GetMapping("/manager/changes/{reference}/compare/{name}")
    String compare(@PathVariable String reference, @PathVariable String name, Model model) {
        ChangeRequest request = requests.find(Bodies.reference(reference))
                .orElseThrow(() -> new NotFound("There is no change request " + reference));
        ModelSet before = requests.before(request.reference());
        ModelSet after = requests.draft(request.reference());
        ModelFile file = after.file(name)
                .filter(one -> one.kind() == ModelFile.Kind.PROCESS)
                .filter(one -> before.file(name).isPresent())
                .orElseThrow(() -> new NotFound("There are no two drawings of " + name));
        model.addAttribute("reference", request.reference().toString());
        model.addAttribute("name", name);
        model.addAttribute("title", ModelTitles.of(file));
        model.addAttribute(
                "changes",
                comparison.compare(before, after).stream()
                        .filter(change -> change.file().equals(name))
                        .toList());
        return "manager/compare";
    }
}
