package org.takedownhub.platform;

/**
 * The platform says that the item is not there (any more).
 *
 * @param reason what happened, in words for a caseworker; no secrets
 */
public record ContentGone(String reason) implements ReferralAnswer {}
