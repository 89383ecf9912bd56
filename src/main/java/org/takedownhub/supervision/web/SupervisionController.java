package org.takedownhub.supervision.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.takedownhub.api.Conflict;
import org.takedownhub.api.InvalidRequest;
import org.takedownhub.api.NotFound;
import org.takedownhub.supervision.Handovers;
import org.takedownhub.supervision.Incident;
import org.takedownhub.supervision.Incidents;
import org.takedownhub.supervision.ModelVersion;
import org.takedownhub.supervision.QueueFlows;
import org.takedownhub.supervision.StepNow;
import org.takedownhub.supervision.StepTime;
import org.takedownhub.supervision.StepTimes;
import org.takedownhub.supervision.StepsNow;
import org.takedownhub.supervision.TeamBoard;

/** Watching the work, for managers' programs: what the pages show, and what they let do. */
@RestController
@RequestMapping("/api/v1/supervision")
class SupervisionController {

    static final int USUAL_DAYS = 28;
    static final int MOST_DAYS = 400;
    static final int USUAL_FLOW_DAYS = 14;
    private static final int MOST_INCIDENTS = 200;
    private static final int MOST_TASKS = 500;

    private final StepsNow stepsNow;
    private final StepTimes stepTimes;
    private final Incidents incidents;
    private final TeamBoard team;
    private final Handovers handovers;
    private final QueueFlows flows;
    private final Clock clock;

    SupervisionController(
            StepsNow stepsNow,
            StepTimes stepTimes,
            Incidents incidents,
            TeamBoard team,
            Handovers handovers,
            QueueFlows flows,
            Clock clock) {
        this.stepsNow = stepsNow;
        this.stepTimes = stepTimes;
        this.incidents = incidents;
        this.team = team;
        this.handovers = handovers;
        this.flows = flows;
        this.clock = clock;
    }

    @GetMapping("/steps")
    Steps steps(
            @RequestParam(defaultValue = "takedown") String process,
            @RequestParam(required = false) @Nullable String version) {
        StepsNow.Picture picture = now(process, version);
        return new Steps(
                process,
                picture.asOf(),
                picture.counted().stream().map(Version::of).toList(),
                picture.running().stream().map(Version::of).toList(),
                picture.steps().stream().map(Row::of).toList());
    }

    @GetMapping("/times")
    Times times(
            @RequestParam(defaultValue = "takedown") String process,
            @RequestParam(required = false) @Nullable String version,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String until) {
        Period period = Period.of(from, until, USUAL_DAYS, MOST_DAYS, clock);
        StepTimes.Picture picture = times(process, version, period);
        return new Times(
                process,
                period.from(),
                period.until(),
                picture.counted().stream().map(Version::of).toList(),
                picture.steps().stream().map(Taken::of).toList());
    }

    /** What the drawing of a model is overlaid with. */
    @GetMapping("/drawing")
    Drawing drawing(
            @RequestParam(defaultValue = "takedown") String process,
            @RequestParam(required = false) @Nullable String version,
            @RequestParam(defaultValue = "now") String show,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String until) {
        return switch (show) {
            case "now" -> Drawing.of(now(process, version));
            case "time" -> Drawing.of(times(process, version, Period.of(from, until, USUAL_DAYS, MOST_DAYS, clock)));
            default -> throw new InvalidRequest(400, "#show", "must be now or time");
        };
    }

    @GetMapping("/incidents")
    Stuck incidents() {
        return new Stuck(
                incidents.count(),
                incidents.open(MOST_INCIDENTS).stream().map(Body::of).toList());
    }

    @PostMapping("/incidents/{incidentId}/attempt")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void tryAgain(@PathVariable String incidentId, @RequestBody Why why) {
        settled(incidentId, incidents.tryAgain(incidentId, Wishes.requiredReason(why.reason())));
    }

    @PostMapping("/incidents/{incidentId}/by-hand")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void byHand(@PathVariable String incidentId, @RequestBody Why why) {
        settled(incidentId, incidents.byHand(incidentId, Wishes.requiredReason(why.reason())));
    }

    @GetMapping("/team")
    Team team() {
        TeamBoard.Board board = team.board();
        return new Team(
                board.asOf(),
                board.day(),
                board.members().stream().map(Member::of).toList(),
                board.queues().stream().map(Queue::of).toList());
    }

