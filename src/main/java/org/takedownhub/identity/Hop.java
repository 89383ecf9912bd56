package org.takedownhub.identity;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * One request on the way to an answer, kept as evidence.
 *
 * @param status   HTTP status, 0 when there was no answer
 * @param location where it pointed to, or what went wrong
 * @param at       UTC
 */
record Hop(String method, URI url, int status, Optional<String> location, Instant at) {}
