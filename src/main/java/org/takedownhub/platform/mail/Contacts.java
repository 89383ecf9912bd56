package org.takedownhub.platform.mail;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.takedownhub.platform.PlatformUnavailable;
import org.takedownhub.platform.mail.AbuseEntities.Hit;
import org.takedownhub.platform.mail.Rdap.Answer;

/**
 * Whom to tell of content at a host, in the order of the settings. A source that cannot be asked is left out as long as
 * another has an answer: a deadline is running, and the next best contact today is worth more than the best tomorrow.
 */
final class Contacts {

    private static final int MOST_ADDRESSES = 2;

    private final MailSettings settings;
    private final Rdap rdap;
    private final HostAddresses names;
    private final MailAddresses allowed;

    Contacts(MailSettings settings, Rdap rdap, HostAddresses names) {
        this.settings = settings;
        this.rdap = rdap;
        this.names = names;
        this.allowed = new MailAddresses(settings.ownDomains());
    }

    /**
     * All contacts with their scope, each address once, the first choice first.
     *
     * @param host of the content's address, without port
     * @throws PlatformUnavailable there is none but a guessed one, and a source could not be asked
     */
    List<Contact> of(String host) {
        String name = host.toLowerCase(Locale.ROOT).replaceAll("^\\[|]$|\\.$", "");
        Search search = new Search();
        Optional.ofNullable(settings.contacts().get(name))
                .ifPresent(address ->
                        search.found.add(new Contact(address, Scope.OPERATOR, "setting contacts", Optional.empty())));
        Optional<String> domain = MailAddresses.registrable(name);
        domain.ifPresent(search::domain);
        names.of(name).stream().limit(MOST_ADDRESSES).forEach(search::address);
        List<Contact> published = inOrder(search.found);
        if (published.isEmpty() && search.fault != null) {
            throw search.fault;
        }
        domain.ifPresent(registered -> search.found.add(
                new Contact("abuse@" + registered, Scope.ROLE_ADDRESS, "RFC 2142, not published", Optional.empty())));
        return inOrder(search.found);
    }

    private List<Contact> inOrder(List<Contact> found) {
        Map<String, Contact> byAddress = new LinkedHashMap<>();
        found.stream()
                .filter(contact -> settings.order().contains(contact.scope()))
                .sorted(Comparator.comparingInt(contact -> settings.order().indexOf(contact.scope())))
                .flatMap(contact -> allowed.usable(contact.address()).stream()
                        .map(address -> new Contact(address, contact.scope(), contact.source(), contact.answerHash())))
                .forEach(contact -> byAddress.putIfAbsent(contact.address().toLowerCase(Locale.ROOT), contact));
        return List.copyOf(byAddress.values());
    }

    /** One search: what was found, and the first fault on the way. */
    private final class Search {

        private final List<Contact> found = new ArrayList<>();
        private @Nullable PlatformUnavailable fault;

        void domain(String domain) {
            Optional<Answer> registry = ask(() -> rdap.domain(domain));
            registry.flatMap(answer -> ask(() -> rdap.related(answer)))
                    .ifPresent(answer -> add(answer, Scope.OPERATOR));
            registry.ifPresent(answer -> add(answer, Scope.OPERATOR));
        }

        void address(InetAddress address) {
            ask(() -> rdap.address(address)).ifPresent(answer -> {
                if (!add(answer, Scope.NETWORK)) {
                    origin(answer.object()).ifPresent(number -> ask(() -> rdap.autonomousSystem(number))
                            .ifPresent(system -> add(system, Scope.NETWORK)));
                }
            });
        }

        /** Which system announces a network: an extension of ARIN's, the standard has no word for it. */
        private Optional<Long> origin(JsonNode network) {
            JsonNode first = network.path("arin_originas0_originautnums").path(0);
            return first.isIntegralNumber() && first.canConvertToLong() && first.asLong() > 0
                    ? Optional.of(first.asLong())
                    : Optional.empty();
        }

        private boolean add(Answer answer, Scope scope) {
            List<Hit> hits = AbuseEntities.in(answer.object(), scope);
            hits.forEach(hit -> found.add(
                    new Contact(hit.address(), hit.scope(), answer.query().toString(), Optional.of(answer.sha256()))));
            return !hits.isEmpty();
        }

        private Optional<Answer> ask(Supplier<Optional<Answer>> question) {
            try {
                return question.get();
            } catch (PlatformUnavailable e) {
                fault = fault == null ? e : fault;
                return Optional.empty();
            }
        }
    }
}
