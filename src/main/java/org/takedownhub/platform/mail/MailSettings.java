package org.takedownhub.platform.mail;

import java.net.URI;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.takedownhub.platform.PlatformSettings;
import org.takedownhub.platform.Secret;

/**
 * What abuse mail needs, below {@code takedown.platforms.<instance>}: {@code identifier} and {@code secret} (the account
 * at the mail servers, where they ask for one), {@code timeout}, and these options.
 *
 * @param smtp           {@code smtp-host}, {@code smtp-port}, {@code smtp-tls}: the relay that takes our mail
 * @param imap           {@code imap-host}, {@code imap-port}, {@code imap-tls}: where answers are; empty: nobody reads them
 * @param folder         {@code imap-folder}: {@code INBOX} unless set. The hub only reads it
 * @param smtpLogin      {@code identifier} and {@code secret}
 * @param imapLogin      {@code imap-identifier} and {@code imap-secret}; those of the relay unless set
 * @param from           {@code from}: the hub's own address, never an officer's
 * @param organisation   {@code organisation}: who writes, in words
 * @param replyAddress   {@code reply-address}: answers come to it, with {@code +token} before the {@code @}
 * @param replySecret    {@code reply-secret}: {@code env:} or {@code file:}, the key that makes tokens unguessable
 * @param order          {@code contact-order}: which kind of contact is written to first; what is left out is not
 *                       written to. {@code operator,network,registrar,role-address} unless set
 * @param contacts       {@code contacts}: {@code host=address, …}, contacts that an operator knows, before all others
 * @param ownDomains     {@code own-domains}, besides those of {@code from} and {@code reply-address}
 * @param bootstrapUrl   {@code rdap-bootstrap-url}: where IANA's bootstrap files are refreshed from (RFC 9224)
 * @param noticesPerMail {@code notices-per-mail}: 20 unless set
 * @param pollEvery      {@code poll-every}: how often answers are fetched, ISO 8601, one minute unless set
 * @param authServer     {@code authserv-id}: our own mail server's name in {@code Authentication-Results} (RFC 8601)
 * @param timeout        for each step of a conversation; the whole of one takes at most three times as long
 */
