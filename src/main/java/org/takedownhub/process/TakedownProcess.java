package org.takedownhub.process;

import java.util.Date;
import java.util.Map;
import java.util.Set;
import org.takedownhub.casefile.CaseState;

/**
 * The words that code and models share: definitions, nodes, messages, tables and variables. Nothing else in the code
 * names a thing of a model; {@code TakedownModelTest} holds both sides together.
 */
public final class TakedownProcess {

    public static final String KEY = "takedown";
    public static final String ESCALATION_KEY = "escalation";
    public static final String DECONFLICTION_KEY = "deconfliction";
    public static final String SAFEGUARDING_KEY = "safeguarding";
    public static final String REVIEW_KEY = "review";

    public static final String TASK_VERIFY_CONTENT = "Task_VerifyContent";
    public static final String TASK_APPROVE_REFERRAL = "Task_ApproveReferral";
    public static final String TASK_REFER_SAFEGUARDING = "Task_ReferSafeguarding";
    public static final String TASK_COMPLETE_NOTICE = "Task_CompleteNotice";
    public static final String TASK_REFER_BY_HAND = "Task_ReferByHand";
    public static final String TASK_RESOLVE_UNCERTAIN_REFERRAL = "Task_ResolveUncertainReferral";
    public static final String TASK_ANSWER_CLARIFICATION = "Task_AnswerClarification";
    public static final String TASK_CHECK_REMOVAL = "Task_CheckRemoval";
    public static final String TASK_REVIEW_ESCALATION = "Task_ReviewEscalation";
    public static final String TASK_ANSWER_DECONFLICTION = "Task_AnswerDeconfliction";
    public static final String TASK_DECIDE_DECONFLICTION = "Task_DecideDeconfliction";
    public static final String TASK_RENEW_HOLD = "Task_RenewHold";
    public static final String TASK_OVERRIDE_HOLD = "Task_OverrideHold";
    public static final String TASK_PROVE_PRESERVATION = "Task_ProvePreservation";
    public static final String TASK_APPROVE_FORMAL_NOTICE = "Task_ApproveFormalNotice";

    public static final String TASK_DECIDE_REVIEW = "Task_DecideReview";

    public static final String MESSAGE_REFERRAL_ANSWERED = "referral.answered";
    public static final String MESSAGE_REMOVAL_CONFIRMED = "removal.confirmed";
    public static final String MESSAGE_REMOVAL_REFUSED = "removal.refused";
    public static final String MESSAGE_CLARIFICATION_ASKED = "removal.clarification-asked";
    public static final String MESSAGE_CLOCK_STOPPED = "removal.clock-stopped";
    public static final String MESSAGE_NOTICE_SETTLED = "notice.settled";
    public static final String MESSAGE_REMOVAL_UNCLEAR = "removal.unclear";
    public static final String MESSAGE_CONTENT_RETURNED = "content.returned";
    public static final String MESSAGE_DUE_MOVED = "removal.due-moved";

    /** A notice lacks what the law wants in it. */
    public static final String ERROR_NOTICE_INCOMPLETE = "notice.incomplete";

    /** An authorised officer let a voluntary referral become a statutory notice: the climb ends, a new notice goes out. */
    public static final String ESCALATION_FORMAL_NOTICE_APPROVED = "formal-notice.approved";

    public static final String EVENT_REMOVAL_DEADLINE_PASSED = "Event_RemovalDeadlinePassed";
    public static final String EVENT_REMINDER_DUE = "Event_ReminderDue";
    public static final String EVENT_RETURN_WATCH_ENDED = "Event_ReturnWatchEnded";
    public static final String NODE_AWAIT_REMOVAL = "Task_AwaitRemoval";
    public static final String NODE_ISSUE_NOTICE = "Task_IssueNotice";
    public static final String NODE_REFER_CONTENT = "Task_ReferContent";
    public static final String NODE_START_REMOVAL_CLOCK = "Task_StartRemovalClock";
    public static final String NODE_ALERT_SAFEGUARDING = "Task_AlertSafeguarding";
    static final String NODE_SEND_REMINDER = "Task_SendReminder";

    public static final String DECISION_REMOVAL_DEADLINE = "removal-deadline";
    public static final String DECISION_ESCALATION_LADDER = "escalation-ladder";
    public static final String DECISION_FORMAL_INSTRUMENT = "formal-instrument";
    public static final String DECISION_PENALTY_EXPOSURE = "penalty-exposure";
    public static final String DECISION_CONTENT_GUIDE = "content-guide";
    public static final String DECISION_CASE_PRIORITY = "case-priority";
    public static final String DECISION_REFERRAL_ROUTE = "referral-route";
    public static final String DECISION_INSTRUMENT = "instrument";
    public static final String DECISION_APPROVAL_RULE = "approval-rule";
    public static final String DECISION_OFFENCE_CATALOGUE = "offence-catalogue";
    public static final String DECISION_GROUND_STATEMENT = "ground-statement";
    public static final String DECISION_SAFEGUARDING_DEADLINE = "safeguarding-deadline";
    public static final String DECISION_DECONFLICTION_DEADLINE = "deconfliction-deadline";
    public static final String DECISION_REVIEW_DEADLINE = "review-deadline";
    public static final String DECISION_CHECK_SCHEDULE = "check-schedule";

