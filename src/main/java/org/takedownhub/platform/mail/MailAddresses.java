package org.takedownhub.platform.mail;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.psl.DomainType;
import org.apache.hc.client5.http.psl.PublicSuffixMatcher;
import org.apache.hc.client5.http.psl.PublicSuffixMatcherLoader;
import org.jspecify.annotations.Nullable;

/**
 * Which mail addresses we write to. What RDAP answers is a stranger's text: one plain mailbox in ASCII passes, nothing
 * that could become a second header, a second recipient, a command, or mail to ourselves.
 */
final class MailAddresses {

    /** RFC 5321, section 4.5.3.1. */
    private static final int LONGEST = 254;

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,64}"
            + "(?:\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,64}){0,15}@([A-Za-z0-9.-]{4,253})");
    private static final Pattern HOST =
            Pattern.compile("(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.){1,20}(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})");
    private static final PublicSuffixMatcher SUFFIXES = PublicSuffixMatcherLoader.getDefault();

    private final Set<String> ownDomains;

    /** @param ownDomains in lower case; mail is written to none of them nor to what lies below */
    MailAddresses(Set<String> ownDomains) {
        this.ownDomains = Set.copyOf(ownDomains);
    }

    /** The address, its domain in lower case, when we may write to it. */
    Optional<String> usable(String text) {
        return plain(text).filter(address -> !isOwn(domain(address)));
    }

    /** One plain mailbox, whoever owns it. */
    static Optional<String> plain(String text) {
        String trimmed = text.length() > LONGEST + 2 ? "" : text.strip();
        if (trimmed.length() > LONGEST
                || trimmed.indexOf('@') > 64
                || !PLAIN.matcher(trimmed).matches()) {
            return Optional.empty();
        }
        String address = trimmed.substring(0, trimmed.indexOf('@')) + "@" + domain(trimmed);
        return isHost(domain(trimmed)) ? Optional.of(address) : Optional.empty();
    }

    static String domain(String address) {
        return address.substring(address.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
    }

    /** A host name with at least two labels, in lower case and A-labels. */
    static boolean isHost(String name) {
        return name.length() <= 253 && HOST.matcher(name).matches();
    }

    /**
     * The part of a host name that somebody registered, by the public suffixes of registries alone: the private part of
     * the list would make {@code someone.hosting.example} a domain whose "operator" is the uploader.
     */
    static Optional<String> registrable(String host) {
        if (!isHost(host)) {
            return Optional.empty();
        }
        @Nullable String root = SUFFIXES.getDomainRoot(host, DomainType.ICANN);
        if (root != null) {
            return Optional.of(root.toLowerCase(Locale.ROOT));
        }
        // A public suffix itself, or below a top-level domain that the list does not have: then the rule is "*".
        String[] labels = host.split("\\.");
        String topLevel = labels[labels.length - 1];
        String anyone = "anyone." + topLevel;
        boolean unlisted = SUFFIXES.getDomainRoot(anyone, DomainType.ICANN) == null
                && SUFFIXES.getDomainRoot(anyone, null) != null;
        return unlisted ? Optional.of(labels[labels.length - 2] + "." + topLevel) : Optional.empty();
    }

    private boolean isOwn(String domain) {
        return ownDomains.stream()
                .anyMatch(own -> domain.equals(own)
                        || domain.endsWith("." + own)
                        || registrable(domain)
                                .filter(registrable(own).orElse(own)::equals)
                                .isPresent());
    }
}
