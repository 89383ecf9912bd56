package org.takedownhub.platform.mail;

import static org.takedownhub.audit.Instants.stored;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.transaction.PlatformTransactionManager;
import org.takedownhub.StoreContext;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.ContentKey;
import org.takedownhub.clock.MutableClock;
import org.takedownhub.platform.ConfirmationSettings;
import org.takedownhub.platform.Content;
import org.takedownhub.platform.Look;
import org.takedownhub.platform.Notice;
import org.takedownhub.platform.PlatformSettings;
import org.takedownhub.platform.PublicLooks;
import org.takedownhub.platform.SafeHttp;
import org.takedownhub.platform.UnknownReason;
import org.takedownhub.platform.Vantage;
import org.takedownhub.platform.VantageSettings;
import org.takedownhub.platform.Vantages;

/** Abuse mail on a real database, with settings a test can change. */
final class MailHub {

    /** What reads pages has its own tests. */
    static final Vantages VANTAGES =
            new Vantages(new VantageSettings(Map.of()), new ConfirmationSettings(Duration.ofMinutes(5), 2, 3, "GB"));

    static final PublicLooks LOOKS = new PublicLooks() {
        @Override
        public List<Look> look(List<Content> contents, Vantage vantage, Hints hints) {
            return contents.stream()
                    .map(content -> Look.unknown(UnknownReason.CHALLENGE, "read from " + vantage.country()))
                    .toList();
        }

        @Override
        public boolean canRead(Content content, Hints hints) {
            return true;
        }
    };

    static final String INSTANCE = "abuse-mail";

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final StoreContext store;
    private final MutableClock clock;
    private final Map<String, String> options = new HashMap<>();
    private HostAddresses names = host -> List.of();
    private Duration timeout = Duration.ofSeconds(5);

    MailHub(StoreContext store, MutableClock clock, Path folder) {
        this.store = store;
        this.clock = clock;
        option("smtp-host", "localhost").option("smtp-tls", "none").option("smtp-port", "25");
        option("from", "referrals@hub.police.test").option("reply-address", "referrals@hub.police.test");
        option("reply-secret", "file:" + written(folder.resolve("reply-secret"), "a key that nobody knows"));
        option("rdap-bootstrap-url", "http://localhost:9/bootstrap/");
        option("requests-per-minute", "100000");
    }

    static Path written(Path file, String text) {
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    MailHub option(String name, String value) {
        options.put(name, value);
        return this;
    }

    MailHub names(HostAddresses names) {
        this.names = names;
        return this;
    }

    MailHub timeout(Duration timeout) {
        this.timeout = timeout;
        return this;
    }

    PlatformSettings settings() {
        return new PlatformSettings(
                "mail", true, null, List.of(), null, null, null, null, null, timeout, 2, Map.copyOf(options));
    }

    MailSettings mailSettings() {
        return MailSettings.of(INSTANCE, settings());
    }

    Contacts contacts() {
        MailSettings mail = mailSettings();
        Rdap rdap = new Rdap(
                SafeHttp.of(INSTANCE, settings(), clock, mail.bootstrapUrl()),
                mail.bootstrapUrl(),
                new RdapAnswers(store.jdbc()),
                clock);
        return new Contacts(mail, rdap, names);
    }

    MailPlatform platform() {
        return new MailPlatform(
                INSTANCE,
                mailSettings(),
                contacts(),
                new SentMails(store.jdbc(), store.bean(PlatformTransactionManager.class)),
                LOOKS,
                VANTAGES,
                clock);
    }

    /** A notice that stands in the database as one on its way to recipient 1. */
    Notice notice(String url) {
        return notice(url, false);
    }

    Notice notice(String url, boolean threatToLife) {
        CaseReference reference = store.flagged("host" + NUMBER.incrementAndGet());
        String key = Tokens.hash(reference.value().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        Instant now = clock.instant();
        store.jdbc()
                .sql("insert into submission (submission_key, case_reference, recipient_number, rung, attempt, purpose,"
                        + " platform, explanation, state, not_before, tries, misses, prepared_at) values (?, ?, 1, 0, 1,"
                        + " 'REFERRAL', ?, 'because', 'SENDING', ?, 0, 0, ?)")
                .params(key, reference.value(), INSTANCE, stored(now), stored(now))
                .update();
        return new Notice(
                key,
                new Content(
                        reference,
                        ContentKey.of("web", "page", reference.value().toLowerCase(java.util.Locale.ROOT)),
                        URI.create(url),
                        Map.of()),
                Category.THREAT,
                true,
                threatToLife,
                "Reference " + reference + ". Reasons: names a boy, his school and a time. Straße für Ünïcode.");
    }

    Optional<String> state(String messageId) {
        return store.jdbc()
                .sql("select state from mail_report where message_id = ?")
                .param(messageId)
                .query(String.class)
                .optional();
    }
}
