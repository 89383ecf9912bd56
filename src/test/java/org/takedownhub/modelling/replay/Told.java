package org.takedownhub.modelling.replay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.Channel;
import org.takedownhub.casefile.Instrument;
import org.takedownhub.casefile.Outcome;
import org.takedownhub.casefile.Source;
import org.takedownhub.casefile.Verdict;
import org.takedownhub.clock.BankHolidays;
import org.takedownhub.clock.ClockSpeed;
import org.takedownhub.clock.WorkingDays;
import org.takedownhub.engine.ModelGuard;
import org.takedownhub.modelling.ModelFile;
import org.takedownhub.modelling.ModelSet;
import org.takedownhub.modelling.replay.PastCase.Addressed;
import org.takedownhub.modelling.replay.PastCase.Answered;
import org.takedownhub.modelling.replay.PastCase.Asked;
import org.takedownhub.modelling.replay.PastCase.Decided;
import org.takedownhub.modelling.replay.PastCase.Happened;
import org.takedownhub.modelling.replay.PastCase.Held;
import org.takedownhub.modelling.replay.PastCase.Said;
import org.takedownhub.modelling.replay.PastCase.Verdicted;

/** A past case as a test tells it, and what is needed to try the shipped models on it. */
final class Told {

    static final Instant FLAGGED = Instant.parse("2026-10-05T09:00:00Z");
    static final Duration VERIFIED_AFTER = Duration.ofMinutes(30);
    static final Periods PERIODS = new Periods(
            Duration.ofHours(4), Duration.ofMinutes(15), Duration.ofDays(90), Duration.ofHours(24), Duration.ofDays(7));

    private final String reference;
    private Category category = Category.GANG_PROMOTION;
    private boolean threatToLife;
    private String platform = "mastodon.example";
    private Set<Channel> ways = Set.of(Channel.API, Channel.PORTAL);
    private boolean known = true;
    private final List<Verdicted> verdicts = new ArrayList<>();
    private final List<Asked> questions = new ArrayList<>();
    private final List<Decided> approvals = new ArrayList<>();
    private final Map<Integer, Addressed> recipients = new HashMap<>();
    private final List<Said> said = new ArrayList<>();
    private final Map<Integer, Duration> reviews = new HashMap<>();

    private Told(String reference) {
        this.reference = reference;
    }

    static Told of(int number) {
        return new Told("TH-2026-%06d".formatted(number));
    }

    Told about(Category flagged) {
        this.category = flagged;
        return this;
    }

    Told threatToLife() {
        this.threatToLife = true;
        return this;
    }

    Told on(String name, Channel... channels) {
        this.platform = name;
        this.ways = Set.of(channels);
        return this;
    }

    Told toStranger() {
        this.known = false;
        return this;
    }

    Told verified(Verdict verdict) {
        return verified(verdict, VERIFIED_AFTER);
    }

    Told verified(Verdict verdict, Duration after) {
        verdicts.add(new Verdicted(after, verdict, category, threatToLife, false, "NONE", ""));
        return this;
    }

    Told verifiedFor(String offence) {
        verdicts.add(new Verdicted(VERIFIED_AFTER, Verdict.UNLAWFUL, category, threatToLife, false, "NONE", offence));
        return this;
    }

    Told asked(String force, Duration answeredAfter, boolean takesOver) {
        questions.add(new Asked(
                force, Optional.of(new Answered(answeredAfter, false, takesOver)), Optional.empty(), Optional.empty()));
        return this;
    }

    Told held(String force, Duration answeredAfter, Duration lasts, Optional<Duration> endedAfter) {
        questions.add(new Asked(
                force,
                Optional.of(new Answered(answeredAfter, false, false)),
                Optional.of(new Held(lasts, endedAfter, false)),
                Optional.empty()));
        return this;
    }

