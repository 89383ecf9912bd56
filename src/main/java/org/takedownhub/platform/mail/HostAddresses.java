package org.takedownhub.platform.mail;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The name service, as far as it answers in time. */
@FunctionalInterface
interface HostAddresses {

    /** @return nothing when the host is unknown or the name service silent */
    List<InetAddress> of(String host);

    /** A lookup cannot be interrupted: it happens where it can be left behind. */
    static HostAddresses within(Duration limit) {
        ExecutorService lookups = new ThreadPoolExecutor(0, 4, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
            Thread thread = new Thread(work, "mail-lookup");
            thread.setDaemon(true);
            return thread;
        });
        return host -> {
            try {
                return lookups.submit(() -> lookUp(host)).get(limit.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return List.of();
            } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
                return List.of();
            }
        };
    }

    private static List<InetAddress> lookUp(String host) throws UnknownHostException {
        return List.of(InetAddress.getAllByName(host));
    }
}
