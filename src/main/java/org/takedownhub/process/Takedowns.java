package org.takedownhub.process;

import java.time.Instant;
import java.util.Map;
import org.takedownhub.casefile.CaseReference;

/**
 * What the hub can do with a running takedown. Every call joins the caller's transaction and answers whether somebody
 * was waiting for it: false means that the process had moved on already, which is no error.
 */
public interface Takedowns {

    /**
     * Starts the process of a case.
     *
     * @param variables what the engine may keep: references, flags, instants
     * @return {@code key:version} of the model it runs on
     */
    String start(CaseReference reference, Map<String, Object> variables);

    /**
     * Starts the safeguarding of a person at risk beside the case, which may end before or after it.
     *
     * @param dueAt until when somebody is to be referred, UTC
     */
    void safeguard(CaseReference reference, Instant dueAt);

    /** What became of a referral that went out through an API: {@code SENT}, {@code GONE}, {@code BY_HAND}, {@code UNCERTAIN}. */
    boolean referralAnswered(CaseReference reference, int recipientNumber, String answer);

    /** The content is gone: the wait, or the climb, ends. */
    boolean removalConfirmed(CaseReference reference, int recipientNumber);

    /** The recipient says no. */
    boolean removalRefused(CaseReference reference, int recipientNumber);

    /** The recipient asks something while its clock runs on. */
    boolean clarificationAsked(CaseReference reference, int recipientNumber, Instant answerBy);

    /** The recipient asks something, or cannot comply, and its clock stands still until that is settled. */
    boolean clockStopped(CaseReference reference, int recipientNumber, Instant answerBy);

    /** Whatever was asked is settled: open clarification tasks of the recipient are done. */
    boolean clarificationEnded(CaseReference reference, int recipientNumber);

    /** The notice is settled in any other way (withdrawn, restricted, impossible): the follow-up ends where it stands. */
    boolean noticeSettled(CaseReference reference, int recipientNumber);

    /** Nobody but a person can tell whether the content is still up: somebody is asked to look. */
    boolean removalUnclear(CaseReference reference, int recipientNumber, Instant lookBy);

    /**
     * The due date of a recipient moved: the alarms of its wait are set anew, and one that is being escalated is waited
     * for again. The ledger has been written before.
     *
     * @param dueAt    UTC
     * @param remindAt UTC; the due date itself for no reminder
     */
    boolean dueMoved(CaseReference reference, int recipientNumber, Instant dueAt, Instant remindAt);

    /** Removed content is back: the watch for it ends. */
    boolean contentReturned(CaseReference reference);

    /** The content need not stay away any longer: the watch for its return ends as if its time were over. */
    boolean returnWatchEnds(CaseReference reference);

    /** Whether a follow-up of this recipient is running. */
    boolean following(CaseReference reference, int recipientNumber);
}
