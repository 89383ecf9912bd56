package org.takedownhub.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.junit5.GreenMailExtension;
import com.icegreen.greenmail.util.ServerSetupTest;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.takedownhub.StoreContext;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Source;
import org.takedownhub.clock.MutableClock;
import org.takedownhub.notice.Letter.State;
import org.takedownhub.platform.Bulkheads;
import org.takedownhub.platform.FakePlatforms;
import org.takedownhub.platform.Node;
import org.takedownhub.platform.PlatformsSettings;

class LettersTest {

    private static final Duration SOON = Duration.ofSeconds(15);
    private static final Optional<String> ADDRESS = Optional.of("safety@platform.example");

    @RegisterExtension
    static final GreenMailExtension MAIL = new GreenMailExtension(ServerSetupTest.SMTP.dynamicPort());

    private final MutableClock clock = MutableClock.at("2026-11-22T10:00:00Z");
    private final String database = UUID.randomUUID().toString();
    private final List<StoreContext> nodes = new ArrayList<>();

    @AfterEach
    void stopNodes() {
        nodes.forEach(StoreContext::close);
    }

    @Test
    void mailsALetterAsPlainText() throws Exception {
        StoreContext node = start(server(MAIL.getSmtp().getPort()));
        CaseReference reference = node.flagged("alpha");

        write(node, reference, "letter-1", ADDRESS, "Overdue: " + reference, "Grüße,\nthe hub");
        send(node);

        MimeMessage mail = MAIL.getReceivedMessages()[0];
        assertThat(MAIL.getReceivedMessages()).hasSize(1);
        assertThat(mail.getSubject()).isEqualTo("Overdue: " + reference);
        assertThat(mail.getFrom()).singleElement().hasToString("hub@police.example");
        assertThat(mail.getAllRecipients()).singleElement().hasToString("Trust & Safety <safety@platform.example>");
        assertThat(mail.getContentType()).startsWith("text/plain");
        assertThat(mail.getContent()).asString().contains("Grüße,").contains("the hub");
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(mail.getMessageID()).matches("<[0-9a-f]{32}@police\\.example>");
        Letter letter = letter(node, reference);
        assertThat(letter.state()).isEqualTo(State.SENT);
        assertThat(letter.sentAt()).contains(clock.instant());
        assertThat(node.auditActions(reference)).endsWith("letter.queued", "letter.sent");
    }

    @Test
    void writesAndMailsAKeyOnce() {
        StoreContext node = start(server(MAIL.getSmtp().getPort()));
        CaseReference reference = node.flagged("alpha");

        write(node, reference, "letter-1", ADDRESS, "first", "text");
        write(node, reference, "letter-1", ADDRESS, "second", "text");
        send(node);
        clock.advance(Duration.ofDays(2));
        node.bean(Post.class).run();

        assertThat(letter(node, reference).subject()).isEqualTo("first");
        assertThat(MAIL.getReceivedMessages()).hasSize(1);
    }

    @Test
    void filesALetterWithoutAddress() {
        StoreContext node = start(server(MAIL.getSmtp().getPort()));
        CaseReference reference = node.flagged("alpha");

        write(node, reference, "letter-1", Optional.empty(), "subject", "text");

        assertThat(letter(node, reference).state()).isEqualTo(State.FILED);
        assertThat(node.auditActions(reference)).endsWith("letter.filed");
    }

    @Test
    void filesEverythingWithoutAMailServer() {
        StoreContext node = start(Optional.empty());
        CaseReference reference = node.flagged("alpha");

        write(node, reference, "letter-1", ADDRESS, "subject", "text");

        assertThat(letter(node, reference).state()).isEqualTo(State.FILED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "safety@platform.example\r\nBcc: everyone@platform.example",
                "safety@platform.example, other@platform.example",
                "Safety <safety@platform.example>",
                "group: a@platform.example;",
                "\"a b\"@platform.example",
                "safety",
                "@platform.example",
                ""
            })
    void filesALetterWhoseAddressIsMoreOrLessThanOneMailbox(String address) {
        StoreContext node = start(server(MAIL.getSmtp().getPort()));
        CaseReference reference = node.flagged("alpha");

        write(node, reference, "letter-1", Optional.of(address), "subject", "text");

        assertThat(letter(node, reference).state()).isEqualTo(State.FILED);
        assertThat(letter(node, reference).detail()).isPresent();
    }