    public static final ProcessVariable<String> CASE_REFERENCE = ProcessVariable.text("caseReference");
    public static final ProcessVariable<String> PLATFORM = ProcessVariable.text("platform");
    public static final ProcessVariable<String> CATEGORY = ProcessVariable.text("category");
    public static final ProcessVariable<String> SOURCE = ProcessVariable.text("source");
    public static final ProcessVariable<Boolean> THREAT_TO_LIFE = ProcessVariable.flag("threatToLife");
    public static final ProcessVariable<Integer> CASE_PRIORITY = ProcessVariable.number("casePriority");
    /** A manager has raised the priority of this case for a while. */
    public static final ProcessVariable<Boolean> CRISIS = ProcessVariable.flag("crisis");

    /** What the cards of Tasklist show: until when the case wants to be moved on, and from the notice on, removed. */
    public static final ProcessVariable<Date> CASE_DUE_AT = ProcessVariable.instant("caseDueAt");

    /** A person found the ground for this content in an earlier case already. */
    public static final ProcessVariable<Boolean> GROUND_CARRIED_OVER = ProcessVariable.flag("groundCarriedOver");

    public static final ProcessVariable<String> VERDICT = ProcessVariable.text("verdict");
    public static final ProcessVariable<Boolean> CONTENT_REFERABLE = ProcessVariable.flag("contentReferable");
    public static final ProcessVariable<Boolean> CONTENT_UNLAWFUL = ProcessVariable.flag("contentUnlawful");
    public static final ProcessVariable<Boolean> SECOND_OPINION_NEEDED = ProcessVariable.flag("secondOpinionNeeded");
    public static final ProcessVariable<Boolean> CHILD_VISIBLE = ProcessVariable.flag("childVisible");
    public static final ProcessVariable<String> ARTISTIC_CONTEXT = ProcessVariable.text("artisticContext");

    /** No force holds the content back, and none took it over. */
    public static final ProcessVariable<Boolean> CLEARED_FOR_REMOVAL = ProcessVariable.flag("clearedForRemoval");

    public static final ProcessVariable<Integer> QUESTION_COUNT = ProcessVariable.number("questionCount");
    public static final ProcessVariable<Boolean> FORCES_INTERESTED = ProcessVariable.flag("forcesInterested");
    /** Which question of the case a task or job is about, from 0. */
    public static final ProcessVariable<Integer> QUESTION_NUMBER = ProcessVariable.number("questionNumber");
    /** Whose officers are asked. */
    public static final ProcessVariable<String> FORCE_GROUP = ProcessVariable.text("forceGroup");
    /** Whose officers may renew or release a hold: those who placed it. */
    public static final ProcessVariable<String> HOLDER_GROUP = ProcessVariable.text("holderGroup");

    public static final ProcessVariable<Date> ANSWER_DUE_AT = ProcessVariable.instant("answerDueAt");
    public static final ProcessVariable<Date> DUTY_DECISION_DUE_AT = ProcessVariable.instant("decisionDueAt");
    /** What a question still waits for: {@code NOTHING}, {@code HOLD} or {@code PRESERVATION}. */
    public static final ProcessVariable<String> FORCE_ASKS_FOR = ProcessVariable.text("forceAsksFor");

    public static final ProcessVariable<Date> HOLD_ENDS_AT = ProcessVariable.instant("holdEndsAt");
    public static final ProcessVariable<Date> HOLD_RENEWAL_DUE_AT = ProcessVariable.instant("holdRenewalDueAt");
    public static final ProcessVariable<Date> HOLD_REVIEW_AT = ProcessVariable.instant("holdReviewAt");
    public static final ProcessVariable<Date> OVERRIDE_DUE_AT = ProcessVariable.instant("overrideDueAt");
    public static final ProcessVariable<Boolean> HOLD_OVERRIDDEN = ProcessVariable.flag("holdOverridden");
    public static final ProcessVariable<Date> PRESERVATION_CHECK_DUE_AT =
            ProcessVariable.instant("preservationCheckDueAt");
    public static final ProcessVariable<Boolean> PRESERVATION_OVERDUE = ProcessVariable.flag("preservationOverdue");
    public static final ProcessVariable<Date> PROOF_DUE_AT = ProcessVariable.instant("proofDueAt");
    /** A force deals with the content itself, so nobody else needs to be waited for. */
    public static final ProcessVariable<Boolean> TAKEN_OVER = ProcessVariable.flag("takenOver");

