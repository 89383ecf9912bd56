package org.takedownhub.cases;

import java.util.List;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.ContentIdentity;

/** Links the case of an archived page to the cases of what it shows, whichever came first. */
@Component
class CopyLinks {

    private static final int MOST = 20;

    private final JdbcClient jdbc;
    private final CaseLinks links;

    CopyLinks(JdbcClient jdbc, CaseLinks links) {
        this.jdbc = jdbc;
        this.links = links;
    }

    @EventListener
    void opened(CaseOpened opened) {
        link(opened.reference(), opened.identity());
    }

    @EventListener
    void identified(CaseIdentified identified) {
        link(identified.reference(), identified.identity());
    }

    private void link(CaseReference reference, ContentIdentity identity) {
        identity.copyOf().ifPresent(shown -> cases("content_key", shown.value(), reference)
                .forEach(original -> links.link(reference, Relation.COPY_OF, original, "")));
        cases("copy_of_key", identity.key().value(), reference)
                .forEach(copy -> links.link(reference, Relation.COPIED_BY, copy, ""));
    }

    private List<CaseReference> cases(String column, String key, CaseReference except) {
        return jdbc.sql("select case_reference from takedown_case where " + column + " = ? and case_reference <> ?"
                        + " order by case_reference desc fetch first ? rows only")
                .params(key, except.value(), MOST)
                .query((row, number) -> new CaseReference(row.getString(1)))
                .list();
    }
}
