package org.takedownhub.cases;

import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Outcome;

/** What came of a concluded case was corrected, in the transaction that corrects it: who was told must hear. */
public record OutcomeCorrected(CaseReference reference, Outcome before, Outcome after) {}
