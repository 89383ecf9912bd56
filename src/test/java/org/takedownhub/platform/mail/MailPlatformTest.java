package org.takedownhub.platform.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.icegreen.greenmail.util.ServerSetupTest;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.takedownhub.BesideOthers;
import org.takedownhub.StoreContext;
import org.takedownhub.clock.MutableClock;
import org.takedownhub.platform.Look;
import org.takedownhub.platform.NeedsPerson;
import org.takedownhub.platform.NoAnswer;
import org.takedownhub.platform.Notice;
import org.takedownhub.platform.PlatformUnavailable;
import org.takedownhub.platform.Receipt;
import org.takedownhub.platform.ReferralAnswer;
import org.takedownhub.platform.SentReport;
import org.takedownhub.platform.Uncertain;
import org.takedownhub.platform.UnknownReason;
import org.takedownhub.platform.mail.SmtpStub.At;

@BesideOthers
class MailPlatformTest {

    private static final MutableClock CLOCK = MutableClock.at("2026-11-22T10:00:00Z");
    private static final String OPERATOR = "trust@forum.example";
    private static final String REGISTRAR = "abuse@registrar.example";
    private static StoreContext store;
    private static RdapStub rdap;

    @TempDir
    Path folder;

    private SmtpStub relay;
    private MailHub hub;

    @BeforeAll
    static void open() {
        store = StoreContext.builder(CLOCK).start();
        rdap = new RdapStub();
        rdap.json(
                "/rdap/domain/forum.example",
                RdapStub.domainObject(
                        "forum.example",
                        RdapStub.entity("abuse", OPERATOR),
                        RdapStub.entity("registrar", "", RdapStub.entity("abuse", REGISTRAR))));
        rdap.domain("other.example", REGISTRAR);
    }

    @AfterAll
    static void shut() {
        rdap.close();
        store.close();
    }

    @BeforeEach
    void start() {
        store.jdbc().sql("delete from mail_dead_address").update();
        relay = new SmtpStub();
        hub = new MailHub(store, CLOCK, folder)
                .option("rdap-bootstrap-url", rdap.bootstrapUrl().toString())
                .option("smtp-port", Integer.toString(relay.port()))
                .option("contact-order", "operator,registrar")
                .timeout(Duration.ofMillis(700));
    }

    @AfterEach
    void stop() {
        relay.close();
    }

