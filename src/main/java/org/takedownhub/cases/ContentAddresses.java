package org.takedownhub.cases;

import org.springframework.stereotype.Component;
import org.takedownhub.casefile.ContentIdentities;
import org.takedownhub.casefile.ContentIdentity;
import org.takedownhub.casefile.InvalidContentUrl;
import org.takedownhub.casefile.KnownHosts;

/** Reads addresses as people enter them, knowing the hosts that the hub is set up for. */
@Component
public class ContentAddresses {

    private final KnownHosts hosts;

    ContentAddresses(KnownHosts hosts) {
        this.hosts = hosts;
    }

    /** @throws InvalidContentUrl this is not the address of content; the message says what to send instead */
    public ContentIdentity identify(String url) {
        return ContentIdentities.identify(url, hosts.knownHosts());
    }
}
