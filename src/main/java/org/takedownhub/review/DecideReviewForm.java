package org.takedownhub.review;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.takedownhub.audit.Audit;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Outcome;
import org.takedownhub.cases.Cases;
import org.takedownhub.cases.Involvement;
import org.takedownhub.notice.Notices;
import org.takedownhub.notice.Recipient;
import org.takedownhub.process.FormFields;
import org.takedownhub.process.NotAllowed;
import org.takedownhub.process.TakedownProcess;
import org.takedownhub.process.TaskForm;
import org.takedownhub.process.TaskInHand;
import org.takedownhub.review.Review.Decision;
import org.takedownhub.review.Review.Kind;

/** {@code decide-review}: the word of a review officer who has had no part in the case. */
@Component
class DecideReviewForm implements TaskForm {

    private static final String OFFICERS = "review-officers";
    private static final Set<String> FIELDS =
            Set.of("reviewDecision", "decisionReasons", "variedNotice", "variedForAll");

    private final ReviewRegister register;
    private final Involvement involvement;
    private final Cases cases;
    private final Notices notices;
    private final JdbcClient jdbc;
    private final Audit audit;

    DecideReviewForm(
            ReviewRegister register,
            Involvement involvement,
            Cases cases,
            Notices notices,
            JdbcClient jdbc,
            Audit audit) {
        this.register = register;
        this.involvement = involvement;
        this.cases = cases;
        this.notices = notices;
        this.jdbc = jdbc;
        this.audit = audit;
    }

    @Override
    public String taskDefinitionKey() {
        return TakedownProcess.TASK_DECIDE_REVIEW;
    }

    @Override
    public Set<String> fields() {
        return FIELDS;
    }

    @Override
    public void mayBeTaken(TaskInHand task) {
        CaseReference reference = task.caseReference();
        if (!task.person().groups().contains(OFFICERS)) {
            throw new NotAllowed("Only a member of " + OFFICERS + " decides a review of " + reference);
        }
        List<String> parts = involvement.of(reference, task.person().id());
        if (!parts.isEmpty()) {
            throw new NotAllowed("You had a part in " + reference + " (" + String.join(", ", parts)
                    + "); a review officer who had none decides this");
        }
        if (register.decidedBefore(review(task), task.person().id())) {
            throw new NotAllowed("You decided an earlier review about this in " + reference
                    + "; another review officer decides this one");
        }
    }

    @Override
    public Map<String, Object> shown(TaskInHand task) {
        Review review = review(task);
        CaseReference reference = task.caseReference();
        List<Recipient> concerned = concerned(review);
        Map<String, Object> shown = new HashMap<>(Map.of(
                "reviewKindWords",
                review.kind() == Kind.REVIEW ? "Review, by a recipient" : "Complaint, by an uploader",
                "requestedBy",
                review.requestedBy(),
                "requestWords",
                Words.of(review.channel()) + ", received " + Words.moment(review.receivedAt()),
                "timelinessWords",
                timeliness(review),
                "decideByWords",
                Words.moment(review.dueAt()),
                "ruleWords",
                review.legalReference() + " (" + review.policyCode() + ", version " + review.policyVersion()
                        + (review.legalVerified() ? ")" : ") – not checked against its source"),
                "flaggedUrl",
                cases.require(reference).defangedUrl(),
                "grounds",
                review.grounds()));
        shown.put(
                "recipientWords",
                concerned.stream().map(DecideReviewForm::words).collect(Collectors.joining("; ")));
        shown.put(
                "noticeWords",
                concerned.stream()
                        .map(recipient -> Words.of(recipient.instrument()) + ", "
                                + recipient.outcome().map(Words::of).orElse("no outcome yet"))
                        .distinct()
                        .collect(Collectors.joining("; ")));
        shown.put(
                "dueWords",
                concerned.stream()
                        .map(recipient -> recipient.dueAt().map(Words::moment).orElse("nothing due"))
                        .distinct()
                        .collect(Collectors.joining("; ")));
        shown.put(
                "noticeText",
                concerned.stream().map(Recipient::explanation).findFirst().orElse(""));
        shown.put(
                "verdictReasons",
                newest(
                                "select reasons from verification where case_reference = ? order by id desc"
                                        + " fetch first 1 rows only",
                                reference)
                        .orElse("no verification on file"));
        shown.put(
                "approvalWords",
                newest(
                                "select reasons from (select case_reference, reasons, decided_at from approval union"
                                        + " all select case_reference, reasons, decided_at from formal_proposal where"
                                        + " state = 'APPROVED') given where case_reference = ? order by decided_at"
                                        + " desc fetch first 1 rows only",
                                reference)
                        .orElse("nobody was asked to approve it"));
        return shown;
    }

