package org.takedownhub.platform;

import java.net.URI;
import java.util.Optional;

/**
 * A place to look from.
 *
 * @param name    as in the settings and with every observation
 * @param country ISO 3166-1 alpha-2, where the platform sees us
 * @param proxy   the HTTP proxy there, an operator's word; empty for our own line
 */
public record Vantage(String name, String country, Optional<URI> proxy) {}
