package org.takedownhub.platform;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.takedownhub.casefile.Channel;

/**
 * One instance of a platform, such as one Mastodon server. Implementations are safe for several threads, keep their
 * time and size limits, and follow no redirects. They are only called on the instance's own workers
 * ({@link Bulkheads}), never on a thread of the engine and never inside a transaction.
 */
public interface Platform {

    /** The instance's name in the settings. */
    String instance();

    /** {@code mastodon}, {@code atproto}, {@code portal} … */
    String kind();

    /** How notices reach it. */
    Channel channel();

    /** What it can do, in words an operator reads. */
    List<String> capabilities();

    /**
     * Hands in a notice.
     *
     * @throws PlatformUnavailable the call certainly had no effect and may be made again
     */
    ReferralAnswer refer(Notice notice);

    /** Looks whether items are still up: one answer per item, in the same order. Never throws for what it saw. */
    List<Look> look(List<Content> contents);

    /**
     * Fetches an item as evidence.
     *
     * @throws PlatformUnavailable it could not be fetched; the message says why
     */
    Capture capture(Content content);

    /**
     * Verifies and reads a webhook. Header names are in lower case.
     *
     * @return empty when the signature does not hold or this instance takes no webhooks
     */
    default Optional<PlatformEvent> receive(byte[] body, Map<String, String> headers) {
        return Optional.empty();
    }

    /**
     * Asks the platform, without any effect, whether address and credentials work.
     *
     * @throws PlatformUnavailable they do not; the message says what to mend
     */
    void checkConnection();
}
