package org.takedownhub.referral;

import java.util.Date;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.notice.Notices;
import org.takedownhub.notice.Recipient;
import org.takedownhub.process.TakedownProcess;

/** Prepare referral: which way this recipient's notice takes, and whether a pre-notice comes first. */
@Component
class PrepareReferral implements JavaDelegate {

    private final Notices notices;
    private final HandIns handIns;
    private final PreNotices preNotices;

    PrepareReferral(Notices notices, HandIns handIns, PreNotices preNotices) {
        this.notices = notices;
        this.handIns = handIns;
        this.preNotices = preNotices;
    }

    @Override
    public void execute(DelegateExecution execution) {
        CaseReference reference = new CaseReference(TakedownProcess.CASE_REFERENCE.of(execution));
        Recipient recipient = notices.require(reference, TakedownProcess.RECIPIENT_NUMBER.of(execution));
        TakedownProcess.INSTRUMENT.set(execution, recipient.instrument().name());
        TakedownProcess.CHANNEL.set(execution, recipient.channel().name());
        TakedownProcess.HAND_IN_DUE_AT.set(execution, Date.from(handIns.dueAt(reference)));
        TakedownProcess.PRE_NOTICE_REQUIRED.set(execution, preNotices.required(recipient));
    }
}
