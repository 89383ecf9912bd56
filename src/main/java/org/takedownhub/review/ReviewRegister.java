package org.takedownhub.review;

import static org.takedownhub.audit.Instants.stored;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.audit.Instants;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.review.Review.Decision;
import org.takedownhub.review.Review.DecisionNotice;
import org.takedownhub.review.Review.Kind;
import org.takedownhub.review.Review.RequestChannel;

/** The store of reviews. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class ReviewRegister {

    private final JdbcClient jdbc;
    private final Clock clock;

    ReviewRegister(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** @throws org.springframework.dao.DuplicateKeyException an open one has just been entered */
    void enter(Review review, String recordedBy) {
        jdbc.sql("insert into review (review_id, case_reference, kind, recipient_number, open_key, requested_by,"
                        + " grounds, channel, received_at, recorded_by, recorded_at, window_ends_at, late, due_at,"
                        + " after_review, policy_code, policy_version, legal_reference, legal_verified) values (:id,"
                        + " :reference, :kind, :number, :open, :by, :grounds, :channel, :received, :recordedBy, :now,"
                        + " :window, :late, :due, :after, :code, :version, :law, :verified)")
                .param("id", review.id())
                .param("reference", review.reference().value())
                .param("kind", review.kind().name())
                .param("number", review.recipientNumber().orElse(null))
                .param("open", openKey(review.reference(), review.recipientNumber()))
                .param("by", review.requestedBy())
                .param("grounds", review.grounds())
                .param("channel", review.channel().name())
                .param("received", stored(review.receivedAt()))
                .param("recordedBy", recordedBy)
                .param("now", stored(clock.instant()))
                .param("window", stored(review.windowEndsAt()))
                .param("late", review.late())
                .param("due", stored(review.dueAt()))
                .param("after", review.afterReview().map(Duration::toString).orElse(null))
                .param("code", review.policyCode())
                .param("version", review.policyVersion())
                .param("law", review.legalReference())
                .param("verified", review.legalVerified())
                .update();
    }

    @Transactional(readOnly = true)
    Optional<Review> open(CaseReference reference, Optional<Integer> recipientNumber) {
        return jdbc.sql("select * from review where open_key = ?")
                .params(openKey(reference, recipientNumber))
                .query((row, number) -> review(row))
                .optional();
    }

    /** @throws IllegalStateException there is none */
    @Transactional(readOnly = true)
    Review require(String id) {
        return find(id).orElseThrow(() -> new IllegalStateException("There is no review " + id));
    }

    @Transactional(readOnly = true)
    Optional<Review> find(String id) {
        return jdbc.sql("select * from review where review_id = ?")
                .params(id)
                .query((row, number) -> review(row))
                .optional();
    }

    @Transactional(readOnly = true)
    List<Review> of(CaseReference reference) {
        return jdbc.sql("select * from review where case_reference = ? order by recorded_at, review_id")
                .params(reference.value())
                .query((row, number) -> review(row))
                .list();
    }

    /** Whether this person has decided before about what this review is about. */
    @Transactional(readOnly = true)
    boolean decidedBefore(Review review, String person) {
        return jdbc
                .sql("select recipient_number from review where case_reference = ? and decided_by = ?")
                .params(review.reference().value(), person)
                .query((row, number) -> Optional.ofNullable(row.getObject(1, Integer.class)))
                .list()
                .stream()
                .anyMatch(about -> about.isEmpty()
                        || review.recipientNumber().isEmpty()
                        || about.equals(review.recipientNumber()));
    }

    /** @throws IllegalStateException somebody has decided it */
    void decide(
            String id, Decision decision, String reasons, Optional<String> variedNotice, boolean forAll, String by) {
        int decided = jdbc.sql("update review set open_key = null, decision = :decision, reasons = :reasons,"
                        + " varied_notice = :varied, varied_for_all = :all, decided_by = :by, decided_at = :now where"
                        + " review_id = :id and decision is null")
                .param("decision", decision.name())
                .param("reasons", reasons)
                .param("varied", variedNotice.orElse(null))
                .param("all", forAll)
                .param("by", by)
                .param("now", stored(clock.instant()))
                .param("id", id)
                .update();
        if (decided != 1) {
            throw new IllegalStateException("Review " + id + " is decided already");
        }
    }

    void madeOut(String id, DecisionNotice notice) {
        jdbc.sql("update review set decision_notice = ?, decision_notice_sha256 = ?, decision_notice_at = ? where"
                        + " review_id = ? and decision_notice is null")
                .params(notice.text(), notice.sha256(), stored(notice.madeOutAt()), id)
                .update();
    }

    private static String openKey(CaseReference reference, Optional<Integer> recipientNumber) {
        return reference + "/" + recipientNumber.map(Object::toString).orElse("complaint");
    }

    private static Review review(ResultSet row) throws SQLException {
        String text = row.getString("decision_notice");
        return new Review(
                row.getString("review_id"),
                new CaseReference(row.getString("case_reference")),
                Kind.valueOf(row.getString("kind")),
                Optional.ofNullable(row.getObject("recipient_number", Integer.class)),
                row.getString("requested_by"),
                row.getString("grounds"),
                RequestChannel.valueOf(row.getString("channel")),
                Instants.required(row, "received_at"),
                Instants.optional(row, "window_ends_at"),
                row.getBoolean("late"),
                Instants.required(row, "due_at"),
                Optional.ofNullable(row.getString("after_review")).map(Duration::parse),
                row.getString("policy_code"),
                row.getInt("policy_version"),
                row.getString("legal_reference"),
                row.getBoolean("legal_verified"),
                Optional.ofNullable(row.getString("decision")).map(Decision::valueOf),
                Optional.ofNullable(row.getString("reasons")),
                Optional.ofNullable(row.getString("varied_notice")),
                row.getBoolean("varied_for_all"),
                text == null
                        ? Optional.empty()
                        : Optional.of(new DecisionNotice(
                                text,
                                row.getString("decision_notice_sha256"),
                                Instants.required(row, "decision_notice_at"))));
    }
}
