package org.takedownhub.platform.mail;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sockets of one conversation, closed when its time is over. A time limit on each read alone would let a server that
 * sends a byte now and then hold a worker for ever.
 */
final class LimitedSockets extends SocketFactory implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LimitedSockets.class);

    private static final ScheduledThreadPoolExecutor WATCHDOG = watchdog();

    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final ScheduledFuture<?> alarm;
    private volatile boolean over;

    LimitedSockets(Duration limit) {
        this.alarm = WATCHDOG.schedule(this::end, limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static ScheduledThreadPoolExecutor watchdog() {
        ScheduledThreadPoolExecutor watchdog = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "mail-deadline");
            thread.setDaemon(true);
            return thread;
        });
        watchdog.setRemoveOnCancelPolicy(true);
        return watchdog;
    }

    private void end() {
        over = true;
        sockets.forEach(LimitedSockets::close);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("A socket did not close well", e);
        }
    }

    /** Ends the conversation: nothing stays open. */
    @Override
    public void close() {
        alarm.cancel(false);
        end();
    }

    @Override
    public Socket createSocket() throws IOException {
        Socket socket = new Socket();
        sockets.add(socket);
        if (over) {
            socket.close();
        }
        return socket;
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
            throws IOException {
        return connected(new InetSocketAddress(address, port));
    }

    private Socket connected(InetSocketAddress address) throws IOException {
        Socket socket = createSocket();
        socket.connect(address);
        return socket;
    }
}
