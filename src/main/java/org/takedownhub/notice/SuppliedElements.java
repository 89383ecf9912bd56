package org.takedownhub.notice;

import static org.takedownhub.audit.Instants.stored;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.audit.Audit;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Instrument;

/** What people supplied for one notice, because the law wants it there and the hub could not tell. Fills gaps only. */
@Component
@Order(1000)
public class SuppliedElements implements NoticeElements {

    private final JdbcClient jdbc;
    private final Audit audit;
    private final Clock clock;

    SuppliedElements(JdbcClient jdbc, Audit audit, Clock clock) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public Map<String, String> of(NoticeDraft draft) {
        Map<String, String> supplied = new HashMap<>();
        jdbc.sql("select element, content from notice_supplement where case_reference = ? and instrument = ?")
                .params(
                        draft.file().reference().value(),
                        draft.entry().instrument().name())
                .query((row, number) -> supplied.put(row.getString("element"), row.getString("content")))
                .list();
        return supplied;
    }

    /** Supplies one element, in the caller's transaction; a later text takes the place of an earlier one. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void supply(CaseReference reference, Instrument instrument, String element, String text, String by) {
        jdbc.sql("delete from notice_supplement where case_reference = ? and instrument = ? and element = ?")
                .params(reference.value(), instrument.name(), element)
                .update();
        jdbc.sql(
                        "insert into notice_supplement (case_reference, instrument, element, content, supplied_by, supplied_at)"
                                + " values (?, ?, ?, ?, ?, ?)")
                .params(reference.value(), instrument.name(), element, text, by, stored(clock.instant()))
                .update();
        audit.record(reference, "notice.supplied", element + " for " + instrument + ", sha256:" + Hash.of(text));
    }
}
