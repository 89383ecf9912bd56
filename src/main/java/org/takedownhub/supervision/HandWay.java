package org.takedownhub.supervision;

import static org.takedownhub.process.TakedownProcess.CASE_DUE_AT;
import static org.takedownhub.process.TakedownProcess.HAND_IN_DUE_AT;
import static org.takedownhub.process.TakedownProcess.KEY;
import static org.takedownhub.process.TakedownProcess.NODE_ALERT_SAFEGUARDING;
import static org.takedownhub.process.TakedownProcess.NODE_ISSUE_NOTICE;
import static org.takedownhub.process.TakedownProcess.NODE_REFER_CONTENT;
import static org.takedownhub.process.TakedownProcess.NODE_START_REMOVAL_CLOCK;
import static org.takedownhub.process.TakedownProcess.SAFEGUARDING_DUE_AT;
import static org.takedownhub.process.TakedownProcess.SAFEGUARDING_KEY;
import static org.takedownhub.process.TakedownProcess.TASK_APPROVE_REFERRAL;
import static org.takedownhub.process.TakedownProcess.TASK_REFER_BY_HAND;
import static org.takedownhub.process.TakedownProcess.TASK_REFER_SAFEGUARDING;

import java.util.List;
import java.util.Optional;
import org.takedownhub.process.ProcessVariable;

/**
 * Where a model has a task in which people do what a step of the hub could not, and from which the case goes on as the
 * model says. Only such ways are offered: a step that merely might be skipped is none, because nobody would do its work.
 *
 * @param process  the key of the process
 * @param failing  the step that failed
 * @param task     the task in the same part of the model that takes its place
 * @param dueAt    what the task takes its due date from; without it there is no way
 * @param onlyFor  the trouble it helps against; empty for any
 * @param promise  what happens then, for the manager who decides
 */
record HandWay(
        String process,
        String failing,
        String task,
        ProcessVariable<?> dueAt,
        Optional<Trouble.Kind> onlyFor,
        String promise) {

    static final List<HandWay> ALL = List.of(
            new HandWay(
                    KEY,
                    NODE_REFER_CONTENT,
                    TASK_REFER_BY_HAND,
                    HAND_IN_DUE_AT,
                    Optional.empty(),
                    "A caseworker hands the notice in by hand. The hub does not send it any more."),
            new HandWay(
                    KEY,
                    NODE_START_REMOVAL_CLOCK,
                    TASK_REFER_BY_HAND,
                    HAND_IN_DUE_AT,
                    Optional.of(Trouble.Kind.MISSING_START_INSTANT),
                    "A caseworker makes sure that the recipient has the notice and records since when. The clock then"
                            + " starts from there."),
            new HandWay(
                    KEY,
                    NODE_ISSUE_NOTICE,
                    TASK_APPROVE_REFERRAL,
                    CASE_DUE_AT,
                    Optional.of(Trouble.Kind.MISSING_APPROVAL),
                    "An authorised officer who did not verify the content decides whether the notice goes out."),
            new HandWay(
                    SAFEGUARDING_KEY,
                    NODE_ALERT_SAFEGUARDING,
                    TASK_REFER_SAFEGUARDING,
                    SAFEGUARDING_DUE_AT,
                    Optional.empty(),
                    "A caseworker or duty officer makes the referral at once. The hub's own alert is not sent: tell the"
                            + " safeguarding contact by telephone."));

    static Optional<HandWay> of(String process, String failing, Trouble trouble) {
        return ALL.stream()
                .filter(way -> way.process().equals(process) && way.failing().equals(failing))
                .filter(way -> way.onlyFor().map(trouble.kind()::equals).orElse(true))
                .findFirst();
    }
}