record MailSettings(
        Server smtp,
        Optional<Server> imap,
        String folder,
        Optional<Login> smtpLogin,
        Optional<Login> imapLogin,
        String from,
        String organisation,
        String replyAddress,
        Secret replySecret,
        List<Scope> order,
        Map<String, String> contacts,
        Set<String> ownDomains,
        URI bootstrapUrl,
        int noticesPerMail,
        Duration pollEvery,
        Optional<String> authServer,
        Duration timeout) {

    private static final Set<String> OPTIONS = Set.of(
            "smtp-host",
            "smtp-port",
            "smtp-tls",
            "imap-host",
            "imap-port",
            "imap-tls",
            "imap-folder",
            "imap-identifier",
            "imap-secret",
            "from",
            "organisation",
            "reply-address",
            "reply-secret",
            "contact-order",
            "contacts",
            "own-domains",
            "rdap-bootstrap-url",
            "notices-per-mail",
            "poll-every",
            "authserv-id",
            "requests-per-minute");
    private static final URI IANA = URI.create("https://data.iana.org/rdap/");
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,4}");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127\\.[0-9.]{5,11}|\\[?::1]?");
    /** With {@code +}, 32 hex digits and no more than the 64 characters of RFC 5321 before the {@code @}. */
    private static final int LONGEST_REPLY_NAME = 31;

    /** It stands in every Message-ID, which the database keeps whole. */
    private static final int LONGEST_DOMAIN = 80;

    private static final int MOST_NOTICES = 50;

    /** How a conversation is kept from others. */
    enum Tls {
        /** From the first byte (RFC 8314). */
        IMPLICIT,
        /** STARTTLS, which the server must offer. */
        STARTTLS,
        /** In the clear: on this machine only. */
        NONE
    }

    record Server(String host, int port, Tls tls) {}

    record Login(String name, Secret password) {}

    /** @throws IllegalStateException a setting is missing or impossible; the message names it in full */
    static MailSettings of(String instance, PlatformSettings settings) {
        Options options = new Options("takedown.platforms." + instance + ".", settings);
        options.refuseUnknown();
        String from = options.address("from");
        String replyAddress = options.address("reply-address");
        if (replyAddress.indexOf('@') > LONGEST_REPLY_NAME || replyAddress.contains("+")) {
            throw options.impossible(
                    "reply-address", "must have at most " + LONGEST_REPLY_NAME + " characters and no + before the @");
        }
        if (MailAddresses.domain(from).length() > LONGEST_DOMAIN) {
            throw options.impossible("from", "must have at most " + LONGEST_DOMAIN + " characters after the @");
        }
        Set<String> ownDomains = new HashSet<>(options.list("own-domains"));
        ownDomains.add(MailAddresses.domain(from));
        ownDomains.add(MailAddresses.domain(replyAddress));
        Optional<Login> login = options.login();
        return new MailSettings(
                options.server("smtp", 465, 587, 25).orElseThrow(() -> options.missing("smtp-host")),
                options.server("imap", 993, 143, 143),
                options.text("imap-folder").orElse("INBOX"),
                login,
                options.imapLogin(login),
                from,
                options.text("organisation").orElse("Police social-media hub"),
                replyAddress,
                options.secret("reply-secret").orElseThrow(() -> options.missing("reply-secret")),
                options.order(),
                options.contacts(),
                ownDomains,
                options.bootstrapUrl(),
                options.number("notices-per-mail", 20, MOST_NOTICES),
                options.pollEvery(),
                options.text("authserv-id").map(name -> name.toLowerCase(Locale.ROOT)),
                settings.timeout());
    }

    /** The longest one whole conversation with a mail server takes. */
    Duration wholeCall() {
        return timeout.multipliedBy(3);
    }

    private record Options(String prefix, PlatformSettings settings) {

        void refuseUnknown() {
            settings.options().keySet().stream()
                    .filter(option -> !OPTIONS.contains(option))
                    .findFirst()
                    .ifPresent(option -> {
                        throw impossible(option, "is unknown to kind mail");
                    });
        }

        Optional<String> text(String option) {
            return Optional.ofNullable(settings.options().get(option))
                    .map(String::strip)
                    .filter(text -> !text.isEmpty())
                    .map(text -> {
                        if (text.chars().anyMatch(character -> character < ' ' || character == 0x7f)) {
                            throw impossible(option, "must be one line");
                        }
                        return text;
                    });
        }

        String address(String option) {
            String text = text(option).orElseThrow(() -> missing(option));
            return MailAddresses.plain(text).orElseThrow(() -> impossible(option, "must be one plain mail address"));
        }

        Optional<Secret> secret(String option) {
            return text(option).map(reference -> Secret.of(prefix + "options." + option, reference));
        }

        Optional<Login> login() {
            @Nullable String name = settings.identifier();
            @Nullable String secret = settings.secret();
            if ((name == null) != (secret == null)) {
                throw new IllegalStateException("The settings " + prefix + "identifier and " + prefix
                        + "secret go together: set both, or neither for a relay that asks for no sign-in");
            }
            return name == null || secret == null
                    ? Optional.empty()
                    : Optional.of(new Login(name, Secret.of(prefix + "secret", secret)));
        }

        Optional<Login> imapLogin(Optional<Login> fallback) {
            Optional<String> name = text("imap-identifier").or(() -> fallback.map(Login::name));
            Optional<Secret> secret = secret("imap-secret").or(() -> fallback.map(Login::password));
            if (text("imap-host").isPresent() && (name.isEmpty() || secret.isEmpty())) {
                throw missing(name.isEmpty() ? "imap-identifier" : "imap-secret");
            }
            return name.flatMap(user -> secret.map(password -> new Login(user, password)));
        }

        Optional<Server> server(String protocol, int implicitPort, int startTlsPort, int plainPort) {
            Tls tls = one(protocol + "-tls", Tls.IMPLICIT, Tls.class);
            return text(protocol + "-host").map(host -> {
                if (tls == Tls.NONE && !LOOPBACK.matcher(host).matches()) {
                    throw impossible(protocol + "-tls", "may be none only for a mail server on this machine");
                }
                int port =
                        switch (tls) {
                            case IMPLICIT -> implicitPort;
                            case STARTTLS -> startTlsPort;
                            case NONE -> plainPort;
                        };
                return new Server(host, number(protocol + "-port", port, 65535), tls);
            });
        }

        List<Scope> order() {
            Set<Scope> order = new LinkedHashSet<>();
            for (String step : text("contact-order")
                    .orElse("operator,network,registrar,role-address")
                    .split(",")) {
                order.add(constant("contact-order", step, Scope.class));
            }
            if (order.contains(Scope.ROLE_ADDRESS)
                    && !List.copyOf(order).get(order.size() - 1).equals(Scope.ROLE_ADDRESS)) {
                throw impossible("contact-order", "may name role-address only as the last");
            }
            return List.copyOf(order);
        }

        Map<String, String> contacts() {
            Map<String, String> contacts = new LinkedHashMap<>();
            for (String entry : list("contacts")) {
                int equals = entry.indexOf('=');
                Optional<String> address = MailAddresses.plain(entry.substring(equals + 1));
                if (equals < 1 || address.isEmpty()) {
                    throw impossible("contacts", "must read host=address, host=address");
                }
                contacts.put(entry.substring(0, equals).strip().toLowerCase(Locale.ROOT), address.get());
            }
            return Map.copyOf(contacts);
        }

        List<String> list(String option) {
            return text(option).stream()
                    .flatMap(text -> Arrays.stream(text.split(",")))
                    .map(entry -> entry.strip().toLowerCase(Locale.ROOT))
                    .filter(entry -> !entry.isEmpty())
                    .toList();
        }

        URI bootstrapUrl() {
            return parsed(
                    "rdap-bootstrap-url",
                    IANA,
                    URI::create,
                    "must be an address that ends in /",
                    uri -> uri.getHost() != null
                            && String.valueOf(uri.getPath()).endsWith("/"));
        }

        Duration pollEvery() {
            return parsed(
                    "poll-every",
                    Duration.ofMinutes(1),
                    Duration::parse,
                    "must be from PT1S to P1D",
                    period ->
                            period.compareTo(Duration.ofSeconds(1)) >= 0 && period.compareTo(Duration.ofDays(1)) <= 0);
        }

        int number(String option, int otherwise, int most) {
            return parsed(
                    option,
                    otherwise,
                    text -> NUMBER.matcher(text).matches() ? Integer.parseInt(text) : 0,
                    "must be a number from 1 to " + most,
                    number -> number >= 1 && number <= most);
        }

        private <T> T parsed(
                String option,
                T otherwise,
                Function<String, T> parser,
                String rule,
                java.util.function.Predicate<T> holds) {
            Optional<String> text = text(option);
            if (text.isEmpty()) {
                return otherwise;
            }
            try {
                T value = parser.apply(text.get());
                if (holds.test(value)) {
                    return value;
                }
            } catch (IllegalArgumentException | DateTimeParseException e) {
                throw impossible(option, rule);
            }
            throw impossible(option, rule);
        }

        private <E extends Enum<E>> E one(String option, E otherwise, Class<E> type) {
            return text(option).map(text -> constant(option, text, type)).orElse(otherwise);
        }

        private <E extends Enum<E>> E constant(String option, String text, Class<E> type) {
            String name = text.strip().toUpperCase(Locale.ROOT).replace('-', '_');
            return Arrays.stream(type.getEnumConstants())
                    .filter(constant -> constant.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> impossible(option, "has a word it does not know"));
        }

        IllegalStateException missing(String option) {
            return new IllegalStateException("The setting " + prefix + "options." + option + " is missing");
        }

        IllegalStateException impossible(String option, String why) {
            return new IllegalStateException("The setting " + prefix + "options." + option + " " + why);
        }
    }
}
