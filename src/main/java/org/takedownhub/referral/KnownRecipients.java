package org.takedownhub.referral;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.platform.Platforms;

/**
 * Whom the hub has met. An operator who sets a platform up has introduced it on purpose; whoever else gets a first
 * notice gets it after a second person has looked.
 */
@Component
class KnownRecipients {

    private final Platforms platforms;
    private final JdbcClient jdbc;

    KnownRecipients(Platforms platforms, JdbcClient jdbc) {
        this.platforms = platforms;
        this.jdbc = jdbc;
    }

    /** Whether the platform is set up and switched on, or an earlier case than this one sent it a notice. */
    boolean knows(String platform, CaseReference asking) {
        return platforms.configured(platform).isPresent()
                        && platforms.settings(platform).enabled()
                || jdbc.sql("select count(*) from recipient where platform = ? and case_reference <> ? and given_at is"
                                        + " not null")
                                .params(platform, asking.value())
                                .query(Integer.class)
                                .single()
                        > 0;
    }
}
