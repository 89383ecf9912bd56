package org.takedownhub.referral;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Channel;
import org.takedownhub.casefile.Instrument;
import org.takedownhub.cases.CaseFile;
import org.takedownhub.cases.Cases;
import org.takedownhub.platform.Platforms;
import org.takedownhub.process.DecisionTables;
import org.takedownhub.process.TakedownProcess;

/** Asks the route table which instrument a referral takes, and through which channels it may go, one after the other. */
@Component
class ReferralRoutes {

    private final Cases cases;
    private final Platforms platforms;
    private final DecisionTables tables;
    private final KnownRecipients recipients;

    ReferralRoutes(Cases cases, Platforms platforms, DecisionTables tables, KnownRecipients recipients) {
        this.recipients = recipients;
        this.cases = cases;
        this.platforms = platforms;
        this.tables = tables;
    }

    Route choose(CaseReference reference) {
        CaseFile file = cases.require(reference);
        String verdict = file.verdict()
                .orElseThrow(() -> new IllegalStateException("Case " + reference + " has no verdict to route by"))
                .name();
        DecisionTables.Ruling ruling = tables.decide(
                        TakedownProcess.DECISION_REFERRAL_ROUTE,
                        Map.of(
                                TakedownProcess.VERDICT.name(),
                                verdict,
                                TakedownProcess.CATEGORY.name(),
                                file.category().name(),
                                TakedownProcess.PLATFORM.name(),
                                file.platform()))
                .orElseThrow(() -> new IllegalStateException("The route table has no rule for case " + reference + ": "
                        + verdict + ", " + file.category() + ", " + file.platform()));
        List<Way> ways = Arrays.stream(ruling.text("channels").split(","))
                .map(channel -> Channel.valueOf(channel.strip()))
                .flatMap(channel -> way(channel, file).stream())
                .toList();
        return new Route(
                Instrument.valueOf(ruling.text("instrument")),
                ways.isEmpty() ? List.of(new Way(Channel.PORTAL, file.platform())) : ways,
                recipients.knows(file.platform(), reference),
                ruling.version());
    }

    /** The first of these channels that the settings have something to go with; by hand where none is. */
    Channel best(CaseFile file, List<Channel> channels) {
        return channels.stream()
                .flatMap(channel -> way(channel, file).stream())
                .map(Way::channel)
                .findFirst()
                .orElse(Channel.PORTAL);
    }

    /** Empty when the settings have nothing to go this way with. */
    private Optional<Way> way(Channel channel, CaseFile file) {
        if (channel == Channel.PORTAL || platforms.require(file.platform()).channel() == channel) {
            return Optional.of(new Way(channel, file.platform()));
        }
        return channel == Channel.MAIL
                ? platforms.forMail().map(mail -> new Way(channel, mail.instance()))
                : Optional.empty();
    }

    /** @param through the platform instance that takes it there */
    record Way(Channel channel, String through) {}

    /**
     * @param ways           at least one, the best first
     * @param recipientKnown whether anybody has set the recipient up, or written to it before
     * @param version        of the table
     */
    record Route(Instrument instrument, List<Way> ways, boolean recipientKnown, int version) {

        Channel channel() {
            return ways.get(0).channel();
        }

        /** The next way after one that did not work out; empty when only a person is left. */
        Optional<Way> after(Channel channel) {
            List<Channel> channels = ways.stream().map(Way::channel).toList();
            return ways.stream()
                    .skip(channels.indexOf(channel) + 1L)
                    .filter(way -> way.channel() != Channel.PORTAL)
                    .findFirst();
        }

        String through(Channel channel) {
            return ways.stream()
                    .filter(way -> way.channel() == channel)
                    .findFirst()
                    .orElse(ways.get(0))
                    .through();
        }
    }
}
