package org.takedownhub.identity;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the hub finds out what is behind short links, handles and remote views.
 *
 * @param enabled           false: nothing is asked, and such keys stay weak
 * @param userAgent         what the hub calls itself to a shortener; some answer only what looks like a browser
 * @param timeout           longest time of one request
 * @param requestsPerMinute of all together
 * @param retries           how long to wait after each try that found nothing out; after the last a person is left with it
 * @param plcDirectory      where the documents of {@code did:plc} identities are kept (web.plc.directory/spec)
 */
@ConfigurationProperties("takedown.identity")
record IdentitySettings(
        @DefaultValue("true") boolean enabled,
        @DefaultValue(
                        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36")
                String userAgent,
        @DefaultValue("10s") Duration timeout,
        @DefaultValue("60") int requestsPerMinute,
        @DefaultValue({"PT10M", "PT1H", "PT6H", "PT24H", "PT72H"}) List<Duration> retries,
        @DefaultValue("https://plc.directory") URI plcDirectory) {}
