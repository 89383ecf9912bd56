package org.takedownhub.supervision.web;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.takedownhub.supervision.StepNow;
import org.takedownhub.supervision.StepTime;
import org.takedownhub.supervision.StepTimes;
import org.takedownhub.supervision.StepsNow;

/**
 * What the viewer of models lays over a drawing.
 *
 * @param markers  classes for nodes: {@code desk-error} where something is stuck, {@code desk-advice} where something is overdue
 * @param overlays a few characters beside a node, and a sentence for whoever points at it
 * @param heat     0 (never) to 5 (longest)
 */
record Drawing(List<Marker> markers, List<Overlay> overlays, List<Heat> heat) {

    record Marker(String elementId, String cssClass) {}

    record Overlay(String elementId, String text, String title) {}

    record Heat(String elementId, int level) {}

    static Drawing of(StepsNow.Picture picture) {
        List<Marker> markers = new ArrayList<>();
        List<Overlay> overlays = new ArrayList<>();
        for (StepNow step : picture.steps()) {
            String id = step.step().id();
            if (picture.drawn().step(id).isEmpty() || step.isEmpty()) {
                continue;
            }
            if (step.incidents() > 0) {
                markers.add(new Marker(id, "desk-error"));
            } else if (step.overdue() > 0) {
                markers.add(new Marker(id, "desk-advice"));
            }
            String words = step.step().name() + ": " + step.cases() + (step.cases() == 1 ? " case" : " cases")
                    + step.oldestSince()
                            .map(since -> ", the oldest for " + Spans.words(Duration.between(since, picture.asOf())))
                            .orElse("")
                    + (step.overdue() > 0 ? ", " + step.overdue() + " overdue" : "")
                    + (step.incidents() > 0 ? ", " + step.incidents() + " stuck" : "");
            overlays.add(new Overlay(
                    id,
                    ((step.cases() > 0 ? step.cases() + " " : "")
                                    + (step.incidents() > 0 ? "⚠" : step.overdue() > 0 ? "!" : ""))
                            .strip(),
                    words));
        }
        return new Drawing(markers, overlays, List.of());
    }

    static Drawing of(StepTimes.Picture picture) {
        List<Overlay> overlays = new ArrayList<>();
        List<Heat> heat = new ArrayList<>();
        for (StepTime time : picture.steps()) {
            String id = time.step().id();
            if (picture.drawn().step(id).isEmpty()) {
                continue;
            }
            heat.add(new Heat(id, time.level()));
            if (time.n() > 0) {
                overlays.add(new Overlay(
                        id,
                        Spans.brief(time.median()) + (time.small() ? " *" : ""),
                        time.step().name() + ": n " + time.n() + ", median " + Spans.words(time.median())
                                + ", nine of ten within " + Spans.words(time.ninety())
                                + (time.small() ? "; too few to say much" : "")));
            }
        }
        return new Drawing(List.of(), overlays, heat);
    }
}
