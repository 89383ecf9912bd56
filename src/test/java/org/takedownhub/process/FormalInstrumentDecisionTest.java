package org.takedownhub.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.dmn.engine.DmnDecisionTableResult;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.takedownhub.casefile.Instrument;

/** When a voluntary referral may become a statutory notice, one line per case, with the day it is asked on in London. */
class FormalInstrumentDecisionTest {

    private static final DmnEngine ENGINE =
            DmnEngineConfiguration.createDefaultDmnEngineConfiguration().buildEngine();

    @ParameterizedTest
    @CsvSource({
        // Crime and Policing Act 2026 s.21, from Royal Assent on 29 April 2026 (commencement not verified)
        "2026-04-28, UNLAWFUL,       WEAPONS_GLORIFICATION, KNIVES_ACT_1997_S1, mastodon.example, '',                     ''",
        "2026-04-29, UNLAWFUL,       WEAPONS_GLORIFICATION, KNIVES_ACT_1997_S1, mastodon.example, WEAPONS_REMOVAL_NOTICE, 'API,MAIL,PORTAL'",
        "2026-11-23, UNLAWFUL,       WEAPONS_GLORIFICATION, CJA_1988_S141,      mastodon.example, WEAPONS_REMOVAL_NOTICE, 'API,MAIL,PORTAL'",
        "2027-01-01, UNLAWFUL,       WEAPONS_SALE,          ROWA_1959_S1,       mastodon.example, WEAPONS_REMOVAL_NOTICE, 'API,MAIL,PORTAL'",
        "2026-11-23, UNLAWFUL,       GANG_PROMOTION,        CJA_1988_S141,      mastodon.example, '',                     ''",
        "2026-11-23, BREACHES_TERMS, WEAPONS_GLORIFICATION, '',                 mastodon.example, '',                     ''",
        "2026-11-23, UNLAWFUL,       WEAPONS_GLORIFICATION, OAPA_1861_S16,      mastodon.example, '',                     ''",
        // the same on platforms that are served at their portals
        "2026-04-28, UNLAWFUL,       WEAPONS_SALE,          CJA_1988_S141,      tiktok,           '',                     ''",
        "2026-04-29, UNLAWFUL,       WEAPONS_SALE,          CJA_1988_S141,      tiktok,           WEAPONS_REMOVAL_NOTICE, 'PORTAL,MAIL'",
        "2026-11-23, UNLAWFUL,       WEAPONS_GLORIFICATION, KNIVES_ACT_1997_S1, snapchat,         WEAPONS_REMOVAL_NOTICE, 'PORTAL,MAIL'",
        // Terrorism Act 2006 s.3, from 13 April 2006 (not verified); served by hand (s.4)
        "2006-04-12, UNLAWFUL,       TERRORISM,             TA_2006_S1,         mastodon.example, '',                     ''",
        "2006-04-13, UNLAWFUL,       TERRORISM,             TA_2006_S1,         mastodon.example, TERRORISM_NOTICE,       PORTAL",
        "2026-11-23, UNLAWFUL,       TERRORISM,             TA_2006_S2,         tiktok,           TERRORISM_NOTICE,       PORTAL",
        "2026-11-23, UNLAWFUL,       TERRORISM,             SCA_2007_S44,       mastodon.example, '',                     ''",
        "2026-11-23, UNLAWFUL,       INCITEMENT,            TA_2006_S1,         mastodon.example, TERRORISM_NOTICE,       PORTAL",
        "2026-11-23, UNLAWFUL,       INCITEMENT,            SCA_2007_S44,       mastodon.example, '',                     ''",
        // no statute offers a notice for these
        "2026-11-23, UNLAWFUL,       THREAT,                OAPA_1861_S16,      mastodon.example, '',                     ''",
        "2026-11-23, UNLAWFUL,       INTIMIDATION,          POA_1986_S4,        mastodon.example, '',                     ''",
        "2026-11-23, UNLAWFUL,       RECRUITMENT,           MSA_2015_S2,        mastodon.example, '',                     ''"
    })
    void fits(
            String askedOn,
            String verdict,
            String category,
            String offence,
            String platform,
            String instrument,
            String channels) {
        DmnDecisionTableResult result = decide(
                "formal-instrument",
                Map.of(
                        "askedOn",
                        askedOn,
                        "verdict",
                        verdict,
                        "category",
                        category,
                        "offence",
                        offence,
                        "platform",
                        platform));
        if (instrument.isEmpty()) {
            assertThat(result).isEmpty();
        } else {
            assertThat(result.getSingleResult().getEntryMap())
                    .containsEntry("instrument", instrument)
                    .containsEntry("channels", channels);
            assertThat(result.getSingleResult().getEntryMap().get("unverified"))
                    .asString()
                    .startsWith("Not verified");
        }
    }

    @Test
    void saysForEveryInstrumentWhatItsRecipientIsExposedTo() {
        for (Instrument instrument : Instrument.SHIPPED) {
            Map<String, Object> row = decide("penalty-exposure", Map.of("instrument", instrument.name()))
                    .getSingleResult()
                    .getEntryMap();
            for (String column : List.of("exposure", "legalReference", "decidedBy", "procedure")) {
                assertThat(row.get(column))
                        .as(instrument + " " + column)
                        .asString()
                        .isNotBlank();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "VOLUNTARY_REFERRAL,     nobody is obliged",
        "WEAPONS_REMOVAL_NOTICE, '60,000'",
        "TERRORISM_NOTICE,       loses the defence",
        "DSA_NOTICE,             actual knowledge",
        "TCO_ORDER,              4 per cent"
    })
    void namesTheExposure(String instrument, String words) {
        assertThat(decide("penalty-exposure", Map.of("instrument", instrument))
                        .getSingleResult()
                        .<String>getEntry("exposure"))
                .contains(words);
    }

    private static DmnDecisionTableResult decide(String table, Map<String, Object> inputs) {
        try (InputStream file = Files.newInputStream(Path.of("bpmn", table + ".dmn"))) {
            return ENGINE.evaluateDecisionTable(ENGINE.parseDecisions(file).get(0), new HashMap<>(inputs));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
