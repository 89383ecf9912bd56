package org.takedownhub.platform;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the hub reads public pages and interfaces.
 *
 * @param requestsPerMinute to one host at most, whichever instances and vantages ask
 * @param xSecret           {@code env:NAME} or {@code file:PATH} of a bearer token for X's API v2; none: its oEmbed
 *                          interface, one item at a time
 */
@Validated
@ConfigurationProperties("takedown.looks")
public record LookSettings(@DefaultValue("20") @Min(1) @Max(100_000) int requestsPerMinute, @Nullable String xSecret) {}
