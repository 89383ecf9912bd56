package org.takedownhub.platform;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Looks at content as the public sees it, for platforms whose own interface does not tell whether it is still up: an
 * oEmbed answer, an embedded post, a public API, or the page itself.
 */
public interface PublicLooks {

    /**
     * Looks whether items are still up: one answer per item, in the same order. Never throws for what it saw. Each look
     * names the recogniser that read it.
     *
     * @param vantage where to look from
     */
    List<Look> look(List<Content> contents, Vantage vantage, Hints hints);

    /** Whether there is anything to read; if not, only a person can look. */
    boolean canRead(Content content, Hints hints);

    /**
     * What an operator knows about a site.
     *
     * @param control  an address of the same site that is always there; empty: the recogniser knows one
     * @param software what the site runs, {@code discourse} or {@code lemmy}; empty: nobody said
     */
    record Hints(Optional<URI> control, Optional<String> software) {

        public static final Hints NONE = new Hints(Optional.empty(), Optional.empty());
    }
}
