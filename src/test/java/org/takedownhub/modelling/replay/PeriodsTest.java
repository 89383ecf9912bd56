package org.takedownhub.modelling.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Parameter;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** The steps keep their settings to themselves, so the replay names them a second time, and alike. */
class PeriodsTest {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(.+?):(.+)}");

    @Test
    void takesTheSameSettingsWithTheSameDefaultsAsTheSteps() throws ClassNotFoundException {
        Map<String, String> kept = new HashMap<>();
        for (String room : new String[] {
            "referral.ReferralSettings", "closure.ClosureSettings", "deconfliction.DeconflictionSettings"
        }) {
            Class<?> settings = Class.forName("org.takedownhub." + room);
            String prefix =
                    settings.getAnnotation(ConfigurationProperties.class).value();
            for (Parameter one : settings.getDeclaredConstructors()[0].getParameters()) {
                DefaultValue value = one.getAnnotation(DefaultValue.class);
                kept.put(
                        prefix + "."
                                + one.getName().replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT),
                        String.join(",", value.value()));
            }
        }
        Map<String, String> named = new HashMap<>();
        for (Parameter one : Periods.class.getDeclaredConstructors()[0].getParameters()) {
            Matcher placeholder =
                    PLACEHOLDER.matcher(one.getAnnotation(Value.class).value());
            assertThat(placeholder.matches()).isTrue();
            named.put(placeholder.group(1), placeholder.group(2));
        }

        assertThat(named).hasSize(5);
        assertThat(kept).containsAllEntriesOf(named);
    }
}
