package org.takedownhub.modelling.replay;

/**
 * What a draft changes about one case.
 *
 * @param before with the live set, in words; {@code none} where there is nothing
 * @param after  with the draft
 */
public record Difference(String reference, Aspect aspect, String before, String after) {}
