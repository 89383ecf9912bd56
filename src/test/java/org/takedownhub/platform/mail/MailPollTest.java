package org.takedownhub.platform.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.icegreen.greenmail.util.ServerSetupTest;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.takedownhub.BesideOthers;
import org.takedownhub.StoreContext;
import org.takedownhub.cases.CaseVisibility;
import org.takedownhub.clock.MutableClock;
import org.takedownhub.platform.Notice;
import org.takedownhub.platform.Platform;
import org.takedownhub.platform.PlatformFactory;
import org.takedownhub.platform.PlatformHealth;
import org.takedownhub.platform.PlatformReply;
import org.takedownhub.platform.PlatformReply.Kind;
import org.takedownhub.platform.PlatformReplyListener;
import org.takedownhub.platform.PlatformSettings;
import org.takedownhub.platform.Platforms;
import org.takedownhub.platform.PlatformsSettings;
import org.takedownhub.platform.PublicLooks;
import org.takedownhub.platform.Receipt;
import org.takedownhub.platform.Vantages;

@BesideOthers
class MailPollTest {

    private static final String CONTACT = "trust@forum.example";

    private static final MutableClock CLOCK = MutableClock.at("2026-11-22T10:00:00Z");
    private static final List<Told> TOLD = new CopyOnWriteArrayList<>();
    private static final String DATABASE = UUID.randomUUID().toString();
    private static volatile boolean listening = true;

    @TempDir
    static Path folder;

    private static GreenMail server;
    private static GreenMailUser mailbox;
    private static StoreContext store;
    private static MailHub hub;
    private static MailPoll poll;
    private static MailPlatform platform;

    record Told(String reference, int recipient, PlatformReply reply) {}

    @BeforeAll
    static void open() {
        server = new GreenMail(ServerSetup.dynamicPort(new ServerSetup[] {ServerSetupTest.SMTP, ServerSetupTest.IMAP}));
        server.start();
        mailbox = server.setUser("referrals@hub.police.test", "hub", "password");
        store = node();
        hub = new MailHub(store, CLOCK, folder);
        poll = store.bean(MailPoll.class);
        platform = (MailPlatform) store.bean(Platforms.class).require(MailHub.INSTANCE);
    }

    @AfterAll
    static void shut() {
        store.close();
        server.stop();
    }

    @BeforeEach
    void start() throws FolderException {
        server.purgeEmailFromAllMailboxes();
        for (String table : List.of(
                "mail_received",
                "mail_report_notice",
                "mail_report",
                "mail_folder",
                "mail_dead_address",
                "platform_health")) {
            store.jdbc().sql("delete from " + table).update();
        }
        TOLD.clear();
        listening = true;
    }

    /** One more node on the same database and mailbox. */
    private static StoreContext node() {
        MailHub settings = new MailHub(null, CLOCK, folder)
                .option("smtp-port", Integer.toString(server.getSmtp().getPort()))
                .option("imap-host", "localhost")
                .option("imap-tls", "none")
                .option("imap-port", Integer.toString(server.getImap().getPort()))
                .option("imap-identifier", "hub")
                .option("imap-secret", "file:" + MailHub.written(folder.resolve("password"), "password"))
                .option("contacts", "forum.example=" + CONTACT)
                .option("contact-order", "operator,role-address");
        return StoreContext.builder(CLOCK)
                .database(DATABASE)
                .with(PlatformsSettings.class, new PlatformsSettings(Map.of(MailHub.INSTANCE, settings.settings())))
                .with(PlatformFactory.class, portals())
                .with(PublicLooks.class, MailHub.LOOKS)
                .with(Vantages.class, MailHub.VANTAGES)
                .with(PlatformReplyListener.class, MailPollTest::replied)
                .with(MailPlatformFactory.class, Platforms.class, PlatformHealth.class, MailPoll.class)
                .start();
    }

    private static void replied(org.takedownhub.casefile.CaseReference reference, int recipient, PlatformReply reply) {
        if (!listening) {
            throw new IllegalStateException("busy");
        }
        TOLD.add(new Told(reference.value(), recipient, reply));
    }

    private static PlatformFactory portals() {
        return new PlatformFactory() {
            @Override
            public String kind() {
                return Platforms.PORTAL;
            }

            @Override
            public Platform create(String instance, PlatformSettings settings) {
                throw new IllegalStateException("no portal is needed here");
            }
        };
    }

    private record Sent(Notice notice, String messageId, String replyAddress) {}