    @Override
    public Map<String, Object> accept(TaskInHand task, Map<String, Object> submitted) {
        Review review = review(task);
        FormFields fields = new FormFields(submitted, FIELDS);
        Decision decision = fields.requiredChoice("reviewDecision", Decision.class);
        String reasons = fields.requiredText("decisionReasons", 4000);
        Optional<String> varied = fields.text("variedNotice", 4000).filter(text -> !text.isBlank());
        boolean forAll = fields.flag("variedForAll").orElse(false);
        if (decision == Decision.VARIED && varied.isEmpty()) {
            fields.problem("variedNotice", "is missing; write what the notice says from now on");
        }
        if (decision != Decision.VARIED && (varied.isPresent() || forAll)) {
            fields.problem("variedNotice", "must be empty unless the decision is VARIED");
        }
        if (decision == Decision.INADMISSIBLE && !review.late()) {
            fields.problem("reviewDecision", "must not be INADMISSIBLE: the request came in time");
        }
        if ((decision == Decision.CONFIRMED || decision == Decision.VARIED) && allWithdrawn(review)) {
            fields.problem("reviewDecision", "must be WITHDRAWN: the notice was withdrawn meanwhile");
        }
        fields.check();
        mayBeTaken(task);
        register.decide(
                review.id(), decision, reasons, varied, forAll, task.person().id());
        audit.record(
                task.caseReference(),
                review.kind() == Kind.REVIEW ? "review.decided" : "complaint.decided",
                decision
                        + review.recipientNumber()
                                .map(number -> ", recipient " + number)
                                .orElse(""));
        return Map.of(TakedownProcess.REVIEW_DECISION.name(), decision.name());
    }

    private Review review(TaskInHand task) {
        Optional<Integer> recipient = task.recipientNumber().isPresent()
                ? Optional.of(task.recipientNumber().getAsInt())
                : Optional.empty();
        return register.open(task.caseReference(), recipient)
                .orElseThrow(() -> new IllegalStateException(
                        "Case " + task.caseReference() + " has no open review for task " + task.taskId()));
    }

    private List<Recipient> concerned(Review review) {
        return review.recipientNumber()
                .map(number -> List.of(notices.require(review.reference(), number)))
                .orElseGet(() -> notices.of(review.reference()));
    }

    private boolean allWithdrawn(Review review) {
        return concerned(review).stream()
                .allMatch(recipient -> recipient.outcome().equals(Optional.of(Outcome.WITHDRAWN)));
    }

    private Optional<String> newest(String query, CaseReference reference) {
        return jdbc.sql(query).params(reference.value()).query(String.class).optional();
    }

    private static String timeliness(Review review) {
        return review.windowEndsAt()
                .map(end -> (review.late() ? "Too late: could be asked for before " : "Yes: could be asked for before ")
                        + Words.moment(end))
                .orElse("Yes: nothing sets an end");
    }

    private static String words(Recipient recipient) {
        return recipient.name()
                + recipient
                        .givenAt()
                        .map(given -> ", given " + Words.moment(given))
                        .orElse(", not given yet");
    }
}
