package org.takedownhub.evidence;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The store of evidence without the workers, for tests of other rooms. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MediaSettings.class)
@Import({Evidence.class, Media.class})
public class EvidenceStore {}
