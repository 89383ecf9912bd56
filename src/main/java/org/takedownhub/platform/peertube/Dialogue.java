package org.takedownhub.platform.peertube;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.takedownhub.platform.NoAnswer;
import org.takedownhub.platform.PlatformReply;
import org.takedownhub.platform.PlatformUnavailable;
import org.takedownhub.platform.SafeHttp.Response;
import org.takedownhub.platform.SentReport;
import org.takedownhub.platform.TextLimit;

/**
 * What moderators say to our reports, and what we say to them. A report is pending, rejected or accepted; moderators ask
 * in messages below it ({@code /api/v1/abuses/{id}/messages}), and there our answer goes. Their comment on the decision
 * is not shown to those who report.
 */
final class Dialogue {

    /** ABUSE_MESSAGES.MESSAGE of the server's constants: 2 to 3,000 characters, counted in code points. */
    static final int MOST_CHARACTERS = 3000;

    private static final int LONGEST_REPLY = 4000;
    private static final long REJECTED = 2;
    private static final long ACCEPTED = 3;

    private final String instance;
    private final PeerTubeApi api;
    private final Abuses abuses;

    Dialogue(String instance, PeerTubeApi api, Abuses abuses) {
        this.instance = instance;
        this.api = api;
        this.abuses = abuses;
    }

    /** @throws PlatformUnavailable it could not be asked */
    List<List<PlatformReply>> repliesTo(List<SentReport> reports) {
        try {
            Map<Long, Wire.Abuse> known = abuses.find(reports.stream()
                    .flatMap(report -> Wire.number(report.reference()).stream())
                    .toList());
            return replies(reports, known);
        } catch (SignInRefused e) {
            throw new PlatformUnavailable(String.valueOf(e.getMessage()), e);
        }
    }

    private List<List<PlatformReply>> replies(List<SentReport> reports, Map<Long, Wire.Abuse> known) {
        List<List<PlatformReply>> replies = new ArrayList<>();
        boolean heard = false;
        boolean stopped = false;
        for (SentReport report : reports) {
            Optional<Wire.Abuse> abuse = Wire.number(report.reference()).map(known::get);
            List<Wire.AbuseMessage> messages = List.of();
            if (!stopped && abuse.filter(Dialogue::hasMessages).isPresent()) {
                try {
                    messages = messages(report);
                    heard = true;
                } catch (PlatformUnavailable e) {
                    if (!heard) {
                        throw e;
                    }
                    // what was heard counts; the other messages are asked for again
                    stopped = true;
                }
            }
            List<Wire.AbuseMessage> said = messages;
            replies.add(abuse.map(one -> replies(report, one, said)).orElse(List.of()));
        }
        return replies;
    }

    private static boolean hasMessages(Wire.Abuse abuse) {
        return abuse.countMessages() == null || abuse.countMessages() > 0;
    }

    private static List<PlatformReply> replies(SentReport report, Wire.Abuse abuse, List<Wire.AbuseMessage> messages) {
        List<PlatformReply> replies = new ArrayList<>();
        String key = "abuse:" + report.reference() + ":";
        replies.add(new PlatformReply(
                PlatformReply.Kind.ACKNOWLEDGED,
                "The platform has our report under the number " + report.reference(),
                at(report, abuse.createdAt()),
                key + "taken"));
        messages.forEach(message -> replies.add(new PlatformReply(
                PlatformReply.Kind.MESSAGE,
                fitted(String.valueOf(message.message())),
                at(report, message.createdAt()),
                key + "message:" + message.id())));
        long state = Optional.ofNullable(abuse.state()).map(Wire.Numbered::id).orElse(0L);
        if (state == ACCEPTED || state == REJECTED) {
            replies.add(new PlatformReply(
                    state == ACCEPTED ? PlatformReply.Kind.ACTION_TAKEN : PlatformReply.Kind.NO_ACTION,
                    state == ACCEPTED
                            ? "The platform's moderators accepted our report"
                            : "The platform's moderators rejected our report",
                    at(report, abuse.updatedAt()),
                    key + "state:" + state));
        }
        replies.sort(Comparator.comparing(PlatformReply::at));
        return replies;
    }

