package org.takedownhub.platform.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A relay that keeps to the letter of RFC 5321 and RFC 3461: commands in their order, parameters as written there, lines
 * of at most 998 characters, and delivery reports asked for. It refuses what it is told to, and can fall silent or go
 * away at any step.
 */
final class SmtpStub implements AutoCloseable {

    private static final Pattern MAIL =
            Pattern.compile("MAIL FROM:<[^<>\\s]{3,254}>(?: RET=(?:HDRS|FULL)| ENVID=[!-*,-<>-~]{1,100}){2}");
    private static final Pattern RECIPIENT =
            Pattern.compile("RCPT TO:<([^<>\\s]{3,254})> NOTIFY=SUCCESS,FAILURE,DELAY(?: ORCPT=\\S+)?");

    private final ServerSocket listener;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Map<String, String> refused = new ConcurrentHashMap<>();
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final List<String> mails = new CopyOnWriteArrayList<>();
    private volatile At at = At.NEVER;
    private volatile String reply = "";

    /** Where the fault happens. */
    enum At {
        NEVER,
        GREETING,
        SENDER,
        DATA,
        END_OF_TEXT
    }

    SmtpStub() {
        try {
            listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::serve, "smtp-stub");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return listener.getLocalPort();
    }

    /** @param reply a line, {@code silence} or {@code hang up} */
    SmtpStub fault(At at, String reply) {
        this.reply = reply;
        this.at = at;
        return this;
    }

    SmtpStub refusing(String address, String reply) {
        refused.put(address, reply);
        return this;
    }

    List<String> commands() {
        return List.copyOf(commands);
    }

    /** The texts that came in whole, whatever was answered. */
    List<String> mails() {
        return List.copyOf(mails);
    }

    private void serve() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                Thread thread = new Thread(() -> conversation(socket), "smtp-stub");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                // the test is over
                return;
            }
        }
    }

    private void conversation(Socket socket) {
        try (socket) {
            converse(socket);
        } catch (IOException e) {
            // the other side left
            return;
        }
    }

    private void converse(Socket socket) throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        OutputStream out = socket.getOutputStream();
        boolean going = say(out, At.GREETING, "220 relay.test ESMTP");
        boolean sender = false;
        boolean recipient = false;
        while (going) {
            String line = in.readLine();
            if (line == null) {
                return;
            }
            commands.add(line);
            if (line.startsWith("EHLO ")) {
                going = say(out, At.NEVER, "250-relay.test\r\n250-SIZE 10000000\r\n250 DSN");
            } else if (line.startsWith("MAIL ")) {
                sender = MAIL.matcher(line).matches();
                going = say(out, At.SENDER, sender ? "250 2.1.0 Ok" : "501 5.5.4 Syntax: " + line);
            } else if (line.startsWith("RCPT ")) {
                var match = RECIPIENT.matcher(line);
                boolean fits = sender && match.matches();
                String no = fits ? refused.get(match.group(1)) : "501 5.5.4 Syntax";
                recipient |= no == null;
                going = say(out, At.NEVER, no == null ? "250 2.1.5 Ok" : no);
            } else if (line.equals("DATA")) {
                going = say(out, At.DATA, recipient ? "354 Go ahead" : "503 5.5.1 No recipient");
                if (going && recipient && at != At.DATA) {
                    mails.add(text(in));
                    going = say(out, At.END_OF_TEXT, "250 2.0.0 Queued");
                }
            } else if (line.equals("RSET")) {
                sender = false;
                recipient = false;
                going = say(out, At.NEVER, "250 2.0.0 Ok");
            } else if (line.equals("QUIT")) {
                say(out, At.NEVER, "221 2.0.0 Bye");
                return;
            } else {
                going = say(out, At.NEVER, "502 5.5.2 Unknown");
            }
        }
    }

    private String text(BufferedReader in) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            if (line.length() > 998) {
                throw new IOException("A line of " + line.length());
            }
            lines.add(line.startsWith("..") ? line.substring(1) : line);
        }
        return String.join("\r\n", lines);
    }

    private boolean say(OutputStream out, At step, String usual) throws IOException {
        boolean fault = step != At.NEVER && step == at;
        if (fault && reply.equals("hang up")) {
            return false;
        }
        if (fault && reply.equals("silence")) {
            try {
                closing.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return false;
        }
        out.write(((fault ? reply : usual) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        return true;
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
