package org.takedownhub.training;

import java.time.Instant;

/** Somebody who posts here. */
record Account(long id, String username, Instant createdAt) {}
