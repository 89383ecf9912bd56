package org.takedownhub.platform.atproto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.takedownhub.BesideOthers;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.ContentKey;
import org.takedownhub.platform.Availability;
import org.takedownhub.platform.Capture;
import org.takedownhub.platform.Content;
import org.takedownhub.platform.ContentGone;
import org.takedownhub.platform.Look;
import org.takedownhub.platform.NeedsPerson;
import org.takedownhub.platform.Notice;
import org.takedownhub.platform.Platform;
import org.takedownhub.platform.PlatformSettings;
import org.takedownhub.platform.PlatformUnavailable;
import org.takedownhub.platform.Receipt;
import org.takedownhub.platform.ReferralAnswer;
import org.takedownhub.platform.atproto.AtProtocolPeer.Account;
import org.takedownhub.platform.atproto.AtProtocolPeer.Post;

/** The connector against a real PLC directory, PDS and Ozone. */
@BesideOthers
class AtprotoPeerTest {

    @RegisterExtension
    static final AtProtocolPeer PEER = new AtProtocolPeer();

    private static final String KEY = "5f".repeat(32);

    private static Account hub;
    private static Platform platform;

    @BeforeAll
    static void signUp() {
        hub = PEER.createAccount("hub");
        platform = platform(hub, PEER.labeler(), PEER.ozone());
    }

    @Test
    void aReportArrivesAtTheModeratorsWithReasonTextAndOurReference() {
        Post post = PEER.createPost(PEER.createAccount("author"), "a threat");

        Receipt receipt =
                (Receipt) platform.refer(notice(content(post), Category.THREAT, "Names a person and a knife."));

        List<JsonNode> reports = PEER.reports(post.uri());
        assertThat(reports).hasSize(1);
        JsonNode event = reports.get(0).path("event");
        assertThat(event.path("reportType").asText()).isEqualTo("tools.ozone.report.defs#reasonViolenceThreats");
        assertThat(event.path("comment").asText()).isEqualTo("Names a person and a knife.");
        assertThat(reports.get(0).path("id").asText()).isEqualTo(receipt.reference());
        assertThat(reports.get(0).path("createdBy").asText()).isEqualTo(hub.did());
        assertThat(reports.get(0).path("modTool").path("name").asText()).isEqualTo("takedown-hub");
        JsonNode meta = reports.get(0).path("modTool").path("meta");
        assertThat(meta.path("reference").asText()).isEqualTo("TH-2026-000001");
        assertThat(meta.path("notice").asText()).isEqualTo(KEY);
        assertThat(PEER.reviewStatus(post.uri())
                        .orElseThrow()
                        .path("reviewState")
                        .asText())
                .endsWith("#reviewOpen");
        assertThat(receipt.identities())
                .containsEntry("did", post.did())
                .containsEntry("uri", post.uri())
                .containsEntry("cid", post.cid())
                .containsEntry("eventId", receipt.reference());
    }

    @Test
    void everyReasonWeSendIsOneTheModeratorsKnow() {
        Account author = PEER.createAccount("author");
        for (Category category : Category.values()) {
            Post post = PEER.createPost(author, "flagged as " + category);

            assertThat(platform.refer(notice(content(post), category, "See the post.")))
                    .isInstanceOf(Receipt.class);

            assertThat(PEER.reports(post.uri())
                            .get(0)
                            .path("event")
                            .path("reportType")
                            .asText())
                    .isEqualTo(ReportReason.of(category).token());
            assertThat(PEER.reviewStatus(post.uri()).orElseThrow().path("tags").toString())
                    .as("Ozone tags a report whose reason it knows")
                    .contains("report:")
                    .doesNotContain("report:undefined");
        }
    }

    @Test
    void reportsAPostByTheHandleInItsAddress() {
        Account author = PEER.createAccount("author");
        Post post = PEER.createPost(author, "found by its handle");
        ContentKey key = ContentKey.of("at", "post", author.handle() + "/" + post.recordKey());

        Receipt receipt =
                (Receipt) platform.refer(notice(content(key, post.page(), Map.of()), Category.OTHER, "Look."));

        assertThat(receipt.identities()).containsEntry("did", author.did());
        assertThat(PEER.reports(post.uri())).hasSize(1);
    }

    @Test
    void reportsAnAccount() {
        Account author = PEER.createAccount("author");

        ReferralAnswer answer =
                platform.refer(notice(content(author), Category.GANG_PROMOTION, "The account exists for this."));

        assertThat(answer).isInstanceOf(Receipt.class);
        assertThat(PEER.reports(author.did())).hasSize(1);
    }

    @Test
    void cutsATextThatIsTooLongWhereTheServerStillTakesIt() {
        Post post = PEER.createPost(PEER.createAccount("author"), "long story");
        String family = "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67";
        String marked = "e\u0301\u0323";

        for (String piece : List.of("a", family, marked, "\u0915\u094D\u0937", "\r\n", "\uD83C\uDDEC\uD83C\uDDE7")) {
            assertThat(platform.refer(notice(content(post), Category.THREAT, piece.repeat(2_500))))
                    .as("%d characters each", piece.length())
                    .isInstanceOf(Receipt.class);
        }
        assertThat(PEER.reports(post.uri())).allSatisfy(report -> {
            assertThat(report.path("event").path("comment").asText()).endsWith("under TH-2026-000001.]");
            assertThat(report.path("modTool").path("meta").path("shortened").asBoolean())
                    .isTrue();
        });
    }

