package org.takedownhub.platform;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When platforms are asked whether address and credentials work.
 *
 * @param every a platform that was not heard of for so long is asked; real time, whatever the clock's speed
 */
@ConfigurationProperties("takedown.connection-checks")
public record ConnectionCheckSettings(@DefaultValue("5m") Duration every) {}
