package org.takedownhub.notice;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How letters leave as mail. The server itself is set by {@code spring.mail.*}; without one, letters are filed.
 *
 * @param from        the hub's own address, never an officer's
 * @param timeout     for connecting, reading and writing each
 * @param giveUpAfter a letter that could not be handed to the mail server for so long is filed for a person
 */
@ConfigurationProperties("takedown.mail")
record MailSettings(
        @DefaultValue("") String from,
        @DefaultValue("15s") Duration timeout,
        @DefaultValue("24h") Duration giveUpAfter) {}
