package org.takedownhub.cases;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.CaseState;

/** Other cases that may be about the same item, for a person to judge where a key is weak. */
@Component
@Transactional(readOnly = true)
public class SimilarCases {

    private static final int MOST = 10;

    private final JdbcClient jdbc;
    private final Cases cases;
    private final CaseVisibility visibility;

    SimilarCases(JdbcClient jdbc, Cases cases, CaseVisibility visibility) {
        this.jdbc = jdbc;
        this.cases = cases;
        this.visibility = visibility;
    }

    /**
     * The cases that share a content key with this one or were flagged under one of its keys; where this one's key is
     * weak, those of the same account as well. Likeliest first, then newest, at most ten.
     */
    public List<SimilarCase> of(CaseReference reference) {
        CaseFile file = cases.require(reference);
        List<SimilarCase> found = new ArrayList<>();
        add(
                found,
                reference,
                "the same content key",
                "content_key = ?",
                file.contentKey().value());
        add(
                found,
                reference,
                "flagged under the same key",
                "case_reference in (select f.case_reference from flag f join flag own on own.content_key ="
                        + " f.content_key where own.case_reference = ?)",
                reference.value());
        Optional<String> account = file.accountKey().filter(key -> file.weakKey());
        account.ifPresent(key -> add(found, reference, "the same account", "account_key = ?", key));
        return found.stream().limit(MOST).toList();
    }

    private void add(List<SimilarCase> found, CaseReference except, String why, String condition, String value) {
        jdbc
                .sql("select case_reference, state, content_key from takedown_case shown where case_reference <> ? and "
                        + visibility.condition() + " and " + condition
                        + " order by case_reference desc fetch first ? rows only")
                .params(except.value(), value, MOST)
                .query((row, number) -> new SimilarCase(
                        new CaseReference(row.getString("case_reference")),
                        CaseState.valueOf(row.getString("state")),
                        row.getString("content_key"),
                        why))
                .list()
                .stream()
                .filter(another ->
                        found.stream().noneMatch(known -> known.reference().equals(another.reference())))
                .forEach(found::add);
    }

    /** @param why in words, after "has" or "was" left out: "the same account" */
    public record SimilarCase(CaseReference reference, CaseState state, String contentKey, String why) {

        /** {@code TH-2026-000001 (closed): the same account}. */
        public String inWords() {
            return reference + (state == CaseState.CLOSED ? " (closed)" : " (open)") + ": " + why;
        }
    }
}