    @Test
    void aTakedownThereIsRemovalByThePlatformAndItsReversalIsNot() {
        Post post = PEER.createPost(PEER.createAccount("author"), "comes and goes");
        assertThat(look(content(post)).availability()).isEqualTo(Availability.AVAILABLE);

        PEER.takeDown(post);
        Look removed = look(content(post));
        assertThat(removed.availability()).isEqualTo(Availability.REMOVED_BY_PLATFORM);
        assertThat(removed.controlAlive()).isTrue();
        assertThat(removed.evidenceHash().orElseThrow()).matches("[0-9a-f]{64}");

        PEER.reverseTakedown(post);
        assertThat(look(content(post)).availability()).isEqualTo(Availability.AVAILABLE);

        PEER.takeDown(post);
        assertThat(look(content(post)).availability()).isEqualTo(Availability.REMOVED_BY_PLATFORM);
    }

    @Test
    void anAcknowledgementWithoutActionLeavesItUp() {
        Post post = PEER.createPost(PEER.createAccount("author"), "they think it is fine");
        platform.refer(notice(content(post), Category.THREAT, "A threat."));

        PEER.acknowledge(post);

        assertThat(PEER.reviewStatus(post.uri())
                        .orElseThrow()
                        .path("reviewState")
                        .asText())
                .endsWith("#reviewClosed");
        assertThat(look(content(post)).availability()).isEqualTo(Availability.AVAILABLE);
    }

    @Test
    void aWarningLabelRestrictsAndAnyOtherLabelDoesNot() {
        Account author = PEER.createAccount("author");
        Post covered = PEER.createPost(author, "covered");
        Post remarked = PEER.createPost(author, "remarked");

        PEER.label(covered, "graphic-media");
        PEER.label(remarked, "spam");

        assertThat(platform.look(List.of(content(covered), content(remarked))))
                .extracting(Look::availability)
                .containsExactly(Availability.RESTRICTED, Availability.AVAILABLE);
    }

    @Test
    void aDeletedPostIsDeletedByItsAuthorAndNoLongerReported() {
        Account author = PEER.createAccount("author");
        Post post = PEER.createPost(author, "regretted");
        PEER.deletePost(author, post);

        assertThat(look(content(post)).availability()).isEqualTo(Availability.DELETED_BY_AUTHOR);
        assertThat(platform.refer(notice(content(post), Category.THREAT, "A threat.")))
                .isInstanceOf(ContentGone.class);
        assertThat(PEER.reports(post.uri())).isEmpty();
    }

    @Test
    void aTakedownThatFollowsADeletionIsStillTheModeratorsWord() {
        Account author = PEER.createAccount("author");
        Post post = PEER.createPost(author, "both");
        PEER.takeDown(post);
        PEER.deletePost(author, post);

        assertThat(look(content(post)).availability()).isEqualTo(Availability.REMOVED_BY_PLATFORM);
    }