    @Test
    void aSubjectCannotAddAHeader() throws Exception {
        StoreContext node = start(server(MAIL.getSmtp().getPort()));
        CaseReference reference = node.flagged("alpha");

        write(node, reference, "letter-1", ADDRESS, "subject\r\nBcc: everyone@platform.example\u2028x", "text");
        send(node);

        MimeMessage mail = MAIL.getReceivedMessages()[0];
        assertThat(mail.getHeader("Bcc")).isNull();
        assertThat(mail.getSubject()).isEqualTo("subject Bcc: everyone@platform.example x");
    }

    @Test
    void aLetterWhoseSenderDiedIsUncertainAndNotSentAgain() {
        StoreContext node = start(server(MAIL.getSmtp().getPort()));
        CaseReference reference = node.flagged("alpha");
        write(node, reference, "letter-1", ADDRESS, "subject", "text");
        node.inTransaction(() ->
                node.bean(Letters.class).claim("letter-1", node.bean(Node.class).worker()));

        StoreContext restarted = start(server(MAIL.getSmtp().getPort()));
        restarted.bean(Post.class).run();
        restarted.bean(Post.class).run();

        assertThat(letter(restarted, reference).state()).isEqualTo(State.UNCERTAIN);
        assertThat(MAIL.getReceivedMessages()).isEmpty();
    }

    @Test
    void triesAgainWhileTheMailServerIsAwayAndFilesInTheEnd() throws Exception {
        int nobodyListens;
        try (ServerSocket free = new ServerSocket(0)) {
            nobodyListens = free.getLocalPort();
        }
        StoreContext node = start(server(nobodyListens));
        CaseReference reference = node.flagged("alpha");
        write(node, reference, "letter-1", ADDRESS, "subject", "text");

        node.bean(Post.class).run();
        await().atMost(SOON).until(() -> letter(node, reference).detail().isPresent());
        assertThat(letter(node, reference).state()).isEqualTo(State.QUEUED);
        clock.advance(Duration.ofHours(24));
        node.bean(Post.class).run();

        await().atMost(SOON).until(() -> letter(node, reference).state() == State.FILED);
        assertThat(letter(node, reference).detail()).contains("The mail server could not be reached");
    }

    @Test
    void filesWhatTheServerRefusesForGood() throws Exception {
        try (ScriptedServer server = new ScriptedServer("550 no such user")) {
            StoreContext node = start(server(server.port()));
            CaseReference reference = node.flagged("alpha");

            write(node, reference, "letter-1", ADDRESS, "subject", "text");
            node.bean(Post.class).run();

            await().atMost(SOON).until(() -> letter(node, reference).state() == State.FILED);
            assertThat(letter(node, reference).detail()).contains("The mail server refused it with code 550");
        }
    }

    @Test
    void queuesWhatTheServerPutsOff() throws Exception {
        try (ScriptedServer server = new ScriptedServer("451 try later")) {
            StoreContext node = start(server(server.port()));
            CaseReference reference = node.flagged("alpha");

            write(node, reference, "letter-1", ADDRESS, "subject", "text");
            node.bean(Post.class).run();

            await().atMost(SOON).until(() -> letter(node, reference).detail().isPresent());
            assertThat(letter(node, reference).state()).isEqualTo(State.QUEUED);
        }
    }

    @Test
    void aServerThatHangsUpAfterTheTextLeavesTheLetterUncertain() throws Exception {
        try (ScriptedServer server = new ScriptedServer("250 ok")) {
            StoreContext node = start(server(server.port()));
            CaseReference reference = node.flagged("alpha");

            write(node, reference, "letter-1", ADDRESS, "subject", "text");
            node.bean(Post.class).run();
            await().atMost(SOON).until(() -> letter(node, reference).state() == State.UNCERTAIN);
            clock.advance(Duration.ofDays(2));
            node.bean(Post.class).run();

            node.finish(Bulkheads.MAIL);
            assertThat(server.texts.get()).isEqualTo(1);
        }
    }

    @Test
    void startsWithAMailServerOnlyWhenItKnowsItsOwnAddress() {
        assertThatThrownBy(() -> start(server(25), ""))
                .rootCause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("takedown.mail.from");
    }