    /** The open tasks of a person, or of a queue. */
    @GetMapping("/tasks")
    Tasks tasks(
            @RequestParam(required = false) @Nullable String person,
            @RequestParam(required = false) @Nullable String queue) {
        if ((person == null) == (queue == null)) {
            throw new InvalidRequest(400, "#person", "send either person or queue");
        }
        return new Tasks(
                (person != null ? team.tasksOf(person, MOST_TASKS) : team.tasksIn(String.valueOf(queue), MOST_TASKS))
                        .stream().map(OpenTask::of).toList());
    }

    /** Hands tasks over: those named, or all that somebody has claimed. */
    @PostMapping("/handovers")
    Handed handOver(@RequestBody Handing handing) {
        String reason = Wishes.requiredReason(handing.reason());
        Optional<String> from = Wishes.name("/from", handing.from());
        Optional<String> to = Wishes.name("/to", handing.to());
        List<String> named = handing.tasks() == null ? List.of() : handing.tasks();
        if (from.isPresent() != named.isEmpty() || named.size() > MOST_TASKS || named.contains(null)) {
            throw new InvalidRequest(
                    400,
                    "/tasks",
                    "send either the ids of 1 to " + MOST_TASKS + " tasks, or from for all of somebody's");
        }
        List<Handovers.Handover> results = new ArrayList<>();
        if (from.isPresent()) {
            results.addAll(handovers.giveAll(from.get(), to, reason));
        } else {
            named.forEach(task -> results.add(handovers.give(task, to, reason)));
        }
        if (!results.isEmpty()
                && results.stream()
                        .noneMatch(one -> one.result() == Handovers.Result.HANDED_OVER
                                || one.result() == Handovers.Result.UNCHANGED)) {
            throw new Conflict(results.get(0).detail());
        }
        return new Handed(results.stream().map(Moved::of).toList());
    }

    @GetMapping("/queues")
    Flows queues(
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String until) {
        Period period = Period.of(from, until, USUAL_FLOW_DAYS, QueueFlows.LONGEST, clock);
        return new Flows(
                period.from(),
                period.until(),
                flows.flows(period.from(), period.until()).stream()
                        .map(Flow::of)
                        .toList());
    }

    private StepsNow.Picture now(String process, @Nullable String version) {
        return stepsNow.picture(process, Wishes.version(version)).orElseThrow(() -> none(process, version));
    }

    private StepTimes.Picture times(String process, @Nullable String version, Period period) {
        return stepTimes
                .picture(process, Wishes.version(version), period.begins(), period.ends())
                .orElseThrow(() -> none(process, version));
    }

    private static NotFound none(String process, @Nullable String version) {
        return new NotFound(
                version == null
                        ? "There is no process " + process
                        : "No version " + version + " of the process " + process + " is there to be watched");
    }

    static void settled(String incidentId, Incidents.Result result) {
        switch (result) {
            case DONE -> {}
            case GONE -> throw new Conflict("Incident " + incidentId + " is settled already. Load the list again");
            case NO_WAY -> throw new Conflict("Nothing has changed: the case has no such way from here");
            case UNKNOWN -> throw new NotFound("There is no incident " + incidentId);
        }
    }

    record Why(@Nullable String reason) {}

    /** @param to the name of somebody; {@code null} gives the tasks back to their queues */
    record Handing(@Nullable List<String> tasks, @Nullable String from, @Nullable String to, @Nullable String reason) {}

    record Version(int version, String tag, boolean live, int running, String deploymentId) {
        private static Version of(ModelVersion one) {
            return new Version(one.version(), one.tag(), one.live(), one.running(), one.deploymentId());
        }
    }

    /**
     * @param counted  the versions whose cases are counted below
     * @param versions all that cases run on, the live one first
     */
    record Steps(String process, Instant asOf, List<Version> counted, List<Version> versions, List<Row> steps) {}

    record Row(
            String step,
            String name,
            String kind,
            boolean inLiveModel,
            int cases,
            int places,
            @Nullable Instant oldestSince,
            int overdue,
            int incidents,
            int retrying) {
        private static Row of(StepNow one) {
            return new Row(
                    one.step().id(),
                    one.step().name(),
                    one.step().kind().name(),
                    one.inLiveModel(),
                    one.cases(),
                    one.places(),
                    one.oldestSince().orElse(null),
                    one.overdue(),
                    one.incidents(),
                    one.retrying());
        }
    }

    record Times(String process, LocalDate from, LocalDate until, List<Version> counted, List<Taken> steps) {}

