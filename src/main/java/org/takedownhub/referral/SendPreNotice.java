package org.takedownhub.referral;

import java.util.Date;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.process.TakedownProcess;

/** Send pre-notice: the recipient learns of procedures and deadlines before its first order. */
@Component
class SendPreNotice implements JavaDelegate {

    private final PreNotices preNotices;

    SendPreNotice(PreNotices preNotices) {
        this.preNotices = preNotices;
    }

    @Override
    public void execute(DelegateExecution execution) {
        TakedownProcess.PRE_NOTICE_ENDS_AT.set(
                execution,
                Date.from(preNotices.send(
                        new CaseReference(TakedownProcess.CASE_REFERENCE.of(execution)),
                        TakedownProcess.RECIPIENT_NUMBER.of(execution))));
    }
}
