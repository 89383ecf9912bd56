package org.takedownhub.platform.mail;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.MessagingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.takedownhub.platform.PlatformSettings;

class ReceivedMailTest {

    private static final String TOKEN = "0123456789abcdef0123456789abcdef";

    @TempDir
    Path folder;

    private ReceivedMail read(String mail) throws MessagingException {
        return read(mail.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    private ReceivedMail read(byte[] mail) throws MessagingException {
        Tokens tokens = new Tokens(MailSettings.of(
                "abuse-mail",
                new PlatformSettings(
                        "mail",
                        true,
                        null,
                        List.of(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        Duration.ofSeconds(1),
                        1,
                        Map.of(
                                "smtp-host", "relay.police.test",
                                "from", "referrals@hub.police.test",
                                "reply-address", "referrals@hub.police.test",
                                "reply-secret", "file:" + folder.resolve("none")))));
        return ReceivedMail.read(mail, tokens, Optional.of("mx.police.test"));
    }

    private static String report(String fields) {
        return """
                From: MAILER-DAEMON@mx.forum.example
                To: referrals+%s@hub.police.test
                Subject: Delivery Status Notification
                Message-ID: <dsn@mx.forum.example>
                MIME-Version: 1.0
                Auto-Submitted: auto-replied
                Content-Type: multipart/report; report-type=delivery-status; boundary="b"

                --b
                Content-Type: text/plain

                This is an automatic report.
                --b
                Content-Type: message/delivery-status

                Reporting-MTA: dns; mx.forum.example
                Original-Envelope-Id: 00ff

                %s
                --b
                Content-Type: text/rfc822-headers

                Message-ID: <our-mail@hub.police.test>
                Subject: Notice about content

                --b--
                """
                .formatted(TOKEN, fields);
    }

    @ParameterizedTest
    @CsvSource({
        "failed, 5.1.1, FAILED, true",
        "failed, 5.1.10, FAILED, true",
        "failed, 5.2.2, FAILED, false",
        "Failed, 5.7.1 (policy), FAILED, false",
        "delayed, 4.4.1, DELAYED, false",
        "delivered, 2.0.0, DELIVERED, false",
        "relayed, 2.0.0, RELAYED, false",
        "expanded, 2.0.0, RELAYED, false"
    })
    void readsWhatAMailServerReports(String action, String status, DeliveryStatus.Action expected, boolean dead)
            throws MessagingException {
        ReceivedMail mail = read(report("Final-Recipient: rfc822; trust@forum.example\nAction: " + action + "\nStatus: "
                + status + "\nDiagnostic-Code: smtp; " + status + " words"));
        DeliveryStatus delivery = mail.delivery().orElseThrow();
        assertThat(delivery.action()).isEqualTo(expected);
        assertThat(delivery.addressIsDead()).isEqualTo(dead);
        assertThat(delivery.envelopeId()).contains("00ff");
        assertThat(mail.messageIds()).containsExactly("our-mail@hub.police.test");
        assertThat(mail.tokens()).containsExactly(TOKEN);
    }

    @Test
    void countsAsDeliveredWhatReachedOneOfSeveralBehindAnAddress() throws MessagingException {
        ReceivedMail mail = read(report("Final-Recipient: rfc822; a@forum.example\nAction: failed\nStatus: 5.1.1\n\n"
                + "Final-Recipient: rfc822; b@forum.example\nAction: delivered\nStatus: 2.1.5"));
        assertThat(mail.delivery().orElseThrow().action()).isEqualTo(DeliveryStatus.Action.DELIVERED);
    }

    @Test
    void takesNoReportForOneThatNamesNoKnownAction() throws MessagingException {
        assertThat(read(report("Final-Recipient: rfc822; a@b.example\nAction: vanished"))
                        .delivery())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Auto-Submitted: auto-replied",
                "Auto-Submitted: auto-generated; owner=desk",
                "Precedence: auto_reply",
                "Precedence: bulk",
                "X-Autoreply: yes",
                "X-Autorespond: thanks"
            })
    void recognisesAMachine(String header) throws MessagingException {
        assertThat(read("From: desk@forum.example\n" + header + "\n\nWe have it.")
                        .automatic())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Auto-Submitted: no", "Precedence: normal", "Subject: Automatic reply"})
    void takesNobodyForAMachineWithoutASign(String header) throws MessagingException {
        assertThat(read("From: desk@forum.example\n" + header + "\n\nWe have it.")
                        .automatic())
                .isFalse();
    }

    @Test
    void takesAFreeBounceForNoReceipt() throws MessagingException {
        assertThat(read("From: Mailer-Daemon@forum.example\nAuto-Submitted: auto-replied\n\nUnknown user")
                        .automatic())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[Ticket #48213] Your report | 48213",
                "Re: Notice about content [TH-2026-000123] (Case: ABUSE-2291) | ABUSE-2291",
                "[#AB12-77] received | AB12-77",
                "Reference number: 2026-55 | 2026-55",
                "Re: Notice about content [TH-2026-000123] | ",
                "Thank you for your report | "
            })
    void findsTheirTicketAndNotOurReference(String subject, String ticket) throws MessagingException {
        assertThat(read("From: a@b.example\nSubject: " + subject + "\n\nHello.").ticket())
                .isEqualTo(Optional.ofNullable(ticket));
    }

    @Test
    void findsTheTokenWhereverTheMailServerPutsTheAddress() throws MessagingException {
        String address = "referrals+" + TOKEN + "@hub.police.test";
        for (String header : List.of("To: ", "Cc: Desk <", "Delivered-To: ", "X-Original-To: ", "To: x@y.example, ")) {
            assertThat(read(header + address.toUpperCase(java.util.Locale.ROOT) + "\n\nx")
                            .tokens())
                    .as(header)
                    .containsExactly(TOKEN);
        }
        assertThat(read("To: referrals+" + TOKEN + "0@hub.police.test\n\nx").tokens())
                .isEmpty();
        assertThat(read("To: referrals+" + TOKEN + "@hub.police.test.evil.example\n\nx")
                        .tokens())
                .isEmpty();
        assertThat(read("To: xreferrals+" + TOKEN + "@hub.police.test\n\nx").tokens())
                .isEmpty();
    }

    @Test
    void turnsMarkupIntoPlainWords() throws MessagingException {
        ReceivedMail mail = read(
                """
                From: a@b.example
                MIME-Version: 1.0
                Content-Type: text/html; charset=utf-8

                <html><head><title>t</title><style>p{}</style></head><body><script>alert(1)</script>
                <p onclick="x()">We have <b>removed</b> it.<p>Second &lt;line&gt;<img src="https://track.example/1.gif">
                <a href="javascript:x">link</a>\u202Egnp.exe</body></html>
                """);
        assertThat(mail.text()).isEqualTo("We have removed it.\nSecond <line>\nlinkgnp.exe");
    }

    @Test
    void prefersTheTextAndCountsWhatIsAttached() throws MessagingException {
        ReceivedMail mail = read(
                """
                From: "Desk, the" <desk@forum.example>
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary=m

                --m
                Content-Type: multipart/alternative; boundary=a

                --a
                Content-Type: text/plain; charset=iso-8859-1
                Content-Transfer-Encoding: quoted-printable

                Gel=F6scht.
                --a
                Content-Type: text/html

                <p>other</p>
                --a--
                --m
                Content-Type: image/png; name=x.png
                Content-Transfer-Encoding: base64

                AAAA
                --m
                Content-Type: text/plain
                Content-Disposition: attachment; filename=log.txt

                log
                --m
                Content-Type: message/rfc822

                Subject: inner

                inner text
                --m--
                """);
        assertThat(mail.text()).isEqualTo("Gelöscht.");
        assertThat(mail.attachments()).isEqualTo(3);
        assertThat(mail.sender()).isEqualTo("desk@forum.example");
    }

    @Test
    void trustsOnlyTheTopmostWordOfOurOwnServerAboutSignatures() throws MessagingException {
        String ours = "Authentication-Results: mx.police.test; dkim=pass header.d=forum.example\n";
        String theirs = "Authentication-Results: mx.forum.example; dkim=pass\n";
        assertThat(read(ours + "From: a@b.example\n\nx").dkim()).isEqualTo("pass");
        assertThat(read(theirs + ours + "From: a@b.example\n\nx").dkim()).isEqualTo("unknown");
        assertThat(read(theirs + "From: a@b.example\n\nx").dkim()).isEqualTo("unknown");
    }

    @Test
    void knowsTheSameMailAgainOnAnotherWay() throws MessagingException {
        String mail = "From: a@b.example\nMessage-ID: <1@b.example>\n\nHello.";
        String key = read(mail).messageKey();
        assertThat(read("Received: by elsewhere\n" + mail).messageKey()).isEqualTo(key);
        assertThat(read(mail + " And more.").messageKey()).isNotEqualTo(key);
        assertThat(read(mail.replace("1@b", "2@b")).messageKey()).isNotEqualTo(key);
    }

    @Test
    void readsTheHeadOfWhatIsBrokenFurtherDown() throws MessagingException {
        ReceivedMail mail = read(
                """
                To: referrals+%s@hub.police.test
                From: a@b.example
                MIME-Version: 1.0
                Content-Type: text/plain; charset=no-such-charset
                Content-Transfer-Encoding: no-such-encoding

                Hello.
                """
                        .formatted(TOKEN));
        assertThat(mail.tokens()).containsExactly(TOKEN);
        assertThat(mail.text()).contains("cannot be read in full");
    }

    @Test
    void survivesNestingThatNoHonestMailHas() throws MessagingException {
        StringBuilder parts = new StringBuilder("From: a@b.example\nMIME-Version: 1.0\n");
        for (int depth = 0; depth < 200; depth++) {
            parts.append("Content-Type: multipart/mixed; boundary=b")
                    .append(depth)
                    .append("\n\n--b")
                    .append(depth)
                    .append('\n');
        }
        parts.append("Content-Type: text/plain\n\ndeep");
        assertThat(read(parts.toString()).attachments()).isPositive();
        String html = "From: a@b.example\nContent-Type: text/html\n\n" + "<div>".repeat(50_000) + "deep";
        assertThat(read(html).text()).isEqualTo("deep");
        assertThat(read(html.replace("<div>", "<div class=x>")).text()).contains("look into the mailbox");
        assertThat(read("From: a@b.example\nSubject: " + "<".repeat(500_000) + "\n\nx")
                        .subject())
                .hasSizeLessThanOrEqualTo(300);
    }

    @Test
    void readsAnythingAtAllWithoutFailing() throws MessagingException {
        byte[] noise = new byte[20_000];
        new java.util.Random(7).nextBytes(noise);
        assertThat(read(noise).messageKey()).hasSize(64);
        assertThat(read(new byte[0]).messageKey()).hasSize(64);
        assertThat(read("Content-Type: multipart/mixed\n\nno boundary").messageKey())
                .hasSize(64);
        assertThat(read("From: \u0000\u0001<\n\n\u0000x").text()).isEqualTo("x");
    }

    @Test
    void saysSoWhereItShortens() {
        assertThat(SafeText.cut("x".repeat(5000), 4000)).hasSize(4000).endsWith("(shortened from 5000 characters)");
        assertThat(SafeText.cut("😀".repeat(3000), 101))
                .hasSizeLessThanOrEqualTo(101)
                .doesNotContain("\ufffd");
    }
}
