package org.takedownhub.platform.web;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.takedownhub.api.InvalidRequest;
import org.takedownhub.casefile.ContentIdentities;
import org.takedownhub.casefile.ContentIdentity;
import org.takedownhub.casefile.InvalidContentUrl;
import org.takedownhub.platform.Platforms;

/** What the hub makes of an address, without opening a case and without asking anybody. */
@RestController
class ContentKeyController {

    private final Platforms platforms;

    ContentKeyController(Platforms platforms) {
        this.platforms = platforms;
    }

    @GetMapping("/api/v1/content-key")
    Answer contentKey(@RequestParam(required = false) @Nullable String url) {
        if (url == null) {
            throw new InvalidRequest(400, "#url", "Send the address of the post as the parameter url");
        }
        try {
            return Answer.of(ContentIdentities.identify(url, platforms.knownHosts()));
        } catch (InvalidContentUrl invalid) {
            throw new InvalidRequest(400, "#url", invalid.getMessage());
        }
    }

    /** @param platform the family of platforms whose rule found the key */
    record Answer(String contentKey, String platform, String canonicalUrl, boolean weak) {

        private static Answer of(ContentIdentity identity) {
            return new Answer(
                    identity.key().value(),
                    identity.key().platform(),
                    identity.canonicalUrl().toString(),
                    identity.weak());
        }
    }
}
