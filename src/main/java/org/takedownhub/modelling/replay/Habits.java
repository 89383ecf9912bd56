package org.takedownhub.modelling.replay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.takedownhub.casefile.Channel;

/**
 * How long things usually took, for a case that a draft sends where it never was. The median of all recorded ones; no
 * number is made up where there is none.
 */
record Habits(Optional<Duration> approval, Optional<Duration> clarification, Map<Channel, Duration> given) {

    static Habits of(Collection<PastCase> cases) {
        List<Duration> approvals = new ArrayList<>();
        List<Duration> clarifications = new ArrayList<>();
        Map<Channel, List<Duration>> given = new EnumMap<>(Channel.class);
        for (PastCase one : cases) {
            one.approvals().forEach(approval -> approvals.add(approval.after()));
            one.recipients().values().forEach(recipient -> {
                recipient.givenAfter().ifPresent(after -> given.computeIfAbsent(
                                recipient.channel(), channel -> new ArrayList<>())
                        .add(after));
                recipient.said().stream()
                        .filter(said -> said.what() == PastCase.Said.What.ASKED_BACK)
                        .flatMap(said -> said.until().stream())
                        .forEach(clarifications::add);
            });
        }
        Map<Channel, Duration> usual = new EnumMap<>(Channel.class);
        given.forEach((channel, durations) -> median(durations).ifPresent(median -> usual.put(channel, median)));
        return new Habits(median(approvals), median(clarifications), usual);
    }

    /** The middle one; of an even number, the lower of the two in the middle. */
    static Optional<Duration> median(Collection<Duration> durations) {
        return durations.isEmpty()
                ? Optional.empty()
                : Optional.of(durations.stream().sorted().toList().get((durations.size() - 1) / 2));
    }
}