    private List<Wire.AbuseMessage> messages(SentReport report) {
        Response answer = api.readSignedIn("abuses/" + report.reference() + "/messages");
        boolean none = answer.status() >= 400
                && answer.status() < 500
                && Wire.problem(answer).isPresent();
        if (none) {
            // this report has no dialogue, which must not keep us from hearing about the others
            return List.of();
        }
        return Optional.of(answer)
                .filter(ok -> ok.status() == 200)
                .flatMap(ok -> Wire.read(ok, Wire.AbuseMessages.class))
                .map(Wire.AbuseMessages::data)
                .orElseThrow(() -> new PlatformUnavailable(
                        instance + " answered HTTP " + answer.status() + " instead of the messages to our report",
                        Optional.empty()))
                .stream()
                .filter(Objects::nonNull)
                .filter(message ->
                        message.id() != null && message.message() != null && Boolean.TRUE.equals(message.byModerator()))
                .toList();
    }

    private static Instant at(SentReport report, @Nullable String text) {
        return Wire.instant(text).orElse(report.sentAt());
    }

    /** A message fits as it is, unless it is longer than the server lets it be. */
    private static String fitted(String text) {
        return text.length() <= LONGEST_REPLY
                ? text
                : new TextLimit(LONGEST_REPLY / 2).fit(text, " [Shortened: read the rest on the platform.]");
    }

    /**
     * Posts our answer below the report, in parts where it is longer than a message.
     *
     * @throws PlatformUnavailable nothing was posted
     * @throws NoAnswer            nobody knows whether all of it was
     */
    void answer(SentReport report, String text) {
        List<String> parts = parts(text.strip());
        for (int part = 0; part < parts.size(); part++) {
            try {
                say(report, parts.get(part));
            } catch (PlatformUnavailable e) {
                if (part == 0) {
                    throw e;
                }
                throw new NoAnswer(
                        "Only " + part + " of " + parts.size() + " parts of the answer are known to have arrived", e);
            }
        }
    }

    private void say(SentReport report, String text) {
        Response answer;
        try {
            answer = api.send("abuses/" + report.reference() + "/messages", new Wire.Message(text));
        } catch (SignInRefused e) {
            throw new PlatformUnavailable(String.valueOf(e.getMessage()), e);
        }
        int status = answer.status();
        boolean said = status == 200
                && Wire.read(answer, Wire.Said.class)
                        .map(Wire.Said::abuseMessage)
                        .map(Wire.Numbered::id)
                        .isPresent();
        if (said) {
            return;
        }
        if (status < 400 || status == 408 || status >= 500) {
            throw new NoAnswer(
                    instance + " answered HTTP " + status + " to our answer, which does not say that it" + " arrived");
        }
        throw new PlatformUnavailable(
                instance + " did not take our answer (HTTP " + status
                        + Wire.problem(answer)
                                .map(problem -> ": " + Reports.shortened(String.valueOf(problem.detail())))
                                .orElse("")
                        + ")",
                Optional.empty());
    }

    /** Each ends after a whole sentence or word, and says which of how many it is. */
    static List<String> parts(String text) {
        if (TextLimit.length(text) <= MOST_CHARACTERS) {
            return List.of(text);
        }
        int room = MOST_CHARACTERS - "(9/9) ".length();
        List<String> pieces = new ArrayList<>();
        String rest = text;
        while (TextLimit.length(rest) > room) {
            int end = TextLimit.end(rest, rest.offsetByCodePoints(0, room));
            pieces.add(rest.substring(0, end).strip());
            rest = rest.substring(end).strip();
        }
        pieces.add(rest);
        List<String> parts = new ArrayList<>();
        for (int piece = 0; piece < pieces.size(); piece++) {
            parts.add("(" + (piece + 1) + "/" + pieces.size() + ") " + pieces.get(piece));
        }
        return parts;
    }
}
