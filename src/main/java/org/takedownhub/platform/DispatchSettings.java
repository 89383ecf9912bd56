package org.takedownhub.platform;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How notices go out.
 *
 * @param callLimit   longest time one notice may take at a platform, all its calls together; three times the platform's
 *                    own time limit, where that is more. A row that somebody has been sending for twice as long is
 *                    uncertain
 * @param giveUpAfter a notice that could not be handed over for so long goes to a person; divided by the clock's speed
 * @param leastTries  but never before so many tries
 */
@ConfigurationProperties("takedown.dispatch")
public record DispatchSettings(
        @DefaultValue("60s") Duration callLimit,
        @DefaultValue("30m") Duration giveUpAfter,
        @DefaultValue("5") int leastTries) {}
