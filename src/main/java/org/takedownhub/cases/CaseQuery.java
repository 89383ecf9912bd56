package org.takedownhub.cases;

import java.util.Optional;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.CaseState;

/**
 * Which cases are looked for; every part that is given must hold.
 *
 * @param platform platform instance, or host where none serves it
 * @param overdue  whether the removal is due and has not been seen
 * @param text     a reference, any spelling of an address, a handle, a hash, or a reporter's or platform's own number
 * @param after    the last case of the page before
 */
public record CaseQuery(
        Optional<CaseState> state,
        Optional<String> platform,
        Optional<Boolean> overdue,
        Optional<String> text,
        Optional<CaseReference> after,
        int limit) {}
