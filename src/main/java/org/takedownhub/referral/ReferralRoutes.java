package org.takedownhub.referral;

import java.util.Map;
import org.springframework.stereotype.Component;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Channel;
import org.takedownhub.casefile.Instrument;
import org.takedownhub.cases.CaseFile;
import org.takedownhub.cases.Cases;
import org.takedownhub.platform.Platforms;
import org.takedownhub.process.DecisionTables;
import org.takedownhub.process.TakedownProcess;

/** Asks the route table which instrument and which channel a referral takes. */
@Component
class ReferralRoutes {

    private final Cases cases;
    private final Platforms platforms;
    private final DecisionTables tables;

    ReferralRoutes(Cases cases, Platforms platforms, DecisionTables tables) {
        this.cases = cases;
        this.platforms = platforms;
        this.tables = tables;
    }

    Route choose(CaseReference reference) {
        CaseFile file = cases.require(reference);
        String verdict = file.verdict()
                .orElseThrow(() -> new IllegalStateException("Case " + reference + " has no verdict to route by"))
                .name();
        Channel connector = platforms.require(file.platform()).channel();
        DecisionTables.Ruling ruling = tables.decide(
                        TakedownProcess.DECISION_REFERRAL_ROUTE,
                        Map.of(
                                TakedownProcess.VERDICT.name(),
                                verdict,
                                TakedownProcess.CATEGORY.name(),
                                file.category().name(),
                                "connectorChannel",
                                connector.name()))
                .orElseThrow(() -> new IllegalStateException("The route table has no rule for case " + reference + ": "
                        + verdict + ", " + file.category() + ", " + connector));
        return new Route(
                Instrument.valueOf(ruling.text("instrument")),
                Channel.valueOf(ruling.text("channel")),
                ruling.version());
    }

    /** @param version of the table */
    record Route(Instrument instrument, Channel channel, int version) {}
}
