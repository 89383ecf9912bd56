package org.takedownhub.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.takedownhub.StoreContext;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.ContentIdentities;
import org.takedownhub.casefile.ContentKey;
import org.takedownhub.casefile.Source;
import org.takedownhub.cases.CaseFile;
import org.takedownhub.cases.CaseLink;
import org.takedownhub.cases.CaseLinks;
import org.takedownhub.cases.Cases;
import org.takedownhub.cases.NewCase;
import org.takedownhub.cases.Relation;
import org.takedownhub.clock.MutableClock;
import org.takedownhub.evidence.EvidenceStore;
import org.takedownhub.platform.Bulkheads;
import org.takedownhub.platform.FakePlatform;
import org.takedownhub.platform.FakePlatforms;
import org.takedownhub.platform.Platforms;
import org.takedownhub.platform.PlatformsSettings;
import org.takedownhub.platform.SafeHttp.Response;

class IdentityWorkerTest {

    private static final String DID = "did:plc:z72i7hdynmk6r22z27h6tvur";
    private static final IdentitySettings SETTINGS = new IdentitySettings(
            true,
            "Mozilla/5.0 test",
            Duration.ofSeconds(5),
            600,
            List.of(Duration.ofMinutes(10), Duration.ofHours(1)),
            URI.create("https://plc.directory"));

    private static final MutableClock CLOCK = MutableClock.at("2026-11-22T10:00:00Z");
    private static final FakePlatforms FAKES = FakePlatforms.of(new FakePlatform("alpha"));
    private static final FakeWeb WEB = new FakeWeb();
    private static final StoreContext HUB = StoreContext.builder(CLOCK)
            .with(PlatformsSettings.class, FAKES.settings())
            .with(Platforms.class, FAKES.platforms())
            .with(IdentitySettings.class, SETTINGS)
            .with(IdentityResolver.class, new IdentityResolver(ContentIdentities::identify, SETTINGS, CLOCK, WEB))
            .with(EvidenceStore.class, Bulkheads.class, Rooms.class, IdentityQuestions.class, IdentityWorker.class)
            .start();
    private static final Cases CASES = HUB.bean(Cases.class);

    /** One hub for all tests: what each flags is its own. */
    private final String code = UUID.randomUUID().toString().substring(0, 8);

    private final String link = "https://bit.ly/" + code;
    private final String video = code + "-XX";
    private final String number = Integer.toString(1 + new Random().nextInt(1_000_000_000));
    private final String alice = "alice-" + code + ".example";

    @AfterAll
    static void stop() {
        HUB.close();
    }

    @Test
    void givesTheCaseOfAShortLinkTheKeyOfItsItem() {
        CaseReference reference = opened(link);
        WEB.redirects(link, "https://youtu.be/" + video + "?si=x");

        round();

        CaseFile file = CASES.require(reference);
        assertThat(file.contentKey()).hasToString("yt:video:" + video);
        assertThat(file.canonicalUrl()).hasToString("https://www.youtube.com/watch?v=" + video);
        assertThat(file.url()).isEqualTo(link);
        assertThat(file.platform()).isEqualTo("www.youtube.com");
        assertThat(file.weakKey()).isFalse();
        assertThat(HUB.auditActions(reference)).containsSubsequence("case.opened", "evidence.kept", "case.identified");
        assertThat(CASES.findOpen(new ContentKey("yt:video:" + video), false)).contains(reference);
    }

    @Test
    void keepsTheChainAsEvidence() {
        CaseReference reference = opened(link);
        WEB.redirects(link, "https://youtu.be/" + video);

        round();

        String chain = HUB.jdbc()
                .sql("select content from evidence where case_reference = ? and media_type = 'application/json'")
                .params(reference.value())
                .query(String.class)
                .single();
        assertThat(chain)
                .contains(
                        "\"url\":\"" + link + "\"",
                        "\"status\":301",
                        "\"location\":\"https://youtu.be/" + video + "\"");
    }