    public static final ProcessVariable<String> INSTRUMENT = ProcessVariable.text("instrument");
    public static final ProcessVariable<String> CHANNEL = ProcessVariable.text("channel");
    /** An operator has set the recipient up, or it was written to before. */
    public static final ProcessVariable<Boolean> RECIPIENT_KNOWN = ProcessVariable.flag("recipientKnown");

    public static final ProcessVariable<Boolean> APPROVAL_REQUIRED = ProcessVariable.flag("approvalRequired");
    public static final ProcessVariable<Boolean> REFERRAL_APPROVED = ProcessVariable.flag("referralApproved");
    public static final ProcessVariable<Integer> RECIPIENT_COUNT = ProcessVariable.number("recipientCount");
    public static final ProcessVariable<Integer> RECIPIENT_NUMBER = ProcessVariable.number("recipientNumber");

    public static final ProcessVariable<String> REFERRAL_ANSWER = ProcessVariable.text("referralAnswer");
    public static final ProcessVariable<Boolean> REFERRAL_ARRIVED = ProcessVariable.flag("referralArrived");
    public static final ProcessVariable<Boolean> HANDED_IN = ProcessVariable.flag("handedIn");

    /** This recipient is told of procedures and deadlines before its first order. */
    public static final ProcessVariable<Boolean> PRE_NOTICE_REQUIRED = ProcessVariable.flag("preNoticeRequired");

    public static final ProcessVariable<Date> PRE_NOTICE_ENDS_AT = ProcessVariable.instant("preNoticeEndsAt");

    /** Until when a packet should have been handed in. */
    public static final ProcessVariable<Date> HAND_IN_DUE_AT = ProcessVariable.instant("handInDueAt");

    public static final ProcessVariable<Date> REMINDER_DUE_AT = ProcessVariable.instant("reminderDueAt");
    public static final ProcessVariable<Date> REMOVAL_DUE_AT = ProcessVariable.instant("removalDueAt");
    public static final ProcessVariable<Boolean> CLOCK_STOPPED = ProcessVariable.flag("clockStopped");
    public static final ProcessVariable<Date> CLARIFICATION_DUE_AT = ProcessVariable.instant("clarificationDueAt");

    public static final ProcessVariable<Date> CHECK_REMOVAL_DUE_AT = ProcessVariable.instant("checkRemovalDueAt");

    public static final ProcessVariable<Date> SAFEGUARDING_DUE_AT = ProcessVariable.instant("safeguardingDueAt");

    public static final ProcessVariable<Boolean> RETURN_WATCHED = ProcessVariable.flag("returnWatched");
    public static final ProcessVariable<Date> RETURN_WATCH_ENDS_AT = ProcessVariable.instant("returnWatchEndsAt");

    public static final ProcessVariable<Boolean> RUNG_LEFT = ProcessVariable.flag("rungLeft");
    public static final ProcessVariable<Integer> RUNG = ProcessVariable.number("rung");
    public static final ProcessVariable<Date> RUNG_DUE_AT = ProcessVariable.instant("rungDueAt");

    /** The rung just climbed proposed a statutory notice to an authorised officer. */
    public static final ProcessVariable<Boolean> FORMAL_NOTICE_PROPOSED = ProcessVariable.flag("formalNoticeProposed");

    /** Until when the officer should have decided; the proposal stays open as long as the ladder is climbed. */
    public static final ProcessVariable<Date> FORMAL_NOTICE_DUE_AT = ProcessVariable.instant("formalNoticeDueAt");

    public static final ProcessVariable<Boolean> FORMAL_NOTICE_APPROVED = ProcessVariable.flag("formalNoticeApproved");
    public static final ProcessVariable<String> REVIEW_ID = ProcessVariable.text("reviewId");
    public static final ProcessVariable<Date> REVIEW_REMINDER_DUE_AT = ProcessVariable.instant("reviewReminderDueAt");
    public static final ProcessVariable<Date> REVIEW_DUE_AT = ProcessVariable.instant("reviewDueAt");
    public static final ProcessVariable<String> REVIEW_DECISION = ProcessVariable.text("reviewDecision");

    /** The timers that are alarms of a recipient's clock: they follow the ledger of clocks. */
    public static final Set<String> CLOCK_ALARMS = Set.of(EVENT_REMOVAL_DEADLINE_PASSED, EVENT_REMINDER_DUE);

    /** Which state a case is in once its process stands at a node. Closing is the business of the step that closes. */
    static final Map<String, CaseState> STATES = Map.of(
            TASK_VERIFY_CONTENT,
            CaseState.VERIFYING,
            "Process_Deconfliction",
            CaseState.DECONFLICTING,
            TASK_APPROVE_REFERRAL,
            CaseState.APPROVING,
            "Task_IssueNotice",
            CaseState.REFERRING,
            "Task_AwaitRemoval",
            CaseState.AWAITING_REMOVAL,
            "Process_Escalation",
            CaseState.ESCALATED,
            "Task_AwaitReturn",
            CaseState.WATCHING);

    private TakedownProcess() {}
}
