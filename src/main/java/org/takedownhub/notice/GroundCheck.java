package org.takedownhub.notice;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.ground.Ground;
import org.takedownhub.ground.Grounds;

/** A notice leaves with a complete ground; what its register lacks, a person supplies with the notice. */
@Component
class GroundCheck implements NoticeCheck {

    private static final int LONGEST_CODE = 40;

    private final Grounds grounds;
    private final JdbcClient jdbc;

    GroundCheck(Grounds grounds, JdbcClient jdbc) {
        this.grounds = grounds;
        this.jdbc = jdbc;
    }

    @Override
    public List<Gap> gaps(NoticeDraft draft) {
        CaseReference reference = draft.file().reference();
        List<Ground.Gap> gaps = grounds.gaps(reference);
        if (gaps.isEmpty()) {
            return List.of();
        }
        Set<String> supplied = new HashSet<>(jdbc.sql("select element from notice_supplement where case_reference = ?")
                .params(reference.value())
                .query(String.class)
                .list());
        return gaps.stream()
                .map(gap -> new Gap(code(gap.element()), "Ground: " + gap.element(), gap.source(), false, true))
                .filter(gap -> !supplied.contains(gap.element()))
                .toList();
    }

    private static String code(String element) {
        String code = "ground-" + element.toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "-");
        return code.substring(0, Math.min(LONGEST_CODE, code.length()));
    }
}
