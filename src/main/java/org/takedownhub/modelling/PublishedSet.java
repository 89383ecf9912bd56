package org.takedownhub.modelling;

import java.time.Instant;

/**
 * A set that the engine has.
 *
 * @param id   of the engine's deployment
 * @param name of the change request that brought it, or of what brings the program's own models
 */
public record PublishedSet(String id, String name, Instant publishedAt, ModelSet files) {}