    @Test
    void linksInsteadOfMergingWhenTheItemHasAnOpenCase() {
        CaseReference known = opened("https://youtu.be/" + video);
        CaseReference reference = opened(link);
        WEB.redirects(link, "https://youtu.be/" + video);

        round();

        assertThat(CASES.require(reference).contentKey()).hasToString("short:link:bit.ly/" + code);
        assertThat(HUB.bean(CaseLinks.class).of(reference))
                .extracting(CaseLink::other, CaseLink::relation)
                .containsExactly(tuple(known, Relation.POSSIBLE_DUPLICATE));
        assertThat(state(reference)).isEqualTo("DUPLICATE");
    }

    @Test
    void findsTheCaseByTheShortLinkItWasFlaggedWith() {
        CaseReference reference = opened(link);
        HUB.jdbc()
                .sql(
                        "insert into flag (flag_id, case_reference, duplicate, url, content_key, reason, category, source,"
                                + " threat_to_life, flagged_by, received_at) select case_reference, case_reference, false, url,"
                                + " content_key, reason, category, source, false, 'x', flagged_at from takedown_case where case_reference = ?")
                .params(reference.value())
                .update();
        WEB.redirects(link, "https://youtu.be/" + video);

        round();

        assertThat(HUB.fromTransaction(() -> CASES.lockOpen(new ContentKey("short:link:bit.ly/" + code), false)
                        .orElseThrow()))
                .isEqualTo(reference);
    }

    @Test
    void triesAgainEverMoreRarelyAndThenLeavesItToAPerson() {
        CaseReference reference = opened(link);

        round();
        assertThat(WEB.requests()).filteredOn(request -> request.endsWith(link)).hasSize(1);
        CLOCK.advance(Duration.ofMinutes(9));
        round();
        assertThat(WEB.requests()).filteredOn(request -> request.endsWith(link)).hasSize(1);
        CLOCK.advance(Duration.ofMinutes(1));
        round();
        assertThat(WEB.requests()).filteredOn(request -> request.endsWith(link)).hasSize(2);
        CLOCK.advance(Duration.ofHours(1));
        round();

        assertThat(WEB.requests()).filteredOn(request -> request.endsWith(link)).hasSize(3);
        assertThat(state(reference)).isEqualTo("GIVEN_UP");
        assertThat(CASES.require(reference).contentKey()).hasToString("short:link:bit.ly/" + code);
        assertThat(HUB.auditActions(reference)).contains("identity.given-up");
        CLOCK.advance(Duration.ofDays(9));
        round();
        assertThat(WEB.requests()).filteredOn(request -> request.endsWith(link)).hasSize(3);
    }

    @Test
    void leavesACaseAloneThatHasBeenReferred() {
        CaseReference reference = opened(link);
        HUB.recipient(reference, 1, "alpha", Duration.ofHours(24));
        WEB.redirects(link, "https://youtu.be/" + video);

        round();

        assertThat(CASES.require(reference).contentKey()).hasToString("short:link:bit.ly/" + code);
        assertThat(state(reference)).isEqualTo("TOO_LATE");
        assertThat(HUB.auditActions(reference)).contains("identity.too-late");
    }

    @Test
    void asksOnceThoughSeveralRoundsMeet() {
        opened(link);
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicInteger asks = new AtomicInteger();
        WEB.answers(link, request -> {
            asks.incrementAndGet();
            asked.countDown();
            await().until(() -> goOn.getCount() == 0);
            return new Response(301, Map.of("location", "https://youtu.be/" + video), new byte[0]);
        });

        IdentityWorker worker = HUB.bean(IdentityWorker.class);
        worker.run();
        await().until(() -> asked.getCount() == 0);
        worker.run();
        goOn.countDown();
        round();

        assertThat(asks).hasValue(1);
    }

    @Test
    void readsTheDidBehindAHandleAndChecksItAgainstItsDocument() {
        CaseReference reference =
                opened("https://bsky.app/profile/" + alice.toUpperCase(Locale.ROOT) + "/post/3krkey" + code);
        WEB.says("https://" + alice + "/.well-known/atproto-did", DID + "\n")
                .says("https://plc.directory/" + DID, "{\"alsoKnownAs\":[\"at://" + alice + "\"]}");

        round();

        assertThat(CASES.require(reference).contentKey()).hasToString("at:post:" + DID + "/3krkey" + code);
        assertThat(CASES.require(reference).weakKey()).isFalse();
    }

