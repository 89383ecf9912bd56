package org.takedownhub.modelling.migration;

import org.takedownhub.casefile.CaseReference;

/**
 * A case stands on another set of models. Published in the transaction that moves it.
 *
 * @param migration its id
 */
public record CaseMigrated(String migration, CaseReference reference) {}
