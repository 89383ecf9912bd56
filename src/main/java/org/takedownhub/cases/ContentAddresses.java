package org.takedownhub.cases;

import java.util.List;
import org.springframework.stereotype.Component;
import org.takedownhub.casefile.ContentIdentities;
import org.takedownhub.casefile.ContentIdentity;
import org.takedownhub.casefile.InvalidContentUrl;

/** Reads addresses of content, where the hosts of the configured platforms count as known. */
@Component
public class ContentAddresses {

    private final List<String> platformHosts;

    ContentAddresses(PlatformHosts platformHosts) {
        this.platformHosts = platformHosts.all();
    }

    /** @throws InvalidContentUrl when the address cannot be that of a post; the message says what to send instead */
    public ContentIdentity identify(String rawUrl) {
        return ContentIdentities.identify(rawUrl, platformHosts);
    }
}
