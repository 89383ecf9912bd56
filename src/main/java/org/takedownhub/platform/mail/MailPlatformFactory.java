package org.takedownhub.platform.mail;

import java.time.Clock;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.takedownhub.platform.Platform;
import org.takedownhub.platform.PlatformFactory;
import org.takedownhub.platform.PlatformSettings;
import org.takedownhub.platform.PublicLooks;
import org.takedownhub.platform.SafeHttp;
import org.takedownhub.platform.SettingDescription;
import org.takedownhub.platform.Vantages;

/** Makes the instances of abuse mail in the settings. */
@Component
class MailPlatformFactory implements PlatformFactory {

    static final String KIND = "mail";

    private final JdbcClient jdbc;
    private final PlatformTransactionManager transactions;
    private final PublicLooks looks;
    private final Vantages vantages;
    private final Clock clock;

    MailPlatformFactory(
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            PublicLooks looks,
            Vantages vantages,
            Clock clock) {
        this.looks = looks;
        this.vantages = vantages;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String description() {
        return "Mail to the abuse contacts of any host";
    }

    @Override
    public List<SettingDescription> settings() {
        return List.of(
                SettingDescription.mandatory("options.smtp-host", "The relay that takes our mail", "smtp.hub.example"),
                SettingDescription.mandatory(
                        "options.from", "The hub's own address, never an officer's", "referrals@hub.example"),
                SettingDescription.mandatory(
                        "options.reply-address",
                        "Where answers come to, with +token before the @",
                        "replies@hub.example"),
                SettingDescription.secret(
                        "options.reply-secret", "The key that makes the tokens of answers unguessable", true),
                SettingDescription.optional(
                        "identifier", "The account at the relay, where it asks for one", "referrals"),
                SettingDescription.secret("secret", "Its password; together with the account or not at all", false),
                SettingDescription.optional("options.smtp-port", "465 unless set, 587 with STARTTLS", "465"),
                SettingDescription.optional(
                        "options.smtp-tls", "implicit, starttls, or none for a relay on this machine", "implicit"),
                SettingDescription.optional("options.organisation", "Who writes, in words", "Police social-media hub"),
                SettingDescription.optional(
                        "options.imap-host",
                        "Where answers are read; without it, nobody reads them",
                        "imap.hub.example"),
                SettingDescription.optional("options.imap-port", "993 unless set, 143 with STARTTLS", "993"),
                SettingDescription.optional("options.imap-tls", "implicit or starttls", "implicit"),
                SettingDescription.optional("options.imap-folder", "The folder that is read", "INBOX"),
                SettingDescription.optional(
                        "options.imap-identifier", "The account there; that of the relay unless set", "replies"),
                SettingDescription.secret("options.imap-secret", "Its password", false),
                SettingDescription.optional(
                        "options.contact-order",
                        "Which kind of contact is written to first",
                        "operator,network,registrar,role-address"),
                SettingDescription.optional(
                        "options.contacts",
                        "Contacts that you know, before all others: host=address, …",
                        "forum.example=abuse@forum.example"),
                SettingDescription.optional("options.own-domains", "Further domains of ours", "hub.example"),
                SettingDescription.optional(
                        "options.authserv-id",
                        "Our own mail server's name in Authentication-Results",
                        "mx.hub.example"),
                SettingDescription.optional("options.notices-per-mail", "How many notices one mail may hold", "20"),
                SettingDescription.optional("options.poll-every", "How often answers are fetched", "PT1M"),
                SettingDescription.optional(
                        "options.rdap-bootstrap-url", "Where IANA's lists for RDAP are", "https://data.iana.org/rdap/"),
                SettingDescription.optional("options.requests-per-minute", "How many calls we make in a minute", "50"));
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
                looks,
                vantages,
                clock);
    }
}
