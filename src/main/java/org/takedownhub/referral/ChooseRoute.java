package org.takedownhub.referral;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.process.TakedownProcess;

/** Choose route: which instrument, through which channel. */
@Component
class ChooseRoute implements JavaDelegate {

    private final ReferralRoutes routes;

    ChooseRoute(ReferralRoutes routes) {
        this.routes = routes;
    }

    @Override
    public void execute(DelegateExecution execution) {
        ReferralRoutes.Route route = routes.choose(new CaseReference(TakedownProcess.CASE_REFERENCE.of(execution)));
        TakedownProcess.INSTRUMENT.set(execution, route.instrument().name());
        TakedownProcess.RECIPIENT_KNOWN.set(execution, route.recipientKnown());
        TakedownProcess.CHANNEL.set(execution, route.channel().name());
    }
}
