package org.takedownhub.platform;

/**
 * This cannot go through the API (no credentials, not entitled, unresolvable address): a person must hand it in.
 *
 * @param reason what happened, in words for a caseworker; no secrets
 */
public record NeedsPerson(String reason) implements ReferralAnswer {}