    @Test
    void doesNotBelieveAHandleThatItsDidDoesNotName() {
        CaseReference reference = opened("https://bsky.app/profile/evil-" + code + ".example/post/3krkey" + code);
        WEB.says("https://evil-" + code + ".example/.well-known/atproto-did", DID)
                .says("https://plc.directory/" + DID, "{\"alsoKnownAs\":[\"at://" + alice + "\"]}");

        round();

        assertThat(CASES.require(reference).contentKey())
                .hasToString("at:post:evil-" + code + ".example/3krkey" + code);
        assertThat(state(reference)).isEqualTo("WAITING");
    }

    @Test
    void findsTheOriginalOfARemoteView() {
        CaseReference reference = opened("https://beta.example/@bob@origin.example/" + number);
        String original = "https://origin.example/users/bob/statuses/" + number + "9";
        WEB.says("https://beta.example/api/v1/statuses/" + number, "{\"uri\":\"" + original + "\"}")
                .says(original, "{\"id\":\"" + original + "\",\"type\":\"Note\"}");

        round();

        assertThat(CASES.require(reference).contentKey()).hasToString("ap:status:origin.example/" + number + "9");
        assertThat(CASES.require(reference).platform()).isEqualTo("origin.example");
    }

    @Test
    void letsNoServerPointACaseAtSomebodyElsesPost() {
        CaseReference reference = opened("https://beta.example/@bob@origin.example/" + number);
        WEB.says(
                "https://beta.example/api/v1/statuses/" + number,
                "{\"uri\":\"https://innocent.example/users/eve/statuses/1\"}");

        round();

        assertThat(CASES.require(reference).contentKey()).hasToString("ap:status:beta.example/" + number);
        assertThat(state(reference)).isEqualTo("GIVEN_UP");
        assertThat(WEB.requests()).noneMatch(request -> request.contains("innocent"));
    }

    @Test
    void asksNothingAboutWhatTheAddressTellsOrAConnectorServes() {
        opened("https://youtu.be/" + video);
        opened("https://alpha.example/@bob@origin.example/" + number);
        opened("https://gamma.example/@bob/" + number);

        assertThat(HUB.jdbc()
                        .sql(
                                "select count(*) from identity_question where url like 'https://alpha%' or url like 'https://gamma%'"
                                        + " or url like '%" + video + "'")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void linksTheCaseOfAnArchivedPageWithThatOfWhatItShows() {
        CaseReference original = opened("https://youtu.be/" + video);
        CaseReference copy = opened("https://web.archive.org/web/20240102030405/https://youtu.be/" + video);
        CaseReference another =
                opened("https://web.archive.org/web/20250102030405/https://youtu.be/" + video.replace('X', 'Y'));
        CaseReference later = opened("https://youtu.be/" + video.replace('X', 'Y'));

        CaseLinks links = HUB.bean(CaseLinks.class);
        assertThat(links.of(copy))
                .extracting(CaseLink::other, CaseLink::relation)
                .containsExactly(tuple(original, Relation.COPY_OF));
        assertThat(links.of(later))
                .extracting(CaseLink::other, CaseLink::relation)
                .containsExactly(tuple(another, Relation.COPIED_BY));
    }

    private CaseReference opened(String url) {
        return HUB.fromTransaction(() -> CASES.open(new NewCase(
                ContentIdentities.identify(url),
                FAKES.platforms().serving(ContentIdentities.identify(url)).instance(),
                url,
                "threat",
                Category.THREAT,
                Source.FORCE,
                false)));
    }

    private void round() {
        HUB.bean(IdentityWorker.class).run();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> HUB.bean(IdentityWorker.class).idle());
    }

    private String state(CaseReference reference) {
        return HUB.jdbc()
                .sql("select state from identity_question where case_reference = ?")
                .params(reference.value())
                .query(String.class)
                .single();
    }

    @Configuration(proxyBeanMethods = false)
    @ComponentScan(
            basePackageClasses = Cases.class,
            useDefaultFilters = false,
            includeFilters =
                    @ComponentScan.Filter(
                            type = FilterType.REGEX,
                            pattern =
                                    "org\\.takedownhub\\.(cases\\.(CaseLinks|CopyLinks|ContentAddresses|SimilarCases))"))
    static class Rooms {}
}
