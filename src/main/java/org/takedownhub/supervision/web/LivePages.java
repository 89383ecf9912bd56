package org.takedownhub.supervision.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;
import org.takedownhub.api.InvalidRequest;
import org.takedownhub.api.NotFound;
import org.takedownhub.pages.FormErrors;
import org.takedownhub.pages.FormErrors.FormError;
import org.takedownhub.pages.Moments;
import org.takedownhub.supervision.ModelVersion;
import org.takedownhub.supervision.ModelVersions;
import org.takedownhub.supervision.Step;
import org.takedownhub.supervision.StepNow;
import org.takedownhub.supervision.StepTime;
import org.takedownhub.supervision.StepTimes;
import org.takedownhub.supervision.StepsNow;

/** The live model: where cases stand, and how long steps take, as a drawing and as a table that can be sorted. */
@Controller
class LivePages {

    private static final String PATH = "/manager/live";

    private final ModelVersions models;
    private final StepsNow stepsNow;
    private final StepTimes stepTimes;
    private final Clock clock;

    LivePages(ModelVersions models, StepsNow stepsNow, StepTimes stepTimes, Clock clock) {
        this.models = models;
        this.stepsNow = stepsNow;
        this.stepTimes = stepTimes;
        this.clock = clock;
    }

    /** A link in a row of choices. */
    public record Choice(String text, String path, boolean chosen) {}

    /** @param sorted whether the table is in the order of this column */
    public record Column(String text, String path, boolean sorted) {}

    /** @param version empty for all versions together */
    public record Entered(String process, String show, String version, String from, String until) {}

    public record NowRow(
            String name, String kind, String note, int cases, String oldest, int overdue, int stuck, int retrying) {}

    public record TimeRow(
            String name, String kind, String note, int n, boolean small, String median, String ninety, String over) {}

    @GetMapping(PATH)
    String page(
            @RequestParam(defaultValue = "takedown") String process,
            @RequestParam(defaultValue = "now") String show,
            @RequestParam(defaultValue = "") String version,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String until,
            @RequestParam(defaultValue = "") String sort,
            Model page) {
        FormErrors errors = FormErrors.NONE;
        OptionalInt wanted = OptionalInt.empty();
        Period period = Period.of(null, null, SupervisionController.USUAL_DAYS, SupervisionController.MOST_DAYS, clock);
        try {
            wanted = Wishes.version(version);
            period = Period.of(from, until, SupervisionController.USUAL_DAYS, SupervisionController.MOST_DAYS, clock);
        } catch (InvalidRequest wrong) {
            errors = new FormErrors(wrong.errors().stream()
                    .map(error ->
                            new FormError(error.pointer().substring(1), "Enter another value: it " + error.detail()))
                    .toList());
        }
        boolean times = show.equals("time");
        Entered entered = new Entered(
                process,
                times ? "time" : "now",
                version,
                period.from().toString(),
                period.until().toString());
        ModelVersion drawn = times
                ? timePage(page, process, wanted, period, sort, entered)
                : nowPage(page, process, wanted, sort, entered);
        page.addAttribute("errors", errors);
        page.addAttribute("entered", entered);
        page.addAttribute("name", drawn.name());
        page.addAttribute(
                "processes",
                models.processes().stream()
                        .map(one -> new Choice(
                                one.name(),
                                path(
                                        new Entered(one.process(), entered.show(), "", entered.from(), entered.until()),
                                        ""),
                                one.process().equals(process)))
                        .toList());
        page.addAttribute(
                "shows",
                List.of(
                        new Choice("Where cases stand now", path(shown(entered, "now"), ""), !times),
                        new Choice("Time spent", path(shown(entered, "time"), ""), times)));
        page.addAttribute(
                "modelUrl",
                UriComponentsBuilder.fromPath("/api/v1/models/files/" + drawn.file())
                        .queryParam("set", drawn.deploymentId())
                        .build()
                        .toUriString());
        page.addAttribute(
                "overlaysUrl",
                UriComponentsBuilder.fromPath("/api/v1/supervision/drawing")
                        .queryParam("process", process)
                        .queryParam("show", entered.show())
                        .queryParamIfPresent("version", Optional.of(version).filter(text -> !text.isBlank()))
                        .queryParam("from", entered.from())
                        .queryParam("until", entered.until())
                        .encode()
                        .build()
                        .toUriString());
        return "manager/live";
    }

