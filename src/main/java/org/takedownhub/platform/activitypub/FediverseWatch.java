package org.takedownhub.platform.activitypub;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.takedownhub.platform.Availability;
import org.takedownhub.platform.Content;
import org.takedownhub.platform.Look;
import org.takedownhub.platform.SafeHttp.Response;
import org.takedownhub.platform.UnknownReason;
import org.takedownhub.platform.activitypub.Readings.Missing;
import org.takedownhub.platform.activitypub.Readings.Present;
import org.takedownhub.platform.activitypub.Readings.Reading;
import org.takedownhub.platform.activitypub.Readings.Unclear;

/**
 * Looks whether items are still up at their origin. 404, 410 and a tombstone are a miss; whose doing it was, nobody
 * says, except where the account itself is marked as suspended. A miss counts only beside a sign of life of the same
 * host: another item of the round, the item's own author, or the server's NodeInfo.
 */
final class FediverseWatch {

    /** One round asks no longer than this: what is left is asked in the next one. */
    private static final Duration ROUND = Duration.ofSeconds(90);

    private final Readings readings;
    private final Clock clock;

    FediverseWatch(Readings readings, Clock clock) {
        this.readings = readings;
        this.clock = clock;
    }

    List<Look> look(List<Content> contents) {
        Instant end = clock.instant().plus(ROUND);
        Set<URI> alive = new HashSet<>();
        Map<URI, Boolean> serving = new HashMap<>();
        List<Seen> round = new ArrayList<>();
        for (Content content : contents) {
            round.add(
                    clock.instant().isBefore(end)
                            ? look(content, alive)
                            : new Seen(Look.unknown(UnknownReason.NOT_ASKED, "No time left in this round"), null));
        }
        return round.stream()
                .map(seen -> seen.missing() == null
                        ? seen.look()
                        : besideControl(
                                seen.look(),
                                alive.contains(seen.missing())
                                        || serving.computeIfAbsent(seen.missing(), readings::serves)))
                .toList();
    }

    /** @param missing the origin on which the item was missed */
    private record Seen(Look look, @Nullable URI missing) {}

    private Seen look(Content content, Set<URI> alive) {
        try {
            Reading reading = readings.of(content);
            if (reading instanceof Present present) {
                alive.add(origin(present.uri()));
                return new Seen(
                        present.document().suspended()
                                ? seen(Availability.ACCOUNT_SUSPENDED, present.response(), "the account is suspended")
                                : seen(Availability.AVAILABLE, present.response(), present.detail()),
                        null);
            }
            Optional<Present> author = Readings.isAccount(content.key())
                    ? Optional.empty()
                    : Readings.identity(content.identities(), Readings.ACTOR).flatMap(this::author);
            if (author.filter(found -> found.document().suspended()).isPresent()) {
                return new Seen(
                        seen(Availability.ACCOUNT_SUSPENDED, author.get().response(), "its account is suspended"),
                        null);
            }
            author.ifPresent(found -> alive.add(origin(found.uri())));
            return reading instanceof Missing missing
                    ? new Seen(
                            seen(Availability.GONE_UNATTRIBUTED, missing.response(), missing.detail()),
                            origin(missing.uri()))
                    : new Seen(unclear((Unclear) reading), null);
        } catch (NothingRead e) {
            return new Seen(Look.unknown(e.reason(), String.valueOf(e.getMessage())), null);
        }
    }

    private Optional<Present> author(URI actor) {
        try {
            return readings.at(actor) instanceof Present present ? Optional.of(present) : Optional.empty();
        } catch (NothingRead e) {
            // the miss stands by itself; whose doing it was is told by a later look
            return Optional.empty();
        }
    }

    private static URI origin(URI uri) {
        return uri.resolve("/");
    }

    private static Look unclear(Unclear unclear) {
        if (unclear.status().orElse(0) == 451) {
            return seen(Availability.GEO_BLOCKED, unclear.answer().orElseThrow(), "blocked for legal reasons");
        }
        return new Look(
                Availability.UNKNOWN,
                false,
                unclear.status(),
                unclear.detail(),
                unclear.answer().map(Response::bodyHash),
                Optional.of(unclear.reason()));
    }

    private static Look seen(Availability availability, Response answer, String detail) {
        return new Look(
                availability,
                availability == Availability.AVAILABLE,
                OptionalInt.of(answer.status()),
                "HTTP " + answer.status() + ": " + detail,
                Optional.of(answer.bodyHash()));
    }

    private static Look besideControl(Look look, boolean alive) {
        return new Look(
                look.availability(),
                alive,
                look.httpStatus(),
                look.detail(),
                look.evidenceHash(),
                look.unknownReason());
    }
}
