package org.takedownhub.platform;

/**
 * Sent or not? Nobody knows. Never sent again blindly.
 *
 * @param reason what happened, in words for a caseworker; no secrets
 */
public record Uncertain(String reason) implements ReferralAnswer {}
