package org.takedownhub.platform;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.takedownhub.casefile.Category;
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

    /**
     * Notices of the same group may go out as one report.
     *
     * @return empty when the notice goes alone
     */
    default Optional<String> group(Notice notice) {
        return Optional.empty();
    }

    /** The most notices that one report takes. */
    default int noticesPerReport() {
        return 1;
    }

    /**
     * Hands in several notices of one group as one report, at most {@link #noticesPerReport()}.
     *
     * @return one answer per notice, in the same order
     * @throws PlatformUnavailable the call certainly had no effect for any of them and may be made again
     */
    default List<ReferralAnswer> refer(List<Notice> notices) {
        if (notices.size() != 1) {
            throw new IllegalArgumentException(instance() + " takes one notice at a time");
        }
        return List.of(refer(notices.get(0)));
    }

    /** Whether the platform tells those who report what it decided, so that it is worth asking. */
    default boolean repliesToReports() {
        return false;
    }

    /**
     * Asks what the platform has said to our reports so far.
     *
     * @return for each report, in the same order, everything it said, oldest first; what was seen before is said again
     * @throws PlatformUnavailable it could not be asked
     */
    default List<List<PlatformReply>> repliesTo(List<SentReport> reports) {
        return reports.stream().map(report -> List.<PlatformReply>of()).toList();
    }

    /** Whether a moderator's question can be answered where it was asked. */
    default boolean takesAnswers() {
        return false;
    }

    /**
     * Answers what a moderator asked.
     *
     * @param text plain text, at most 4,000 characters
     * @throws PlatformUnavailable the call certainly had no effect and may be made again
     * @throws NoAnswer            nobody knows whether it arrived
     */
    default void answer(SentReport report, String text) {
        throw new UnsupportedOperationException(instance() + " has no dialogue");
    }

    /** What is left of the allowance that the platform gives us, when it has one worth watching. */
    default Optional<Quota> quota() {
        return Optional.empty();
    }

    /** Looks whether items are still up: one answer per item, in the same order. Never throws for what it saw. */
    List<Look> look(List<Content> contents);

    /**
     * The same from a chosen place. Who asks an interface that answers the whole world alike does not care.
     *
     * @param vantage where to look from
     */
    default List<Look> look(List<Content> contents, Vantage vantage) {
        return look(contents);
    }

    /** Whether a look may show something else from another country, so that a miss has to be seen from there, too. */
    default boolean differsByCountry() {
        return false;
    }

    /** Name and version of what reads the looks, such as {@code mastodon/1}: one more when it would read differently. */
    default String recogniser() {
        return kind() + "/1";
    }

    /** How many items one look asks about at the price of one. */
    default int itemsPerLook() {
        return 25;
    }

    /**
     * Fetches an item as evidence.
     *
     * @throws PlatformUnavailable it could not be fetched; the message says why
     */
    Capture capture(Content content);

    /**
     * What a person enters at the platform's portal when the notice has to be handed in.
     *
     * @param explanation plain text, at most 4,000 characters
     * @return empty when nobody has told us what the portal asks for
     */
    default Optional<Packet> packet(Content content, Category category, String explanation) {
        return Optional.empty();
    }

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