    Told silent(String force, Duration dutyDecidedAfter) {
        questions.add(new Asked(
                force, Optional.of(new Answered(dutyDecidedAfter, true, false)), Optional.empty(), Optional.empty()));
        return this;
    }

    Told approved(Duration after) {
        approvals.add(new Decided(after, true));
        return this;
    }

    Told declined(Duration after) {
        approvals.add(new Decided(after, false));
        return this;
    }

    Told says(Duration after, Said.What what, Duration until) {
        said.add(new Said(after, what, Optional.of(until)));
        return this;
    }

    Told refuses(Duration after) {
        said.add(new Said(after, Said.What.REFUSED, Optional.empty()));
        return this;
    }

    Told reviewed(int rung, Duration after) {
        reviews.put(rung, after);
        return this;
    }

    /** The notice goes out, and this comes of it so long after it was given; null for never. */
    Told given(Channel channel, Duration after, Outcome outcome, Duration settledAfter) {
        return recipient(
                channel, Optional.of(after), Optional.of(Duration.ZERO), outcome, settledAfter, OptionalInt.empty());
    }

    Told neverGiven(Channel channel, Outcome outcome, Duration settledAfter) {
        return recipient(channel, Optional.empty(), Optional.empty(), outcome, settledAfter, OptionalInt.empty());
    }

    Told givenAndSuperseded(Channel channel, Duration after) {
        return recipient(
                channel, Optional.of(after), Optional.of(Duration.ZERO), Outcome.NOT_REMOVED, null, OptionalInt.of(1));
    }

    private Told recipient(
            Channel channel,
            Optional<Duration> given,
            Optional<Duration> received,
            Outcome outcome,
            Duration settledAfter,
            OptionalInt successor) {
        recipients.put(
                recipients.size(),
                new Addressed(
                        Instrument.VOLUNTARY_REFERRAL,
                        channel,
                        Optional.empty(),
                        Optional.empty(),
                        given,
                        received,
                        Optional.empty(),
                        recipients.isEmpty() ? said : List.of(),
                        Optional.ofNullable(outcome),
                        Optional.ofNullable(settledAfter),
                        reviews,
                        successor.isPresent() ? Optional.of(new Decided(Duration.ofHours(2), true)) : Optional.empty(),
                        successor));
        return this;
    }

    PastCase told() {
        return new PastCase(
                reference,
                FLAGGED,
                category,
                threatToLife,
                Source.FORCE,
                platform,
                false,
                ways,
                known,
                false,
                verdicts,
                questions,
                approvals,
                Optional.empty(),
                recipients,
                new Happened(Optional.empty(), Optional.empty(), 0));
    }

    /** The set as it lies in the project. */
    static ModelSet shipped() {
        List<ModelFile> files = new ArrayList<>();
        for (String folder : List.of("bpmn", "forms")) {
            try (Stream<Path> found = Files.list(Path.of(folder))) {
                for (Path file : found.toList()) {
                    String name = file.getFileName().toString();
                    if (ModelFile.Kind.ofName(name).isPresent()) {
                        files.add(new ModelFile(name, Files.readString(file)));
                    }
                }
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
        return ModelSet.of(files);
    }

    /** The set with some words of a file replaced. */
    static ModelSet changed(ModelSet set, String file, String words, String by) {
        String text = set.file(file).orElseThrow().text();
        if (!text.contains(words)) {
            throw new IllegalArgumentException(file + " does not say " + words);
        }
        return set.with(new ModelFile(file, text.replace(words, by)));
    }

    /** The live guard, which knows the same names. */
    static ModelGuard guard() {
        return new ModelGuard(() -> ReplayDelegates.all(() -> {
                    throw new IllegalStateException("Nothing is played");
                })
                .keySet());
    }

    static SetReplay ready(ModelSet set) {
        return SetReplay.of(set, guard(), new WorkingDays(new BankHolidays(List.of())), ClockSpeed.REAL, PERIODS);
    }
}
