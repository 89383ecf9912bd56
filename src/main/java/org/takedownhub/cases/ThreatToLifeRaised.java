package org.takedownhub.cases;

import org.takedownhub.casefile.CaseReference;

/** A further flag says that somebody's life is in danger; published in the transaction that notes it. */
public record ThreatToLifeRaised(CaseReference reference) {}