    private static MimeMessage mail(String text) throws Exception {
        return new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    @Test
    void sendsATextAPersonReadsAndTheSameForMachinesAndNothingElse() throws Exception {
        Notice notice = hub.notice("https://forum.example/thread/7?x=1");
        Receipt receipt = (Receipt) hub.platform().refer(notice);
        MimeMessage mail = mail(relay.mails().get(0));
        assertThat(mail.getMessageID()).isEqualTo("<" + receipt.reference() + ">");
        assertThat(mail.getAllRecipients()).extracting(Object::toString).containsExactly(OPERATOR);
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        String reference = notice.content().reference().value();
        assertThat(mail.getSubject()).contains(reference);
        MimeMultipart parts = (MimeMultipart) mail.getContent();
        assertThat(parts.getCount()).isEqualTo(2);
        assertThat((String) parts.getBodyPart(0).getContent())
                .contains(notice.explanation(), "https://forum.example/thread/7?x=1", reference);
        assertThat(parts.getBodyPart(1).getContentType()).startsWith("application/json");
        JsonNode json = new ObjectMapper().readTree(parts.getBodyPart(1).getInputStream());
        String reply = mail.getReplyTo()[0].toString();
        assertThat(reply).matches("referrals\\+[0-9a-f]{32}@hub\\.police\\.test");
        assertThat(json.at("/issuer/contact").asText()).isEqualTo(reply);
        assertThat(json.at("/notices/0/reference").asText()).isEqualTo(reference);
        assertThat(json.at("/notices/0/explanation").asText()).isEqualTo(notice.explanation());
        assertThat(json.at("/notices/0/target/urls/0").asText()).isEqualTo("https://forum.example/thread/7?x=1");
        assertThat(json.at("/notices/0/category/dsa").asText()).isEqualTo("STATEMENT_CATEGORY_VIOLENCE");
        assertThat(receipt.identities()).containsEntry(MailPlatform.CONTACT, OPERATOR + " (operator)");
    }

    @Test
    void asksForProofOfDeliveryToTheSameAddressAsAnswers() {
        Receipt receipt = (Receipt) hub.platform().refer(hub.notice("https://forum.example/1"));
        assertThat(relay.commands())
                .anyMatch(line -> line.matches("MAIL FROM:<referrals\\+[0-9a-f]{32}@hub\\.police\\.test>.* RET=HDRS.*")
                        && line.contains("ENVID="
                                + receipt.reference()
                                        .substring(0, receipt.reference().indexOf('@'))))
                .contains("RCPT TO:<" + OPERATOR + "> NOTIFY=SUCCESS,FAILURE,DELAY")
                .contains("EHLO hub.police.test");
    }

    @Test
    void givesTheSameNoticeTheSameMessageIdAndSendsItOnce() {
        Notice notice = hub.notice("https://forum.example/2");
        MailPlatform platform = hub.platform();
        ReferralAnswer first = platform.refer(notice);
        ReferralAnswer second = platform.refer(notice);
        assertThat(((Receipt) second).reference()).isEqualTo(((Receipt) first).reference());
        assertThat(relay.mails()).hasSize(1);
    }

    @Test
    void makesTokensThatNobodyGuessesWithoutTheKey() {
        Tokens ours = new Tokens(hub.mailSettings());
        String id = ours.messageId(List.of("key"));
        Path other = MailHub.written(folder.resolve("other"), "another key");
        Tokens others = new Tokens(hub.option("reply-secret", "file:" + other).mailSettings());
        assertThat(ours.token(id)).isNotEqualTo(others.token(id)).isNotEqualTo(ours.token(id + "x"));
        assertThat(ours.messageId(List.of("key"))).isEqualTo(id).isNotEqualTo(ours.messageId(List.of("key2")));
    }

    @ParameterizedTest
    @CsvSource({
        "GREETING, 421 4.3.2 Closing",
        "GREETING, hang up",
        "GREETING, silence",
        "SENDER, 451 4.3.0 Later",
        "SENDER, 550 5.7.1 Not you",
        "SENDER, hang up",
        "DATA, 451 4.3.0 Later",
        "DATA, 554 5.0.0 No",
        "DATA, hang up",
        "DATA, silence",
        "END_OF_TEXT, 451 4.3.0 Not taken"
    })
    void mayBeSentAgainWhereTheRelayCertainlyTookNothing(At at, String reply) {
        relay.fault(at, reply);
        Notice notice = hub.notice("https://forum.example/3");
        MailPlatform platform = hub.platform();
        assertThatThrownBy(() -> platform.refer(notice)).isInstanceOf(PlatformUnavailable.class);
        relay.fault(At.NEVER, "");
        assertThat(platform.refer(notice)).isInstanceOf(Receipt.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hang up", "silence", "gibberish"})
    void isNeverSentAgainWhenTheTextWentOutAndNoWordCameBack(String fault) {
        relay.fault(At.END_OF_TEXT, fault);
        Notice notice = hub.notice("https://forum.example/4");
        MailPlatform platform = hub.platform();
        assertThat(platform.refer(notice)).isInstanceOf(Uncertain.class);
        relay.fault(At.NEVER, "");
        assertThat(platform.refer(notice)).isInstanceOf(Uncertain.class);
        assertThat(relay.mails()).hasSize(1);
    }

    @Test
    void endsAConversationThatDripsAlong() throws IOException {
        try (ServerSocket slow = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread drip = new Thread(() -> drip(slow));
            drip.setDaemon(true);
            drip.start();
            hub.option("smtp-port", Integer.toString(slow.getLocalPort())).timeout(Duration.ofMillis(300));
            Notice notice = hub.notice("https://forum.example/5");
            long began = System.nanoTime();
            assertThatThrownBy(() -> hub.platform().refer(notice)).isInstanceOf(PlatformUnavailable.class);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
        }
    }

    /** A byte of greeting now and then, each in time, and never the whole. */
    private static void drip(ServerSocket slow) {
        try (var socket = slow.accept()) {
            socket.setSoTimeout(100);
            for (int number = 0; number < 100; number++) {
                socket.getOutputStream().write('2');
                try {
                    if (socket.getInputStream().read() < 0) {
                        return;
                    }
                } catch (java.net.SocketTimeoutException e) {
                    // that was the pause
                    continue;
                }
            }
        } catch (IOException e) {
            // the hub had enough
            return;
        }
    }

    @Test
    void turnsToTheNextContactWhenOneIsRefused() {
        relay.refusing(OPERATOR, "550 5.1.1 Unknown");
        Receipt receipt = (Receipt) hub.platform().refer(hub.notice("https://forum.example/6"));
        assertThat(receipt.identities()).containsEntry(MailPlatform.CONTACT, REGISTRAR + " (registrar)");
        assertThat(relay.mails()).hasSize(1);
        assertThat(store.jdbc()
                        .sql("select address from mail_report where message_id = ?")
                        .param(receipt.reference())
                        .query(String.class)
                        .single())
                .isEqualTo(REGISTRAR);
    }

    @Test
    void asksAPersonWhenNoContactIsLeft() {
        relay.refusing(OPERATOR, "550 5.1.1 Unknown").refusing(REGISTRAR, "556 5.1.10 Null MX");
        Notice notice = hub.notice("https://forum.example/7");
        assertThat(hub.platform().refer(notice))
                .isInstanceOfSatisfying(NeedsPerson.class, answer -> assertThat(answer.reason())
                        .contains(OPERATOR, "550", REGISTRAR, "556"));
        assertThat(relay.mails()).isEmpty();
    }

    @Test
    void waitsWhenAContactIsPutOff() {
        relay.refusing(OPERATOR, "450 4.2.0 Greylisted");
        Notice notice = hub.notice("https://forum.example/8");
        assertThatThrownBy(() -> hub.platform().refer(notice)).isInstanceOf(PlatformUnavailable.class);
    }

    @Test
    void asksAPersonWhenTheRelayRefusesTheText() {
        relay.fault(At.END_OF_TEXT, "554 5.7.1 Looks like spam");
        assertThat(hub.platform().refer(hub.notice("https://forum.example/9"))).isInstanceOf(NeedsPerson.class);
    }

    @Test
    void writesToNoAddressThatIsKnownNotToExist() {
        store.jdbc()
                .sql("insert into mail_dead_address (address, status, died_at) values (?, '5.1.1', ?)")
                .params(OPERATOR, org.takedownhub.audit.Instants.stored(CLOCK.instant()))
                .update();
        Receipt receipt = (Receipt) hub.platform().refer(hub.notice("https://forum.example/10"));
        assertThat(receipt.identities()).containsEntry(MailPlatform.CONTACT, REGISTRAR + " (registrar)");
    }

    @Test
    void asksAPersonWhereThereIsNoContact() {
        assertThat(hub.platform().refer(hub.notice("https://nobody.example/1"))).isInstanceOf(NeedsPerson.class);
        assertThat(hub.platform().refer(hub.notice("at://did:plc:abc/app.bsky.feed.post/1")))
                .isInstanceOf(NeedsPerson.class);
    }

    @Test
    void sendsSeveralNoticesToOneContactInOneMail() throws Exception {
        MailPlatform platform = hub.platform();
        List<Notice> notices = List.of(
                hub.notice("https://forum.example/11"),
                hub.notice("https://www.forum.example/12"),
                hub.notice("https://forum.example/13"));
        assertThat(notices).extracting(platform::group).containsOnly(java.util.Optional.of(OPERATOR));
        List<ReferralAnswer> answers = platform.refer(notices);
        assertThat(answers).hasSize(3).allSatisfy(answer -> assertThat(answer).isEqualTo(answers.get(0)));
        assertThat(relay.mails()).hasSize(1);
        MimeMultipart parts = (MimeMultipart) mail(relay.mails().get(0)).getContent();
        JsonNode json = new ObjectMapper().readTree(parts.getBodyPart(1).getInputStream());
        assertThat(json.at("/notices")).hasSize(3);
        assertThat(platform.refer(List.of(notices.get(1))))
                .containsExactly(new Receipt(((Receipt) answers.get(1)).reference(), CLOCK.instant(), Map.of()));
        assertThat(relay.mails()).hasSize(1);
    }

    @Test
    void letsAThreatToLifeGoAloneAndSaysSo() throws Exception {
        MailPlatform platform = hub.platform();
        Notice urgent = hub.notice("https://forum.example/14", true);
        assertThat(platform.group(urgent)).isEmpty();
        platform.refer(urgent);
        assertThat(mail(relay.mails().get(0)).getSubject()).startsWith("URGENT, threat to life");
    }

    @Test
    void doesNotMixContentOfDifferentOperatorsInAMailToOneOfThem() {
        MailPlatform platform = hub.platform();
        Notice one = hub.notice("https://forum.example/15");
        Notice two = hub.notice("https://other.example/16");
        assertThat(platform.group(one)).isNotEqualTo(platform.group(two));
        platform.refer(List.of(one, two));
        // the registrar is the only one that both have in common
        assertThat(relay.commands()).anyMatch(line -> line.startsWith("RCPT TO:<" + REGISTRAR + ">"));
    }

    @Test
    void answersAQuestionToWhomItWroteAndInTheSameThread() throws Exception {
        MailPlatform platform = hub.platform();
        Notice notice = hub.notice("https://forum.example/17");
        Receipt receipt = (Receipt) platform.refer(notice);
        SentReport report = new SentReport(receipt.reference(), notice.content(), 1, CLOCK.instant());
        assertThat(platform.takesAnswers()).isTrue();
        platform.answer(report, "It is the second picture.");
        MimeMessage answer = mail(relay.mails().get(1));
        assertThat(answer.getHeader("In-Reply-To")).containsExactly("<" + receipt.reference() + ">");
        assertThat(answer.getAllRecipients()).extracting(Object::toString).containsExactly(OPERATOR);
        assertThat(answer.getHeader("Auto-Submitted")).as("a person wrote it").isNull();
        assertThat(answer.getReplyTo()).isEqualTo(mail(relay.mails().get(0)).getReplyTo());
        relay.fault(At.END_OF_TEXT, "hang up");
        assertThatThrownBy(() -> platform.answer(report, "And the third.")).isInstanceOf(NoAnswer.class);
    }

    @Test
    void looksAsThePublicDoes() {
        List<Look> looks = hub.platform()
                .look(List.of(hub.notice("https://forum.example/18").content()));
        assertThat(looks).containsExactly(Look.unknown(UnknownReason.CHALLENGE, "read from GB"));
    }

    @Test
    void checksRelayAndMailboxWithoutSendingAnything() {
        GreenMail mailbox = new GreenMail(ServerSetup.dynamicPort(new ServerSetup[] {ServerSetupTest.IMAP}));
        mailbox.start();
        try {
            mailbox.setUser("hub@hub.police.test", "hub", "right");
            Path password = MailHub.written(folder.resolve("password"), "right");
            hub.option("imap-host", "localhost")
                    .option("imap-tls", "none")
                    .option("imap-port", Integer.toString(mailbox.getImap().getPort()))
                    .option("imap-identifier", "hub")
                    .option("imap-secret", "file:" + password)
                    .timeout(Duration.ofSeconds(5));
            hub.platform().checkConnection();
            assertThat(relay.commands()).noneMatch(line -> line.startsWith("MAIL"));
            MailHub.written(password, "wrong");
            assertThatThrownBy(() -> hub.platform().checkConnection())
                    .isInstanceOf(PlatformUnavailable.class)
                    .hasMessageContaining("imap-secret")
                    .message()
                    .doesNotContain("wrong");
            MailHub.written(folder.resolve("reply-secret"), "");
            assertThatThrownBy(() -> hub.platform().checkConnection()).hasMessageContaining("reply-secret");
        } finally {
            mailbox.stop();
        }
    }

    @Test
    void trustsNoRelayWhoseCertificateDoesNotMatch() {
        GreenMail impostor = new GreenMail(ServerSetup.dynamicPort(new ServerSetup[] {ServerSetupTest.SMTPS}));
        impostor.start();
        try {
            hub.option("smtp-tls", "implicit")
                    .option("smtp-port", Integer.toString(impostor.getSmtps().getPort()))
                    .timeout(Duration.ofSeconds(5));
            Notice notice = hub.notice("https://forum.example/19");
            assertThatThrownBy(() -> hub.platform().refer(notice)).isInstanceOf(PlatformUnavailable.class);
            assertThat(impostor.getReceivedMessages()).isEmpty();
        } finally {
            impostor.stop();
        }
    }

    @Test
    void sendsThroughARealMailServerToo() throws Exception {
        GreenMail server = new GreenMail(ServerSetup.dynamicPort(new ServerSetup[] {ServerSetupTest.SMTP}));
        server.start();
        try {
            hub.option("smtp-port", Integer.toString(server.getSmtp().getPort()))
                    .timeout(Duration.ofSeconds(5));
            Notice notice = hub.notice("https://forum.example/20");
            Receipt receipt = (Receipt) hub.platform().refer(notice);
            MimeMessage arrived = server.getReceivedMessages()[0];
            assertThat(arrived.getMessageID()).isEqualTo("<" + receipt.reference() + ">");
            assertThat((String) ((MimeMultipart) arrived.getContent())
                            .getBodyPart(0)
                            .getContent())
                    .contains(notice.explanation());
        } finally {
            server.stop();
        }
    }
}
