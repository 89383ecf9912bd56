package org.takedownhub.escalation;

import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.cases.CaseFile;
import org.takedownhub.cases.Cases;
import org.takedownhub.notice.FormalNotices;
import org.takedownhub.notice.FormalNotices.Proposal;
import org.takedownhub.notice.NoticeMaker;
import org.takedownhub.notice.Notices;
import org.takedownhub.notice.Recipient;
import org.takedownhub.process.FormFields;
import org.takedownhub.process.InvalidInput;
import org.takedownhub.process.SecondPerson;
import org.takedownhub.process.TakedownProcess;
import org.takedownhub.process.TaskForm;
import org.takedownhub.process.TaskInHand;

/**
 * {@code approve-formal-notice}: an authorised officer, who is never the one that verified, lets a referral that was not
 * obeyed become a statutory notice, or not. The ladder does not wait for it.
 */
@Component
class ApproveFormalNoticeForm implements TaskForm {

    private static final Set<String> FIELDS = Set.of("formalNoticeApproved", "approvalReasons");

    private final JdbcClient jdbc;
    private final Cases cases;
    private final Notices notices;
    private final FormalNotices formalNotices;
    private final NoticeMaker maker;
    private final SecondPerson secondPerson;

    ApproveFormalNoticeForm(
            JdbcClient jdbc,
            Cases cases,
            Notices notices,
            FormalNotices formalNotices,
            NoticeMaker maker,
            SecondPerson secondPerson) {
        this.secondPerson = secondPerson;
        this.jdbc = jdbc;
        this.cases = cases;
        this.notices = notices;
        this.formalNotices = formalNotices;
        this.maker = maker;
    }

    @Override
    public String taskDefinitionKey() {
        return TakedownProcess.TASK_APPROVE_FORMAL_NOTICE;
    }

    @Override
    public Set<String> fields() {
        return FIELDS;
    }

    @Override
    public void mayBeTaken(TaskInHand task) {
        secondPerson.mayApprove(task.caseReference(), task.person());
    }

    @Override
    public Map<String, Object> shown(TaskInHand task) {
        CaseReference reference = task.caseReference();
        CaseFile file = cases.require(reference);
        Recipient recipient = notices.require(reference, task.recipient());
        Proposal proposal = proposal(task);
        return Map.of(
                "flaggedUrl",
                file.defangedUrl(),
                "platform",
                recipient.name(),
                "notObeyed",
                recipient.instrument().name() + ", due "
                        + recipient.dueAt().map(Object::toString).orElse("at no time") + " (UTC)",
                "proposedInstrument",
                proposal.fit().instrument().name(),
                "legalReference",
                proposal.fit().legalReference(),
                "unverifiedLaw",
                proposal.fit().unverified().orElse("Nothing is marked as unverified"),
                "verdictSummary",
                file.verdict().map(Enum::name).orElse("") + ", " + file.category(),
                "verdictReasons",
                reasons(reference));
    }

    @Override
    public Map<String, Object> accept(TaskInHand task, Map<String, Object> submitted) {
        FormFields fields = new FormFields(submitted, FIELDS);
        boolean approved = fields.requiredFlag("formalNoticeApproved");
        String reasons = fields.requiredText("approvalReasons", 4000);
        if (approved) {
            maker.gaps(task.caseReference(), proposal(task).fit().instrument())
                    .forEach(gap -> fields.problem(
                            "formalNoticeApproved",
                            "cannot be yes yet: the notice lacks " + gap.inWords()
                                    + ". Decline it, or have a manager correct tables, words or settings"));
        }
        fields.check();
        mayBeTaken(task);
        if (!formalNotices.decide(
                task.caseReference(),
                task.recipient(),
                approved,
                reasons,
                task.person().id())) {
            throw new InvalidInput("formalNoticeApproved", "comes too late: this has been decided already");
        }
        return Map.of(TakedownProcess.FORMAL_NOTICE_APPROVED.name(), approved);
    }

    private Proposal proposal(TaskInHand task) {
        return formalNotices
                .find(task.caseReference(), task.recipient())
                .orElseThrow(() -> new IllegalStateException(
                        "Case " + task.caseReference() + " has no proposal for recipient " + task.recipient()));
    }

    private String reasons(CaseReference reference) {
        return jdbc.sql("select reasons from verification where case_reference = ? order by id desc fetch first 1 rows"
                        + " only")
                .params(reference.value())
                .query(String.class)
                .single();
    }
}
