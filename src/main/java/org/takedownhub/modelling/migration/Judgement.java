package org.takedownhub.modelling.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.takedownhub.modelling.migration.OpenCases.OpenCase;
import org.takedownhub.modelling.migration.OpenCases.Standing;
import org.takedownhub.process.TakedownProcess;

/**
 * Whether one case could move.
 *
 * @param problems what stands against it, in sentences; empty when it fits
 */
record Judgement(Fit fit, List<String> problems) {

    /** @param routes empty for a process that the newer set does not have */
    static Judgement of(OpenCase open, Function<Standing, Optional<Route>> routes, Map<String, TimerChoice> timers) {
        List<String> problems = new ArrayList<>();
        Fit fit = Fit.FITS;
        for (Standing standing : open.standings()) {
            Optional<Route> route = routes.apply(standing);
            if (route.isEmpty()) {
                problems.add("The process “" + standing.process() + "” is not part of the newer set.");
                fit = Fit.CANNOT;
                continue;
            }
            for (String step : standing.steps()) {
                if (route.get().counterpart(step).isEmpty()) {
                    fit = worse(fit, ofStep(route.get(), step, problems));
                }
            }
            for (String timer : standing.timers().keySet()) {
                if (route.get().counterpart(timer).isEmpty()
                        && standing.steps().stream()
                                .allMatch(step -> route.get().counterpart(step).isPresent())) {
                    fit = worse(fit, ofTimer(route.get(), timer, timers, problems));
                }
            }
        }
        return new Judgement(fit, List.copyOf(problems));
    }

    private static Fit ofStep(Route route, String step, List<String> problems) {
        String name = "“" + route.earlier().name(step) + "” (" + step + ")";
        if (route.refused().containsKey(step)) {
            problems.add("It waits at " + name + ", and the step named in its place cannot take it: "
                    + String.join("; ", route.refused().get(step)) + ".");
            return Fit.NEEDS_MAPPING;
        }
        String why = route.later().find(step).isPresent()
                ? "which is of another kind or elsewhere in"
                : "which is gone from";
        if (route.hasCandidates(step)) {
            problems.add("It waits at " + name + ", " + why + " the newer set: say which step takes its place.");
            return Fit.NEEDS_MAPPING;
        }
        problems.add("It waits at " + name + ", " + why
                + " the newer set, and nothing there could take its place. It finishes on its own version.");
        return Fit.CANNOT;
    }

    private static Fit ofTimer(Route route, String timer, Map<String, TimerChoice> timers, List<String> problems) {
        if (timers.get(timer) == TimerChoice.END && !isClock(timer)) {
            return Fit.FITS;
        }
        problems.add("Its timer “" + route.earlier().name(timer) + "” (" + timer
                + ") runs and has no counterpart in the newer set: say which event takes its place"
                + (isClock(timer) ? "." : ", or let it end."));
        return Fit.NEEDS_MAPPING;
    }

    /** The alarms of a recipient's clock follow the ledger of clocks and nothing else. */
    static boolean isClock(String event) {
        return TakedownProcess.CLOCK_ALARMS.contains(event);
    }

    private static Fit worse(Fit one, Fit other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
