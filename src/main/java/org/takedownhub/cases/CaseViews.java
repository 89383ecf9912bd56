package org.takedownhub.cases;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import org.takedownhub.audit.Audit;
import org.takedownhub.casefile.CaseReference;

/**
 * Logs who looked at what (Data Protection Act 2018 s.62: consultation). Each entry commits by itself before anything
 * is shown, in a transaction so short that nobody's work waits for it; what cannot be logged is not shown.
 */
@Component
public class CaseViews {

    private static final int TRIES = 3;

    private final Audit audit;
    private final TransactionTemplate alone;

    CaseViews(Audit audit, PlatformTransactionManager transactions) {
        this.audit = audit;
        this.alone = new TransactionTemplate(transactions);
        this.alone.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /** @param what which view of the case */
    public void viewed(CaseReference reference, String what) {
        log(() -> audit.record(reference, "case.viewed", what));
    }

    /** A search text may be a person's handle: the log keeps its hash, against which a suspected search can be checked. */
    public void searched(CaseQuery query, int found) {
        String detail = "state=%s platform=%s overdue=%s q=%s, %d shown"
                .formatted(
                        query.state().map(Enum::name).orElse(""),
                        query.platform().orElse(""),
                        query.overdue().map(String::valueOf).orElse(""),
                        query.text().map(CaseViews::hashed).orElse(""),
                        found);
        log(() -> audit.record("case.searched", detail));
    }

    private void log(Runnable entry) {
        Optional<DataAccessException> last = Optional.empty();
        for (int tries = 0; tries < TRIES; tries++) {
            try {
                alone.executeWithoutResult(status -> entry.run());
                return;
            } catch (TransientDataAccessException | DuplicateKeyException another) {
                last = Optional.of(another);
            }
        }
        throw last.orElseThrow();
    }

    private static String hashed(String text) {
        try {
            byte[] bytes = text.strip().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
