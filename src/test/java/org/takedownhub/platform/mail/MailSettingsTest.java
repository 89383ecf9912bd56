package org.takedownhub.platform.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.takedownhub.platform.PlatformSettings;
import org.takedownhub.platform.mail.MailSettings.Tls;

class MailSettingsTest {

    private static final Map<String, String> LEAST = Map.of(
            "smtp-host", "relay.police.test",
            "from", "referrals@hub.police.test",
            "reply-address", "answers@hub.police.test",
            "reply-secret", "env:REPLY_SECRET");

    private static MailSettings settings(Map<String, String> options) {
        return MailSettings.of(
                "abuse-mail",
                new PlatformSettings(
                        "mail",
                        true,
                        null,
                        List.of(),
                        "hub",
                        "env:PASSWORD",
                        null,
                        null,
                        null,
                        Duration.ofSeconds(10),
                        2,
                        options));
    }

    private static Map<String, String> with(String option, String value) {
        Map<String, String> options = new HashMap<>(LEAST);
        options.put(option, value);
        return options;
    }

    @Test
    void encryptsUnlessToldOtherwise() {
        MailSettings settings = settings(LEAST);
        assertThat(settings.smtp().tls()).isEqualTo(Tls.IMPLICIT);
        assertThat(settings.smtp().port()).isEqualTo(465);
        assertThat(settings.imap()).isEmpty();
        assertThat(settings.order())
                .containsExactly(Scope.OPERATOR, Scope.NETWORK, Scope.REGISTRAR, Scope.ROLE_ADDRESS);
        assertThat(settings(with("smtp-tls", "starttls")).smtp().port()).isEqualTo(587);
        assertThat(settings(with("imap-host", "mail.police.test"))
                        .imap()
                        .orElseThrow()
                        .port())
                .isEqualTo(993);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "smtp-tls | none | on this machine",
                "smtp-tls | perhaps | does not know",
                "smtp-port | 70000 | from 1 to 65535",
                "from | somebody | one plain mail address",
                "reply-address | a+b@hub.police.test | no +",
                "reply-address | abcdefghijklmnopqrstuvwxyzabcdefgh@hub.police.test | characters",
                "reply-secret | hunter2 | env:NAME or file:PATH",
                "contact-order | operator,friend | does not know",
                "contact-order | role-address,operator | only as the last",
                "contacts | example.org | must read host=address",
                "rdap-bootstrap-url | https://rdap.example/boot | ends in /",
                "notices-per-mail | 0 | from 1 to 50",
                "poll-every | P2D | from PT1S to P1D",
                "poll-every | often | from PT1S to P1D",
                "smtp-hots | relay | unknown to kind mail"
            })
    void namesASettingThatIsImpossible(String option, String value, String why) {
        assertThatThrownBy(() -> settings(with(option, value)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("takedown.platforms.abuse-mail.options." + option)
                .hasMessageContaining(why)
                .message()
                .doesNotContain("hunter2");
    }

    @Test
    void namesASettingThatIsMissing() {
        for (String option : LEAST.keySet()) {
            Map<String, String> options = new HashMap<>(LEAST);
            options.remove(option);
            assertThatThrownBy(() -> settings(options)).hasMessageContaining("options." + option + " is missing");
        }
    }
}
