package org.takedownhub.platform;

import java.time.Instant;

/**
 * A report of ours that a platform has.
 *
 * @param reference the platform's own id of the report, as its {@link Receipt} gave it
 * @param sentAt    UTC
 */
public record SentReport(String reference, Content content, int recipientNumber, Instant sentAt) {}
