package org.takedownhub.cases;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.TreeSet;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.casefile.CaseReference;

/** Content that was removed and is back, as a chain of cases that can be seen from each of them. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class Returned {

    private static final int LONGEST_CHAIN = 100;

    private final CaseLinks links;
    private final Strikes strikes;

    Returned(CaseLinks links, Strikes strikes) {
        this.links = links;
        this.strikes = strikes;
    }

    /** Notes that a case is about content that an earlier case had removed; it counts against the account. */
    public void link(CaseReference reference, CaseReference earlier, String detail) {
        links.link(reference, Relation.RETURN_OF, earlier, detail);
        strikes.book(reference, Strikes.Reason.RETURNED);
    }

    /** Whether the case is about content that had been removed before. */
    @Transactional(readOnly = true)
    public boolean isReturn(CaseReference reference) {
        return !earlier(reference).isEmpty();
    }

    /** The cases in which the content of this one had been removed. */
    @Transactional(readOnly = true)
    public List<CaseReference> earlier(CaseReference reference) {
        return links.of(reference).stream()
                .filter(link -> link.relation() == Relation.RETURN_OF)
                .map(CaseLink::other)
                .toList();
    }

    /** All cases of the content's coming back, this one among them, in the order of their references; empty without any. */
    @Transactional(readOnly = true)
    public List<CaseReference> chain(CaseReference reference) {
        TreeSet<String> chain = new TreeSet<>();
        Deque<CaseReference> ahead = new ArrayDeque<>(List.of(reference));
        while (!ahead.isEmpty() && chain.size() < LONGEST_CHAIN) {
            CaseReference next = ahead.pop();
            if (chain.add(next.value())) {
                links.of(next).stream()
                        .filter(link ->
                                link.relation() == Relation.RETURN_OF || link.relation() == Relation.RETURNED_AS)
                        .forEach(link -> ahead.push(link.other()));
            }
        }
        return chain.size() == 1
                ? List.of()
                : chain.stream().map(CaseReference::new).toList();
    }
}