    /**
     * @param medianSeconds        {@code null} where n is 0
     * @param ninetiethPercentile  in seconds; {@code null} where n is 0
     * @param due                  how many of n had a due instant
     * @param shareOverDue         of those, 0 to 1; {@code null} where none had one
     * @param small                n is so small that a median says little
     */
    record Taken(
            String step,
            String name,
            String kind,
            boolean inLiveModel,
            int n,
            @Nullable Double medianSeconds,
            @Nullable Double ninetiethPercentile,
            int due,
            int overDue,
            @Nullable Double shareOverDue,
            boolean small,
            int level) {
        private static Taken of(StepTime one) {
            return new Taken(
                    one.step().id(),
                    one.step().name(),
                    one.step().kind().name(),
                    one.inLiveModel(),
                    one.n(),
                    one.n() == 0 ? null : seconds(one.median()),
                    one.n() == 0 ? null : seconds(one.ninety()),
                    one.due(),
                    one.overDue(),
                    one.shareOverDue().orElse(null),
                    one.small(),
                    one.level());
        }
    }

    private static double seconds(Duration span) {
        return span.toMillis() / 1000.0;
    }

    /** @param items the longest waiting first, 200 at most */
    record Stuck(int total, List<Body> items) {}

    record Body(
            String incidentId,
            @Nullable String caseReference,
            String process,
            String step,
            String name,
            Instant since,
            String kind,
            String what,
            String advice,
            String message,
            boolean canTryAgain,
            @Nullable String byHand,
            @Nullable String byHandTask,
            @Nullable String withoutHand) {
        private static Body of(Incident one) {
            return new Body(
                    one.incidentId(),
                    one.caseReference().orElse(null),
                    one.process(),
                    one.stepId(),
                    one.step(),
                    one.since(),
                    one.trouble().code(),
                    one.trouble().what(),
                    one.trouble().advice(),
                    one.message(),
                    one.canTryAgain(),
                    one.byHand().map(Incident.ByHand::promise).orElse(null),
                    one.byHand().map(Incident.ByHand::taskId).orElse(null),
                    one.withoutHand().isEmpty() ? null : one.withoutHand());
        }
    }

    record Team(Instant asOf, LocalDate day, List<Member> people, List<Queue> queues) {}

    record Member(String person, int open, int dueToday, int overdue, @Nullable Instant oldestSince, int doneToday) {
        private static Member of(TeamBoard.Member one) {
            return new Member(
                    one.person(),
                    one.load().open(),
                    one.load().dueToday(),
                    one.load().overdue(),
                    one.load().oldest().orElse(null),
                    one.doneToday());
        }
    }

    record Queue(String group, int open, int unclaimed, int dueToday, int overdue, @Nullable Instant oldestSince) {
        private static Queue of(TeamBoard.Queue one) {
            return new Queue(
                    one.group(),
                    one.load().open(),
                    one.load().unclaimed(),
                    one.load().dueToday(),
                    one.load().overdue(),
                    one.load().oldest().orElse(null));
        }
    }

    record Tasks(List<OpenTask> items) {}

    record OpenTask(
            String taskId,
            String step,
            String name,
            String caseReference,
            @Nullable String assignee,
            Instant since,
            @Nullable Instant dueAt) {
        private static OpenTask of(TeamBoard.OpenTask one) {
            return new OpenTask(
                    one.taskId(),
                    one.step(),
                    one.name(),
                    one.caseReference(),
                    one.assignee().orElse(null),
                    one.since(),
                    one.dueAt().orElse(null));
        }
    }

    record Handed(List<Moved> items) {}

    record Moved(String taskId, String name, String caseReference, String result, String detail) {
        private static Moved of(Handovers.Handover one) {
            return new Moved(
                    one.taskId(), one.name(), one.caseReference(), one.result().name(), one.detail());
        }
    }

    record Flows(LocalDate from, LocalDate until, List<Flow> queues) {}

    record Flow(String group, String step, String name, int cameIn, int wentOut, int openAtEnd, List<Day> days) {
        private static Flow of(QueueFlows.Flow one) {
            return new Flow(
                    one.group(),
                    one.step(),
                    one.name(),
                    one.cameIn(),
                    one.wentOut(),
                    one.openAtEnd(),
                    one.days().stream().map(Day::of).toList());
        }
    }

    record Day(
            LocalDate day, int cameIn, int wentOut, int openAtEnd, int completed, @Nullable Double medianAgeSeconds) {
        private static Day of(QueueFlows.Day one) {
            return new Day(
                    one.day(),
                    one.cameIn(),
                    one.wentOut(),
                    one.openAtEnd(),
                    one.completed(),
                    one.medianAge().map(SupervisionController::seconds).orElse(null));
        }
    }
}
