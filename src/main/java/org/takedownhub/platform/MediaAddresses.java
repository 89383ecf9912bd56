package org.takedownhub.platform;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads where an item's media are out of what a platform answered. */
public final class MediaAddresses {

    private static final int LONGEST = 2000;
    private static final int MOST = 50;

    private MediaAddresses() {}

    /** The web addresses among these texts, each once, in their order; whatever else there is among them is left out. */
    public static List<URI> of(Stream<@Nullable String> texts) {
        return texts.filter(Objects::nonNull)
                .limit(MOST)
                .flatMap(text -> address(text).stream())
                .distinct()
                .toList();
    }

    private static Optional<URI> address(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            URI address = new URI(text);
            boolean web = Set.of("http", "https")
                            .contains(String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT))
                    && address.getHost() != null
                    && address.getRawUserInfo() == null;
            return Optional.of(address).filter(any -> web);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
