package org.takedownhub.platform.atproto;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.takedownhub.platform.PlatformUnavailable;

/**
 * What the moderation service says it takes, in its record {@code app.bsky.labeler.service/self}. A service need not
 * publish that; what it does not say, it takes.
 */
final class ModerationService {

    private static final Duration FRESH = Duration.ofHours(1);

    private final Identities identities;
    private final Repositories repositories;
    private final AtprotoSettings settings;
    private final Clock clock;
    private volatile @Nullable Declaration declaration;

    ModerationService(Identities identities, Repositories repositories, AtprotoSettings settings, Clock clock) {
        this.identities = identities;
        this.repositories = repositories;
        this.settings = settings;
        this.clock = clock;
    }

    /** The token to report with; empty when the service takes neither it nor "other". */
    Optional<String> token(ReportReason reason) {
        Optional<Set<String>> taken = declaration().reasonTypes();
        return taken.isEmpty()
                ? Optional.of(reason.token())
                : reason.tokens().stream().filter(taken.get()::contains).findFirst();
    }

    boolean takes(Subject subject) {
        Declaration said = declaration();
        boolean kind = said.subjectTypes()
                .map(types -> types.contains(subject.isAccount() ? "account" : "record"))
                .orElse(true);
        return kind
                && (subject.isAccount()
                        || said.subjectCollections()
                                .map(collections -> collections.contains(subject.collection()))
                                .orElse(true));
    }

    private Declaration declaration() {
        Declaration known = declaration;
        if (known == null || !clock.instant().isBefore(known.readAt().plus(FRESH))) {
            known = read();
            declaration = known;
        }
        return known;
    }

    /** Not readable is no reason to hold a report back: the service itself has the last word. */
    private Declaration read() {
        Subject self = new Subject(settings.labeler(), "app.bsky.labeler.service", "self");
        try {
            Xrpc.Answer answer = repositories.record(identities.repositoryHost(settings.labeler()), self);
            if (Repositories.isRecord(answer, self)) {
                JsonNode value = answer.json().path("value");
                return new Declaration(
                        clock.instant(),
                        texts(value.path("reasonTypes")),
                        texts(value.path("subjectTypes")),
                        texts(value.path("subjectCollections")));
            }
        } catch (PlatformUnavailable | UnresolvedIdentity e) {
            // falls through to what an unpublished declaration means
        }
        return new Declaration(clock.instant(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static Optional<Set<String>> texts(JsonNode array) {
        if (!array.isArray()) {
            return Optional.empty();
        }
        Set<String> texts = new HashSet<>();
        array.forEach(node -> texts.add(node.asText()));
        return Optional.of(texts);
    }

    private record Declaration(
            Instant readAt,
            Optional<Set<String>> reasonTypes,
            Optional<Set<String>> subjectTypes,
            Optional<Set<String>> subjectCollections) {}
}
