package org.takedownhub.removal;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often the watch looks. All periods are divided by the clock's speed.
 *
 * @param shortest      between two looks, just after sending and just before the deadline
 * @param longest       between two looks
 * @param share         between these two: this part of the time since sending or until the deadline, whichever is less
 * @param afterDeadline between two looks while a notice is overdue
 * @param batch         at most so many items in one look at a platform
 */
@ConfigurationProperties("takedown.removal.watch")
record WatchSettings(
        @DefaultValue("1m") Duration shortest,
        @DefaultValue("30m") Duration longest,
        @DefaultValue("0.05") double share,
        @DefaultValue("15m") Duration afterDeadline,
        @DefaultValue("40") int batch) {}
