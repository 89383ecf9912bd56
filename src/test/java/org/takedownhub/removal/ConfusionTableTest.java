package org.takedownhub.removal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.takedownhub.casefile.OutcomeScope;
import org.takedownhub.clock.MutableClock;
import org.takedownhub.platform.Look;
import org.takedownhub.platform.Platform;
import org.takedownhub.platform.Vantage;
import org.takedownhub.platform.activitypub.RecordedActivityPub;
import org.takedownhub.platform.atproto.RecordedAtproto;
import org.takedownhub.platform.mastodon.RecordedMastodon;
import org.takedownhub.platform.page.Recorded;
import org.takedownhub.platform.page.Recorded.Case;
import org.takedownhub.platform.page.RecordedPages;
import org.takedownhub.platform.page.RecordedServer;
import org.takedownhub.removal.ConfusionTable.Played;
import org.takedownhub.removal.RemovalRule.Finding;
import org.takedownhub.removal.RemovalRule.Seen;

/** Plays every recorded case to its recogniser, twice some minutes apart, and counts. */
class ConfusionTableTest {

    /** Of the items that were gone, how many a single look may call up. */
    private static final double MISS_RATE_BOUND = 0.05;

    private static final Duration GAP = Duration.ofMinutes(5);
    private static final RemovalRule RULE = new RemovalRule(GAP, 2, 3, "GB", false);
    private static final List<String> PAGES = List.of(
            "web",
            "activitypub-object",
            "x-oembed",
            "x-api",
            "tiktok-oembed",
            "telegram-embed",
            "vimeo-oembed",
            "youtube-oembed",
            "dailymotion-api",
            "internet-archive",
            "discourse",
            "lemmy",
            "person");

    private static final Map<String, BiFunction<URI, Clock, Platform>> CONNECTORS = new TreeMap<>(Map.of(
            "mastodon", RecordedMastodon::at,
            "atproto", RecordedAtproto::at,
            "activitypub", RecordedActivityPub::at));

    @TempDir
    static Path directory;

    private static ConfusionTable table;

    @BeforeAll
    static void playEverything() throws IOException {
        table = new ConfusionTable();
        Path token = Files.writeString(directory.resolve("token"), "a-token");
        for (String name : PAGES) {
            Recorded recorded = Recorded.of(name);
            for (Case each : recorded.cases()) {
                table.add(played(recorded, each, name.equals("x-api") ? Optional.of(token) : Optional.empty()));
            }
        }
        for (Map.Entry<String, BiFunction<URI, Clock, Platform>> connector : CONNECTORS.entrySet()) {
            Recorded recorded = Recorded.of(connector.getKey());
            for (Case each : recorded.cases()) {
                table.add(played(recorded, each, connector.getValue()));
            }
        }
        Path report = Path.of("target", "verdicts", "confusion-table.txt");
        Files.createDirectories(report.getParent());
        Files.writeString(report, table.inWords(), StandardCharsets.UTF_8);
        table.inWords()
                .lines()
                .takeWhile(line -> !line.startsWith("Every case"))
                .forEach(System.out::println);
    }

    private static Played played(Recorded recorded, Case each, Optional<Path> token) {
        MutableClock clock = MutableClock.at("2026-11-22T10:00:00Z");
        RecordedPages pages = new RecordedPages(recorded, each, clock, token);
        boolean travelled = each.elsewhere() != null;
        List<Seen> seen = new ArrayList<>();
        Look first = look(pages, RecordedPages.HOME, clock, seen);
        for (int again = 0; again < 2; again++) {
            if (again == 1) {
                clock.advance(GAP.plusMinutes(1));
                pages.later();
                look(pages, RecordedPages.HOME, clock, seen);
            }
            if (travelled) {
                look(pages, RecordedPages.ELSEWHERE, clock, seen);
            }
        }
        RemovalRule rule = travelled ? new RemovalRule(GAP, 2, 3, "GB", true) : RULE;
        Optional<Finding> atOnce = rule.decide(seen.subList(seen.size() - 1, seen.size()));
        return new Played(
                first.recogniser().orElseThrow(),
                each.name() + " [" + each.source() + "]",
                each.truth(),
                first,
                atOnce.or(() -> rule.decide(seen)));
    }

    private static Played played(Recorded recorded, Case each, BiFunction<URI, Clock, Platform> connector) {
        MutableClock clock = MutableClock.at("2026-11-22T10:00:00Z");
        try (RecordedServer server = new RecordedServer(recorded, each)) {
            Platform platform = connector.apply(server.origin(), clock);
            Look first = platform.look(List.of(recorded.content(each))).get(0);
            Instant firstAt = clock.instant();
            clock.advance(GAP.plusMinutes(1));
            server.later();
            Look second = platform.look(List.of(recorded.content(each))).get(0);
            List<Seen> seen = List.of(
                    new Seen(second.availability(), second.controlAlive(), clock.instant(), "GB"),
                    new Seen(first.availability(), first.controlAlive(), firstAt, "GB"));
            Optional<Finding> atOnce = RULE.decide(seen.subList(1, 2));
            return new Played(
                    platform.recogniser(),
                    each.name() + " [" + each.source() + "]",
                    each.truth(),
                    first,
                    atOnce.or(() -> RULE.decide(seen)));
        }
    }

    private static Look look(RecordedPages pages, Vantage vantage, MutableClock clock, List<Seen> seen) {
        Look look = pages.look(vantage);
        seen.add(0, new Seen(look.availability(), look.controlAlive(), clock.instant(), vantage.name()));
        return look;
    }

    @Test
    void everyRecogniserReadItsOwnCases() {
        for (String name :
                Stream.concat(PAGES.stream(), CONNECTORS.keySet().stream()).toList()) {
            Recorded recorded = Recorded.of(name);
            assertThat(table.all())
                    .filteredOn(played -> played.recogniser().equals(recorded.recogniser()))
                    .as(name)
                    .hasSameSizeAs(recorded.cases());
        }
    }

    @Test
    void nothingThatIsThereIsEverProvedGone() {
        assertThat(table.provedGoneWhenThere()).extracting(Played::inWords).isEmpty();
        assertThat(table.typedGoneWhenThere()).extracting(Played::inWords).isEmpty();
    }

    @Test
    void hardlyAnythingThatIsGoneIsCalledUp() {
        assertThat((double) table.saidUpWhenGone().size() / table.gone())
                .as(() -> table.saidUpWhenGone().toString())
                .isLessThanOrEqualTo(MISS_RATE_BOUND);
    }

    /** A recogniser that says "cannot tell" to everything would make no error at all. */
    @Test
    void mostOfWhatIsGoneIsSeenToBeGone() {
        long proved = table.all().stream()
                .filter(played -> !played.truth().isThere() && played.provedGone())
                .count();
        assertThat((double) proved / table.gone()).isGreaterThan(0.6);
    }

    @Test
    void whatIsBlockedHereIsNeverCalledRemoved() {
        assertThat(table.all())
                .filteredOn(played -> played.truth() == Recorded.Truth.BLOCKED)
                .isNotEmpty()
                .noneMatch(Played::provedGone)
                .anyMatch(played -> played.proven()
                        .filter(found -> found.scope() == OutcomeScope.COUNTRY)
                        .isPresent());
    }
}
