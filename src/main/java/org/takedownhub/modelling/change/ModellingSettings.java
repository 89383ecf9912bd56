package org.takedownhub.modelling.change;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings of the manager's desk.
 *
 * @param folder whose models, tables, forms and test cases become a draft when the program starts; none by default
 */
@ConfigurationProperties("takedown.modelling")
public record ModellingSettings(@Nullable Path folder) {}
