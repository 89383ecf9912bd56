package org.takedownhub.platform;

/**
 * The platform will not take this notice; sending it again would not help.
 *
 * @param reason what happened, in words for a caseworker; no secrets
 */
public record PlatformRefusal(String reason) implements ReferralAnswer {}
