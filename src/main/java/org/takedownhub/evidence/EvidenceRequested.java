package org.takedownhub.evidence;

/** A capture waits; published in the transaction that asked for it. */
record EvidenceRequested(String platform) {}
