package org.takedownhub.platform.mail;

import java.time.Clock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.takedownhub.platform.Platform;
import org.takedownhub.platform.PlatformFactory;
import org.takedownhub.platform.PlatformSettings;
import org.takedownhub.platform.SafeHttp;

/** Makes the instances of abuse mail in the settings. */
@Component
class MailPlatformFactory implements PlatformFactory {

    static final String KIND = "mail";

    private final JdbcClient jdbc;
    private final PlatformTransactionManager transactions;
    private final Clock clock;

    MailPlatformFactory(JdbcClient jdbc, PlatformTransactionManager transactions, Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Platform create(String instance, PlatformSettings settings) {
        MailSettings mail = MailSettings.of(instance, settings);
        Rdap rdap = new Rdap(
                SafeHttp.of(instance, settings, clock, mail.bootstrapUrl()),
                mail.bootstrapUrl(),
                new RdapAnswers(jdbc),
                clock);
        return new MailPlatform(
                instance,
                mail,
                new Contacts(mail, rdap, HostAddresses.within(settings.timeout())),
                new SentMails(jdbc, transactions),
                clock);
    }
}
