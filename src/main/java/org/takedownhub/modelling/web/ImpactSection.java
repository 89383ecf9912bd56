package org.takedownhub.modelling.web;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.takedownhub.modelling.change.ChangeRequest;
import org.takedownhub.modelling.migration.Impact;
import org.takedownhub.modelling.migration.Impacts;
import org.takedownhub.modelling.migration.UnreadableDraft;

/** Which open cases a request concerns, where they stand, and whether they could move. */
@Component
class ImpactSection implements ChangeSection {

    private final MigrationTargets targets;
    private final Impacts impacts;

    ImpactSection(MigrationTargets targets, Impacts impacts) {
        this.targets = targets;
        this.impacts = impacts;
    }

    /**
     * @param sentences what there is to say in words
     * @param any       whether any case is open on other models
     */
    public record Shown(List<String> sentences, boolean any, List<WaitRow> waits, List<String> gone) {}

    public record WaitRow(String process, int version, String name, int cases, String place) {}

    @Override
    public String id() {
        return "impact";
    }

    @Override
    public String title() {
        return "Open cases";
    }

    @Override
    public int order() {
        return 40;
    }

    @Override
    public boolean shows(ChangeRequest request) {
        return request.state().isOpen() || targets.live(request).isPresent();
    }

    @Override
    public Shown data(ChangeRequest request) {
        try {
            return shown(impacts.of(targets.of(request).orElseThrow(), Map.of(), Optional.empty(), 1));
        } catch (UnreadableDraft unreadable) {
            return new Shown(List.of(unreadable.getMessage()), false, List.of(), List.of());
        }
    }

    private static Shown shown(Impact impact) {
        return new Shown(
                sentences(impact),
                impact.all() > 0,
                impact.waits().stream()
                        .map(wait -> new WaitRow(
                                wait.process(),
                                wait.version(),
                                wait.name(),
                                wait.cases(),
                                wait.counterpart().isEmpty()
                                        ? "Gone"
                                        : wait.counterpart().get().equals(wait.step())
                                                ? "Still there"
                                                : "Now " + wait.counterpart().get()))
                        .toList(),
                impact.timers().stream()
                        .filter(Impact.Timer::gone)
                        .map(timer -> "“" + timer.name() + "” runs in " + count(timer.cases(), "case")
                                + " and has no place in the newer models")
                        .toList());
    }

    static List<String> sentences(Impact impact) {
        if (impact.all() == 0) {
            return List.of("No case is open on other models than these.");
        }
        return List.of(
                count(impact.all(), "case") + (impact.all() == 1 ? " is" : " are") + " open on other models than these."
                        + " They stay there, with their deadlines, unless a manager moves them.",
                impact.fits() + " could move as they are, " + impact.needMapping()
                        + " once somebody says what takes the place of a step or timer, " + impact.cannot()
                        + " not at all.",
                impact.overdueAtOnce().isPresent()
                        ? "If every deadline were computed anew, "
                                + count(impact.overdueAtOnce().getAsInt(), "case")
                                + " would be overdue at once. No deadline changes unless a manager names the case."
                        : "There are too many to say here how many would be overdue at once; the list of cases tells of"
                                + " each.");
    }

    static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
