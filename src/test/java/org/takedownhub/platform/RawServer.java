package org.takedownhub.platform;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A server that can misbehave in ways no proper HTTP server does. One behaviour for every connection. */
final class RawServer implements AutoCloseable {

    private final ServerSocket listener;
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final Thread thread;

    RawServer(Behaviour behaviour) {
        try {
            listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread = new Thread(() -> serve(behaviour), "raw-server");
        thread.setDaemon(true);
        thread.start();
    }

    static RawServer answering(String head, String body) {
        return new RawServer(
                out -> out.write((head.replace("\n", "\r\n") + "\r\n\r\n" + body).getBytes(StandardCharsets.UTF_8)));
    }

    URI origin() {
        return URI.create("http://localhost:" + listener.getLocalPort());
    }

    int port() {
        return listener.getLocalPort();
    }

    /** The heads of the requests so far. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    private void serve(Behaviour behaviour) {
        while (!listener.isClosed()) {
            try (Socket socket = listener.accept()) {
                requests.add(head(socket.getInputStream()));
                behaviour.answer(socket.getOutputStream());
                socket.getOutputStream().flush();
            } catch (IOException e) {
                // the client left, or the test is over
                continue;
            }
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int next = in.read(); next >= 0; next = in.read()) {
            head.append((char) next);
            if (head.toString().endsWith("\r\n\r\n")) {
                break;
            }
        }
        return head.toString();
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @FunctionalInterface
    interface Behaviour {
        void answer(OutputStream out) throws IOException;
    }
}
