package org.takedownhub.referral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.junit5.GreenMailExtension;
import com.icegreen.greenmail.util.ServerSetupTest;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.takedownhub.StoreContext;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Channel;
import org.takedownhub.casefile.Instrument;
import org.takedownhub.casefile.Outcome;
import org.takedownhub.clock.MutableClock;
import org.takedownhub.notice.ContactRole;
import org.takedownhub.notice.Letter;
import org.takedownhub.notice.Letters;
import org.takedownhub.notice.MailOfTests;
import org.takedownhub.notice.Notices;
import org.takedownhub.notice.Notices.Addressee;
import org.takedownhub.notice.Recipient;
import org.takedownhub.platform.Bulkheads;
import org.takedownhub.process.Takedowns;

/** A notice to somebody who is no platform, on the real stores and a real mail server. */
class NoticeLettersTest {

    private static final Duration SOON = Duration.ofSeconds(15);

    @RegisterExtension
    static final GreenMailExtension MAIL = new GreenMailExtension(ServerSetupTest.SMTP.dynamicPort());

    private final MutableClock clock = MutableClock.at("2026-11-22T10:00:00Z");
    private final List<String> told = new ArrayList<>();
    private StoreContext hub;
    private CaseReference reference;

    @BeforeEach
    void start() {
        JavaMailSenderImpl server = new JavaMailSenderImpl();
        server.setHost("127.0.0.1");
        server.setPort(MAIL.getSmtp().getPort());
        hub = MailOfTests.with(
                        StoreContext.builder(clock).database(UUID.randomUUID().toString()))
                .with(JavaMailSender.class, server)
                .with(Takedowns.class, processThatListens())
                .with(Notices.class, NoticeLetters.class)
                .start();
        reference = hub.flagged("alpha");
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    @Test
    void isGivenWhenTheMailServerTookTheLetter() throws Exception {
        madeOutTo("manager@alpha.example");
        refer();
        assertThat(recipient().givenAt()).as("only written so far").isEmpty();
        clock.advance(Duration.ofMinutes(3));

        post();

        assertThat(MAIL.getReceivedMessages()).singleElement().satisfies(mail -> {
            assertThat(mail.getAllRecipients()).singleElement().asString().contains("manager@alpha.example");
            assertThat(mail.getContent()).asString().contains("because of what it says");
        });
        assertThat(told).containsExactly("1 SENT");
        assertThat(recipient().givenAt()).contains(clock.instant());
        assertThat(recipient().receivedAt())
                .as("a mail that went out proves nothing")
                .isEmpty();
    }

    @Test
    void isFiledForAPersonWhereNoMailReaches() {
        madeOutTo("no\u00e9@alpha.example");
        refer();
        assertThat(letters()).singleElement().satisfies(letter -> assertThat(letter.state())
                .isEqualTo(Letter.State.FILED));
        assertThat(hub.bean(Letters.class).canMailTo(recipient().address())).isFalse();
    }

    @Test
    void staysInTheHouseWhenTheNoticeIsSettledBeforeItWent() {
        madeOutTo("manager@alpha.example");
        refer();
        hub.inTransaction(() -> hub.bean(Notices.class).settle(reference, 1, Outcome.WITHDRAWN, null, null));

        MailOfTests.post(hub);
        hub.finish(Bulkheads.MAIL);

        assertThat(MAIL.getReceivedMessages()).isEmpty();
        assertThat(letters()).singleElement().satisfies(letter -> assertThat(letter.state())
                .isEqualTo(Letter.State.FILED));
        assertThat(hub.auditActions(reference)).contains("letter.kept-back");
    }

    @Test
    void isWrittenAnewWhenTheLastOneDidNotArrive() {
        madeOutTo("manager@alpha.example");
        refer();
        post();
        refer();
        assertThat(letters()).extracting(Letter::key).doesNotHaveDuplicates().hasSize(2);
        Optional<Instant> tried =
                hub.fromTransaction(() -> hub.bean(NoticeLetters.class).triedAt(recipient()));
        assertThat(tried).as("the second was not tried yet").isEmpty();
    }

    private void madeOutTo(String address) {
        hub.inTransaction(() -> hub.bean(Notices.class)
                .issue(
                        reference,
                        Instrument.WEAPONS_REMOVAL_NOTICE,
                        1,
                        "because of what it says",
                        List.of(
                                new Addressee("alpha", Channel.API, "alpha"),
                                new Addressee(
                                        ContactRole.CONTENT_MANAGER,
                                        "Manager",
                                        Channel.MAIL,
                                        "alpha",
                                        Optional.of(address)))));
    }

    private void refer() {
        hub.inTransaction(() -> hub.bean(NoticeLetters.class).write(recipient()));
    }

    private void post() {
        int before = told.size();
        MailOfTests.post(hub);
        await().atMost(SOON).until(() -> told.size() > before);
        hub.finish(Bulkheads.MAIL);
    }

    private Recipient recipient() {
        return hub.bean(Notices.class).require(reference, 1);
    }

    private List<Letter> letters() {
        return hub.bean(Letters.class).of(reference);
    }

    /** Remembers what it is told of referrals; nothing else is asked of it here. */
    private Takedowns processThatListens() {
        return (Takedowns) Proxy.newProxyInstance(
                Takedowns.class.getClassLoader(), new Class<?>[] {Takedowns.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("referralAnswered")) {
                        told.add(arguments[1] + " " + arguments[2]);
                        return true;
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
    }
}
