package org.takedownhub.modelling.lint;

/** One subject that process models are looked at for. */
interface ProcessRule {

    void check(ProcessFile process, SetUnderLint set, Report report);
}
