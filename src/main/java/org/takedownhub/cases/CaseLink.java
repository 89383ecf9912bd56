package org.takedownhub.cases;

import java.time.Instant;
import org.takedownhub.casefile.CaseReference;

/**
 * A link as one of its two cases sees it.
 *
 * @param other    the case at the other end
 * @param relation what this case is to the other: {@code RETURN_OF} when this one is the return
 * @param detail   what a person needs to judge it, such as the distance of two pictures; may be empty
 * @param at       UTC
 * @param by       the user who linked them, or {@code system}
 */
public record CaseLink(CaseReference other, Relation relation, String detail, Instant at, String by) {}
