package org.takedownhub.removal;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.takedownhub.audit.Audit;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.cases.Cases;
import org.takedownhub.clock.ClockFace;
import org.takedownhub.clock.ClockLedger;
import org.takedownhub.notice.ContactDirectory;
import org.takedownhub.notice.Letters;
import org.takedownhub.notice.Notices;
import org.takedownhub.notice.Recipient;
import org.takedownhub.platform.Platforms;
import org.takedownhub.platform.Submission;
import org.takedownhub.platform.Submissions;
import org.takedownhub.process.FormFields;
import org.takedownhub.process.TakedownProcess;
import org.takedownhub.process.TaskForm;
import org.takedownhub.process.TaskInHand;

/** {@code answer-clarification}: what a platform asks, and what the hub answers. */
@Component
class AnswerClarificationForm implements TaskForm {

    private static final Set<String> FIELDS = Set.of("clarificationAnswer");

    private final JdbcClient jdbc;
    private final Cases cases;
    private final Notices notices;
    private final Letters letters;
    private final ContactDirectory contacts;
    private final Submissions submissions;
    private final Platforms platforms;
    private final GivenAgain givenAgain;
    private final ClockLedger ledger;
    private final Audit audit;
    private final Clock clock;

    AnswerClarificationForm(
            JdbcClient jdbc,
            Cases cases,
            Notices notices,
            Letters letters,
            ContactDirectory contacts,
            Submissions submissions,
            Platforms platforms,
            GivenAgain givenAgain,
            ClockLedger ledger,
            Audit audit,
            Clock clock) {
        this.jdbc = jdbc;
        this.cases = cases;
        this.notices = notices;
        this.letters = letters;
        this.contacts = contacts;
        this.submissions = submissions;
        this.platforms = platforms;
        this.givenAgain = givenAgain;
        this.ledger = ledger;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public String taskDefinitionKey() {
        return TakedownProcess.TASK_ANSWER_CLARIFICATION;
    }

    @Override
    public Set<String> fields() {
        return FIELDS;
    }

    @Override
    public Map<String, Object> shown(TaskInHand task) {
        return Map.of(
                "flaggedUrl", cases.require(task.caseReference()).defangedUrl(),
                "platform",
                        notices.require(task.caseReference(), task.recipient()).name(),
                "question", unanswered(task),
                "clock",
                        ClockFace.of(ledger.of(task.caseReference(), task.recipient()))
                                .map(face -> face.sentence(clock.instant()))
                                .orElse(""));
    }

    @Override
    public Map<String, Object> accept(TaskInHand task, Map<String, Object> submitted) {
        FormFields fields = new FormFields(submitted, FIELDS);
        String answer = fields.requiredText("clarificationAnswer", 4000);
        fields.check();
        CaseReference reference = task.caseReference();
        Recipient recipient = notices.require(reference, task.recipient());
        if (recipient.givenAt().isEmpty()) {
            notices.given(reference, recipient.number(), clock.instant());
            audit.record(reference, "notice.given-otherwise", "recipient " + recipient.number() + ": " + answer);
            givenAgain.given(reference, recipient.number());
            return Map.of();
        }
        Optional<String> through = dialogue(recipient);
        if (through.isPresent()) {
            int answered = (int) submissions.of(reference).stream()
                    .filter(earlier -> earlier.purpose() == Submission.Purpose.ANSWER)
                    .count();
            submissions.prepare(
                    reference,
                    recipient.number(),
                    recipient.rung(),
                    answered,
                    Submission.Purpose.ANSWER,
                    through.get(),
                    answer);
            return Map.of();
        }
        letters.write(
                "clarification/" + reference + "/" + task.taskId(),
                reference,
                "CLARIFICATION",
                recipient.name(),
                contacts.mailOf(recipient),
                "Answer to your question about " + reference,
                answer);
        return Map.of();
    }

    /** The platform that asked, where an answer can go back the way the question came. */
    private Optional<String> dialogue(Recipient recipient) {
        return submissions
                .sentThrough(recipient.reference(), recipient.number())
                .filter(instance -> platforms.require(instance).takesAnswers());
    }

    private String unanswered(TaskInHand task) {
        return notices.undelivered(task.caseReference(), task.recipient())
                ? "NOBODY GOT THE NOTICE. Hand it over in another way and enter how and to whom; its time begins when you"
                        + " complete this task. What came back: " + question(task)
                : question(task);
    }

    private String question(TaskInHand task) {
        return jdbc.sql("select detail from (select detail, recorded_at from platform_answer where case_reference ="
                        + " :reference and recipient_number = :number and answer in ('CLARIFICATION', 'IMPOSSIBLE')"
                        + " union all select text as detail, recorded_at from platform_reply where case_reference ="
                        + " :reference and recipient_number = :number and kind in ('MESSAGE', 'UNDELIVERABLE')) asked"
                        + " order by recorded_at desc fetch first 1 rows only")
                .param("reference", task.caseReference().value())
                .param("number", task.recipient())
                .query(String.class)
                .optional()
                .orElse("");
    }
}
