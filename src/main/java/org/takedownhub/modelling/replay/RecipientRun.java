package org.takedownhub.modelling.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.takedownhub.casefile.Channel;
import org.takedownhub.casefile.Instrument;
import org.takedownhub.casefile.Outcome;
import org.takedownhub.clock.DeadlinePolicy;
import org.takedownhub.clock.NoticeInstants;
import org.takedownhub.modelling.replay.PastCase.Addressed;

/** Where one recipient of a case stands in a replay. All instants are the story's. */
final class RecipientRun {

    final int number;
    final Addressed facts;
    final Instrument instrument;
    final Instant issuedAt;
    Channel channel;

    @Nullable
    Instant givenAt;

    @Nullable
    Instant firstDueAt;

    @Nullable
    Instant dueAt;

    @Nullable
    DeadlinePolicy policy;

    @Nullable
    Instant settledAt;

    @Nullable
    Outcome outcome;

    Optional<Duration> questionTakes = Optional.empty();
    boolean stopped;
    boolean missed;
    boolean superseded;
    int rung;

    RecipientRun(int number, Addressed facts, Instrument instrument, Channel channel, Instant issuedAt) {
        this.number = number;
        this.facts = facts;
        this.instrument = instrument;
        this.channel = channel;
        this.issuedAt = issuedAt;
    }

    /** A refusal is a word, but removal may follow it. */
    boolean open() {
        return outcome == null || outcome == Outcome.REFUSED;
    }

    NoticeInstants instants() {
        Instant given = givenAt;
        return new NoticeInstants(
                issuedAt,
                given,
                given == null ? null : facts.receivedAfter().map(given::plus).orElse(null),
                given == null
                        ? null
                        : facts.acknowledgedAfter().map(given::plus).orElse(null));
    }
}