    private Sent sent() {
        Notice notice = hub.notice("https://forum.example/" + TOLD.size());
        Receipt receipt = (Receipt) platform.refer(notice);
        String token = store.jdbc()
                .sql("select reply_token from mail_report where message_id = ?")
                .param(receipt.reference())
                .query(String.class)
                .single();
        return new Sent(notice, receipt.reference(), "referrals+" + token + "@hub.police.test");
    }

    private void arrives(String... lines) {
        String text = String.join("\r\n", lines);
        try {
            mailbox.deliver(new MimeMessage(
                    Session.getInstance(new Properties()),
                    new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))));
        } catch (jakarta.mail.MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private void round() {
        CLOCK.advance(Duration.ofMinutes(2));
        poll.poll(platform);
        poll.tell();
    }

    private void arrivesReport(Sent mail, String action, String status) {
        arrives(
                "From: MAILER-DAEMON@mx.forum.example",
                "To: " + mail.replyAddress(),
                "Subject: Delivery report",
                "Message-ID: <" + UUID.randomUUID() + "@mx.forum.example>",
                "MIME-Version: 1.0",
                "Auto-Submitted: auto-replied",
                "Content-Type: multipart/report; report-type=delivery-status; boundary=b",
                "",
                "--b",
                "Content-Type: text/plain",
                "",
                "Report.",
                "--b",
                "Content-Type: message/delivery-status",
                "",
                "Reporting-MTA: dns; mx.forum.example",
                "",
                "Final-Recipient: rfc822; " + CONTACT,
                "Action: " + action,
                "Status: " + status,
                "Diagnostic-Code: smtp; " + status + " said the server",
                "",
                "--b--");
    }

    private long unmatched() {
        return store.jdbc()
                .sql("select count(*) from mail_received where answers is null")
                .query(Long.class)
                .single();
    }

    private List<Kind> kinds() {
        return TOLD.stream().map(entry -> entry.reply().kind()).toList();
    }

    @Test
    void tellsTheCaseWhatIsAnsweredToTheAddressOnlyWeKnow() {
        Sent mail = sent();
        arrives("From: desk@forum.example", "To: " + mail.replyAddress(), "Subject: Re: Notice", "", "Which picture?");
        round();
        assertThat(TOLD).singleElement().satisfies(entry -> {
            assertThat(entry.reference())
                    .isEqualTo(mail.notice().content().reference().value());
            assertThat(entry.recipient()).isEqualTo(1);
            assertThat(entry.reply().kind()).isEqualTo(Kind.MESSAGE);
            assertThat(entry.reply().text()).contains("desk@forum.example", "Which picture?");
            assertThat(entry.reply().key()).hasSize(64);
        });
    }

    @Test
    void tellsTheCaseWhatIsAnsweredInTheSameThread() {
        Sent mail = sent();
        arrives("From: desk@forum.example", "References: <x@y.example> <" + mail.messageId() + ">", "", "Done.");
        round();
        assertThat(kinds()).containsExactly(Kind.MESSAGE);
    }

    @Test
    void saysWhenAStrangerAnswers() {
        Sent mail = sent();
        arrives("From: desk@mail.forum.example", "To: " + mail.replyAddress(), "", "We look.");
        arrives("From: desk@elsewhere.example", "To: " + mail.replyAddress(), "", "We look, too.");
        round();
        assertThat(TOLD.get(0).reply().text()).doesNotContain("not of the domain");
        assertThat(TOLD.get(1).reply().text()).contains("not of the domain that was written to");
    }

    @Test
    void keepsWhatAnswersNothingOfOursForAnOperator() {
        sent();
        arrives(
                "From: spam@x.example",
                "To: referrals+" + "0".repeat(32) + "@hub.police.test",
                "Subject: Win",
                "",
                "Buy");
        round();
        assertThat(TOLD).isEmpty();
        assertThat(new UnmatchedMailController(store.jdbc(), store.bean(CaseVisibility.class))
                        .unmatched(MailHub.INSTANCE))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.sender()).isEqualTo("spam@x.example");
                    assertThat(entry.text()).contains("Buy");
                    assertThat(entry.sha256()).hasSize(64);
                });
    }

    @Test
    void takesProofOfDeliveryForNoMoreThanThat() {
        Sent mail = sent();
        arrivesReport(mail, "delivered", "2.0.0");
        round();
        assertThat(kinds()).containsExactly(Kind.DELIVERED);
        assertThat(store.jdbc()
                        .sql("select count(*) from mail_report where delivered_at is not null")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void turnsToTheNextContactAfterAMailThatCameBack() {
        Sent mail = sent();
        arrivesReport(mail, "failed", "5.1.1");
        round();
        assertThat(TOLD).singleElement().satisfies(entry -> {
            assertThat(entry.reply().kind()).isEqualTo(Kind.UNDELIVERABLE);
            assertThat(entry.reply().text()).contains(CONTACT, "5.1.1", "said the server");
        });
        Receipt next = (Receipt) platform.refer(hub.notice("https://forum.example/next"));
        assertThat(next.identities()).containsEntry(MailPlatform.CONTACT, "abuse@forum.example (role_address)");
    }

    @Test
    void keepsAnAddressWhoseMailboxIsOnlyFull() {
        arrivesReport(sent(), "failed", "5.2.2");
        round();
        assertThat(kinds()).containsExactly(Kind.UNDELIVERABLE);
        Receipt next = (Receipt) platform.refer(hub.notice("https://forum.example/next"));
        assertThat(next.identities()).containsEntry(MailPlatform.CONTACT, CONTACT + " (operator)");
    }

    @Test
    void tellsThatAMailIsDelayed() {
        arrivesReport(sent(), "delayed", "4.4.1");
        round();
        assertThat(TOLD).singleElement().satisfies(entry -> {
            assertThat(entry.reply().kind()).isEqualTo(Kind.MESSAGE);
            assertThat(entry.reply().text()).contains("delayed", "4.4.1");
        });
    }

    @Test
    void takesAMachinesFirstWordForAReceiptAndItsSecondForAMessage() {
        Sent mail = sent();
        arrives(
                "From: desk@forum.example",
                "To: " + mail.replyAddress(),
                "Auto-Submitted: auto-replied",
                "Subject: [Ticket #48213] received",
                "",
                "We have it.");
        arrives(
                "From: desk@forum.example",
                "To: " + mail.replyAddress(),
                "Auto-Submitted: auto-generated",
                "Subject: [Ticket #48213] closed",
                "",
                "We have decided not to act.");
        round();
        assertThat(kinds()).containsExactly(Kind.ACKNOWLEDGED, Kind.MESSAGE);
        assertThat(TOLD.get(0).reply().text()).contains("ticket 48213");
        assertThat(TOLD.get(1).reply().text()).contains("decided not to act");
    }

    @Test
    void tellsEveryCaseInAMailOfSeveral() {
        List<Notice> notices = List.of(hub.notice("https://forum.example/1"), hub.notice("https://forum.example/2"));
        Receipt receipt = (Receipt) platform.refer(notices).get(0);
        arrives("From: desk@forum.example", "In-Reply-To: <" + receipt.reference() + ">", "", "Both are gone.");
        round();
        assertThat(TOLD)
                .extracting(Told::reference)
                .containsExactlyInAnyOrderElementsOf(notices.stream()
                        .map(notice -> notice.content().reference().value())
                        .toList());
    }

    @Test
    void tellsNothingTwiceHoweverOftenAMailIsRead() {
        Sent mail = sent();
        String[] answer = {
            "From: desk@forum.example", "To: " + mail.replyAddress(), "Message-ID: <1@forum.example>", "", "Done."
        };
        arrives(answer);
        round();
        round();
        // the same mail over another alias
        arrives(Stream.concat(Stream.of("Received: by an alias"), Stream.of(answer))
                .toArray(String[]::new));
        round();
        // a crash before the mark moved, and a server that counts anew
        store.jdbc().sql("update mail_folder set last_uid = 0").update();
        round();
        store.jdbc().sql("update mail_folder set uid_validity = 1").update();
        round();
        assertThat(kinds()).containsExactly(Kind.MESSAGE);
        assertThat(unmatched()).isZero();
    }

    @Test
    void tellsAgainLaterWhenNobodyListened() {
        Sent mail = sent();
        arrives("From: desk@forum.example", "To: " + mail.replyAddress(), "", "Done.");
        listening = false;
        round();
        assertThat(TOLD).isEmpty();
        listening = true;
        round();
        assertThat(kinds()).containsExactly(Kind.MESSAGE);
    }

    @Test
    void isReadByTwoNodesAtOnceAndToldOnce() throws Exception {
        Sent mail = sent();
        try (StoreContext other = node()) {
            MailPoll second = other.bean(MailPoll.class);
            MailPlatform same = (MailPlatform) other.bean(Platforms.class).require(MailHub.INSTANCE);
            for (int number = 0; number < 20; number++) {
                arrives("From: desk@forum.example", "To: " + mail.replyAddress(), "", "Answer " + number);
            }
            CLOCK.advance(Duration.ofMinutes(2));
            CountDownLatch go = new CountDownLatch(1);
            List<Thread> nodes = new ArrayList<>();
            nodes.add(new Thread(() -> both(go, poll, platform)));
            nodes.add(new Thread(() -> both(go, second, same)));
            nodes.forEach(Thread::start);
            go.countDown();
            for (Thread node : nodes) {
                node.join(20_000);
            }
            CLOCK.advance(Duration.ofMinutes(2));
            poll.tell();
        }
        assertThat(TOLD).hasSize(20);
        assertThat(TOLD).extracting(entry -> entry.reply().key()).doesNotHaveDuplicates();
    }

    private static void both(CountDownLatch go, MailPoll poll, MailPlatform platform) {
        try {
            go.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        poll.poll(platform);
        poll.tell();
    }

    @Test
    void readsNoMoreThanAMegabyteAndSaysSo() {
        Sent mail = sent();
        arrives(
                "From: desk@forum.example",
                "To: " + mail.replyAddress(),
                "Subject: Long",
                "",
                ("x".repeat(70) + "\r\n").repeat(30_000));
        arrives("From: desk@forum.example", "To: " + mail.replyAddress(), "", "Short.");
        round();
        assertThat(TOLD).hasSize(2);
        assertThat(TOLD.get(0).reply().kind()).isEqualTo(Kind.MESSAGE);
        assertThat(TOLD.get(0).reply().text()).contains("too long");
        assertThat(store.jdbc()
                        .sql("select max(length(raw)) from mail_received")
                        .query(Long.class)
                        .single())
                .isLessThan(1_500_000L);
    }

    @Test
    void changesNothingInTheMailbox() throws Exception {
        Sent mail = sent();
        arrives("From: desk@forum.example", "To: " + mail.replyAddress(), "", "Done.");
        round();
        var folderOfServer = server.getManagers().getImapHostManager().getInbox(mailbox);
        assertThat(folderOfServer.getMessageCount()).isEqualTo(1);
        assertThat(folderOfServer.getUnseenCount()).isEqualTo(1);
    }

    @Test
    void doesNotTalkToItself() {
        Sent mail = sent();
        arrives(
                "From: referrals@hub.police.test",
                "Message-ID: <" + mail.messageId() + ">",
                "To: " + mail.replyAddress(),
                "Auto-Submitted: auto-generated",
                "",
                "Our own words.");
        round();
        assertThat(TOLD).isEmpty();
    }

    @Test
    void saysThatItCannotReadAndThatItCanAgain() {
        MailHub.written(folder.resolve("password"), "wrong");
        round();
        assertThat(store.bean(PlatformHealth.class).all()).singleElement().satisfies(health -> {
            assertThat(health.healthy()).isFalse();
            assertThat(health.lastError().orElseThrow()).contains("imap-secret");
        });
        MailHub.written(folder.resolve("password"), "password");
        round();
        assertThat(store.bean(PlatformHealth.class).all())
                .singleElement()
                .satisfies(health -> assertThat(health.healthy()).isTrue());
    }

    @Test
    void givesUpOnAMailServerThatSaysNothing() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            MailPlatform hanging = new MailHub(store, CLOCK, folder)
                    .option("imap-host", "localhost")
                    .option("imap-tls", "none")
                    .option("imap-port", Integer.toString(silent.getLocalPort()))
                    .option("imap-identifier", "hub")
                    .option("imap-secret", "file:" + folder.resolve("password"))
                    .timeout(Duration.ofMillis(300))
                    .platform();
            CLOCK.advance(Duration.ofMinutes(2));
            long began = System.nanoTime();
            poll.poll(hanging);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
            assertThat(store.bean(PlatformHealth.class).all())
                    .singleElement()
                    .satisfies(health -> assertThat(health.healthy()).isFalse());
        }
        round();
    }

    @Test
    void readsOnAThreadOfItsOwn() {
        Sent mail = sent();
        arrives("From: desk@forum.example", "To: " + mail.replyAddress(), "", "Done.");
        CLOCK.advance(Duration.ofMinutes(2));
        poll.run();
        await().atMost(Duration.ofSeconds(10)).until(() -> TOLD.size() == 1);
    }
}