    @Test
    void refusesTextThatIsTooLong() {
        StoreContext node = start(Optional.empty());
        CaseReference reference = node.flagged("alpha");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> write(node, reference, "letter-1", ADDRESS, "subject", "x".repeat(20_001)))
                .withMessageContaining("20000");
    }

    /** Speaks just enough SMTP to answer the recipient as told, and hangs up after the text without a word. */
    private static final class ScriptedServer implements AutoCloseable {

        private final ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        private final AtomicInteger texts = new AtomicInteger();
        private final String toRecipient;

        ScriptedServer(String toRecipient) throws IOException {
            this.toRecipient = toRecipient;
            Thread thread = new Thread(this::serve, "scripted-smtp");
            thread.setDaemon(true);
            thread.start();
        }

        int port() {
            return socket.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }

        private void serve() {
            while (!socket.isClosed()) {
                try (Socket client = socket.accept()) {
                    talk(client);
                } catch (IOException e) {
                    // the client hung up, or the test is over
                }
            }
        }

        private void talk(Socket client) throws IOException {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
            say(client, "220 hello");
            boolean text = false;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (text && line.equals(".")) {
                    texts.incrementAndGet();
                    return;
                } else if (line.startsWith("RCPT")) {
                    say(client, toRecipient);
                } else if (line.startsWith("DATA")) {
                    text = true;
                    say(client, "354 go on");
                } else if (line.startsWith("QUIT")) {
                    say(client, "221 bye");
                    return;
                } else if (!text) {
                    say(client, "250 ok");
                }
            }
        }

        private static void say(Socket client, String line) throws IOException {
            client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
            client.getOutputStream().flush();
        }
    }

    private static void write(
            StoreContext node,
            CaseReference reference,
            String key,
            Optional<String> address,
            String subject,
            String body) {
        node.inTransaction(() -> node.bean(Letters.class)
                .write(key, reference, "rung.platform-contact", "Trust & Safety", address, subject, body));
    }

    @Test
    void filesWhatIsWrittenAboutACovertCaseUnlessItsRemovalNeedsTheMail() {
        StoreContext node = start(server(MAIL.getSmtp().getPort()));
        CaseReference covert = node.flagged("alpha", Source.COVERT);
        for (String purpose : List.of("PLATFORM_CONTACT", "CLOSED", "REGULATOR", "HAND_IN_OVERDUE", "anything new")) {
            node.inTransaction(() -> node.bean(Letters.class)
                    .write(purpose, covert, purpose, "Somebody", ADDRESS, "About " + covert, "text"));
        }
        assertThat(node.bean(Letters.class).of(covert)).hasSize(5).allSatisfy(letter -> {
            boolean needed = letter.purpose().equals("PLATFORM_CONTACT");
            assertThat(letter.state()).as(letter.purpose()).isEqualTo(needed ? State.QUEUED : State.FILED);
            assertThat(letter.detail().isPresent()).isNotEqualTo(needed);
        });
    }

    private static Letter letter(StoreContext node, CaseReference reference) {
        List<Letter> letters = node.bean(Letters.class).of(reference);
        assertThat(letters).hasSize(1);
        return letters.get(0);
    }

    private static void send(StoreContext node) {
        node.bean(Post.class).run();
        await().atMost(SOON).until(() -> MAIL.getReceivedMessages().length == 1);
        node.finish(Bulkheads.MAIL);
    }

    private static Optional<JavaMailSender> server(int port) {
        JavaMailSenderImpl sender = new JavaMailSenderImpl();
        sender.setHost("127.0.0.1");
        sender.setPort(port);
        return Optional.of(sender);
    }

    private StoreContext start(Optional<JavaMailSender> server) {
        return start(server, "hub@police.example");
    }

    private StoreContext start(Optional<JavaMailSender> server, String from) {
        StoreContext.Builder builder = StoreContext.builder(clock)
                .database(database)
                .property("takedown.workers.node", "one")
                .property("takedown.mail.from", from)
                .with(PlatformsSettings.class, FakePlatforms.of().settings())
                .with(Settings.class, Node.class, Bulkheads.class, Letters.class, Post.class);
        server.ifPresent(sender -> builder.with(JavaMailSender.class, sender));
        StoreContext started = builder.start();
        nodes.add(started);
        return started;
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(MailSettings.class)
    static class Settings {}
}