    @Test
    void anAccountTakenDownTakesItsPostsWithIt() {
        Account author = PEER.createAccount("author");
        Post post = PEER.createPost(author, "one of many");

        PEER.takeDown(author);
        assertThat(platform.look(List.of(content(post), content(author))))
                .extracting(Look::availability)
                .containsExactly(Availability.ACCOUNT_SUSPENDED, Availability.ACCOUNT_SUSPENDED);

        PEER.reverseTakedown(author);
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(
                        look(content(post)).availability())
                .isEqualTo(Availability.AVAILABLE));
    }

    @Test
    void theRepositorysStatusAloneShowsASuspendedAccount() {
        Account author = PEER.createAccount("author");
        Post post = PEER.createPost(author, "its moderator labels nothing");
        PEER.takeDownAtThePds(author);

        Look look = look(content(post));

        assertThat(look.availability()).isEqualTo(Availability.ACCOUNT_SUSPENDED);
        assertThat(look.detail()).contains("takendown");
    }

    @Test
    void aDeactivatedAccountIsAMissWithALiveNeighbour() {
        Account author = PEER.createAccount("author");
        Post post = PEER.createPost(author, "away for a while");
        PEER.deactivate(author);

        Look look = look(content(post));

        assertThat(look.availability()).isEqualTo(Availability.ACCOUNT_DEACTIVATED);
        assertThat(look.controlAlive()).isTrue();
        assertThat(platform.refer(notice(content(post), Category.THREAT, "A threat.")))
                .isInstanceOf(ContentGone.class);
    }

    @Test
    void nobodyCanTellWithoutTheModerationService() {
        Post post = PEER.createPost(PEER.createAccount("author"), "up, and perhaps taken down");
        Platform blind = platform(hub, PEER.labeler(), URI.create("http://localhost:1"));

        assertThat(blind.look(List.of(content(post))))
                .extracting(Look::availability)
                .containsExactly(Availability.UNKNOWN);
    }

    @Test
    void looksAtManyAtOnceInTheirOrder() {
        Account author = PEER.createAccount("author");
        Post removed = PEER.createPost(author, "1");
        Post up = PEER.createPost(author, "2");
        Post deleted = PEER.createPost(author, "3");
        PEER.takeDown(removed);
        PEER.deletePost(author, deleted);
        Content unreadable =
                content(ContentKey.of("web", "page", "example.org/x"), URI.create("https://example.org/x"), Map.of());
        Content unknownHandle = content(
                ContentKey.of("at", "post", "nobody-here.test/3kabcdefghi2a"),
                URI.create("https://bsky.app/profile/nobody-here.test/post/3kabcdefghi2a"),
                Map.of());

        assertThat(platform.look(List.of(
                        content(removed), unreadable, content(up), unknownHandle, content(deleted), content(up))))
                .extracting(Look::availability)
                .containsExactly(
                        Availability.REMOVED_BY_PLATFORM,
                        Availability.UNKNOWN,
                        Availability.AVAILABLE,
                        Availability.UNKNOWN,
                        Availability.DELETED_BY_AUTHOR,
                        Availability.AVAILABLE);
    }

    @Test
    void capturesTheRecordAsServed() throws IOException {
        Post post = PEER.createPost(PEER.createAccount("author"), "keep this");

        Capture capture = platform.capture(content(post));

        assertThat(new ObjectMapper()
                        .readTree(capture.body())
                        .path("value")
                        .path("text")
                        .asText())
                .isEqualTo("keep this");
        assertThat(capture.mediaType()).startsWith("application/json");
        assertThat(capture.identities()).isEqualTo(Map.of("did", post.did(), "uri", post.uri(), "cid", post.cid()));
    }

    @Test
    void theConnectionHoldsWithTheRightSettings() {
        assertThatCode(platform::checkConnection).doesNotThrowAnyException();
    }

    @Test
    void namesTheSettingWhenThePasswordIsWrong() {
        Account other = PEER.createAccount("other");
        Platform refused = platform(
                new Account(other.handle(), other.did(), "not the password", ""), PEER.labeler(), PEER.ozone());
        Post post = PEER.createPost(PEER.createAccount("author"), "cannot be reported");

        assertThatThrownBy(refused::checkConnection)
                .isInstanceOf(PlatformUnavailable.class)
                .hasMessageContaining("takedown.platforms.peer.secret");
        assertThat(refused.refer(notice(content(post), Category.THREAT, "A threat.")))
                .isInstanceOfSatisfying(NeedsPerson.class, answer -> assertThat(answer.reason())
                        .contains("takedown.platforms.peer.secret")
                        .doesNotContain("not the password"));
    }

    @Test
    void namesTheSettingWhenAnotherServiceAnswersForTheLabeler() {
        Platform elsewhere = platform(hub, PEER.labeler(), PEER.pds());

        assertThatThrownBy(elsewhere::checkConnection)
                .isInstanceOf(PlatformUnavailable.class)
                .hasMessageContaining("takedown.platforms.peer.labeler-url");
    }

    @Test
    void aReporterWhoIsTakenDownNeedsAPerson() {
        Account outcast = PEER.createAccount("outcast");
        Platform theirs = platform(outcast, PEER.labeler(), PEER.ozone());
        theirs.checkConnection();
        PEER.takeDown(outcast);
        Post post = PEER.createPost(PEER.createAccount("author"), "reported by an outcast");

        assertThat(theirs.refer(notice(content(post), Category.THREAT, "A threat.")))
                .isInstanceOf(NeedsPerson.class);
    }

    private static Look look(Content content) {
        return platform.look(List.of(content)).get(0);
    }

    private static Platform platform(Account reporter, String labeler, URI labelerUrl) {
        PlatformSettings settings = new PlatformSettings(
                AtprotoPlatformFactory.KIND,
                true,
                PEER.pds(),
                List.of("bsky.app"),
                reporter.handle(),
                "file:" + PEER.passwordFile(reporter),
                null,
                labeler,
                labelerUrl,
                Duration.ofSeconds(10),
                2,
                Map.of("plc-url", PEER.plc().toString(), "requests-per-minute", "10000"));
        return new AtprotoPlatformFactory(Clock.systemUTC()).create("peer", settings);
    }

    private static Content content(Post post) {
        return content(ContentKey.of("at", "post", post.did() + "/" + post.recordKey()), post.page(), Map.of());
    }

    private static Content content(Account account) {
        return content(
                ContentKey.of("at", "account", account.did()),
                URI.create("https://bsky.app/profile/" + account.did()),
                Map.of());
    }

    private static Content content(ContentKey key, URI url, Map<String, String> identities) {
        return new Content(CaseReference.of(2026, 1), key, url, identities);
    }

    private static Notice notice(Content content, Category category, String explanation) {
        return new Notice(KEY, content, category, true, false, explanation);
    }
}
