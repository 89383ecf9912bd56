package org.takedownhub.clock;

import java.time.LocalDate;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the clock.
 *
 * @param speed                  divides every configured period; anything but 1 only with the profile {@code training}
 * @param proclaimedBankHolidays days proclaimed as bank holidays, in whatever part of the United Kingdom, since this
 *                               program was built
 * @param reconciliationCron     when the engine's timers are held against the ledger, besides after every start: the six
 *                               fields of Spring's cron, in the local time of the United Kingdom
 */
@ConfigurationProperties("takedown.clock")
public record ClockSettings(
        @DefaultValue("1") double speed,
        @DefaultValue List<LocalDate> proclaimedBankHolidays,
        @DefaultValue("0 30 3 * * *") String reconciliationCron) {}
