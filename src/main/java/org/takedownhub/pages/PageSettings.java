package org.takedownhub.pages;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What our pages tell people who have no account here.
 *
 * @param help whom they call, as a whole sentence: role and number, never a person's name
 */
@ConfigurationProperties("takedown.pages")
public record PageSettings(@DefaultValue(PageSettings.UNTOLD) String help) {

    static final String UNTOLD =
            "Call the duty officer of the hub on the number that your force has on file, not on one from a mail.";
}
