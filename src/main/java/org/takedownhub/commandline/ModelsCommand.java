package org.takedownhub.commandline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.takedownhub.commandline.HubApi.Answer;
import org.takedownhub.commandline.HubApi.NoAnswer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code takedown models …}: what a manager's own pipeline does with models, tables and forms. */
@Command(
        name = "models",
        mixinStandardHelpOptions = true,
        description = "Checks, compares, replays, submits and rolls back models through the hub's API.",
        footer = {
            "",
            "Credentials: TAKEDOWN_TOKEN, or --user and TAKEDOWN_PASSWORD, from the environment.",
            "Output: the hub's answer as JSON. Exit codes: 0 done, 1 errors found or replay failed, 2 usage,",
            "3 hub not reachable or not allowed, 4 conflict with what others did."
        })
final class ModelsCommand {

    private static final Duration POLL = Duration.ofSeconds(1);
    private static final String REQUESTS = "/api/v1/change-requests";

    @Option(
            names = "--url",
            scope = CommandLine.ScopeType.INHERIT,
            defaultValue = "${env:TAKEDOWN_URL:-http://localhost:8080}",
            description = "Where the hub is (default: TAKEDOWN_URL, or ${DEFAULT-VALUE})")
    private URI url = URI.create("http://localhost:8080");

    @Option(
            names = "--user",
            scope = CommandLine.ScopeType.INHERIT,
            description = "Whose account, with TAKEDOWN_PASSWORD")
    private @Nullable String user;

    @Spec
    private @Nullable CommandSpec spec;

    private final Map<String, String> environment;

    ModelsCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Command(description = "Says what is wrong with files, against the live set. Ends with 1 if anything is an error.")
    int lint(
            @Parameters(arity = "1..*", paramLabel = "FILE", description = "A .bpmn, .dmn, .form or .csv")
                    List<Path> files,
            @Option(
                            names = "--moved",
                            paramLabel = "OLD=NEW",
                            description = "A waiting step's id, and its id in the files")
                    @Nullable
                    Map<String, String> moved)
            throws NoAnswer, IOException {
        HubApi hub = hub();
        ObjectNode body = hub.object();
        body.set("files", contents(files, body));
        body.set("moved", moves(moved, hub));
        Answer answer = hub.post("/api/v1/models/lint", body);
        return told(answer, answer.body().path("errors").asLong() > 0);
    }

    @Command(description = "Says in plain English what differs from the live set, or in a change request.")
    int compare(
            @Parameters(arity = "0..*", paramLabel = "FILE") @Nullable List<Path> files,
            @Option(names = "--change", paramLabel = "CR", description = "A change request in place of files") @Nullable
                    String change)
            throws NoAnswer, IOException {
        HubApi hub = hub();
        if (change != null) {
            return told(hub.get(REQUESTS + "/" + reference(change) + "/comparison"), false);
        }
        ObjectNode body = hub.object();
        body.set("files", contents(some(files), body));
        return told(hub.post("/api/v1/models/compare", body), false);
    }

    @Command(description = "Replays past cases on a change request, or on files that become a draft, and waits.")
    int replay(
            @Parameters(arity = "0..*", paramLabel = "FILE") @Nullable List<Path> files,
            @Option(names = "--change", paramLabel = "CR") @Nullable String change,
            @Option(names = "--title", defaultValue = "Replay from the command line") String title,
            @Option(names = "--reason", defaultValue = "To see what it would have done") String reason,
            @Option(names = "--from", description = "Cases flagged from this instant on, UTC (RFC 3339)") @Nullable
                    String from,
            @Option(names = "--to", description = "… and before this one") @Nullable String to,
            @Option(names = "--limit", description = "At most so many cases") @Nullable Integer limit)
            throws NoAnswer, IOException {
        HubApi hub = hub();
        String reference = change == null ? "" : reference(change);
        if (reference.isEmpty()) {
            Answer opened = open(hub, some(files), null, title, reason);
            if (!opened.isGood()) {
                return told(opened, false);
            }
            reference = opened.body().path("reference").asText();
        }
        ObjectNode body = hub.object();
        body.put("from", from);
        body.put("to", to);
        body.put("limit", limit);
        String replays = REQUESTS + "/" + reference + "/replays";
        Answer answer = hub.post(replays, body);
        String id = answer.body().path("id").asText();
        while (answer.isGood()
                && List.of("QUEUED", "RUNNING")
                        .contains(answer.body().path("state").asText())) {
            pause();
            answer = hub.get(replays + "/" + id);
        }
        return told(answer, !answer.body().path("state").asText().equals("DONE"));
    }

