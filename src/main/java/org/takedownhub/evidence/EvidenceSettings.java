package org.takedownhub.evidence;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How evidence is captured.
 *
 * @param largest what is larger is not kept
 * @param tries   how often a capture is tried before it counts as failed
 */
@ConfigurationProperties("takedown.evidence")
record EvidenceSettings(@DefaultValue("5MB") DataSize largest, @DefaultValue("3") int tries) {}
