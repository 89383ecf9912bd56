package org.takedownhub.platform.atproto;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.takedownhub.platform.Availability;
import org.takedownhub.platform.Content;
import org.takedownhub.platform.Look;
import org.takedownhub.platform.PlatformUnavailable;
import org.takedownhub.platform.UnknownReason;

/**
 * Looks whether subjects are still up. The order decides: a takedown label of the moderation service, then the account's
 * status, then the record itself. A record that was taken down is still served by its PDS, so without the labels nobody
 * can tell.
 */
final class Looks {

    /** Longest part of a query string that names subjects, in characters: servers take about 8,000 in all. */
    private static final int LONGEST_QUERY = 5_000;

    private static final String POST = "app.bsky.feed.post";
    private static final int POSTS_IN_ONE = 25;

    /** Labels that make clients hide or cover a post, besides the takedown itself. */
    private static final Set<String> RESTRICTING =
            Set.of("!hide", "!warn", "threat", "graphic-media", "extremist", "intolerant");

    private final Xrpc xrpc;
    private final AtprotoSettings settings;
    private final Identities identities;
    private final Repositories repositories;
    private final Clock clock;

    Looks(Xrpc xrpc, AtprotoSettings settings, Identities identities, Repositories repositories, Clock clock) {
        this.xrpc = xrpc;
        this.settings = settings;
        this.identities = identities;
        this.repositories = repositories;
        this.clock = clock;
    }

    List<Look> at(List<Content> contents) {
        Look[] looks = new Look[contents.size()];
        Map<Integer, Subject> subjects = new HashMap<>();
        for (int i = 0; i < looks.length; i++) {
            Content content = contents.get(i);
            int index = i;
            unlessUnknown(() -> {
                        subjects.put(index, identities.subject(content));
                        return Optional.<Look>empty();
                    })
                    .ifPresent(look -> looks[index] = look);
        }
        Round round = new Round();
        for (List<Integer> batch : batches(subjects)) {
            look(batch, subjects, contents, round, looks);
        }
        return List.of(looks);
    }

