package org.takedownhub.casefile;

import java.util.Set;

/** The content hosts the hub is set up for, which need no scheme to be recognised. Platforms know them. */
@FunctionalInterface
public interface KnownHosts {

    /** Lower case, with {@code :port} where that is not the scheme's own. */
    Set<String> knownHosts();
}