    @Command(
            description =
                    "Makes a change request of files and submits it to the other managers; or, with --approve, says"
                            + " the second manager's yes, by which it goes live.")
    int deploy(
            @Parameters(arity = "0..*", paramLabel = "FILE") @Nullable List<Path> files,
            @Option(names = "--title", description = "What changes") @Nullable String title,
            @Option(names = "--reason", required = true, description = "Why") String reason,
            @Option(names = "--moved", paramLabel = "OLD=NEW") @Nullable Map<String, String> moved,
            @Option(names = "--effective-at", description = "When it goes live, UTC (RFC 3339); else when approved")
                    @Nullable
                    String effectiveAt,
            @Option(names = "--approve", paramLabel = "CR", description = "Approve this change request") @Nullable
                    String approve)
            throws NoAnswer, IOException {
        HubApi hub = hub();
        if (approve != null) {
            String one = REQUESTS + "/" + reference(approve);
            Answer found = hub.get(one);
            if (!found.isGood()) {
                return told(found, false);
            }
            ObjectNode decision = hub.object();
            decision.put("revision", found.body().path("revision").asInt());
            decision.put("reason", reason);
            return told(hub.post(one + "/approval", decision), false);
        }
        if (title == null) {
            throw usage("--title is missing: say in a few words what changes");
        }
        Answer opened = open(hub, some(files), moved, title, reason);
        return opened.isGood() ? told(submit(hub, opened, effectiveAt), false) : told(opened, false);
    }

    @Command(description = "Makes and submits a change request that brings an earlier set back.")
    int rollback(
            @Parameters(
                            arity = "0..1",
                            paramLabel = "SET",
                            description = "Id of the set; default: the one before the live one")
                    @Nullable
                    String set,
            @Option(names = "--reason", required = true, description = "Why") String reason)
            throws NoAnswer {
        HubApi hub = hub();
        String id = set;
        if (id == null) {
            Answer sets = hub.get("/api/v1/models/sets");
            if (!sets.isGood()) {
                return told(sets, false);
            }
            id = sets.body().path("items").path(1).path("id").asText();
            if (id.isEmpty()) {
                throw usage("There is no set before the live one");
            }
        }
        if (!id.matches("[A-Za-z0-9-]{1,64}")) {
            throw usage(id + " is no id of a set");
        }
        ObjectNode body = hub.object();
        body.put("reason", reason);
        Answer opened = hub.post("/api/v1/models/sets/" + id + "/rollback", body);
        return opened.isGood() ? told(submit(hub, opened, null), false) : told(opened, false);
    }

    private HubApi hub() throws NoAnswer {
        return HubApi.of(url, Optional.ofNullable(user), environment);
    }

    private static Answer open(
            HubApi hub, List<Path> files, @Nullable Map<String, String> moved, String title, String reason)
            throws NoAnswer, IOException {
        ObjectNode body = hub.object();
        body.put("title", title);
        body.put("reason", reason);
        body.set("files", contents(files, body));
        body.set("moved", moves(moved, hub));
        return hub.post(REQUESTS, body);
    }

    private static Answer submit(HubApi hub, Answer opened, @Nullable String effectiveAt) throws NoAnswer {
        ObjectNode body = hub.object();
        body.put("revision", opened.body().path("revision").asInt());
        body.put("effectiveAt", effectiveAt);
        return hub.post(REQUESTS + "/" + opened.body().path("reference").asText() + "/submission", body);
    }

    private static ArrayNode contents(List<Path> files, ObjectNode body) throws IOException, NoAnswer {
        ArrayNode contents = body.arrayNode();
        for (Path file : files) {
            try {
                contents.addObject()
                        .put("name", String.valueOf(file.getFileName()))
                        .put("content", Files.readString(file));
            } catch (MalformedInputException other) {
                throw new NoAnswer(file + " is not text in UTF-8");
            }
        }
        return contents;
    }

    private static ObjectNode moves(@Nullable Map<String, String> moved, HubApi hub) {
        ObjectNode moves = hub.object();
        if (moved != null) {
            moved.forEach(moves::put);
        }
        return moves;
    }

    private List<Path> some(@Nullable List<Path> files) {
        if (files == null || files.isEmpty()) {
            throw usage("Name at least one file");
        }
        return files;
    }

    private String reference(String text) {
        if (!text.matches("CR-[0-9]{6,12}")) {
            throw usage(text + " is no change request; they look like CR-000017");
        }
        return text;
    }

    private CommandLine.ParameterException usage(String message) {
        if (spec == null) {
            throw new IllegalStateException("picocli has set no specification");
        }
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }

    /** Prints the answer; a good one still means {@link Exit#FOUND} where the answer is no. */
    private int told(Answer answer, boolean no) {
        JsonNode body = answer.body();
        out().println(body.toPrettyString());
        out().flush();
        if (answer.isGood()) {
            return no ? Exit.FOUND : Exit.DONE;
        }
        return switch (answer.status()) {
            case 400, 422 -> Exit.FOUND;
            case 409, 412 -> Exit.CONFLICT;
            default -> Exit.UNREACHABLE;
        };
    }

    private PrintWriter out() {
        if (spec == null) {
            throw new IllegalStateException("picocli has set no specification");
        }
        return spec.commandLine().getOut();
    }

    private static void pause() throws NoAnswer {
        try {
            // never counted down: only the time passes
            new CountDownLatch(1).await(POLL.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new NoAnswer("Interrupted");
        }
    }
}
