package org.takedownhub.platform;

/** A submission waits to be sent; published in the transaction that prepared it. */
record SubmissionPrepared(String key, String platform) {}
