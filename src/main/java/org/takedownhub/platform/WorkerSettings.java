package org.takedownhub.platform;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The scheduled workers of this node.
 *
 * @param enabled false: nothing runs by itself, which is what tests want
 * @param node    what this node is called in rows that it works on. Keep it over restarts and give no two running nodes
 *                the same; empty: host name and port
 */
@ConfigurationProperties("takedown.workers")
public record WorkerSettings(@DefaultValue("true") boolean enabled, @DefaultValue("") String node) {}
