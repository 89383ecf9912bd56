package org.takedownhub.removal;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the watch works; how often it looks stands in the table {@code check-schedule}.
 *
 * @param batch at most so many items in one look at a platform
 */
@ConfigurationProperties("takedown.removal.watch")
record WatchSettings(@DefaultValue("40") int batch) {}
