package org.takedownhub.clock;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;

/** Puts the clock together from its settings. */
@Configuration(proxyBeanMethods = false)
class ClockConfiguration {

    @Bean
    ClockSpeed clockSpeed(ClockSettings settings, Environment environment) {
        ClockSpeed speed = new ClockSpeed(settings.speed());
        if (!speed.isReal() && !environment.acceptsProfiles(Profiles.of("training"))) {
            throw new IllegalStateException(
                    "takedown.clock.speed is %s: outside the training profile it must be 1, because real deadlines depend on it"
                            .formatted(settings.speed()));
        }
        return speed;
    }

    @Bean
    WorkingDays workingDays(ClockSettings settings) {
        return new WorkingDays(new BankHolidays(settings.proclaimedBankHolidays()));
    }

    @Bean
    Deadlines deadlines(DeadlinePolicies policies, WorkingDays workingDays, ClockSpeed speed) {
        return new Deadlines(policies, workingDays, speed);
    }
}
