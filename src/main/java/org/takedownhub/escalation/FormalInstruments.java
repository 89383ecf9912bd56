package org.takedownhub.escalation;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Channel;
import org.takedownhub.casefile.Instrument;
import org.takedownhub.cases.CaseFile;
import org.takedownhub.notice.FormalNotices;
import org.takedownhub.process.DecisionTables;
import org.takedownhub.process.TakedownProcess;

/** Asks the table {@code formal-instrument} which statutory instrument a case could take today. */
@Component
class FormalInstruments {

    /** A statute comes into force at midnight in London. */
    private static final ZoneId LONDON = ZoneId.of("Europe/London");

    private final JdbcClient jdbc;
    private final DecisionTables tables;
    private final Clock clock;

    FormalInstruments(JdbcClient jdbc, DecisionTables tables, Clock clock) {
        this.jdbc = jdbc;
        this.tables = tables;
        this.clock = clock;
    }

    Optional<FormalNotices.Fit> fitting(CaseFile file) {
        return tables.decide(
                        TakedownProcess.DECISION_FORMAL_INSTRUMENT,
                        Map.of(
                                TakedownProcess.VERDICT.name(),
                                file.verdict().map(Enum::name).orElse(""),
                                TakedownProcess.CATEGORY.name(),
                                file.category().name(),
                                "offence",
                                offence(file.reference()),
                                TakedownProcess.PLATFORM.name(),
                                file.platform(),
                                "askedOn",
                                LocalDate.ofInstant(clock.instant(), LONDON).toString()))
                .map(FormalInstruments::fit);
    }

    private static FormalNotices.Fit fit(DecisionTables.Ruling ruling) {
        List<Channel> channels = Arrays.stream(ruling.text("channels").split(","))
                .map(channel -> Channel.valueOf(channel.strip()))
                .toList();
        return new FormalNotices.Fit(
                Instrument.valueOf(ruling.text("instrument")),
                ruling.text("legalReference"),
                Optional.of(ruling.text("unverified")).filter(text -> !text.isBlank()),
                channels,
                ruling.version());
    }

    /** The offence that the last verdict named; empty text where it named none. */
    private String offence(CaseReference reference) {
        return jdbc.sql("select coalesce(offence, '') from verification where case_reference = ? order by id desc"
                        + " fetch first 1 rows only")
                .params(reference.value())
                .query(String.class)
                .optional()
                .orElse("");
    }
}