    private ModelVersion nowPage(Model page, String process, OptionalInt version, String sort, Entered entered) {
        StepsNow.Picture picture = stepsNow.picture(process, version).orElseThrow(LivePages::none);
        List<StepNow> rows = new ArrayList<>(picture.steps());
        Comparator<StepNow> order =
                switch (sort) {
                    case "cases" -> Comparator.comparingInt(StepNow::cases).reversed();
                    case "oldest" -> Comparator.comparing(
                            row -> row.oldestSince().orElse(Instant.MAX));
                    case "overdue" -> Comparator.comparingInt(StepNow::overdue).reversed();
                    case "stuck" -> Comparator.comparingInt((StepNow row) -> row.incidents() * 1000 + row.retrying())
                            .reversed();
                    default -> Comparator.comparingInt(row -> 0);
                };
        rows.sort(order);
        page.addAttribute(
                "columns",
                columns(
                        entered,
                        sort,
                        "Step",
                        "",
                        "Cases now",
                        "cases",
                        "Oldest",
                        "oldest",
                        "Overdue",
                        "overdue",
                        "Stuck",
                        "stuck"));
        page.addAttribute(
                "rows",
                rows.stream()
                        .map(row -> new NowRow(
                                row.step().name(),
                                kind(row.step()),
                                row.inLiveModel() ? "" : "older versions only",
                                row.cases(),
                                row.oldestSince()
                                        .map(since -> Spans.words(Duration.between(since, picture.asOf())))
                                        .orElse("–"),
                                row.overdue(),
                                row.incidents(),
                                row.retrying()))
                        .toList());
        page.addAttribute("counted", counted(picture.counted(), "cases run on"));
        page.addAttribute("asOf", Moments.words(picture.asOf()));
        page.addAttribute("versions", picture.running());
        return picture.drawn();
    }

    private ModelVersion timePage(
            Model page, String process, OptionalInt version, Period period, String sort, Entered entered) {
        StepTimes.Picture picture = stepTimes
                .picture(process, version, period.begins(), period.ends())
                .orElseThrow(LivePages::none);
        List<StepTime> rows = new ArrayList<>(picture.steps());
        Comparator<StepTime> order =
                switch (sort) {
                    case "n" -> Comparator.comparingInt(StepTime::n).reversed();
                    case "median" -> Comparator.comparing(StepTime::median).reversed();
                    case "ninety" -> Comparator.comparing(StepTime::ninety).reversed();
                    case "over" -> Comparator.comparing(
                                    (StepTime row) -> row.shareOverDue().orElse(-1.0))
                            .reversed();
                    default -> Comparator.comparingInt(row -> 0);
                };
        rows.sort(order);
        page.addAttribute(
                "columns",
                columns(
                        entered,
                        sort,
                        "Step",
                        "",
                        "n",
                        "n",
                        "Median",
                        "median",
                        "9 of 10 within",
                        "ninety",
                        "Over due",
                        "over"));
        page.addAttribute(
                "rows",
                rows.stream()
                        .map(row -> new TimeRow(
                                row.step().name(),
                                kind(row.step()),
                                row.inLiveModel() ? "" : "older versions only",
                                row.n(),
                                row.n() > 0 && row.small(),
                                row.n() == 0 ? "–" : Spans.words(row.median()),
                                row.n() == 0 ? "–" : Spans.words(row.ninety()),
                                row.shareOverDue()
                                        .map(share -> String.format(Locale.UK, "%.0f%%", share * 100) + " ("
                                                + row.overDue() + " of " + row.due() + ")")
                                        .orElse("–")))
                        .toList());
        page.addAttribute("counted", counted(picture.counted(), "there are"));
        page.addAttribute("versions", picture.all());
        return picture.drawn();
    }

    private static String counted(List<ModelVersion> counted, String all) {
        if (counted.size() == 1) {
            ModelVersion one = counted.get(0);
            return "Only version " + one.version()
                    + (one.live() ? ", the live one, is counted." : ", an older one, is counted.");
        }
        return "All " + counted.size() + " versions " + all
                + " are counted together. The drawing is the live one, version "
                + counted.get(0).version() + ".";
    }

    private static List<Column> columns(Entered entered, String sort, String... textsAndKeys) {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < textsAndKeys.length; i += 2) {
            columns.add(
                    new Column(textsAndKeys[i], path(entered, textsAndKeys[i + 1]), sort.equals(textsAndKeys[i + 1])));
        }
        return columns;
    }

    private static Entered shown(Entered entered, String show) {
        return new Entered(entered.process(), show, entered.version(), entered.from(), entered.until());
    }

    private static String path(Entered entered, String sort) {
        UriComponentsBuilder path = UriComponentsBuilder.fromPath(PATH)
                .queryParam("process", entered.process())
                .queryParam("show", entered.show());
        if (!entered.version().isBlank()) {
            path.queryParam("version", entered.version());
        }
        if (entered.show().equals("time")) {
            path.queryParam("from", entered.from()).queryParam("until", entered.until());
        }
        if (!sort.isEmpty()) {
            path.queryParam("sort", sort);
        }
        return path.encode().build().toUriString();
    }

    private static String kind(Step step) {
        return switch (step.kind()) {
            case PERSON -> "people";
            case HUB -> "the hub";
            case WAIT -> "waits";
            case PART -> "a part with steps of its own";
            case PASSING -> "an event";
        };
    }

    private static NotFound none() {
        return new NotFound("There is no such process, or nothing runs on that version of it.");
    }
}
