package org.takedownhub.notice;

import java.util.Map;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.takedownhub.casefile.Verdict;

/** What the last verification found: the ground and the reasons, never by whom. */
@Component
@Order(300)
class VerificationElements implements NoticeElements {

    private final JdbcClient jdbc;

    VerificationElements(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Map<String, String> of(NoticeDraft draft) {
        return jdbc.sql("select verdict, offence, reasons from verification where case_reference = ? order by id desc"
                        + " fetch first 1 rows only")
                .params(draft.file().reference().value())
                .query((row, number) -> Map.of(
                        Element.GROUND.code(),
                        ground(row.getString("verdict"), Optional.ofNullable(row.getString("offence"))),
                        Element.REASONS.code(),
                        row.getString("reasons").strip()))
                .optional()
                .orElseGet(Map::of);
    }

    private static String ground(String verdict, Optional<String> offence) {
        if (verdict.equals(Verdict.UNLAWFUL.name())) {
            return "Unlawful" + offence.map(code -> ": " + Words.offence(code)).orElse("");
        }
        return verdict.equals(Verdict.BREACHES_TERMS.name()) ? "Breach of your terms" : "";
    }
}
