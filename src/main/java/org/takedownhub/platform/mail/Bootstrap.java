package org.takedownhub.platform.mail;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One of IANA's files that say which RDAP server knows what (RFC 9224). The longest match decides. */
final class Bootstrap {

    private static final Pattern BLOCK = Pattern.compile("([0-9.]{7,15}|[0-9a-fA-F:]{2,39})/([0-9]{1,3})");
    private static final Pattern RANGE = Pattern.compile("([0-9]{1,10})(?:-([0-9]{1,10}))?");

    /** Which file, by its name at IANA. */
    enum Registry {
        DNS,
        IPV4,
        IPV6,
        ASN;

        String file() {
            return name().toLowerCase(Locale.ROOT) + ".json";
        }
    }

    private final JsonNode services;

    private Bootstrap(JsonNode services) {
        this.services = services;
    }

    /** @return empty when this is no bootstrap file */
    static Optional<Bootstrap> of(JsonNode file) {
        JsonNode services = file.path("services");
        return services.isArray() && !services.isEmpty() ? Optional.of(new Bootstrap(services)) : Optional.empty();
    }

    /** @param domain in lower case and A-labels */
    Optional<URI> domain(String domain) {
        return best(entry -> {
            String suffix = entry.toLowerCase(Locale.ROOT);
            return domain.equals(suffix) || domain.endsWith("." + suffix) ? suffix.length() : -1;
        });
    }

    Optional<URI> address(InetAddress address) {
        return best(entry -> {
            Matcher block = BLOCK.matcher(entry);
            return block.matches() ? bits(block, address.getAddress()) : -1;
        });
    }

    Optional<URI> autonomousSystem(long number) {
        return best(entry -> {
            Matcher range = RANGE.matcher(entry);
            if (!range.matches()) {
                return -1;
            }
            long first = Long.parseLong(range.group(1));
            long last = range.group(2) == null ? first : Long.parseLong(range.group(2));
            return first <= number && number <= last ? 1 : -1;
        });
    }

    /** The number of leading bits, when the address begins with them. */
    private static int bits(Matcher block, byte[] address) {
        byte[] prefix;
        try {
            // the pattern lets only literals through: no name service is asked
            prefix = InetAddress.getByName(block.group(1)).getAddress();
        } catch (UnknownHostException e) {
            return -1;
        }
        int bits = Integer.parseInt(block.group(2));
        if (prefix.length != address.length || bits > 8 * prefix.length) {
            return -1;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> bit % 8;
            if ((prefix[bit / 8] & mask) != (address[bit / 8] & mask)) {
                return -1;
            }
        }
        return bits;
    }

    private Optional<URI> best(ToIntFunction<String> match) {
        int best = -1;
        Optional<URI> found = Optional.empty();
        for (JsonNode service : services) {
            for (JsonNode entry : service.path(0)) {
                int length = match.applyAsInt(entry.asText());
                Optional<URI> server = length > best ? server(service.path(1)) : Optional.empty();
                if (server.isPresent()) {
                    best = length;
                    found = server;
                }
            }
        }
        return found;
    }

    /** The first encrypted one, else the first. */
    private static Optional<URI> server(JsonNode addresses) {
        Optional<URI> first = Optional.empty();
        for (JsonNode address : addresses) {
            Optional<URI> uri = Rdap.uri(address.asText().endsWith("/") ? address.asText() : address.asText() + "/");
            if (uri.isPresent() && "https".equals(uri.get().getScheme())) {
                return uri;
            }
            first = first.or(() -> uri);
        }
        return first;
    }
}