    private void look(
            List<Integer> batch, Map<Integer, Subject> subjects, List<Content> contents, Round round, Look[] looks) {
        Set<String> named = batch.stream()
                .flatMap(index -> named(subjects.get(index)).stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        try {
            Labels labels = Labels.of(named, xrpc, settings, clock.instant());
            Map<String, Xrpc.Answer> shown =
                    shown(batch.stream().map(subjects::get).distinct().toList());
            for (int index : batch) {
                Subject subject = subjects.get(index);
                looks[index] = unlessUnknown(() -> Optional.of(round.look(
                                subject, labels, shown, contents.get(index).identities())))
                        .orElseThrow();
            }
        } catch (PlatformUnavailable e) {
            batch.forEach(index -> looks[index] = Look.unanswered(e));
        }
    }

    /**
     * Posts that the app view shows, 25 in one request (app.bsky.feed.getPosts). One that it does not show may be
     * anything, and is asked for where it is.
     */
    private Map<String, Xrpc.Answer> shown(List<Subject> subjects) {
        List<String> posts = settings.appView().isEmpty()
                ? List.of()
                : subjects.stream()
                        .filter(subject -> POST.equals(subject.collection()))
                        .map(Subject::uri)
                        .toList();
        Map<String, Xrpc.Answer> shown = new HashMap<>();
        for (int from = 0; from < posts.size(); from += POSTS_IN_ONE) {
            List<String> some = posts.subList(from, Math.min(posts.size(), from + POSTS_IN_ONE));
            Xrpc.Parameters parameters = new Xrpc.Parameters();
            some.forEach(uri -> parameters.with("uris", uri));
            try {
                Xrpc.Answer answer = xrpc.query(settings.appView().orElseThrow(), "app.bsky.feed.getPosts", parameters);
                answer.json().path("posts").forEach(post -> {
                    String uri = post.path("uri").asText("");
                    if (answer.ok() && some.contains(uri) && post.path("cid").isTextual()) {
                        shown.put(uri, answer);
                    }
                });
            } catch (PlatformUnavailable e) {
                // the authors' own servers are asked instead
                return shown;
            }
        }
        return shown;
    }

    private static Optional<Look> unlessUnknown(Supplier<Optional<Look>> attempt) {
        try {
            return attempt.get();
        } catch (PlatformUnavailable e) {
            return Optional.of(Look.unanswered(e));
        } catch (UnresolvedIdentity e) {
            return Optional.of(Look.unknown(UnknownReason.UNREACHABLE, String.valueOf(e.getMessage())));
        }
    }

    private static Set<String> named(Subject subject) {
        return new LinkedHashSet<>(List.of(subject.uri(), subject.repository()));
    }

    private static List<List<Integer>> batches(Map<Integer, Subject> subjects) {
        List<List<Integer>> batches = new ArrayList<>();
        int length = LONGEST_QUERY;
        for (Map.Entry<Integer, Subject> entry : subjects.entrySet()) {
            int more = named(entry.getValue()).stream()
                    .mapToInt(name -> "&uriPatterns=".length()
                            + URLEncoder.encode(name, StandardCharsets.UTF_8).length())
                    .sum();
            if (length + more > LONGEST_QUERY) {
                batches.add(new ArrayList<>());
                length = 0;
            }
            length += more;
            batches.get(batches.size() - 1).add(entry.getKey());
        }
        return batches;
    }

    /** One round of looks: asks about each account and each host once. */
    private final class Round {

        private final Map<String, Xrpc.Answer> statuses = new HashMap<>();
        private final Map<URI, Boolean> controls = new HashMap<>();

        Look look(Subject subject, Labels labels, Map<String, Xrpc.Answer> shown, Map<String, String> known) {
            Set<String> onRecord = subject.isAccount() ? Set.of() : labels.on(subject.uri());
            Set<String> onAccount = labels.on(subject.repository());
            if (onRecord.contains(Labels.TAKEDOWN)) {
                return labelled(Availability.REMOVED_BY_PLATFORM, "label !takedown on the record", labels);
            }
            if (onAccount.contains(Labels.TAKEDOWN) || onAccount.contains(Labels.SUSPEND)) {
                return labelled(Availability.ACCOUNT_SUSPENDED, "label " + onAccount + " on the account", labels);
            }
            Xrpc.Answer post = shown.get(subject.uri());
            return post == null ? whereItIs(subject, labels, known) : up(post, onRecord, "the app view shows the post");
        }

        private Look whereItIs(Subject subject, Labels labels, Map<String, String> known) {
            URI host;
            try {
                host = identities.repositoryHost(subject.repository());
            } catch (UnresolvedIdentity e) {
                if (e.tombstoned()) {
                    return new Look(
                            Availability.GONE_UNATTRIBUTED,
                            false,
                            OptionalInt.of(410),
                            String.valueOf(e.getMessage()),
                            Optional.empty());
                }
                throw e;
            }
            Xrpc.Answer status = statuses.computeIfAbsent(subject.repository(), did -> repositories.status(host, did));
            if (status.isError("RepoNotFound")) {
                return missed(Availability.GONE_UNATTRIBUTED, "the host has no such repository", status, host);
            }
            if (!status.ok() || !status.json().path("active").isBoolean()) {
                return unknown("repository status", status);
            }
            if (Repositories.isInactive(status)) {
                return inactive(status, host);
            }
            return subject.isAccount()
                    ? up(status, labels.on(subject.repository()), "the account is active")
                    : record(subject, labels, known, host);
        }

        private Look inactive(Xrpc.Answer status, URI host) {
            String why = status.json().path("status").asText("");
            return switch (why) {
                case "takendown", "suspended" -> typed(
                        Availability.ACCOUNT_SUSPENDED, "repository status " + why, status);
                case "deactivated" -> missed(
                        Availability.ACCOUNT_DEACTIVATED, "repository status deactivated", status, host);
                case "deleted" -> missed(Availability.GONE_UNATTRIBUTED, "repository status deleted", status, host);
                default -> unknown("repository status", status);
            };
        }

        private Look record(Subject subject, Labels labels, Map<String, String> known, URI host) {
            Xrpc.Answer record = repositories.record(host, subject);
            if (record.isError("RecordNotFound")) {
                return typed(Availability.DELETED_BY_AUTHOR, "RecordNotFound at the author's PDS", record);
            }
            if (!Repositories.isRecord(record, subject)) {
                return unknown("record", record);
            }
            String cid = record.json().path("cid").asText();
            boolean edited = !known.getOrDefault("cid", cid).equals(cid);
            return up(
                    record,
                    labels.on(subject.uri()),
                    edited ? "the record is served, edited since" : "the record is served");
        }

        private Look up(Xrpc.Answer answer, Set<String> labels, String detail) {
            List<String> restricting =
                    labels.stream().filter(RESTRICTING::contains).toList();
            return restricting.isEmpty()
                    ? typed(Availability.AVAILABLE, detail, answer)
                    : typed(Availability.RESTRICTED, "label " + restricting, answer);
        }

        private Look labelled(Availability availability, String detail, Labels labels) {
            return new Look(availability, true, OptionalInt.of(200), detail, Optional.of(labels.hash()));
        }

        /** An answer that says by itself what is the case needs no control. */
        private Look typed(Availability availability, String detail, Xrpc.Answer answer) {
            return new Look(availability, true, OptionalInt.of(answer.status()), detail, Optional.of(answer.hash()));
        }

        private Look missed(Availability availability, String detail, Xrpc.Answer answer, URI host) {
            return new Look(
                    availability,
                    controls.computeIfAbsent(host, repositories::hasLiveRepository),
                    OptionalInt.of(answer.status()),
                    detail,
                    Optional.of(answer.hash()));
        }

        private Look unknown(String what, Xrpc.Answer answer) {
            return new Look(
                    Availability.UNKNOWN,
                    false,
                    OptionalInt.of(answer.status()),
                    what + ": " + answer.refusal(),
                    Optional.of(answer.hash()),
                    Optional.of(UnknownReason.of(answer.response())));
        }
    }
}
