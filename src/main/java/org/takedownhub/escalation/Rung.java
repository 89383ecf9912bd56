package org.takedownhub.escalation;

import java.time.Duration;

/**
 * One step of the ladder as the table gives it.
 *
 * @param number       1, 2, 3 … for each recipient
 * @param action       what it does: the name of a {@link RungEffect}
 * @param addressee    to whom, in words
 * @param waitFor      until the next rung, before the clock's speed is applied
 * @param tableVersion of the ladder
 */
record Rung(int number, String action, String addressee, Duration waitFor, int tableVersion) {}
