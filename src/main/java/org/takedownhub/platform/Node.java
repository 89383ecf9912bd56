package org.takedownhub.platform;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.UUID;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** This node and this run of it, as rows name who works on them: {@code <node>#<run>}, at most 64 characters. */
@Component
public class Node {

    private static final int LONGEST_NAME = 50;

    private final String name;
    private final String worker;

    Node(WorkerSettings settings, Environment environment) {
        String wished = settings.node().isBlank()
                ? hostName() + ":" + environment.getProperty("server.port", "8080")
                : settings.node();
        // A host name may be long; its end, with the port, is what tells two nodes apart.
        this.name = wished.length() > LONGEST_NAME ? wished.substring(wished.length() - LONGEST_NAME) : wished;
        this.worker = name + "#" + UUID.randomUUID().toString().substring(0, 8);
    }

    /** Who works here now. */
    public String worker() {
        return worker;
    }

    /** Whether that worker was an earlier run of this node, so that it certainly works no more. */
    public boolean isGone(String other) {
        return other.startsWith(name + "#") && !other.equals(worker);
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
