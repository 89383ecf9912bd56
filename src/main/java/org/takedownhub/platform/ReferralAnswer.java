package org.takedownhub.platform;

/** What became of a notice that was handed to a platform. Faults that may pass are {@link PlatformUnavailable}. */
public sealed interface ReferralAnswer permits Receipt, PlatformRefusal, ContentGone, NeedsPerson, Uncertain {}
